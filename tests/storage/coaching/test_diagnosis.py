"""The record behind the lights: one's own, on either engine, with what colleagues need for a deal."""

from datetime import date, timedelta

from sales.coaching.diagnosis import diagnosed
from sales.coaching.diagnosis.light import CannotTell
from sales.followups.activity import Activity, ActivityKind
from sales.people.member import Member
from sales.people.team import Team
from sales.pipeline.debrief import Debrief
from sales.pipeline.opportunity import Stage
from storage.coaching.diagnosis import colleagues, consistency_of, team_records, work_record
from storage.followups.activity import add_activity
from storage.people.member import find_member, meet_member
from storage.people.team import add_team, find_team, set_people
from storage.pipeline.debrief import save_debrief
from storage.pipeline.opportunity import OpportunityRow
from tests.known import T0, WORKSPACE
from tests.sales_story import deal

TODAY = date(2026, 9, 14)
CALL, SERVICE = ActivityKind.CALL, ActivityKind.SERVICE


async def field(scope):
    """Ana and Ben, who sell."""
    for user_id, name in (("U1", "Ana"), ("U2", "Ben")):
        await meet_member(scope, Member(user_id=user_id, name=name))
    team = await add_team(scope, Team(name="Field"))
    await set_people(scope, team.id, ["U1", "U2"], [])
    return team


async def did(scope, owner, days, kind=CALL, count=10):
    for back in range(1, days + 1):
        on = TODAY - timedelta(days=back)
        await add_activity(scope, Activity(owner_id=owner, kind=kind, count=count, on=on), T0)


async def opened(scope, owner, back, stage=Stage.OPEN):
    closed = TODAY - timedelta(days=1) if stage is Stage.LOST else None
    on = None if stage is Stage.SUSPECT else TODAY - timedelta(days=back)
    row = OpportunityRow.model_validate(deal(owner, on, closed, stage, name=f"{owner} {back} {stage}"))
    scope.session.add(row)
    await scope.session.flush()
    return row


async def test_a_record_is_ones_own(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope)
        await did(scope, "U1", 3)
        await did(scope, "U1", 1, SERVICE, 5)
        await did(scope, "U2", 10)
        for back in (2, 20, 40):
            await opened(scope, "U2", back)
        await opened(scope, "U1", 9)
        await opened(scope, "U1", 1, Stage.SUSPECT)
        lost = await opened(scope, "U1", 30, Stage.LOST)
        said = Debrief(
            opportunity_id=lost.id, outcome=Stage.LOST, closed_on=lost.closed_on, should_have_been_there=False
        )
        await save_debrief(scope, said, T0)
    async with database.read(WORKSPACE) as scope:
        team, ana = await find_team(scope, team.id), await find_member(scope, "U1")
        found = await work_record(scope, ana, team, TODAY)
        assert (found.touches(28), found.touches(28, {SERVICE})) == (35, 5)
        assert found.opened == [TODAY - timedelta(days=30), TODAY - timedelta(days=9)]
        assert (found.told, found.not_ours) == (1, 1)
        assert found.logged_since == TODAY - timedelta(days=3)
        assert found.usual == 100 / 3  # Ben's
        assert found.lead_days is None  # nothing was won
        assert await colleagues(scope, team, TODAY) == {"U1": (30, 2), "U2": (100, 3)}
        whole, each = await team_records(scope, team, TODAY)
        assert [one.name for one in each.values()] == ["Ana", "Ben"]
        assert whole.touches(28) == 135
        assert (
            await consistency_of(scope, ana, team, TODAY)
        ).streak == 1  # Friday; the days before it have nothing


async def test_nobody_and_nothing_is_no_light(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope)
        whole, _ = await team_records(scope, team, TODAY)
        assert all(isinstance(one.found, CannotTell) for one in diagnosed(whole))
        await set_people(scope, team.id, [], [])
        whole, each = await team_records(scope, team, TODAY)
        assert not each
        assert all(isinstance(one.found, CannotTell) for one in diagnosed(whole))
