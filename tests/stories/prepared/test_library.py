"""The library: what we start with, entries written and mended in Slack, who may, owner and review day, four keys."""

import re

import pytest

from tests.stories.craft.lived import listed_in_help
from tests.stories.files.chat import files_given
from tests.stories.leads.books import HERE
from tests.stories.leads.prospected import PERSONAS
from tests.stories.leads.test_personas import CFO
from tests.stories.prepared.prepared import (
    LIBRARY,
    adds_entry,
    asks,
    choice,
    edits,
    entry,
    fills,
    has,
    labels_of,
    line_with,
    offers,
    opens,
    presses,
    reads,
    tried,
)

pytestmark = pytest.mark.engines("sqlite")

KINDS = (r"talking", r"question", r"value", r"persona", r"objection", r"\bplays?\b")
ADD, EDIT = r"^(add|new|＋|\+)", r"^(edit|change|mend|⋯)"
TITLE = "Trucks in winter"
TEXT = "Storms stop one truck in six of a coastal yard. Ask what a lost day costs them."
NEWER = "Storms stop one truck in five of a coastal yard."
WORN = (
    r"leading provider|world.class|best.in.(class|breed)|cutting.edge|state.of.the.art|game.chang|one.stop|"
    r"synerg|turnkey|next.gen|touch(ing)? base|just check(ing)? in|circle back|industry.leading|"
    r"innovative solutions?|lorem|\bTODO\b|\[(company|name|product|your)[^\]]*\]|\{\{|<(company|name|product)>"
)


async def shows(person, title) -> str:
    """An entry as the library shows it: named in the line, else pressed on the list."""
    return await reads(
        person, re.escape(title), f"/team library {title}", f"/team library show {title}", *LIBRARY
    )


async def exported(person) -> str:
    """The library as Markdown, whether it comes as a file or as a text."""
    before = set(files_given(person))
    said = await asks(person, "/team library export", "sales")
    found = [text for name, text in files_given(person).items() if name not in before and name.endswith("md")]
    return found[-1] if found else said


def entries_of(markdown) -> list[str]:
    """The parts of a Markdown text that have an owner and a kind: one an entry."""
    parts = re.split(r"^#{1,4} +", markdown, flags=re.MULTILINE)
    return [one for one in parts if has(r"\bowner\b", one) and has(r"review", one)]


async def open_entry(person, title) -> None:
    """Open the form of an entry."""
    await shows(person, title)
    await asks(person, f"/team library {title}", "sales")
    if not person.modal():
        await presses(person, EDIT, where="sales")
    assert person.modal(), f"“{title}” opens no form."


async def lets_reps(mia) -> None:
    """Say in the team's settings that reps may edit the library."""
    for line in ("/team settings", *LIBRARY):
        await asks(mia, line, "sales")
        if not mia.modal() and offers(mia, r"^who (may|edits|can)|settings"):
            await presses(mia, r"^who (may|edits|can)|settings", where="sales")
        field = next((one for one in labels_of(mia) if has(r"library", one)), None)
        if field:
            await fills(mia, {re.escape(field): choice(r"\brep|every|all|anybody|whole team", "reps")})
            return
        if mia.modal():
            await mia.closes(everything=True)
    raise AssertionError("No form asks who may edit the library.")


# what we start with


async def test_a_new_team_starts_with_24_entries_of_six_kinds(mia):
    """To start with (#15, #16, #48): 24 entries, and every kind has some, counted where the library opens."""
    said = await reads(mia, r"\b24\b", *LIBRARY, helped=r"\blibrary\b")
    for kind in KINDS:
        assert has(rf"{kind}[^\n\d]{{0,30}}[1-9]|[1-9]\d?[^\n\d]{{0,12}}{kind}", said), (kind, said)


async def test_help_lists_the_library(ana):
    """Found without being told (#15): help has a line on it."""
    assert await listed_in_help(ana, r"\blibrary\b")


async def test_nothing_we_start_with_is_worn_or_a_gap_to_fill(mia):
    """None true of just any product (#48, #49): no cliché, no blank to fill in, no two alike, none a mere title."""
    found = entries_of(await exported(mia))
    assert len(found) >= 24, len(found)
    assert not [one for one in found if has(WORN, one)]
    bodies = [re.sub(r"\W+", " ", one.split("\n", 1)[-1]).strip().lower() for one in found]
    assert len(set(bodies)) == len(bodies)
    assert min(len(one.split()) for one in found) >= 15, min(found, key=lambda one: len(one.split()))


async def test_the_questions_we_start_with_are_questions_that_open(mia):
    """Discovery questions (#16): each has a question mark, and few can be answered with yes or no."""
    found = [one for one in entries_of(await exported(mia)) if has(r"kind\W{1,6}(discovery )?question", one)]
    assert found
    assert all("?" in one for one in found), found
    closed = [
        one for one in found if has(r"(^|\n)\W*(do|does|is|are|can|will|have|has|did) (you|your|they)\b", one)
    ]
    assert len(closed) * 4 <= len(found), closed


