"""The brief before a meeting: who, why now, what it is worth, what is in the way, green or amber, each with its age."""

import re

import pytest

from tests.stories.craft.lived import NONSENSE, names_contact
from tests.stories.face.seen import label
from tests.stories.leads import books
from tests.stories.leads.books import HERE, Firm
from tests.stories.prepared.prepared import (
    asks,
    fills,
    form_inputs,
    has,
    label_of,
    light,
    line_with,
    mark_of,
    newest,
    prep,
    presses,
    questions,
    refused,
    told,
    tried,
    types,
)

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.usefixtures("alder")]

FOUR = (r"\bwho\b", r"why now", r"value", r"obstacle|in the way|could stop")
FACT = "they opened a second depot in Leeds"
CFO = "/team persona CFO: wants cash by the year's end; worries about late invoices; says not in the budget"


async def names(person, role, name="Dana Poe", deal="Alder Yard") -> None:
    """Name somebody at the customer, with a role there, on the card of the deal."""
    await asks(person, f"/deal {deal}", "sales")
    await presses(person, r"^contact", where="sales")
    await fills(person, {r"^who": name, r"role": role})


async def states_value(person, words) -> None:
    """Say on the brief what it is worth to them."""
    await asks(person, "/prep Alder Yard", "sales")
    await presses(person, r"value|worth to them", where="sales")
    assert form_inputs(person), newest(person)
    await fills(person, {re.escape(label_of(person, r"value|worth")): words})


async def test_four_lines_of_green_or_amber(ana):
    """Visibly prepared (#17): who, why now, value case, obstacles, each once with its light, in one line each."""
    said = await prep(ana)
    for topic in FOUR:
        lines = [one for one in said.splitlines() if has(topic, one) and light(one)]
        assert len(lines) == 1, (topic, said)


async def test_of_nobody_nothing_is_made_up(ana):
    """Nothing is known yet (#17, bad input: nobody to ask): amber all over, with what would turn each green."""
    said = await prep(ana)
    assert {mark_of(said, topic) for topic in FOUR} == {"amber"}, said
    assert has(r"nobody|no (contact|one)|name (them|somebody|who)|who is it", line_with(said, r"\bwho\b")), (
        said
    )
    assert label(told(ana, "sales")[-1].blocks or [], r"contact|who|name"), newest(ana)
    assert not NONSENSE.search(said), said


async def test_who_they_are_and_what_they_are_there(ana):
    """Contacts and roles (#17): Dana Poe, CFO, and that she decides; green by that."""
    await names(ana, "CFO")
    await names_contact(ana, "Alder Yard", "Dana Poe", decides=True)
    said = await prep(ana)
    line = line_with(said, r"Dana Poe")
    assert has(r"CFO", line), said
    assert has(r"decid|decision", line), said
    assert mark_of(said, r"\bwho\b") == "green", said


async def test_what_they_said_last(team, ana):
    """What they said last (#17): the words of the last talk with its day, not of an attempt after it."""
    await names(ana, "CFO")
    await types(
        ana, "/log call Alder Yard – spoke, the old scanner breaks each week, next step demo on Friday"
    )
    await team.jump("2026-09-16 10:00", HERE)
    await types(ana, "/log call Alder Yard – no answer")
    said = await prep(ana)
    assert has(r"old scanner breaks", said), said
    assert has(r"14 Sep|Mon(day)?\b|2 days", line_with(said, r"old scanner breaks")), said


async def test_why_now_is_what_was_noted_of_them(ana):
    """Why now (#17, #18): the fact that was noted, green while it is fresh."""
    await types(ana, f"/lead fact Alder Yard: {FACT}")
    said = await prep(ana)
    assert has(FACT, said), said
    assert mark_of(said, r"why now|second depot") == "green", said


