"""Targets as they are stored: one's own, in one's own workspace, with what was done and opened."""

from datetime import date, timedelta

from sales.followups.activity import Activity, ActivityKind
from sales.pipeline.opportunity import Stage
from sales.prospects.target import PursuitStep, TargetAccount
from storage.followups.activity import add_activity
from storage.people import workspace
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects import target as queries
from tests.known import T0, WORKSPACE
from tests.sales_story import deal

TODAY = date(2026, 9, 14)


async def test_the_board_is_made_of_what_is_on_record(database):
    async with database.write(WORKSPACE) as scope:
        for name in ("Alder", "Cedar"):
            await queries.add_target(scope, TargetAccount(owner_id="UANA", name=name, added_on=TODAY))
        mail = Activity(owner_id="UANA", kind=ActivityKind.EMAIL, on=TODAY, account="alder", count=2)
        await add_activity(scope, mail, T0)
        made = deal("UANA", TODAY - timedelta(days=9), None, Stage.OPEN, 4_000_00, "Cedar")
        scope.session.add(OpportunityRow.model_validate(made))
    async with database.read(WORKSPACE) as scope:
        found = await queries.pursuit_board(scope, "UANA", TODAY)
        steps = {one.target.name: (one.step, one.touches) for one in found.pursued}
        assert steps == {"Alder": (PursuitStep.TOUCHED, 2), "Cedar": (PursuitStep.DEAL, 0)}
        assert (await queries.pursuit_board(scope, "UBEN", TODAY)).pursued == ()


async def test_another_workspace_sees_nothing(database):
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, "T2", "Other", "UBOT", T0)
    async with database.write(WORKSPACE) as scope:
        said = TargetAccount(owner_id="UANA", name="Alder", added_on=TODAY)
        row = await queries.add_target(scope, said)
    async with database.read("T2") as scope:
        assert await queries.find_target(scope, row.id) is None
        assert await queries.targets_of(scope, "UANA") == []
