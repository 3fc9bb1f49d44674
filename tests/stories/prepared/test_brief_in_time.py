"""Questions that are answered once and kept, where a brief is offered, and when it comes by itself."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.stories.craft.lived import lives
from tests.stories.leads import books
from tests.stories.leads.books import HERE
from tests.stories.prepared.prepared import (
    asks,
    fills,
    form_inputs,
    has,
    label,
    labels_of,
    mark,
    newest,
    prep,
    presses,
    questions,
    text_of,
    texts,
    told,
    types,
)

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.usefixtures("alder")]

MEETING = "/followup Alder Yard thu meeting at their depot"
BRIEF = r"why now"
ANSWER = "Two of nine people sort returns by hand"


def asked(said) -> list[str]:
    """The discovery questions of a brief: those with a question mark that are not its headings."""
    return [
        one for one in questions(said) if len(one) > 20 and not has(r"in it for|worth (their|the) time", one)
    ]


async def answers(person, name="Alder Yard") -> str:
    """Answer the first question of the brief in the form behind it; the question."""
    await asks(person, f"/prep {name}", "sales")
    first = asked(newest(person))[0]
    if label(told(person, "sales")[-1].blocks or [], r"answer"):
        await presses(person, r"answer", where="sales")
    assert form_inputs(person), newest(person)
    named = labels_of(person)
    fit = next((one for one in named if first.rstrip("?")[:25] in one or one.rstrip("?")[:25] in first), None)
    if fit is not None:
        await person.fills(fit, ANSWER)
        await person.submits()
        assert not person.modal_errors(), person.modal_errors()
    else:
        await fills(person, {r"which|question": lambda offers: offers[0], r"answer|say|said": ANSWER})
    if person.modal():
        await person.closes(everything=True)
    return first


async def test_five_questions_to_ask(ana):
    """Pre-prepared questions (#16): five of them, each once, each with a question mark."""
    found = asked(await prep(ana))
    assert len(found) == 5, newest(ana)
    assert len(set(found)) == 5, found


async def test_an_answer_is_kept_on_the_deal(ana):
    """Answers kept on the deal (#16): the deal's card, or the brief, says what was found out."""
    await answers(ana)
    said = f"{await types(ana, '/deal Alder Yard')}\n{await prep(ana)}"
    assert has(ANSWER, said), said


async def test_what_is_answered_is_never_asked_again(team, ana):
    """Never twice (#16): neither the same day nor a week later; the others still are."""
    before = asked(await prep(ana))
    gone = await answers(ana)
    assert gone in before, before
    assert gone not in asked(await prep(ana)), newest(ana)
    await team.jump("2026-09-21 10:00", HERE)
    left = asked(await prep(ana))
    assert gone not in left, left
    assert set(before) - {gone} <= set(left), left


async def test_another_deal_is_still_asked(team, ana):
    """Of that deal (#16): what Alder Yard answered is open at Alder Mill, whose account is another."""
    await books.stand_open(team, ("Cedar Works",))
    gone = await answers(ana)
    assert gone in asked(await prep(ana, "Cedar Works")), newest(ana)


# where it is offered


async def test_the_deal_has_a_button_for_it(ana):
    """Prepare (#17): on the deal's card, and what it brings is the brief."""
    await types(ana, "/deal Alder Yard")
    await presses(ana, r"^prepare", where="sales")
    said = f"{newest(ana)}\n{ana.modal() or ''}"
    assert has(BRIEF, said), said


async def test_a_follow_up_has_a_button_for_it(ana):
    """Prepare (#17): where a meeting was just promised, or in its list, the brief is a tap away."""
    await types(ana, MEETING)
    if label(told(ana, "sales")[-1].blocks or [], r"prepare") is None:
        await types(ana, "/followup list")
    await presses(ana, r"prepare", where="sales")
    said = f"{newest(ana)}\n{ana.modal() or ''}"
    assert has(BRIEF, said), said
    assert has(r"Alder Yard", said), said


async def test_nobody_else_reads_a_brief(ana, mia):
    """Asked for in a channel (#17): only Ana sees it there."""
    await prep(ana)
    assert not [one for one in texts(mia, "sales") if has(BRIEF, one)]


# by itself


def briefs(person, before) -> list[datetime]:
    """When each brief came to somebody's direct channel after a mark, or a message with one folded in; local times."""
    came = told(person)[before[person.person.id] :]
    return [
        one.at.astimezone(ZoneInfo(HERE))
        for one in came
        if has(r"Alder Yard", text_of(person, one)) and has(rf"{BRIEF}|\[prepare", text_of(person, one))
    ]


async def test_it_comes_before_a_meeting(team, ana):
    """Meeting on Thursday (#17): once, in working hours, on Wednesday or on the day itself."""
    await types(ana, MEETING)
    before = mark(ana)
    await lives(team, "2026-09-15", "2026-09-17")
    came = briefs(ana, before)
    assert came, texts(ana)
    assert {one.date().day for one in came} <= {16, 17}, came
    assert all(8 <= one.hour < 19 for one in came), came
    assert sum(has(BRIEF, one) for one in texts(ana)[before["U1"] :]) <= 1, texts(ana)


async def test_it_comes_before_a_demo(team, ana):
    """A demo that a call left as its next step (#17): the same."""
    await types(ana, "/log call Alder Yard – spoke, next step demo Thursday")
    before = mark(ana)
    await lives(team, "2026-09-15", "2026-09-17")
    assert briefs(ana, before), texts(ana)


async def test_a_call_brings_no_brief(team, ana):
    """A promised call or mail (#17): no brief comes by itself."""
    await types(ana, "/followup Alder Yard thu send the price list")
    before = mark(ana)
    await lives(team, "2026-09-15", "2026-09-17")
    assert not [one for one in texts(ana)[before["U1"] :] if has(BRIEF, one)]


async def test_a_meeting_that_moved_takes_its_brief_along(team, ana):
    """Moved to the 24th (#17): nothing on the 16th and 17th, and it comes before the new day."""
    await types(ana, MEETING)
    await types(ana, "/followup move Alder Yard to 24 sep")
    before = mark(ana)
    await lives(team, "2026-09-15", "2026-09-18")
    assert briefs(ana, before) == [], texts(ana)
    await lives(team, "2026-09-21", "2026-09-24")
    assert {one.date().day for one in briefs(ana, before)} <= {23, 24}
    assert briefs(ana, before), texts(ana)


async def test_a_meeting_that_is_off_brings_none(team, ana):
    """Dropped (#17): no brief."""
    await types(ana, MEETING)
    await types(ana, "/followup drop Alder Yard because they called it off")
    before = mark(ana)
    await lives(team, "2026-09-15", "2026-09-17")
    assert briefs(ana, before) == [], texts(ana)


async def test_it_can_be_switched_off(team, ana):
    """One's own choice (#17): in the settings a brief before meetings is one of what may be sent; off, none comes."""
    await asks(ana, "/rainmaker settings", "sales")
    shown = (ana.modal() or "").splitlines()
    box = next((one for one in shown if has(r"☑.*(\bbrief|prepar|before (a |your )?meeting)", one)), None)
    assert box is not None, shown
    await ana.ticks(box.split("☑", 1)[1].split("(")[0].strip(), where="modal", off=True)
    await ana.submits()
    assert not ana.modal_errors(), ana.modal_errors()
    await types(ana, MEETING)
    before = mark(ana)
    await lives(team, "2026-09-15", "2026-09-17")
    assert not [one for one in texts(ana)[before["U1"] :] if has(BRIEF, one)]
