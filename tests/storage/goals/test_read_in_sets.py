"""A team's digest reads in sets: fifty reps take as many statements as five."""

from datetime import date, timedelta

import pytest

from handlers.registry import REGISTRY
from handlers.section import Surface
from handlers.surfaces.digest import told
from sales.goals.goal import Goal, Metric
from sales.language.dates.period import PeriodKind
from sales.people.member import Member
from sales.people.team import Team
from sales.pipeline.opportunity import Opportunity, Stage
from sales.surfaces.digest import week_before
from storage.database import Database
from storage.goals.goal import add_goal
from storage.people.leave import add_leave
from storage.people.member import meet_members
from storage.people.team import TeamRow, add_team, find_team, set_people
from storage.pipeline.opportunity import add_opportunity
from tests.known import T0, WORKSPACE
from tests.statements import asked_of

TODAY = date(2026, 9, 14)
STARTS, ENDS = date(2026, 7, 1), date(2026, 9, 30)
DEALS = 4  # of each rep: two won, one lost, one open


async def a_team(database: Database, name: str, reps: int) -> TeamRow:
    """A team of so many reps, each with a goal, deals, and a day of leave."""
    people = [Member(user_id=f"{name}{number}", name=f"{name} {number}") for number in range(reps)]
    async with database.write(WORKSPACE) as scope:
        await meet_members(scope, people)
        team = await add_team(scope, Team(name=name, country=None))
        await set_people(scope, team.id, [one.user_id for one in people], [])
        for one in people:
            goal = Goal(
                owner_id=one.user_id, metric=Metric.REVENUE, target=60_000_00, currency="USD",
                period_kind=PeriodKind.QUARTER, starts_on=STARTS, ends_on=ENDS,
            )  # fmt: skip
            await add_goal(scope, goal, one.user_id, T0)
            await add_leave(scope, one.user_id, TODAY, TODAY)
            for number in range(DEALS):
                stage = (Stage.WON, Stage.WON, Stage.LOST, Stage.OPEN)[number]
                opened = TODAY - timedelta(days=100 - 9 * number)
                closed = opened + timedelta(days=60) if stage is not Stage.OPEN else None
                deal = Opportunity(
                    name=f"{one.user_id} {number}", owner_id=one.user_id, stage=stage, value_minor=1_000_00,
                    currency="USD", opened_on=opened, closed_on=closed,
                )  # fmt: skip
                await add_opportunity(scope, deal, T0)
    return team


async def asked_for(database: Database, team_id: int) -> int:
    """Return how many statements a week's digest of a team takes."""
    with asked_of(database) as found:
        async with database.read(WORKSPACE) as scope:
            team = await find_team(scope, team_id)
            sections = REGISTRY.team_sections(Surface.DIGEST)
            assert await told(sections, scope, team, week_before(TODAY), TODAY, daily=False) is not None
    return len(found)


async def a_deal_changes(database: Database) -> None:
    """Let nothing that is kept of the workspace's deals hold any more."""
    async with database.write(WORKSPACE) as scope:
        await add_opportunity(scope, Opportunity(name="Another", opened_on=TODAY), T0)


@pytest.mark.parametrize("warm", [False, True], ids=["first", "again"])
async def test_a_digest_of_fifty_reps_takes_as_many_statements_as_one_of_five(database, warm):
    few, many = await a_team(database, "F", 5), await a_team(database, "M", 50)
    counts = []
    for team in (few, many):
        await a_deal_changes(database)
        if warm:
            await asked_for(database, team.id)
        counts.append(await asked_for(database, team.id))
    assert counts[1] <= counts[0]
