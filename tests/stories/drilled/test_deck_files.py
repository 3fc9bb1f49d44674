"""Decks as files: CSV and Markdown out whole, in with a preview, broken rows by line and reason, by whoever may."""

import pytest

from tests.stories.drilled.drilled import (
    ANSWER,
    OTHER,
    QUESTION,
    WHY,
    adds,
    asks,
    begins,
    brings,
    can_confirm,
    confirms,
    exported,
    has,
    offered,
    rows,
    sheet,
    words,
)  # fmt: skip

pytestmark = pytest.mark.engines("sqlite")

CARD = ("objection", QUESTION, ANSWER, WHY, "Mia Horvat", "2027-03-01")
SECOND = ("technique", OTHER, "Agree on both being there, and say why.", "One who decides alone is rare.")
SAME = (
    r"nothing (new|changes|to (do|take in|import))|no changes?|\b0 (new|changed?)|"
    r"\b4[0-2]\b[^\n]{0,30}(same|unchanged|stay)"
)
MARKDOWN = f"""## objection

### {QUESTION}

{ANSWER}

Why: {WHY}

## technique

### {OTHER}

Agree on both being there:

- in the invitation
- in its first line, č š ž 🚚

Why: One who decides alone is rare.
"""


def new(count) -> str:
    """A pattern of so many new ones in a preview."""
    said = {1: "1|one", 2: "2|two", 3: "3|three"}[count]
    return rf"\b({said})\b[^\n]{{0,20}}new|new[^\n\d]{{0,12}}\b{count}\b"


def changed(count) -> str:
    return rf"\b({count}|one)\b[^\n]{{0,20}}chang|chang[^\n\d]{{0,12}}\b{count}\b"


async def cards(person) -> dict[str, dict[str, str]]:
    """The cards somebody has, by question."""
    return {one["question"]: one for one in rows(await exported(person))}


async def test_both_files_have_everything_on_a_card(mia):
    """Out (#70): CSV and Markdown each have question, answer, why, owner and review day."""
    await adds(mia)
    found = (await cards(mia))[QUESTION]
    assert (found["answer"], found["why"], found["review"]) == (ANSWER, WHY, "2027-03-01")
    assert "Mia" in found["owner"]
    text = await exported(mia, "cards.md")
    part = text.split(f"### {QUESTION}")[1].split("\n#")[0]
    for said in (ANSWER, WHY, "2027-03-01"):
        assert said in part, part
    assert text.count("\n### ") + text.startswith("### ") == 41


@pytest.mark.parametrize("name", ["cards.csv", "cards.md"])
async def test_what_went_out_comes_in_unchanged(mia, name):
    """There and back (#70): the preview says that nothing changes, and taking it in changes nothing."""
    await adds(mia)
    text = await exported(mia, name)
    said = await offered(mia, text, name)
    assert has(SAME, said), said
    if can_confirm(mia):
        await confirms(mia)
    assert await exported(mia, name) == text


async def test_import_says_what_to_drop(mia):
    """How (#70): `/drill import` says to drop a CSV or a Markdown file here."""
    said = await begins(mia, "/drill import")
    assert has(r"drop", said), said
    assert has(r"csv", said), said
    assert has(r"markdown|\.md", said), said


async def test_new_cards_wait_for_a_yes(mia, ana):
    """In with a preview (#70): two new ones, by their words; nobody has them before the yes, everybody after it."""
    said = await offered(mia, sheet(CARD, SECOND))
    assert has(new(2), said), said
    assert QUESTION[:30] in said, said
    assert QUESTION not in await cards(ana)
    await offered(mia, sheet(CARD, SECOND))
    await confirms(mia)
    found = await cards(ana)
    assert len(found) == 42
    assert found[OTHER]["why"] == SECOND[3]


async def test_markdown_comes_in(mia, ana):
    """Markdown (#70): areas, questions, paragraphs with a list and letters of any kind, and the why apart."""
    said = await offered(mia, MARKDOWN, "cards.md")
    assert has(new(2), said), said
    await confirms(mia)
    found = await cards(ana)
    assert found[QUESTION]["why"] == WHY
    assert found[QUESTION]["area"].lower().startswith("objection")
    assert "č š ž 🚚" in found[OTHER]["answer"]
    assert "Why" not in found[OTHER]["answer"]


