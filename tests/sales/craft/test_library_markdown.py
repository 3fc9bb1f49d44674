"""The library as Markdown: out and in it is the same, whatever stands in it; what cannot be read is named (#15)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.craft.library import KINDS, EntryKind, LibraryEntry, StoredEntry, read_text, read_title
from sales.craft.library_change import MEANWHILE, changes_of, outlook_of, still_so
from sales.craft.library_markdown import read_library, written
from sales.craft.persona_entry import normal
from sales.craft.starters import STARTERS
from sales.refusal import Refusal
from sales.value import changed

PEOPLE = {"U1": "Mia Horvat", "U2": "Ana Kovač", "U3": "Jo Bell", "U4": "Jo Bell"}
TODAY = date(2026, 9, 14)
LINES = st.sampled_from(
    (
        "## Trap", "\\## Trap", "\\\\# two", "# x", "#hash", "- Kind: play", "Owner: nobody", "", "  - nested", "```",
        "Storms stop one truck in six.", "č 🚚 – “quoted”", "<!channel> [x](y)", "---", "> quoted", "1. one",
    )
)  # fmt: skip


def entry(
    title="Trucks in winter", text="Storms stop one truck in six.", kind=EntryKind.TALKING_POINT, **more
):
    return LibraryEntry(kind=kind, title=title, text=text, owner_id="U1", review_by=TODAY, **more)


def read(text):
    return read_library(text, PEOPLE)


def whys(text):
    return [(one.title, one.why) for one in read(text).broken]


@st.composite
def entries(draw):
    text = "\n".join(draw(st.lists(LINES, min_size=1, max_size=6)))
    title = draw(st.text(min_size=1, max_size=60))
    keys = draw(
        st.sampled_from(({}, {"role": "finance, IT"}, {"sector": "Logistics", "competitor": "Haul: no"}))
    )
    try:
        return LibraryEntry(
            kind=draw(st.sampled_from([kind for kind in EntryKind if kind is not EntryKind.PERSONA])),
            title=read_title(title),
            text=read_text(text),
            owner_id=draw(st.sampled_from((None, *PEOPLE))),
            review_by=draw(st.sampled_from((None, TODAY))),
            **keys,
        )
    except Refusal:
        return entry()


@given(st.lists(entries(), max_size=5, unique_by=lambda one: one.called))
def test_what_goes_out_comes_in_as_it_was(library):
    found = read(written("Field", library, PEOPLE))
    assert found.broken == []
    assert found.entries == library


def test_what_we_begin_with_goes_out_and_comes_in():
    found = read(written("Field", STARTERS, PEOPLE))
    assert found.broken == []
    assert found.entries == [changed(LibraryEntry, normal(one), starter="") for one in STARTERS]


def test_an_entry_by_hand_may_be_written_loosely():
    found = read(
        "# Ours\nNotes for all of us.\n\n### Price talk\n\n* **Kind:** Objections\n* owner: ana kovac\n"
        "* Review: never\n* Influence: Finance; CFO\nSay nothing yet.\n"
    )
    (one,) = found.entries
    assert (one.kind, one.title, one.owner_id) == (EntryKind.OBJECTION, "Price talk", "U2")
    assert (one.role, one.review_by, one.text) == ("Finance, CFO", None, "Say nothing yet.")


@pytest.mark.parametrize("kind", list(EntryKind))
def test_a_kind_is_called_by_one_or_by_many(kind):
    for name in KINDS[kind]:
        text = f"## One\n- Kind: {name.upper()}\n- Owner: nobody\n\nWants: calm"
        assert [one.kind for one in read(text).entries] == [kind]


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ("- Kind: spell\n- Owner: nobody\n\nText", "is no kind of entry"),
        ("- Kind: objektion\n- Owner: nobody\n\nText", "Did you mean"),
        ("- Kind: play\n\nText", "has no owner"),
        ("- Kind: play\n- Owner:\n\nText", "has no owner"),
        ("- Kind: play\n- Owner: Dana Roe\n\nText", "Nobody of the team"),
        ("- Kind: play\n- Owner: Jo Bell\n\nText", "Two people"),
        ("- Owner: nobody\n\nText", "says no kind"),
        ("- Kind: play\n- Owner: nobody\n", "does it say"),
        ("- Kind: play\n- Owner: nobody\n- Review by: 3/4/27\n\nText", "no day"),
        ("- Kind: persona\n- Owner: nobody\n- Sector: Retail\n\nText", "has no sector"),
        (f"- Kind: play\n- Owner: nobody\n\n{'x' * 1501}", "1,500"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_mend_and_the_rest_is_taken(part, says):
    text = f"## Broken\n{part}\n\n## Whole\n- Kind: play\n- Owner: nobody\n\nText"
    assert [one.title for one in read(text).entries] == ["Whole"]
    ((title, why),) = whys(text)
    assert title == "Broken"
    assert says in why


def test_two_people_of_one_name_are_told_apart():
    text = written("Field", [changed(LibraryEntry, entry(), owner_id="U4")], PEOPLE)
    assert "Jo Bell (U4)" in text
    assert read(text).entries[0].owner_id == "U4"


def test_the_same_twice_is_taken_once_and_said():
    text = written("Field", [entry(), entry(text="Else.")], PEOPLE)
    assert [one.text for one in read(text).entries] == [entry().text]
    assert "twice" in whys(text)[0][1]


@pytest.mark.parametrize("text", ["", "Dear Dana, hello.", "# Only a title\n\nAnd words.", "\x00\x01"])
def test_what_holds_no_entry_has_none(text):
    assert read(text) == ([], [])


# what a file changes


def held(number=1, **more):
    return StoredEntry(id=number, **entry(**more).model_dump())


def test_changes_are_new_changed_or_the_same_and_nothing_goes():
    found = read(written("Field", [entry(text="Else."), entry(title="New")], PEOPLE))
    made = changes_of(found, [held(), held(2, title="Stays")], "U2")
    assert ([one.said.title for one in made.new], made.same) == (["New"], 0)
    assert [(one.held.id, one.said.text) for one in made.changed] == [(1, "Else.")]
    assert changes_of(read(written("Field", [entry()], PEOPLE)), [held()], "U2").same == 1


def test_what_is_new_and_nobodys_becomes_whose_file_it_is():
    found = read(written("Field", [changed(LibraryEntry, entry(), owner_id=None)], PEOPLE))
    assert changes_of(found, [], "U2").new[0].said.owner_id == "U2"


def test_one_of_ours_that_a_file_changes_stands_in_its_place():
    ours = STARTERS[0]
    found = read(written("Field", [changed(LibraryEntry, ours, text="Else.")], PEOPLE))
    (one,) = changes_of(found, STARTERS, "U1").changed
    assert (one.said.starter, one.said.owner_id) == (ours.starter, "U1")


def test_what_somebody_wrote_since_the_preview_is_left_and_said():
    found = read(written("Field", [entry(text="The file's."), entry(title="Other", text="Theirs.")], PEOPLE))
    shown = outlook_of(changes_of(found, [held(), held(2, title="Other")], "U1"), 7, "Field")
    late = changes_of(found, [held(text="Mia's."), held(2, title="Other")], "U1")
    kept = still_so(late, shown.before)
    assert [one.said.title for one in kept.changed] == ["Other"]
    assert kept.broken[-1] == ("Trucks in winter", MEANWHILE)