async def test_an_old_fact_is_said_to_be_old(team, ana):
    """Freshness (#17, #18): after a hundred days the same fact is amber, and its age or day is there."""
    await types(ana, f"/lead fact Alder Yard: {FACT}")
    await team.jump("2026-12-23 10:00", HERE)
    said = await prep(ana)
    assert mark_of(said, r"why now|second depot") == "amber", said
    assert has(r"14 Sep|100 days|14 weeks|3 months|September|\bold\b", line_with(said, r"depot|why now")), (
        said
    )


async def test_each_line_says_how_fresh_it_is(team, ana):
    """Freshness of each (#17): what is known of who, why now, value and obstacles carries its day or its age."""
    await names(ana, "CFO")
    await types(ana, f"/lead fact Alder Yard: {FACT}")
    await states_value(ana, "Forty hours of sorting a month")
    await team.jump("2026-09-16 10:00", HERE)
    said = await prep(ana)
    for topic in (r"Dana Poe", r"second depot", r"Forty hours"):
        assert has(r"14 Sep|Monday|\bMon\b|2 days|day before", line_with(said, topic)), (topic, said)


async def test_the_value_case_is_stated_in_a_form(ana):
    """A thought-out case (#17, #50): said in their words on the brief, it stands there and turns its line green."""
    assert mark_of(await prep(ana), r"value") == "amber", newest(ana)
    await states_value(ana, "Forty hours of sorting a month")
    said = await prep(ana)
    assert has(r"Forty hours of sorting", said), said
    assert mark_of(said, r"value") == "green", said


async def test_an_empty_value_case_is_none(ana):
    """Blanks alone (bad input): refused or not kept, and the line stays amber."""
    await asks(ana, "/prep Alder Yard", "sales")
    await presses(ana, r"value|worth to them", where="sales")
    await refused(ana, {re.escape(label_of(ana, r"value|worth")): "   "})
    assert mark_of(await prep(ana), r"value") == "amber", newest(ana)


async def test_obstacles_of_the_deal_are_in_the_brief(ana):
    """What is in the way (#17, #24): an obstacle noted on the deal's card stands in the brief."""
    await asks(ana, "/deal Alder Yard", "sales")
    await presses(ana, r"^obstacle", where="sales")
    await fills(ana, {r"what|stop|obstacle": "Their board meets in November only"})
    assert has(r"board meets in November", await prep(ana)), newest(ana)


async def test_three_talking_points(ana):
    """Talking points ready (#15): three, below a heading of their own, none twice."""
    points = pointed(await prep(ana))
    assert len(points) == 3, newest(ana)
    assert len(set(points)) == 3, points


def pointed(said) -> list[str]:
    """The lines below the heading of the talking points, up to the next heading, question, button or light."""
    lines = said.splitlines()
    start = next(
        (at for at, one in enumerate(lines, 1) if has(r"talking points?", one) and len(one) < 60), len(lines)
    )
    found: list[str] = []
    for one in lines[start:]:
        ends = not one.strip() or one.startswith("[") or light(one) or one.rstrip().endswith("?")
        if ends or (has(r"^\W*(questions?|ask|worth)\b", one) and len(one) < 60):
            break
        found.append(one.strip())
    return found


async def test_talking_points_are_of_who_and_where(team, mia, ana):
    """By persona and sector (#15, #34): a CFO in logistics and a head of care in health are not told the same three."""
    await books.accounts(team, Firm("Birch Clinic", "Healthcare", 90))
    await books.stand_open(team, ("Birch Clinic",))
    await types(mia, CFO)
    await names(ana, "CFO")
    await names(ana, "Head of care", "Sam Orr", "Birch Clinic")
    first, second = pointed(await prep(ana)), pointed(await prep(ana, "Birch Clinic"))
    assert first, newest(ana)
    assert second, newest(ana)
    assert first != second


async def test_the_persona_is_in_the_brief(mia, ana):
    """Persona cards in prep (#34): what worries a CFO, or what one says against it, is there for Dana Poe."""
    await types(mia, CFO)
    await names(ana, "CFO")
    assert has(r"late invoices|not in the budget|cash by the year", await prep(ana)), newest(ana)