async def test_a_changed_answer_is_one_change(mia, ana):
    """Mended in a file (#70): one changed, none new, and still one card."""
    await brings(mia, sheet(CARD))
    said = await offered(mia, sheet((*CARD[:2], "Ask what a lost day costs them.", *CARD[3:])))
    assert has(changed(1), said), said
    assert not has(new(1), said), said
    await confirms(mia)
    found = await cards(ana)
    assert len(found) == 41
    assert found[QUESTION]["answer"] == "Ask what a lost day costs them."


async def test_a_card_that_is_not_in_the_file_stays(mia, ana):
    """A part of it (#70): a file of one card takes none of the others out."""
    await brings(mia, sheet(CARD))
    await brings(mia, sheet(SECOND))
    assert {QUESTION, OTHER} <= set(await cards(ana))
    assert len(await cards(ana)) == 42


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("technique", "", "Wait.", "It works."), r"question|situation"),
        (("technique", OTHER, "", "It works."), r"answer"),
        (("", OTHER, "Wait.", "It works."), r"area"),
        (("technique", OTHER, "Wait.", "It works.", "", "2027-13-40"), r"2027-13-40|review|date|day"),
        (("objection", QUESTION, "Wait.", "It works."), r"twice|same|already|line 2|duplicate"),
    ],
    ids=["no question", "no answer", "no area", "no such day", "twice"],
)
async def test_a_broken_row_is_named(mia, ana, row, reason):
    """Broken rows (#70): line 3 is named with its reason, and the card of line 2 goes in all the same."""
    said = await offered(mia, sheet(CARD, row))
    assert has(rf"(line|row)\D{{0,4}}3\b[^\n]*({reason})|({reason})[^\n]*(line|row)\D{{0,4}}3\b", said), said
    assert has(new(1), said), said
    await confirms(mia)
    found = await cards(ana)
    assert len(found) == 41
    assert found[QUESTION]["answer"] == ANSWER


async def test_a_file_is_taken_back_whole(mia, ana):
    """Undo (#70): what a file brought and what it changed are as before."""
    await brings(mia, sheet(CARD))
    await brings(mia, sheet((*CARD[:2], "Say nothing.", *CARD[3:]), SECOND))
    await asks(mia, "/rainmaker undo", "sales")
    found = await cards(ana)
    assert OTHER not in found
    assert found[QUESTION]["answer"] == ANSWER


async def test_a_reps_file_makes_own_cards(ana, ben, mia):
    """Who may (#70): what Ana drops is hers; it changes no card of the team's, and she reads so."""
    await brings(mia, sheet(CARD))
    said = await offered(ana, sheet((*CARD[:2], "Say nothing.", *CARD[3:]), SECOND))
    assert has(r"team|manager|Mia", said), said
    await confirms(ana)
    assert OTHER in await cards(ana)
    assert OTHER not in await cards(ben)
    assert OTHER not in await cards(mia)
    assert (await cards(ben))[QUESTION]["answer"] == ANSWER


async def test_a_card_of_the_starter_deck_is_mended(mia, ana):
    """What we start with (#70): a manager changes an answer of it in the file, and it is changed for the team."""
    found = next(iter((await cards(mia)).values()))
    await brings(mia, sheet((found["area"], found["question"], "Ask them first.", found["why"])))
    mended = await cards(ana)
    assert len(mended) == 40
    assert mended[found["question"]]["answer"] == "Ask them first."


async def test_a_file_of_deals_is_none_of_cards(mia):
    """Told apart (#70): a CSV of deals is not taken for cards, nor cards for deals."""
    said = await offered(
        mia, "Deal Name,Deal Stage,Amount,Close Date\nQuay lamp,Contract Sent,24000,2026-10-04\n"
    )
    assert not has(r"\bcards?\b[^\n]*new|new[^\n]*\bcards?\b", said), said
    said = await offered(mia, sheet(CARD))
    assert has(r"\bcards?\b", said), said
    assert not has(r"\bdeals?\b", words(mia)), said
