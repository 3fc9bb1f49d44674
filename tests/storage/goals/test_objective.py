"""A team's list of objectives, and what goals bring their owners, on both engines."""

from sales.goals.incentive import Incentive
from sales.people.team import Team
from storage.goals.goal import add_goal
from storage.goals.incentive import drop_incentive, incentives_of, write_incentive
from storage.goals.objective import objectives_of, write_objectives
from storage.people.team import add_team
from tests.known import T0, WORKSPACE
from tests.storage.goals.test_goal import revenue


async def test_each_team_has_a_list_of_its_own(database):
    async with database.write(WORKSPACE) as scope:
        teams = [await add_team(scope, Team(name=name)) for name in ("Field", "North")]
        assert (await write_objectives(scope, teams[0].id, ["Grow", "Keep"])).before is None
    async with database.write(WORKSPACE) as scope:
        again = await write_objectives(scope, teams[0].id, ["Keep"])
        assert again.before is not None
        assert again.before["lines"] == "Grow\nKeep"
    async with database.read(WORKSPACE) as scope:
        assert await objectives_of(scope, teams[0].id) == ["Keep"]
        assert await objectives_of(scope, teams[1].id) == []


async def test_an_incentive_is_one_a_goal_and_of_its_owner(database):
    async with database.write(WORKSPACE) as scope:
        goal = await add_goal(scope, revenue(), "U1", T0)
        await write_incentive(scope, Incentive(goal_id=goal.id, owner_id="U1", note="Bled", rate=750))
        await write_incentive(scope, Incentive(goal_id=goal.id, owner_id="U1", rate=200, over_minor=10**12))
    async with database.write(WORKSPACE) as scope:
        assert await incentives_of(scope, "U2", [goal.id]) == {}
        (row,) = (await incentives_of(scope, "U1", [goal.id, goal.id + 1])).values()
        assert (row.note, row.rate, row.over_minor) == ("", 200, 10**12)
        assert (await drop_incentive(scope, row)).gone
    async with database.read(WORKSPACE) as scope:
        assert await incentives_of(scope, "U1", [goal.id]) == {}
