"""The library's rules: which entries fit an occasion, what is found, what may be kept; and what it begins with."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.craft.library import (
    MAX_TEXT,
    EntryKey,
    EntryKind,
    LibraryEntry,
    Occasion,
    StoredEntry,
    due_of,
    entries_for,
    is_worth_saying,
    read_key,
    read_text,
    read_title,
    searched,
    titled,
)
from sales.craft.persona_entry import persona_of, text_of
from sales.craft.starters import STARTERS, library_with_starters, starter_called
from sales.prospects.persona import Persona
from sales.refusal import Refusal

TODAY = date(2026, 9, 14)
ROLE, SECTOR, PAIN, COMPETITOR = EntryKey


def entry(number=1, title="One", kind=EntryKind.TALKING_POINT, **more):
    return StoredEntry(id=number, kind=kind, title=title, text="Something to say.", **more)


def offered(entries, most=9, kind=EntryKind.TALKING_POINT, **known):
    return [(each.entry.title, each.fits) for each in entries_for(entries, kind, Occasion(**known), most)]


def test_the_entry_of_which_the_most_keys_fit_comes_first():
    """Mechanism 48."""
    every = [
        entry(1, "General"),
        entry(2, "Theirs", role="finance", sector="Logistics", pain="late trucks"),
        entry(3, "Trade", sector="logistics"),
    ]
    found = offered(every, roles=["CFO"], sector="Logistics", pain="Their trucks come late in winter")
    assert found == [("Theirs", (ROLE, SECTOR, PAIN)), ("Trade", (SECTOR,)), ("General", ())]


def test_a_key_that_is_contradicted_leaves_an_entry_out():
    every = [entry(1, "Trade", sector="Health"), entry(2, "For IT", role="technical"), entry(3, "General")]
    assert offered(every, roles=["CFO"], sector="Logistics") == [("General", ())]


def test_a_pain_nobody_told_of_is_no_contradiction_and_comes_after_what_is_general():
    every = [entry(1, "Late", pain="late trucks"), entry(2, "General")]
    assert [title for title, _ in offered(every, roles=["CFO"])] == ["General", "Late"]


def test_what_is_said_against_a_competitor_waits_until_they_are_named():
    every = [entry(1, "Gap", competitor="Haulmate")]
    assert offered(every) == []
    assert offered(every, competitor="They compare us with HAULMATE.") == [("Gap", (COMPETITOR,))]


def test_a_role_fits_by_its_words_and_several_may_be_named():
    every = [entry(1, "Money", role="finance, chief executive")]
    for title in ("CFO", "Finance director", "Group CEO"):
        assert offered(every, roles=[title]) == [("Money", (ROLE,))]
    assert offered(every, roles=["Assistant to the CFO"]) == []
    assert offered(every, roles=["Depot manager", "CFO"]) == [("Money", (ROLE,))]


def test_a_persona_is_found_by_any_of_its_titles():
    every = [entry(1, "Finance director", EntryKind.PERSONA, role="CFO")]
    assert offered(every, kind=EntryKind.PERSONA, roles=["CFO"]) == [("Finance director", (ROLE,))]


def test_the_teams_own_comes_before_ours_and_no_more_than_asked_for():
    ours = starter_called("last-time")
    own = entry(9, "Zebra", EntryKind.QUESTION)
    assert offered([ours, own], 1, EntryKind.QUESTION) == [("Zebra", ())]


@given(st.lists(st.sampled_from(STARTERS), unique_by=lambda one: one.starter), st.integers(0, 9))
def test_only_the_kind_that_is_asked_for_and_each_once(entries, most):
    found = entries_for(entries, EntryKind.QUESTION, Occasion(roles=["CFO"]), most)
    assert len(found) <= most
    assert all(each.entry.kind is EntryKind.QUESTION for each in found)
    assert len({each.entry.starter for each in found}) == len(found)


# searched, named, due


def test_a_search_wants_every_word_and_shows_titles_first():
    every = [entry(1, "Winter", role="depot"), entry(2, "Depot"), entry(3, "Else")]
    assert [one.title for one in searched(every, "depot")] == ["Depot", "Winter"]
    assert [one.title for one in searched(every, "winter DEPOT")] == ["Winter"]
    assert searched(every, "  ") == []


def test_a_title_is_one_whatever_its_case_and_accents():
    assert titled([entry(1, "Café price")], "cafe PRICE") == [entry(1, "Café price")]


def test_an_entry_is_due_the_day_after_its_review_day():
    late, today, later = (entry(n, str(n), review_by=TODAY + timedelta(days=n - 2)) for n in (1, 2, 3))
    assert due_of([later, today, late, entry(4)], TODAY) == [late]


@pytest.mark.parametrize(
    ("past", "since", "today", "says"),
    [
        (14, 14, 15, True),  # its day passed since the note before
        (13, 14, 15, False),  # told already
        (15, 14, 15, False),  # today is its last day
        (1, 30, 31, False),
    ],
)
def test_a_morning_note_tells_of_an_entry_once_it_is_past(past, since, today, says):
    day = date(2026, 8, past)
    assert is_worth_saying([day], date(2026, 8, since), date(2026, 8, today)) is says


def test_whoever_leaves_it_reads_of_it_once_a_month():
    told = [
        day
        for day in (date(2026, 8, 3) + timedelta(days=one) for one in range(90))
        if is_worth_saying([date(2026, 7, 20)], day - timedelta(days=1), day)
    ]
    assert told == [date(2026, 9, 1), date(2026, 10, 1)]


# typed


def test_a_text_keeps_its_lines_and_loses_what_is_not_seen():
    assert read_text("Ask first:\r\n\r\n\r\n\r\n- one \n\u202e- two\u200b\n") == "Ask first:\n\n- one\n- two"


@pytest.mark.parametrize("typed", ["", " \n ", "\u200b", "x" * (MAX_TEXT + 1)])
def test_a_text_that_says_nothing_or_too_much_is_refused(typed):
    with pytest.raises(Refusal):
        read_text(typed)


@given(st.text(max_size=200))
def test_a_text_that_was_kept_is_kept_as_it_is(typed):
    try:
        kept = read_text(typed)
    except Refusal:
        return
    assert read_text(kept) == kept


def test_keys_are_a_list_with_commas_each_once():
    assert read_key(" Logistics; retail ,Logistics,, ") == "Logistics, retail"


def test_a_title_has_letters():
    with pytest.raises(Refusal):
        read_title("  ")


def test_every_word_changes_the_fingerprint():
    one = entry(1)
    changes = ({"title": "Two"}, {"text": "Else."}, {"role": "x"}, {"review_by": TODAY}, {"owner_id": "U1"})
    others = {
        entry(1, **{"title": "One", **change}).fingerprint for change in changes if "text" not in change
    }
    assert one.fingerprint not in others
    assert len(others) == 4
    assert entry(2).fingerprint == one.fingerprint  # who holds it does not count


# what it begins with


def test_it_begins_with_24_entries_of_every_kind():
    """Mechanisms 15, 16, 34, 48."""
    assert (
        len(STARTERS) == len({one.starter for one in STARTERS}) == len({one.called for one in STARTERS}) == 24
    )
    assert {one.kind for one in STARTERS} == set(EntryKind)


def test_no_figure_is_invented_and_no_blank_is_left():
    for one in STARTERS:
        assert not re.search(
            r"\d+\s?(%|percent|per cent)|\d+ (of|in|out of) (ten|\d+)|studies|research", one.text, re.I
        )
        assert not re.search(r"\[[^\]]+\]|_{3,}|<\w+>|\{", one.text)


def test_discovery_questions_ask_and_cannot_be_answered_with_yes():
    for one in STARTERS:
        if one.kind is EntryKind.QUESTION:
            assert "?" in one.text
            assert not re.match(r"(do|does|is|are|can|will|have|has|did)\b", one.text, re.I)


def test_one_of_ours_is_replaced_by_what_the_team_made_of_it_and_stays_away():
    own = entry(1, "Ours, changed", starter="bad-week")
    found = library_with_starters([own], ["last-time"])
    assert len(found) == 23
    assert [one.title for one in found if one.starter == "bad-week"] == ["Ours, changed"]
    assert "last-time" not in {one.starter for one in found}


def test_a_persona_of_ours_gives_way_to_the_teams_own_card():
    own = entry(1, "CFO", EntryKind.PERSONA)
    titles = [one.title for one in library_with_starters([own], []) if one.kind is EntryKind.PERSONA]
    assert titles == ["CFO", "Operations manager"]


# personas as entries

words = st.text(st.characters(categories=["L", "N", "P"], include_characters=" "), min_size=1, max_size=60)


def test_a_text_without_labels_is_what_they_want():
    said = persona_of(
        entry(1, "CFO", EntryKind.PERSONA).model_copy(update={"text": "Cash by March. No surprise."})
    )
    assert (said.role, said.goals) == ("CFO", "Cash by March. No surprise.")


@given(words, words, words)
def test_a_card_comes_back_from_its_text(goals, pains, objections):
    made = [" ".join(one.split()) for one in (goals, pains, objections)]
    if not all(made):
        return
    card = Persona(role="CFO", goals=made[0], pains=made[1], objections=made[2])
    text = text_of(card)
    said = persona_of(LibraryEntry(kind=EntryKind.PERSONA, title="CFO", text=text))
    assert (said.goals, said.pains, said.objections) == tuple(made)


def test_a_card_has_no_place_for_a_sector():
    with pytest.raises(Refusal) as refused:
        persona_of(entry(1, "CFO", EntryKind.PERSONA, sector="Logistics"))
    assert refused.value.field == "sector"