async def test_what_would_make_it_worth_their_time(ana):
    """Worth their time (#17, #58): what is in it for them is one line, of the meeting's promise where it was said."""
    await asks(ana, "/followup Alder Yard thu meeting at their depot", "sales")
    await presses(ana, r"answer to their question", where="sales")
    said = await prep(ana)
    assert has(r"worth (their|the) time|in it for (them|alder)", said), said
    assert has(r"answer to their question", said), said


async def test_a_brief_fits_a_phone(ana):
    """On a phone between two calls (#17): how ready it is comes first, and the whole is short enough to be read."""
    await names(ana, "CFO")
    await types(ana, f"/lead fact Alder Yard: {FACT}")
    said = await prep(ana)
    first = next(one for one in said.splitlines() if one.strip())
    assert has(r"Alder Yard", first), said
    assert has(r"\b[0-4] of 4\b|ready|green|amber|missing", "\n".join(said.splitlines()[:3])), said
    assert len(said) < 3_000, len(said)
    assert len(questions(said)) <= 7, said


# as they come


async def test_an_account_without_a_deal_can_be_prepared(team, ana):
    """A first meeting (#16): of an account that has no deal the brief is there, and says that there is none."""
    await books.accounts(team, Firm("Cedar Works", "Logistics", 400))
    said = await prep(ana, "Cedar Works")
    assert has(r"why now", said), said
    assert has(r"no deal|not a deal|without a deal|first (talk|meeting)", said), said


async def test_a_name_that_nobody_knows(ana):
    """`/prep Nowhere` (bad input): says that nothing is known by that name, and offers a way on; no empty brief."""
    said = await prep(ana, "Nowhere Shipping")
    assert not has(r"why now", said), said
    assert has(r"no (deal|account)|nothing|not (know|find)|called", said), said
    assert has(r"/deal|/lead|\[", said), said


async def test_two_names_alike_are_asked_about(team, ana):
    """“Alder” fits two (bad input): which one is asked, one tap each."""
    await books.stand_open(team, ("Alder Mill",))
    await asks(ana, "/prep Alder", "sales")
    for name in ("Alder Yard", "Alder Mill"):
        assert label(told(ana, "sales")[-1].blocks or [], name), newest(ana)
    await presses(ana, r"Alder Mill", where="sales")
    said = f"{newest(ana)}\n{ana.modal() or ''}"
    assert has(r"why now", said), said
    assert has(r"Alder Mill", said), said


async def test_prep_alone_is_of_the_next_meeting(ana):
    """`/prep` with no name (#17): the brief of the meeting that comes first, or a choice in which it is."""
    await types(ana, "/followup Alder Yard thu meeting at their depot")
    assert has(r"Alder Yard", await types(ana, "/prep")), newest(ana)


async def test_words_of_theirs_are_words(ana):
    """<!channel> and *stars* in what they said (bad input): shown as typed, calling nobody."""
    await types(ana, "/lead fact Alder Yard: <!channel> they *moved* to <@U3> Road")
    said = await prep(ana)
    assert has(r"moved", said), said
    assert "Mia Horvat" not in said
    assert "@channel" not in said.replace("<!channel>", "")


async def test_a_colleagues_brief_shows_no_more_than_their_deal(ana, ben):
    """Somebody else's deal (#17): where Ben may not read it, a brief tells him nothing of what was said."""
    await types(
        ana, "/log call Alder Yard – spoke, the old scanner breaks each week, next step demo on Friday"
    )
    card = await tried(ben, "/deal Alder Yard")
    if not has(r"\$4,000|\$4k|open \d+ days", card):
        assert not has(r"old scanner breaks", await tried(ben, "/prep Alder Yard"))
    assert has(r"old scanner breaks", await prep(ana)), newest(ana)
