"""Two deals stored as one and put back: whatever belonged to either, by every table that can belong to a deal."""

from datetime import date

import pytest
from sqlmodel import SQLModel, select

from handlers.registry import REGISTRY
from sales.followups.activity import Activity, ActivityKind
from sales.followups.followup import FollowUp
from sales.pipeline.deal_contact import DealContact
from sales.pipeline.debrief import Debrief
from sales.pipeline.obstacle import DealObstacle
from sales.pipeline.opportunity import Opportunity
from sales.value import changed
from storage.followups.activity import ActivityRow, add_activity
from storage.followups.followup import FollowUpRow, add_followup
from storage.pipeline.deal_contact import DealContactRow, add_contact
from storage.pipeline.deal_history import DealChangeRow
from storage.pipeline.debrief import DebriefRow, save_debrief
from storage.pipeline.merge import hanging, merge_deals
from storage.pipeline.named_deal import deals_going_by
from storage.pipeline.obstacle import ObstacleRow, add_obstacle
from storage.pipeline.opportunity import OpportunityRow, add_opportunity, change_opportunity
from storage.undo import remember_undo, undo_last
from tests.known import T0, WORKSPACE
from tests.sales_story import by_hand

TODAY = T0.date()
TABLES = (OpportunityRow, DealContactRow, ObstacleRow, DealChangeRow, DebriefRow, FollowUpRow, ActivityRow)
# Which wins a channel was told of, where open deals are none; what somebody kept of their own half, deal by deal; and
# what was sent to a CRM, which has a record of its own for each.
GOES_WITH_THE_DEAL = {"posted_win", "halving_pick", "crm_write"}


async def a_deal(scope, name, **values):
    """A deal with one of everything that can belong to it."""
    said = Opportunity(**{"name": name, "account": "Acme", "owner_id": "U1", "opened_on": TODAY, **values})
    row = await add_opportunity(scope, said, T0)
    await add_contact(scope, DealContact(opportunity_id=row.id, name="Dana Roe"))
    await add_contact(scope, DealContact(opportunity_id=row.id, name=f"Somebody of {name}"))
    await add_obstacle(scope, DealObstacle(opportunity_id=row.id, what="Legal", owner_id="U1"))
    await save_debrief(scope, Debrief(opportunity_id=row.id, reason=f"price of {name}"), T0)
    await add_followup(scope, FollowUp(owner_id="U1", who=name, what="call", due_on=TODAY), T0, row.id)
    await add_activity(
        scope, Activity(owner_id="U1", kind=ActivityKind.CALL, on=TODAY), T0, opportunity_id=row.id
    )
    await change_opportunity(scope, row, changed(Opportunity, row, value_minor=500), by_hand())
    return row


async def everything(scope):
    found = {}
    for table in TABLES:
        rows = await scope.session.exec(select(table).order_by(table.id))
        found[table.__tablename__] = [row.model_dump() for row in rows]
    return found


@pytest.mark.parametrize("ids", [(None, "D2"), ("D1", None), ("D1", "D2")])
async def test_everything_of_both_belongs_to_one_and_goes_back(database, ids):
    async with database.write(WORKSPACE) as scope:
        kept, gone = [await a_deal(scope, f"Acme {at}", external_id=one) for at, one in enumerate(ids)]
        kept_id, was = kept.id, await everything(scope)
        touched = await merge_deals(scope, kept, gone, by_hand())
        await remember_undo(scope, "U1", T0, "made one", touched)
    async with database.write(WORKSPACE) as scope:
        now = await everything(scope)
        assert [row["external_id"] for row in now["opportunity"]] == [ids[0] or ids[1]]
        for table, rows in now.items():
            if table != "opportunity":
                assert {row["opportunity_id"] for row in rows} == {kept_id}
                assert len(rows) >= (1 if table == "debrief" else 2)
        assert sorted(row["name"] for row in now["deal_contact"]) == [
            "Dana Roe",
            "Somebody of Acme 0",
            "Somebody of Acme 1",
        ]
        assert [row["reason"] for row in now["debrief"]] == ["price of Acme 0"]
        await undo_last(scope, "U1", T0)
    async with database.read(WORKSPACE) as scope:
        assert await everything(scope) == was


def test_every_table_that_belongs_to_a_deal_is_merged_or_said_here_why_not():
    tables = [
        name
        for name, table in SQLModel.metadata.tables.items()
        if any(key.target_fullname == "opportunity.id" for key in table.foreign_keys)
    ]
    undoable = {table for table, _ in REGISTRY.declared.undoable.items()}
    assert set(tables) - undoable == GOES_WITH_THE_DEAL


async def test_deals_go_by_a_name_whose_they_are_while_they_are_live(database):
    async with database.write(WORKSPACE) as scope:
        assert {table.__tablename__ for table, _ in hanging(scope)} >= {
            "followup",
            "activity",
            "deal_contact",
        }
        for name, account, owner, expected in (
            ("Acme – rollout", None, "U1", date(2026, 10, 1)),
            ("Pilot", "ACME", "U1", date(2026, 9, 20)),
            ("Acme of Ben", None, "U2", None),
            ("Zeta", None, "U1", None),
        ):
            await add_opportunity(
                scope, Opportunity(name=name, account=account, owner_id=owner, expected_on=expected), T0
            )
        found = await deals_going_by(scope, "U1", " acme ")
        assert [deal.name for deal in found] == ["Pilot", "Acme – rollout"]
        assert await deals_going_by(scope, "U1", "  ") == []
