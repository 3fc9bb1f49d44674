"""Two hundred reps with one planted cause each, drawn from one seed, and put into the books of eight weeks.

What a cause does to a rep, and the light it has to turn red, were written down before anything was built:

| Cause | Reps | What is done otherwise than by a healthy rep | Light |
|---|---|---|---|
| wrong clients | 20 | most deals lost, four losses in five said never to have been ours, others linger | thing |
| service only | 20 | seven in ten touches are service, no deal opened in 45 days | thing |
| busy fool | 20 | four times the touches, one deal in 240 of them where others have one in 22 | way |
| mail only | 20 | four in five touches are mails, one deal in 72 touches | way |
| late starter | 40 | four in five deals of a quarter opened in its last four weeks, which is too late | time |
| feast and famine | 40 | two weeks of thrice as much and twice the deals, then two of nothing | all the time |
| healthy | 40 | nothing | none |

A healthy rep: 9 touches a working day, six of them calls, two mails and a meeting; two deals a week, three in five of
those closed won, all within 30 days; next steps agreed. Over four weeks the uneven do as much as the even, so that
nothing but the swing tells them apart; who opens late opens a little all the time, so that no month is without a deal.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from sales.followups.activity import ActivityKind
from sales.followups.next_step import NextStep
from sales.people.member import Member
from sales.pipeline.opportunity import Stage
from storage.followups.activity import ActivityRow
from storage.people.member import meet_member
from storage.people.team import find_team_named, set_people
from storage.pipeline.debrief import DebriefRow
from storage.pipeline.opportunity import OpportunityRow
from tests.known import T0, WORKSPACE
from tests.sales_story import deal
from tests.stories.pipeline.books import HERE, TODAY

SEED = 15_2026
WEEKS = 26  # of deals; what was done is on record for the last twelve
DONE_WEEKS = 12
LIGHTS = {"thing": 0, "way": 1, "time": 2, "all the time": 3}
CAUSES = {  # cause: how many reps, and the light that has to be the first red one
    "wrong clients": (20, "thing"),
    "service only": (20, "thing"),
    "busy fool": (20, "way"),
    "mail only": (20, "way"),
    "late starter": (40, "time"),
    "feast and famine": (40, "all the time"),
    "healthy": (40, None),
}
RIGHT_FOR = 0.8  # of those with a planted cause, the first red light is the planted one
HEALTHY_RED = 0.1  # of healthy reps, so many may have a red light
QUARTER_END = date(2026, 6, 30)


class Planted(NamedTuple):
    user_id: str
    handle: str
    cause: str

    @property
    def light(self) -> str | None:
        return CAUSES[self.cause][1]


def planted() -> list[Planted]:
    """Everybody, in an order that says nothing of their cause."""
    causes = [cause for cause, (count, _) in CAUSES.items() for _ in range(count)]
    Random(SEED).shuffle(causes)
    return [Planted(f"U6{at:03}", f"sim{at:03}", cause) for at, cause in enumerate(causes)]


def one_in(share: int) -> list[Planted]:
    """The first of every so many of each cause: as mixed as everybody, and as many of each cause beside the others."""
    by_cause = {cause: [one for one in planted() if one.cause == cause] for cause in CAUSES}
    chosen = {one for alike in by_cause.values() for one in alike[::share]}
    return [one for one in planted() if one in chosen]


async def moved_in(town, everybody: list[Planted]) -> None:
    """The team Field with these people, and their books."""
    async with town.bot.database.write(WORKSPACE) as scope:
        for one in everybody:
            town.server.workspace.add_person(one.user_id, one.handle, f"Sim {one.handle[3:]}", tz=HERE)
            await meet_member(scope, Member(user_id=one.user_id, name=f"Sim {one.handle[3:]}", zone=HERE))
        team = await find_team_named(scope, "Field")
        await set_people(scope, team.id, [one.user_id for one in everybody], ["U3"])
    for one in everybody:
        drawn = Random(f"{SEED} {one.handle}")
        async with town.bot.database.write(WORKSPACE) as scope:
            scope.session.add_all(list(_done(one, drawn)))
            for row, belonged in _deals(one, drawn):
                made = OpportunityRow.model_validate(row)
                scope.session.add(made)
                if belonged is not None:
                    await scope.session.flush()
                    scope.session.add(_debrief(made, belonged))


def _debrief(lost: OpportunityRow, belonged: bool) -> DebriefRow:
    return DebriefRow(
        workspace_id=WORKSPACE,
        opportunity_id=lost.id,
        closed_on=lost.closed_on,
        should_have_been_there=belonged,
        created_at=T0,
    )


# what was done


def _done(one: Planted, drawn: Random) -> Iterator[ActivityRow]:
    for back in range(DONE_WEEKS * 7, 0, -1):
        day = TODAY - timedelta(days=back)
        if day.weekday() > 4:
            continue
        for kind, count in _mix(one.cause, (back - 1) // 7, drawn):
            if count > 0:
                spoke = kind in ("call", "meeting")
                yield ActivityRow(
                    workspace_id=WORKSPACE,
                    owner_id=one.user_id,
                    kind=ActivityKind(kind),
                    count=count,
                    on=day,
                    outcome="spoke" if spoke else "",
                    next_step=NextStep.AGREED if spoke else NextStep.UNSAID,
                    created_at=T0 - timedelta(days=back),
                )


def _mix(cause: str, week: int, drawn: Random) -> list[tuple[str, int]]:
    """What is done on one day, by kind; a day's number varies by two either way."""
    some = drawn.randint(-2, 2)
    if cause == "service only":
        return [("service", 7), ("call", 2 + some // 2), ("email", 1)]
    if cause == "busy fool":
        return [("call", 24 + some), ("email", 10), ("meeting", 2)]
    if cause == "mail only":
        return [("call", 1 if drawn.random() < 0.8 else 0), ("email", 8 + some), ("meeting", 1)]
    if cause == "feast and famine":
        return [("call", 18 + some), ("email", 6), ("meeting", 3)] if week // 2 % 2 else []
    return [("call", 6 + some), ("email", 2), ("meeting", 1)]


# what became of it


def _deals(one: Planted, drawn: Random) -> Iterator[tuple[dict, bool | None]]:
    """Deals with what a debrief said of each, where there was one."""
    number = 0
    for week in range(WEEKS, -1, -1):
        for day in _openings(one.cause, week, drawn):
            if day < TODAY:
                number += 1
                yield _outcome(one, number, day, drawn)


def _openings(cause: str, week: int, drawn: Random) -> list[date]:
    monday = TODAY - timedelta(days=7 * week)
    days = [monday + timedelta(days=drawn.randrange(5)) for _ in range(2)]
    if cause == "service only" and week * 7 < 45 + 7:
        return []
    if cause in ("busy fool", "mail only"):
        return days[:1] if drawn.random() < 0.75 else []
    if cause == "feast and famine":
        return [*days, *days] if (week - 1) // 2 % 2 else []
    if cause == "late starter":
        end = QUARTER_END if monday <= QUARTER_END else date(2026, 9, 30)
        return [*days, *days, *days] if (end - monday).days < 28 else days[: week % 2]
    return days


def _outcome(one: Planted, number: int, opened: date, drawn: Random) -> tuple[dict, bool | None]:
    took, won = drawn.randrange(8, 30), drawn.random() < (0.12 if one.cause == "wrong clients" else 0.6)
    closed = opened + timedelta(days=took)
    name = f"{one.handle} {number:03}"
    lingers = one.cause == "wrong clients" and not won and drawn.random() < 0.4
    if closed >= TODAY or lingers:
        expected = {"expected_on": opened + timedelta(days=took)} if closed >= TODAY else {}
        return {
            **deal(one.user_id, opened, None, Stage.OPEN, 4_000_00, name),
            "account": name,
            **expected,
        }, None
    made = deal(one.user_id, opened, closed, Stage.WON if won else Stage.LOST, 4_000_00, name)
    belonged = None if won else one.cause != "wrong clients" or drawn.random() < 0.2
    return {**made, "account": name}, belonged
