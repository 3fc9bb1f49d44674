"""Drills as they come: 5,000 cards, a month away, the clock set back, two devices, a card that changes, odd files."""

import pytest

from playground.views import elements
from tests.double import at_once, click_on, clicked_again
from tests.stories.craft.lived import NONSENSE
from tests.stories.drilled.drilled import (
    ANSWER,
    DRILL,
    HERE,
    QUESTION,
    RATED,
    SHOW,
    TODAY,
    WHY,
    adds,
    answers,
    asked,
    asks,
    begins,
    books,
    brings,
    can_confirm,
    days,
    decks,
    direct,
    drills,
    drills_on,
    exported,
    goes_on,
    has,
    kept,
    label,
    lives,
    mark,
    notes,
    now,
    offered,
    presses,
    question_of,
    questions,
    rows,
    sheet,
    told,
    tried,
    wants_notes,
)  # fmt: skip

pytestmark = pytest.mark.engines("sqlite")

TUESDAY = "2026-09-15"
CARD = ("objection", QUESTION, ANSWER, WHY, "Mia Horvat", "2027-03-01")
PILE = r"\b(overdue|behind|pile|backlog|late)\b"


async def shown(person, question=QUESTION) -> None:
    """Go through a drill until this card stands there."""
    await begins(person)
    for _ in range(6):
        if question in now(person):
            return
        await answers(person, "Easy")
    raise AssertionError(f"It never came; the drill ends with:\n{now(person)}")


# much


async def test_five_thousand_cards(team, ana, mia):
    """A large deck (#68, #70): taken in, counted, and still six a day and ten new ones a week."""
    many = [
        ("technique", f"Depot number {n} asks for what the last one paid. And you?", "Ask why.", WHY)
        for n in range(5000)
    ]
    said = await offered(mia, sheet(*many))
    assert has(r"5,?000", said), said
    assert len(said) < 4000
    await presses(mia, r"^(confirm|import|take (them|it|this) in|yes)\b", where=direct(mia))
    assert len(rows(await exported(mia))) == 5040
    assert has(r"5,?0\d\d", await decks(ana))
    assert len(await drills(ana, "Easy")) == 6
    assert len(await drills_on(team, ana, TUESDAY, "Easy")) == 4


async def test_an_answer_of_ten_thousand_characters(mia, ana):
    """A long card (#70): taken in or named with its line, shown cut, and refused by nobody's Slack."""
    said = await offered(mia, sheet((*CARD[:2], "word " * 2000, WHY)))
    assert has(r"\bnew\b|(line|row)\D{0,4}2\b", said), said
    if can_confirm(mia):
        await presses(mia, r"^(confirm|import|take (them|it|this) in|yes)\b", where=direct(mia))
        await drills(ana, "Easy")


# time


async def test_a_month_away(team, ana):
    """Back after a month (#68): six cards and no more, the oldest, and no word of how many wait."""
    first = await drills_on(team, ana, TUESDAY)
    await drills_on(team, ana, "2026-09-16")
    await books.on_leave(team, TODAY + days(3), TODAY + days(32))
    back = await drills_on(team, ana, "2026-10-19")
    assert set(questions(back)) == set(questions(first)), questions(back)
    assert not has(PILE, now(ana)), now(ana)
    assert has(r"tomorrow|Tue|20 Oct", now(ana)), now(ana)


async def test_a_month_without_opening_the_note(team, ana):
    """Ignored (#68): at most one note a day comes in four weeks, none speaks of a pile, and a drill is six cards."""
    await wants_notes(ana)
    before = mark(ana)
    await lives(team, TUESDAY, "2026-10-09")
    came = notes(ana, before)
    assert 1 <= len(came) <= 19, len(came)
    assert not any(has(PILE, one) for one in came if has(DRILL, one)), came
    assert len(await drills(ana)) == 6


async def test_the_clock_set_back(team, ana):
    """Set back a day (#68): nothing comes that was done, no figure is over 100 %, and what was due stays due."""
    seen = await drills_on(team, ana, "2026-09-16")
    again = await drills_on(team, ana, TUESDAY, "Easy")
    assert not set(questions(seen)) & set(questions(again))
    said = await decks(ana)
    assert not NONSENSE.search(said), said
    assert all(0 <= one <= 100 for one in kept(said).values()), said
    due = await drills_on(team, ana, "2026-09-18")
    assert set(questions(due)) == set(questions(seen)), questions(due)


async def test_an_answer_before_the_last_one(team, ana):
    """Asked on Wednesday, the clock then set back to Monday (#68): the answer counts, and nothing falls over."""
    await drills_on(team, ana, "2026-09-14", "Again", "12:00")
    await team.jump("2026-09-16 09:15", HERE)
    await begins(ana)
    await team.jump("2026-09-14 09:15", HERE)
    await answers(ana, "Good")
    assert not NONSENSE.search(now(ana)), now(ana)
    assert asked(ana) or not label(told(ana)[-1].blocks or [], RATED)


async def test_yesterdays_message_is_answered_today(team, ana):
    """Overnight (#68): a card shown on Tuesday and rated on Wednesday counts from Wednesday: two days are Friday."""
    await team.jump(f"{TUESDAY} 09:15", HERE)
    await begins(ana)
    question = question_of(now(ana))
    await presses(ana, SHOW, where=direct(ana))
    await team.jump("2026-09-16 09:15", HERE)
    await presses(ana, r"^good\b", where=direct(ana))
    await goes_on(ana, "Easy")
    assert question not in questions(await drills_on(team, ana, "2026-09-17", "Easy"))
    assert question in questions(await drills_on(team, ana, "2026-09-18", "Easy"))


