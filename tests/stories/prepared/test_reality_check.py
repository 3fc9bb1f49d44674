"""The reality check: once, when a team lives by e-mail, its manager counts the sales mails they get and answer."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from storage.people.team import find_team_named, set_people
from tests.known import WORKSPACE
from tests.stories.craft import books as craft
from tests.stories.craft.lived import NONSENSE, arrived, lives
from tests.stories.leads.books import HERE, TODAY
from tests.stories.prepared.prepared import (
    EVIDENCE,
    edits,
    fills,
    form_inputs,
    has,
    labels_of,
    line_with,
    mark,
    newest,
    offers,
    opens,
    presses,
    reads,
    refused,
    since,
    texts,
    tried,
    types,
)

pytestmark = pytest.mark.engines("sqlite")

POLL = r"(sales|selling) (e-?)?mails?.{0,80}(get|got|receiv|inbox|answer)|inbox"
SHOWN = r"receiv|answered"
NUMBERS = {r"receiv|got|how many.*get": "40", r"answer": "2"}


async def mailed(town, mails, calls, *, last: date = TODAY, owner: str = "U1") -> None:
    """So many mails and calls on each working day of the last three weeks."""
    span = [last - timedelta(days=one) for one in range(21)]
    touches = [
        craft.Touch(day, kind, "", count)
        for day in span
        if day.weekday() < 5
        for kind, count in (("email", mails), ("call", calls))
        if count
    ]
    await craft.did(town, touches, owner=owner)


def polls(person, before) -> list[str]:
    return [one for one in since(person, before) if has(POLL, one)]


async def a_week(town, person) -> dict:
    before = mark(person)
    await lives(town, "2026-09-14", "2026-09-21")
    return before


async def counts(mia, answers=NUMBERS) -> str:
    """Enter the two numbers where the evidence of the team stands."""
    return await edits(
        mia,
        r"evidence|receiv",
        answers,
        *EVIDENCE,
        helped=r"evidence",
        button=r"count|add|edit|enter|numbers",
    )


async def evidence(person) -> str:
    return await reads(person, SHOWN, *EVIDENCE, helped=r"evidence")


async def test_a_team_that_lives_by_mail_is_asked_once(team, mia):
    """Nine of ten touches are mails (#45): one question to the manager, in working hours, of mails got and answered."""
    await mailed(team, 9, 1)
    before = await a_week(team, mia)
    found = polls(mia, before)
    assert len(found) == 1, since(mia, before)
    assert has(r"answer", found[0]), found
    hours = [one.astimezone(ZoneInfo(HERE)).hour for one in arrived(mia, before, POLL)]
    assert all(8 <= hour < 19 for hour in hours), hours


async def test_it_says_why_it_asks(team, mia):
    """The reason (#45): the share of mails that it saw, and no word about what anybody else's inbox looks like."""
    await mailed(team, 9, 1)
    found = polls(mia, await a_week(team, mia))
    assert found
    assert has(r"\b(8[5-9]|9[0-5])\s?%|9 (of|in) 10", found[0]), found
    assert not has(r"studies|research|on average|most people|80 ?% of sales", found[0]), found


async def test_once_is_once(team, mia):
    """Unanswered (#45): five more weeks of mails bring no second question."""
    await mailed(team, 9, 1)
    before = mark(mia)
    await lives(team, "2026-09-14", "2026-09-21")
    await mailed(team, 9, 1, last=date(2026, 10, 9))
    await lives(team, "2026-09-22", "2026-10-23", hours=("09:15", "16:45"))
    assert len(polls(mia, before)) == 1, polls(mia, before)


async def test_a_team_that_calls_is_not_asked(team, mia):
    """Half are calls (#45): below the line, nothing is asked."""
    await mailed(team, 5, 5)
    assert polls(mia, await a_week(team, mia)) == []


async def test_three_mails_are_no_habit(team, mia):
    """Three touches, all mails (#45): too few to be a share of anything."""
    await craft.did(team, [craft.Touch(TODAY - timedelta(days=3), "email", "", 3)])
    assert polls(mia, await a_week(team, mia)) == []


async def test_the_line_is_the_teams(team, mia):
    """The team's line (#45): at 95 % nobody is asked for nine mails in ten."""
    share = r"e-?mail[^\n]*(share|line|%)|share of (e-?)?mail"
    await edits(mia, share, {share: "95"}, "/team settings", *EVIDENCE, helped=r"evidence")
    await mailed(team, 9, 1)
    assert polls(mia, await a_week(team, mia)) == []


async def test_reps_are_not_asked(team, ana, ben, mia):
    """The manager's (#45): neither Ana nor Ben is asked of their inbox."""
    await mailed(team, 9, 1)
    before = mark(ana, ben, mia)
    await lives(team, "2026-09-14", "2026-09-21")
    assert polls(ana, before) == []
    assert polls(ben, before) == []
    assert polls(mia, before), since(mia, before)


async def test_two_numbers_answer_it(team, mia):
    """Answered where it is asked (#45): a button, two numbers, and what they say of a hundred such mails."""
    await mailed(team, 9, 1)
    before = await a_week(team, mia)
    assert polls(mia, before), since(mia, before)
    await presses(mia, r"count|answer|enter|numbers", where=mia._place(None).id)
    assert form_inputs(mia), texts(mia)[-1]
    await fills(mia, NUMBERS)
    said = await evidence(mia)
    line = line_with(said, r"\b40\b", r"\b2\b")
    assert has(r"\b5\s?%|1 in 20|2 of 40", line), said


async def test_it_is_kept_as_the_teams_own(mia):
    """The team's own evidence (#45): whose count it is and of which day, told apart from what others measured."""
    await counts(mia)
    said = await evidence(mia)
    assert has(r"\b40\b", said), said
    assert has(r"Mia|\byou\b|own", said), said
    assert has(r"14 Sep|today|Mon\b", said), said


async def test_reps_read_it_and_change_nothing(mia, ana):
    """Read by reps (#45): the numbers are there, no form opens for them."""
    await counts(mia)
    said = await evidence(ana)
    assert has(r"\b40\b", said), said
    await opens(ana, SHOWN, *EVIDENCE, helped=r"evidence")
    assert not [one for one in labels_of(ana) if has(r"receiv|answered", one)]
    assert not offers(ana, r"^(count|edit|enter|numbers)"), newest(ana)


async def test_once_counted_it_is_not_asked(team, mia):
    """Entered before (#45): a team that has its numbers is not asked for them."""
    await counts(mia)
    await mailed(team, 9, 1)
    assert polls(mia, await a_week(team, mia)) == []


@pytest.mark.parametrize(
    ("received", "answered"), [("2", "40"), ("-3", "0"), ("many", "few")], ids=["more", "below", "words"]
)
async def test_numbers_that_cannot_be(mia, received, answered):
    """More answered than came, below nothing, words (bad input): refused in the form with the mend, nothing kept."""
    await opens_form(mia)
    said = await refused(mia, {r"receiv|got": received, r"answer": answered})
    assert has(r"number|more than|at (least|most)|whole|0 or|cannot", said), said
    for line in EVIDENCE:
        assert not has(rf"\b{received}\b[^\n]*\b{answered}\b", await tried(mia, line))


async def opens_form(mia) -> None:
    """Open the form of the two numbers."""
    await opens(mia, r"evidence|receiv", *EVIDENCE, helped=r"evidence")
    if not mia.modal():
        await presses(mia, r"count|add|edit|enter|numbers", where="sales")
    assert [one for one in labels_of(mia) if has(r"receiv", one)], labels_of(mia)


async def test_nobody_writes_to_them(mia):
    """None came (bad input): nought of nought is no share, and is said in words."""
    await counts(mia, {r"receiv|got": "0", r"answer": "0"})
    said = await evidence(mia)
    assert not NONSENSE.search(said), said
    assert not has(r"\d\s?%", line_with(said, r"receiv")), said


async def test_nobody_to_ask(team, ana, mia):
    """A team without a manager (bad input): no rep is asked in their place, and the day goes on as ever."""
    async with team.bot.database.write(WORKSPACE) as scope:
        field = await find_team_named(scope, "Field")
        await set_people(scope, field.id, ["U1", "U2"], [])
    await mailed(team, 9, 1)
    before = mark(ana, mia)
    await lives(team, "2026-09-14", "2026-09-21")
    assert polls(ana, before) == []
    assert polls(mia, before) == []
    assert await types(ana, "/followup list"), newest(ana)
