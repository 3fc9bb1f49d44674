"""What is kept of deals and forecasts never shows: whatever happens in between, answers are those of a new process."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from random import Random

import pytest

from sales.followups.activity import Activity, ActivityKind
from sales.goals.goal import Goal, Metric
from sales.language.dates.period import PeriodKind
from sales.people.member import Member
from sales.people.team import Team
from sales.pipeline.opportunity import Opportunity, Stage, closed_lost, closed_won
from sales.value import changed
from storage.database import Database
from storage.followups.activity import add_activity
from storage.goals import attainment
from storage.goals.forecast import inputs, memo, snapshot
from storage.goals.goal import add_goal, change_goal, open_goals
from storage.goals.goal_chance import member_chances
from storage.goals.progress import member_progress
from storage.goals.runway import outlooks
from storage.goals.team_progress import together
from storage.people.leave import add_leave
from storage.people.member import find_member, meet_member
from storage.people.team import add_team, find_team, set_people
from storage.pipeline import cycle
from storage.pipeline.opportunity import add_opportunity, change_opportunity, live_deals
from storage.scope import Scope
from tests.known import T0, WORKSPACE
from tests.sales_story import by_hand

STAMPED = (
    cycle.RECORDS,
    inputs.NEWEST,
    inputs.CURRENCIES,
    attainment.GAINS,
    attainment.FIRST_GAINS,
    snapshot.SNAPSHOTS,
)
START, END = date(2026, 7, 1), date(2026, 9, 30)
PRODUCTS = ("GTX", "MG", None)


@pytest.fixture
async def team_id(database: Database) -> int:
    """Two reps with goals of every metric, and sixty deals of a year between them and somebody else."""
    random = Random(7)
    async with database.write(WORKSPACE) as scope:
        for user_id in ("U1", "U2", "U3"):
            await meet_member(scope, Member(user_id=user_id, name=user_id))
        team = await add_team(scope, Team(name="Field"))
        await set_people(scope, team.id, ["U1", "U2"], ["U3"])
        for _ in range(60):
            await add_opportunity(scope, some_deal(random), T0)
        for user_id in ("U1", "U2"):
            for metric, target in (
                (Metric.REVENUE, 90_000_00),
                (Metric.DEALS_WON, 9),
                (Metric.ACTIVITIES, 40),
            ):
                kind = ActivityKind.CALL if metric is Metric.ACTIVITIES else None
                goal = Goal(
                    owner_id=user_id,
                    metric=metric,
                    activity_kind=kind,
                    target=target,
                    period_kind=PeriodKind.QUARTER,
                    starts_on=START,
                    ends_on=END,
                )
                await add_goal(scope, goal, user_id, T0)
    return team.id


def some_deal(random: Random) -> Opportunity:
    opened_on = T0.date() - timedelta(days=random.randrange(5, 360))
    deal = Opportunity(
        name=f"Deal {random.randrange(10**6)}",
        account=random.choice(["Acme", "Blue", None]),
        owner_id=random.choice(["U1", "U1", "U2", "X"]),
        product=random.choice(PRODUCTS),
        value_minor=random.randrange(1_000, 20_000) * 100,
        opened_on=opened_on,
    )
    closed_on = opened_on + timedelta(days=random.randrange(1, 120))
    if closed_on > T0.date():
        return deal
    return closed_won(deal, closed_on) if random.random() < 0.6 else closed_lost(deal, closed_on)


async def told(scope: Scope, team_id: int, today: date) -> list[object]:
    """What /goal, App Home, /runway and the digest are told."""
    team, member = await find_team(scope, team_id), await find_member(scope, "U1")
    assert team is not None
    assert member is not None
    found: list[object] = []
    standings = await member_progress(scope, member, team, today)
    found += await member_chances(scope, standings, member, team, today)
    rows = await open_goals(scope, "U1", today)
    counted = [row for row in rows if row.metric is not Metric.ACTIVITIES]
    found += await outlooks(scope, counted, member, team, today)
    found += await together(scope, rows, standings, {"U1": "Ana"}, team, today)
    found.append(await inputs.deals_changed_on(scope, "UTC"))
    return [str(one) for one in found]


def forget() -> None:
    for one in (memo.MEMO, *[each.cache for each in STAMPED]):
        one.kept.clear()
        one.weighs = 0


async def agrees(scope: Scope, team_id: int, today: date) -> Sequence[object]:
    """Hold what is told from what was kept to what is told with nothing kept."""
    kept = await told(scope, team_id, today)
    forget()
    assert kept == await told(scope, team_id, today)
    return kept


async def something_happens(scope: Scope, random: Random, today: date) -> None:
    deals = await live_deals(scope, "U1", today)
    goals = await open_goals(scope, "U1", today)
    match random.randrange(8):
        case 0:
            await add_opportunity(scope, some_deal(random), T0 + timedelta(days=random.randrange(9)))
        case 1 if deals:
            await change_opportunity(scope, deals[0], closed_won(deals[0], today), by_hand())
        case 2 if deals:
            await change_opportunity(scope, deals[-1], closed_lost(deals[-1], today), by_hand())
        case 3 if deals:
            row = random.choice(deals)
            await change_opportunity(scope, row, changed(Opportunity, row, stage=Stage.PARKED), by_hand())
        case 4:
            what = {"kind": ActivityKind.CALL, "count": random.randrange(1, 4), "on": today}
            account = random.choice(["Acme", "Deal", None])
            await add_activity(scope, Activity(owner_id="U1", account=account, **what), T0)
        case 5:
            row = random.choice(goals)
            await change_goal(
                scope, row, changed(Goal, row, target=row.target + random.choice([1, 700])), "U1", T0
            )
        case 6:
            await add_leave(scope, "U1", today + timedelta(1), today + timedelta(random.randrange(1, 4)))
        case _:
            row = random.choice(deals or [await add_opportunity(scope, some_deal(random), T0)])
            await change_opportunity(
                scope, row, changed(Opportunity, row, value_minor=row.value_minor + 500_00), by_hand()
            )


@pytest.mark.large
@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("seed", range(2))
async def test_nothing_kept_is_ever_told_once_something_happened(
    database: Database, team_id: int, seed: int
) -> None:
    await never_shows(database, team_id, seed, 12)


@pytest.mark.large
@pytest.mark.engines("postgresql")
async def test_nor_is_it_where_stamps_are_kept_otherwise(database: Database, team_id: int) -> None:
    await never_shows(database, team_id, 2, 8)


async def never_shows(database: Database, team_id: int, seed: int, times: int) -> None:
    """Hold what is told to what would be told anew, in units that are kept and in some that are not."""
    random, today, seen = Random(seed), T0.date(), set()
    for _ in range(times):
        undone = random.random() < 0.3
        with suppress(InterruptedError):
            async with database.write(WORKSPACE) as scope:
                before = await told(scope, team_id, today)
                for _ in range(random.randrange(1, 3)):
                    await something_happens(scope, random, today)
                within = await agrees(scope, team_id, today)
                if undone:
                    raise InterruptedError
        async with database.read(WORKSPACE) as scope:
            after = await told(scope, team_id, today)
            assert after == (before if undone else within)
            seen.add(str(await agrees(scope, team_id, today)))
        if random.random() < 0.3:
            today += timedelta(days=1)
    assert len(seen) > times // 2 - 1


async def test_the_same_question_is_worked_out_once(database: Database, team_id: int) -> None:
    forget()
    async with database.read(WORKSPACE) as scope:
        first = await told(scope, team_id, T0.date())
    kept = list(memo.MEMO.kept.values())
    assert kept
    async with database.read(WORKSPACE) as scope:
        assert await told(scope, team_id, T0.date()) == first
    assert len(memo.MEMO.kept) == len(kept)
    assert all(any(one is other for other in kept) for one in memo.MEMO.kept.values())


@pytest.mark.large
@pytest.mark.engines("sqlite")  # what is kept is kept by the process
async def test_the_memo_has_a_bound(database: Database, team_id: int) -> None:
    async with database.read(WORKSPACE) as scope:
        for days in range(20):
            await told(scope, team_id, T0.date() + timedelta(days=days % 14))
            assert memo.MEMO.weighs == sum(one.values for one in memo.MEMO.kept.values())
    assert memo.MEMO.weighs <= memo.MOST_VALUES