# two hands


async def test_two_devices_answer_one_card(team, ana):
    """Phone and desk (#68): the card stands in two messages; answered Easy in one, it counts once: due on the 23rd."""
    await team.jump(f"{TUESDAY} 09:15", HERE)
    await begins(ana)
    question = question_of(now(ana))
    await asks(ana, "/drill", "sales")
    await presses(ana, SHOW, where="sales")
    await answers(ana, "Easy")
    if label(told(ana, "sales")[-1].blocks or [], r"^easy\b"):
        await presses(ana, r"^easy\b", where="sales")
    await goes_on(ana, "Easy")
    assert question not in questions(await drills_on(team, ana, "2026-09-22", "Easy"))
    assert question in questions(await drills_on(team, ana, "2026-09-23", "Easy"))


async def test_a_double_click_is_one_answer(team, ana):
    """Pressed twice at once (#68): one answer, and the next card is not answered by it."""
    await team.jump(f"{TUESDAY} 09:15", HERE)
    await begins(ana)
    question = question_of(now(ana))
    await presses(ana, SHOW, where=direct(ana))
    easy = next(
        one
        for _, one in elements(told(ana)[-1].blocks)
        if has(r"^easy\b", (one.get("text") or {}).get("text", ""))
    )
    family, value = easy["action_id"].partition(":")[0], str(easy.get("value", ""))
    click = click_on(team, ana, family, value=value)
    await at_once(team, click, clicked_again(team, click))
    assert asked(ana), now(ana)
    assert question not in now(ana)
    assert len(await goes_on(ana, "Easy")) == 5
    assert question in questions(await drills_on(team, ana, "2026-09-23", "Easy"))


# a card that changes under the hand


async def test_a_card_changed_between_question_and_answer(team, ana, mia):
    """Changed meanwhile (#70): Ana reads the answer as it is now, and her rating counts."""
    await brings(mia, sheet(CARD))
    await shown(ana)
    await brings(mia, sheet((*CARD[:2], "Ask what a lost day costs them.", *CARD[3:])))
    await presses(ana, SHOW, where=direct(ana))
    assert "Ask what a lost day costs them." in now(ana), now(ana)
    assert ANSWER not in now(ana)
    await presses(ana, r"^good\b", where=direct(ana))
    await goes_on(ana, "Easy")
    assert any(QUESTION in one for one in questions(await drills_on(team, ana, "2026-09-16", "Easy")))


async def test_a_card_that_is_gone_meanwhile(team, ana, mia):
    """Taken out meanwhile (#70): a sentence says so, and the drill goes on with the next card."""
    await adds(mia)
    await shown(ana)
    await asks(mia, "/rainmaker undo", "sales")
    await presses(ana, SHOW, where=direct(ana))
    assert ANSWER not in now(ana), now(ana)
    assert has(r"gone|no longer|taken (out|back)|removed|withdrawn", now(ana)) or asked(ana), now(ana)
    assert QUESTION not in (await exported(ana))


# files and lines as they come


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", r"empty|nothing"),
        (sheet().encode(), r"empty|nothing|no (cards?|rows?)|0 new"),
        (b"area,question,why\ntechnique,What now?,So\n", r"answer"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", r"read|text|csv"),
    ],
    ids=["empty", "header alone", "no answers", "a picture"],
)
async def test_a_file_without_cards(mia, content, reason):
    """Nothing in it (#70): a sentence says what is wrong, and there is nothing to confirm."""
    said = await offered(mia, content)
    assert has(reason, said), said
    assert not can_confirm(mia), said


@pytest.mark.parametrize("coding", ["utf-8-sig", "cp1252", "utf-16"])
async def test_a_file_from_a_spreadsheet(mia, ana, coding):
    """Out of Excel (#70): semicolons, another coding, quotes and a line break in a cell, and the letters are whole."""
    text = f'area;question;answer;why\r\nobjection;"{QUESTION}";"Vprašaj: ""Koliko?""\r\nIn drži.";Zato\r\n'
    await brings(mia, text.encode(coding))
    found = next(one for one in rows(await exported(ana)) if one["question"] == QUESTION)
    assert "Vprašaj" in found["answer"], found
    assert "drži" in found["answer"], found


async def test_a_card_calls_nobody(team, ana, mia):
    """Harmless (#70): `<!channel>`, a formula and marks in a card ring nobody's bell, and stand there as typed."""
    question = "=1+1 <!channel> & *Lockside* asks for ten per cent less today. And you?"
    await brings(mia, sheet(("objection", question, "Ask <@U2> what for.", WHY)))
    await shown(ana, "asks for ten per cent less")
    assert "=1+1 <!channel> & " in now(ana), now(ana)
    await presses(ana, SHOW, where=direct(ana))
    assert "<@U2> what for" in now(ana), now(ana)


@pytest.mark.parametrize(
    "line", ["/drill @nobody", "/drill xyzzy", "/drill decks of Atlantis", "/drill 99999"]
)
async def test_a_line_that_means_nothing(ana, line):
    """Mistyped (#68): a sentence that says what can be typed, and no card."""
    said = await tried(ana, line)
    assert said, line
    assert not NONSENSE.search(said), said
    assert has(r"/drill|who|nobody|no one|know", said), said


async def test_a_form_without_an_answer(ana):
    """Half a card (#70): without an answer, or with blanks alone, it is not taken, and what was typed stays."""
    with pytest.raises(AssertionError):
        await adds(ana, answer="   ")
    assert ana.modal(), "The form is closed, or there was none."
    assert "Haulmate" in ana.modal()
    assert has(r"answer", "\n".join([*ana.modal_errors(), *ana.modal_errors().values()]))