async def test_the_list_is_short_and_says_how_much_is_left(mia):
    """One glance (#15): of 24 titles five at most stand on a page of a kind or of all, with the number of the rest."""
    titles = [one.split("\n", 1)[0].strip(" #*") for one in entries_of(await exported(mia))]
    said = await reads(mia, r"\b24\b", *LIBRARY, helped=r"\blibrary\b")
    shown = [one for one in titles if one in said]
    assert len(shown) <= 6, shown
    assert len(said) < 3_000
    assert offers(mia, r"more|all|next|talking|question") or has(r"\bmore\b", said)


# written and mended


async def test_an_entry_is_written_in_slack_and_read_by_reps(mia, ana):
    """Written once (#15): the manager's text, whose it is and until when it holds, as a rep reads it."""
    await adds_entry(mia, r"talking", TITLE, TEXT)
    said = await shows(ana, TITLE)
    assert "one truck in six" in said, said
    assert has(r"Mia", said), said
    assert has(r"1 Mar(ch)?|Mar(ch)? 1|2027-03-01", said), said
    assert has(r"\b25\b", await tried(mia, "/team library"))


async def test_the_form_asks_for_all_four_keys(mia):
    """Four keys (#48): buying influence, sector, pain, competitor gap, besides kind, title, text, owner, review."""
    await opens(mia, r"library", *LIBRARY, helped=r"\blibrary\b")
    if not mia.modal():
        await presses(mia, ADD, where="sales")
    named = " | ".join(labels_of(mia))
    for asked in ("kind", "title", "text", "owner", "review", "influence", "sector", "pain", "competitor"):
        assert has(asked, named), (asked, named)


async def test_keys_are_read_on_the_entry(mia, ana):
    """By which it is found (#48): a value proposition shows its influence, sector, pain and competitor."""
    keys = {"influence": "finance", "sector": "Logistics", "pain": "late trucks", "competitor": "Haulmate"}
    title = "A day saved"
    await edits(
        mia, r"library", entry(r"value", title, "One day saved each week.", **keys), *LIBRARY, button=ADD
    )
    said = await shows(ana, title)
    for key in keys.values():
        assert has(key, said), (key, said)


async def test_an_entry_is_mended_in_place(mia, ana):
    """Mended (#15): the new text is read, the old one nowhere, and it is still one entry."""
    await adds_entry(mia, r"talking", TITLE, TEXT)
    await open_entry(mia, TITLE)
    await fills(mia, {r"text": NEWER})
    said = await shows(ana, TITLE)
    assert "one truck in five" in said, said
    assert "one truck in six" not in said
    assert (await exported(mia)).count(TITLE) == 1


async def test_an_entry_that_is_taken_out_comes_back_by_undo(mia, ana):
    """Nothing is lost (#15): taken out it is not read; undone it is there with its text."""
    await adds_entry(mia, r"talking", TITLE, TEXT)
    await asks(mia, f"/team library {TITLE}", "sales")
    if mia.modal():
        await presses(mia, r"remove|delete|take out|retire", where="modal")
    else:
        await presses(mia, r"remove|delete|take out|retire", where="sales")
    if mia.modal():
        await mia.submits()
    assert "one truck in six" not in await tried(ana, f"/team library {TITLE}")
    await asks(mia, "/rainmaker undo", "sales")
    assert "one truck in six" in await shows(ana, TITLE)


# who may


async def test_a_rep_reads_and_does_not_edit_until_the_team_lets(mia, ana):
    """Whoever the team lets (#47): at first its manager alone; a rep is offered nothing to change."""
    await adds_entry(mia, r"talking", TITLE, TEXT)
    await shows(ana, TITLE)
    await asks(ana, f"/team library {TITLE}", "sales")
    assert ana.modal() is None
    assert not offers(ana, EDIT)
    await opens(ana, r"library", *LIBRARY, helped=r"\blibrary\b")
    assert not offers(ana, ADD)


async def test_a_rep_whom_the_team_lets_writes_entries(mia, ana, ben):
    """Let (#15): after one choice of the manager's a rep adds an entry, and a colleague reads it."""
    await lets_reps(mia)
    await adds_entry(ana, r"objection", TITLE, TEXT, owner="Ana Kovač")
    said = await shows(ben, TITLE)
    assert "one truck in six" in said, said
    assert has(r"Ana", said), said


# fresh, and one truth


async def test_an_entry_past_its_review_day_says_so(team, mia, ana):
    """Review by (#15, #17): the day after, entry and library say it is due, and whose it is to look at."""
    await adds_entry(mia, r"talking", TITLE, TEXT, review="2026-09-18")
    due = r"overdue|due for review|past (its )?review|review (was )?due|needs? (a )?review|to be reviewed"
    assert not has(due, await shows(ana, TITLE))
    await team.jump("2026-09-21 10:00", HERE)
    assert has(due, await shows(ana, TITLE))
    said = await tried(mia, "/team library")
    assert has(r"\b1\b|Trucks in winter", line_with(said, due)), said


async def test_a_persona_stands_in_one_place(mia, ana):
    """One truth (#34): the card of a harbour master, written under `/lead personas`, is an entry of the library too."""
    await opens(mia, r"persona", *PERSONAS, helped=r"personas?")
    if not mia.modal():
        await presses(mia, r"add|new|write|＋", where="sales")
    await fills(mia, {**CFO, next(iter(CFO)): "Harbour master"})
    said = await shows(ana, "Harbour master")
    assert has(r"Surprises in the fourth quarter", said), said
    assert "Surprises in the fourth quarter" in await exported(mia)
