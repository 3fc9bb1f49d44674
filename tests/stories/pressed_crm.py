"""Buttons of a CRM to be pressed twice: what to match, whether two deals are one, and what goes back."""

from datetime import UTC, date, datetime

from sales.imports.sync.connection import CrmState
from sales.imports.sync.record import CrmObject, CrmOwner, CrmStage, CrmStageKind, Vendor
from sales.imports.sync.write_back import CrmWrite, Writable, WriteState
from sales.pipeline.opportunity import Opportunity
from storage.imports.sync.connection import CrmConnectionRow
from storage.imports.sync.record import CrmRecordRow
from storage.imports.sync.stage import keep_owners, keep_stages
from storage.imports.sync.write import CrmWriteRow
from storage.pipeline.opportunity import add_opportunity
from tests.known import WORKSPACE
from tests.stories.pressed import UNDO, Button
from tests.story_workspace import StoryWorkspace

AT = datetime(2026, 9, 14, 8, tzinfo=UTC)
STAGES = [CrmStage("1", "Qualified there", CrmStageKind.OPEN, "p")]
GOING = date(2026, 10, 14)


async def connection(scope) -> CrmConnectionRow:
    """A CRM whose token is refused by now, so that nobody reads it beside the press."""
    row = CrmConnectionRow(
        workspace_id=WORKSPACE,
        vendor=Vendor.HUBSPOT,
        secret="-",
        state=CrmState.NEEDS_TOKEN,
        connected_at=AT,
        read_at=AT,
        page="https://app.hubspot.com/contacts/146/record/0-3/{id}",
        writes="close stage",
    )
    scope.session.add(row)
    await scope.session.flush()
    await keep_stages(scope, row.id, STAGES)
    return row


async def record(scope, row: CrmConnectionRow, name: str, **values: object) -> CrmRecordRow:
    made = CrmRecordRow(
        workspace_id=WORKSPACE, connection_id=row.id, what=CrmObject.DEAL, external_id="70011", **values
    )
    made.said = {"name": name, "expected_on": GOING.isoformat(), "stage_label": "Qualified there"}
    scope.session.add(made)
    await scope.session.flush()
    return made


async def a_deal(scope, name: str = "Lockside"):
    deal = Opportunity(
        name=name,
        owner_id="U1",
        owner_name="Ana Kovač",
        opened_on=AT.date(),
        expected_on=date(2026, 10, 23),
        stage_label="Qualified there",
    )
    return await add_opportunity(scope, deal, AT)


async def to_match(town: StoryWorkspace) -> None:
    """Mia reads that a stage has another name here, and that somebody is nobody here."""
    async with town.bot.database.write(WORKSPACE) as scope:
        row = await connection(scope)
        await keep_owners(scope, row.id, [CrmOwner("9", "Gil Strange")], {})
        deal = Opportunity(name="Nobody's", owner_name="Gil Strange", opened_on=AT.date())
        await add_opportunity(scope, deal, AT)
    await town.person("mia").says("/rainmaker sync", channel="sales")


async def two_alike(town: StoryWorkspace) -> None:
    """Mia is asked whether a deal of the CRM is the one that Ana typed."""
    async with town.bot.database.write(WORKSPACE) as scope:
        row, deal = await connection(scope), await a_deal(scope)
        await record(scope, row, "Lockside", waits="It may be a deal that was typed here.", twin_id=deal.id)
    await town.person("mia").says("/rainmaker sync", channel="sales")


async def to_send(town: StoryWorkspace) -> None:
    """Ana's deal closes on another day here than there."""
    async with town.bot.database.write(WORKSPACE) as scope:
        row, deal = await connection(scope), await a_deal(scope)
        await record(scope, row, "Lockside", row_id=deal.id)
    await town.person("ana").says("/deal Lockside", channel="sales")


async def both_changed(town: StoryWorkspace) -> None:
    """Ana reads that somebody there moved the day that she sent."""
    from handlers.imports.write_back.told import tell

    async with town.bot.database.write(WORKSPACE) as scope:
        row, deal = await connection(scope), await a_deal(scope)
        await record(scope, row, "Lockside", row_id=deal.id)
        write = CrmWrite(
            opportunity_id=deal.id,
            external_id="70011",
            approval="V1",
            ours={Writable.CLOSE.value: "2026-10-23"},
            shown={Writable.CLOSE.value: "2026-10-14"},
            theirs={Writable.CLOSE.value: "2026-11-20"},
            state=WriteState.CONFLICT,
            approved_by="U1",
            approved_at=AT,
        )
        kept = CrmWriteRow.model_validate(
            {**write.model_dump(), "workspace_id": WORKSPACE, "connection_id": row.id}
        )
        scope.session.add(kept)
        await scope.session.flush()
        await tell(scope, kept, town.clock.now())
    town.bot.deliverer.wake()
    await town.server.settled()


CRM = (
    Button("crm.stages", to_match, who="mia"),
    Button("crm.people", to_match, who="mia"),
    Button("crm.same", two_alike, UNDO, who="mia"),
    Button("crm.another", two_alike, UNDO, who="mia"),
    Button("crm.send", to_send),
    Button("crm.theirs", both_changed, {"deal_change": 1}),
    Button("crm.ours", both_changed, {"crm_write": 1}),
)
