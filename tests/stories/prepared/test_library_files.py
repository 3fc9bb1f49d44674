"""The library as Markdown: out whole, in again with a preview, changed there, undone; by whoever may."""

import re
from itertools import pairwise

import pytest

from tests.stories.files.chat import can_confirm, confirms, drops, words
from tests.stories.prepared.prepared import (
    LIBRARY,
    adds_entry,
    asks,
    fills,
    has,
    labels_of,
    offers,
    opens,
    presses,
    tried,
)
from tests.stories.prepared.test_library import NEWER, TEXT, TITLE, entries_of, exported, lets_reps, shows

pytestmark = pytest.mark.engines("sqlite")

SAME = r"\b0 (new|changed?)|nothing (new|changes|to (do|take in|import))|no changes?|2[45]\b[^\n]{0,30}(same|unchanged)"
NEW_TITLE = "Two depots, one yard"
NEW_TEXT = "Two depots that share a yard lose an hour at each shift. Ask who opens the gate."
IMPORT = r"^import|take in|bring in"


async def with_entry(mia) -> str:
    """The library with one entry of the team's own, as Markdown."""
    await adds_entry(mia, r"talking", TITLE, TEXT)
    found = await exported(mia)
    assert TITLE in found, found[:400]
    return found


def another(markdown, title=NEW_TITLE, text=NEW_TEXT) -> str:
    """A file with a copy of the team's entry under another title and with another text behind the rest."""
    part = own(markdown)
    return f"{markdown.rstrip()}\n\n{part.replace(TITLE, title).replace(TEXT, text).strip()}\n"


def own(markdown) -> str:
    """The part of a Markdown file that is the team's own entry, heading and all."""
    heads = [one.start() for one in re.finditer(r"^#{1,4} +", markdown, re.MULTILINE)] + [len(markdown)]
    spans = pairwise(heads)
    return next(markdown[a:b] for a, b in spans if TITLE in markdown[a:b].split("\n", 1)[0])


async def offered_file(person, markdown, name="library.md") -> str:
    """Drop a Markdown file; what is said of it before anything is confirmed."""
    await drops(person, name, markdown)
    return words(person)


async def test_the_export_is_markdown_with_everything_on_an_entry(mia):
    """Out (#15): each entry is a heading with its kind, owner, review day and text under it."""
    found = await with_entry(mia)
    assert len(entries_of(found)) >= 25
    part = own(found)
    assert TEXT in part
    for said in (r"talking", r"owner\W{1,6}.*Mia", r"2027-03-01"):
        assert has(said, part), (said, part)


async def test_keys_go_out_too(mia):
    """Out (#48): a value proposition keeps its keys by name."""
    await adds_entry(
        mia, r"value", TITLE, TEXT, sector="Logistics", pain="late trucks", competitor="Haulmate"
    )
    part = own(await exported(mia))
    for key, value in (("sector", "Logistics"), ("pain", "late trucks"), ("competitor", "Haulmate")):
        assert has(rf"{key}[^\n]{{0,12}}{value}", part), (key, part)


async def test_what_went_out_comes_in_unchanged(mia):
    """There and back (#15): the preview says that nothing changes, and taking it in changes nothing."""
    found = await with_entry(mia)
    said = await offered_file(mia, found)
    assert has(SAME, said), said
    if can_confirm(mia):
        await confirms(mia)
    assert await exported(mia) == found


async def test_a_new_entry_waits_for_a_yes(mia, ana):
    """In with a preview (#15): one new, by its title; before the yes nobody reads it, after it everybody does."""
    said = await offered_file(mia, another(await with_entry(mia)))
    assert has(r"\b(1|one)\b[^\n]{0,20}new|new[^\n\d]{0,12}\b1\b", said), said
    assert NEW_TITLE in said, said
    assert "share a yard" not in await tried(ana, f"/team library {NEW_TITLE}")
    await confirms(mia)
    assert "share a yard" in await shows(ana, NEW_TITLE)


