"""What became of something that was sent: told to whoever said yes, once for each end, and once that it waits."""

from datetime import datetime

from handlers.imports.write_back.sides import stage_meant
from handlers.kind import Rendered
from messages.imports import write_back as views
from sales.imports.sync.write_back import UNDERWAY, Writable, WriteState
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from storage.imports.sync.connection import find_connection
from storage.imports.sync.of_deal import deal_in_crm
from storage.imports.sync.write import CrmWriteRow, find_write, underway
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.rows import DeliveryRow
from storage.pipeline.opportunity import find_opportunity
from storage.scope import Scope

CRM_WRITE = "crm_write"
SAID_OF = frozenset({WriteState.DONE, WriteState.CONFLICT, WriteState.REFUSED})
WAITS = "waits"


async def tell(scope: Scope, write: CrmWriteRow, now: datetime) -> None:
    """Tell who said yes what became of it; of one that is under way only once something is in the way."""
    waits = write.state in UNDERWAY and bool(write.trouble)
    if not waits and write.state not in SAID_OF:
        return
    said = WAITS if waits else write.state.value
    nudge = Nudge(
        key=f"{CRM_WRITE}:{scope.workspace_id}:{write.id}:{said}",
        kind=CRM_WRITE,
        intent={"write": write.id, "said": said},
        why="You said yes to sending it.",
        not_before=now,
        user_id=write.approved_by,
        subject=f"{CRM_WRITE}:{write.id}",
    )
    await enqueue(scope, nudge, now)


async def tell_waiting(scope: Scope, connection_id: int, trouble: str, now: datetime) -> None:
    """Tell who said yes to what cannot go out as long as a CRM is in the way."""
    for write in await underway(scope, connection_id):
        write.trouble = write.trouble or trouble[:500]
        scope.session.add(write)
        await tell(scope, write, now)


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """Say what is so when it leaves."""
    write = await find_write(scope, int(delivery.intent["write"]))
    deal = await find_opportunity(scope, write.opportunity_id) if write is not None else None
    row = await find_connection(scope, write.connection_id) if write is not None else None
    if write is None or deal is None or row is None or write.state is WriteState.DROPPED:
        return Skip("it is settled")
    if delivery.intent.get("said") == WAITS and write.state not in UNDERWAY:
        return Skip("it waits no more")
    there = await deal_in_crm(scope, deal.id)
    stage = await stage_meant(scope, row, there.record, write.ours.get(Writable.STAGE, "")) if there else ""
    return views.told(row.name, deal, write, write.id, stage)