async def test_a_changed_text_is_one_change(mia, ana):
    """Mended in a file (#15): one changed, by its title, none new; taken in it is still one entry."""
    said = await offered_file(mia, (await with_entry(mia)).replace(TEXT, NEWER))
    assert has(r"\b(1|one)\b[^\n]{0,20}chang|chang[^\n\d]{0,12}\b1\b", said), said
    assert TITLE in said, said
    await confirms(mia)
    assert "one truck in five" in await shows(ana, TITLE)
    assert (await exported(mia)).count(TITLE) == 1


async def test_an_entry_that_is_not_in_the_file_stays(mia, ana):
    """A part of it (#15): a file with one new entry alone takes nothing out."""
    await offered_file(mia, own(await with_entry(mia)).replace(TITLE, NEW_TITLE).replace(TEXT, NEW_TEXT))
    await confirms(mia)
    assert "share a yard" in await shows(ana, NEW_TITLE)
    assert "one truck in six" in await shows(ana, TITLE)


async def test_a_file_is_taken_back_whole(mia, ana):
    """Undo (#15): what a file brought and what it changed are as before."""
    await offered_file(mia, another((await with_entry(mia)).replace(TEXT, NEWER)))
    await confirms(mia)
    if offers(mia, r"^undo", place=mia._place(None).id):
        await presses(mia, r"^undo", where=mia._place(None).id)
    else:
        await asks(mia, "/rainmaker undo", "sales")
    assert "share a yard" not in await tried(ana, f"/team library {NEW_TITLE}")
    assert "one truck in six" in await shows(ana, TITLE)


async def test_the_form_takes_the_same_text(mia, ana):
    """Pasted (#15): *Import* asks for Markdown, shows the same preview, and waits for the same yes."""
    part = own(await with_entry(mia)).replace(TITLE, NEW_TITLE).replace(TEXT, NEW_TEXT)
    await opens(mia, r"library", *LIBRARY, helped=r"\blibrary\b")
    await presses(mia, IMPORT, where="sales")
    field = next((one for one in labels_of(mia) if has(r"markdown|text|paste|entries", one)), None)
    assert field, labels_of(mia)
    said = await fills(mia, {re.escape(field): part})
    assert NEW_TITLE in said, said
    assert "share a yard" not in await tried(ana, f"/team library {NEW_TITLE}")
    where = "sales" if offers(mia, r"^(confirm|import|take|yes)\b") else mia._place(None).id
    await presses(mia, r"^(confirm|import|take (them|it|this) in|yes)\b", where=where)
    assert "share a yard" in await shows(ana, NEW_TITLE)


async def test_a_reps_file_is_not_taken_in(mia, ana):
    """Who may (#47): a rep's file changes nothing, and she reads who could; let by the team, she takes it in."""
    found = another(await with_entry(mia))
    said = await offered_file(ana, found)
    assert not can_confirm(ana), said
    assert has(r"manager|Mia|may|let", said), said
    await lets_reps(mia)
    await offered_file(ana, found)
    await confirms(ana)
    assert "share a yard" in await shows(mia, NEW_TITLE)


async def test_lists_and_letters_of_any_kind_come_back(mia, ana):
    """Whole (#15): a list, č and 🚚, a blank line and a dash survive the way there and back."""
    text = "Ask first:\n\n- Kje stojijo tovornjaki pozimi? č š ž\n- What does a lost day cost 🚚 – in their words?"
    await adds_entry(mia, r"play", TITLE, text)
    found = await exported(mia)
    assert all(one in found for one in ("č š ž", "🚚 – in their words?", "- What does")), own(found)
    assert has(SAME, await offered_file(mia, found)), words(mia)
    assert "🚚" in await shows(ana, TITLE)


async def test_an_unknown_kind_is_named_with_its_entry(mia):
    """What cannot be read (#15): an entry of a kind nobody knows is named and left out; the rest can go in."""
    found = await with_entry(mia)
    part = re.sub(r"talking[ _-]?points?", "Spell", own(found), flags=re.IGNORECASE).replace(TITLE, NEW_TITLE)
    said = await offered_file(mia, f"{found.rstrip()}\n\n{part}")
    assert has(r"spell", said), said
    assert NEW_TITLE in said, said
    if can_confirm(mia):
        await confirms(mia)
    assert NEW_TITLE not in await exported(mia)
