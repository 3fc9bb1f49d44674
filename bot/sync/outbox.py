"""The outbox: what people approved, read at the CRM first, written once, and read back where the answer was lost."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import structlog

from handlers.imports.write_back.told import tell
from sales.imports.sync.port import (
    CrmChange,
    CrmPort,
    CrmSilent,
    NotAllowed,
    WriteMoved,
    WriteRefused,
    WriteUnknown,
)
from sales.imports.sync.record import CrmDeal, CrmObject, CrmStage, CrmStageKind
from sales.imports.sync.stage import stage_there
from sales.imports.sync.write_back import Writable, WriteState, WriteVerdict, day_text, verdict
from storage.database import Database
from storage.imports.sync.connection import Held, held_connection
from storage.imports.sync.stage import stages_of
from storage.imports.sync.write import CrmWriteRow, find_write, settle, underway

log = structlog.get_logger()

NO_STAGE = "It has no stage that stands for {stage} there, or more than one. *Match stages…* says which."
GONE = "The deal is not there any more."


@dataclass
class Outbox:
    """Writes what waits for one connection that this process holds."""

    database: Database
    workspace_id: str
    held: Held
    port: CrmPort
    now: Callable[[], datetime]

    async def send(self) -> list[CrmDeal]:
        """Write what was approved; return the deals as they stand there now.

        Raises:
            CrmTrouble: if the CRM is in the way; what waits then waits on.
        """
        async with self.database.read(self.workspace_id) as scope:
            waiting = [row.id for row in await underway(scope, self.held.id)]
        stand: list[CrmDeal] = []
        for write_id in waiting:
            deal = await self.one(write_id)
            if deal is not None:
                stand.append(deal)
        return stand

    async def one(self, write_id: int) -> CrmDeal | None:
        """Write one; return the deal as it stands there."""
        async with self.database.read(self.workspace_id) as scope:
            row = await find_write(scope, write_id)
            known = await stages_of(scope, self.held.id)
        if row is None:
            return None
        found = await self.port.by_ids(CrmObject.DEAL, [row.external_id])
        deal = found.records.get(row.external_id)
        if not isinstance(deal, CrmDeal):
            await self.settled(write_id, WriteState.REFUSED, GONE)
            return None
        stages = [one.there for one in known if not one.gone]
        theirs, is_open = stands_there(deal, stages)
        there = stage_meant(row, deal, stages, {one.stage_id: one.matched for one in known if one.matched})
        said = verdict(named_there(row, there), theirs, is_open=is_open)
        if said is WriteVerdict.DONE:
            await self.settled(write_id, WriteState.DONE)
        elif said is WriteVerdict.WRITE:
            return await self.write(row, deal, there)
        else:
            await self.settled(write_id, WriteState.CONFLICT, theirs=theirs, is_open=is_open)
        return deal

    async def write(self, row: CrmWriteRow, deal: CrmDeal, there: CrmStage | None) -> CrmDeal | None:
        """Write it, once: where nobody knows whether it was done, it is read back with the next pull."""
        stage = row.ours.get(Writable.STAGE)
        if stage and there is None:
            await self.settled(row.id, WriteState.REFUSED, NO_STAGE.format(stage=stage))
            return None
        day = row.ours.get(Writable.CLOSE)
        change = CrmChange(
            stage_id=there.id if there is not None else None,
            close_on=date.fromisoformat(day) if day else None,
            next_step=row.ours.get(Writable.NEXT_STEP),
        )
        await self.settled(row.id, WriteState.UNKNOWN)  # until the answer is there
        try:
            deal = await self.port.write(deal, change)
        except (WriteRefused, NotAllowed) as refused:
            await self.settled(row.id, WriteState.REFUSED, str(refused))
            return None
        except WriteMoved:
            await self.settled(row.id, WriteState.PENDING)
            return None
        except (WriteUnknown, CrmSilent) as lost:
            log.warning("a write to a CRM was not answered", connection=self.held.id, write=row.id)
            await self.settled(row.id, WriteState.UNKNOWN, str(lost))
            return None
        await self.settled(row.id, WriteState.DONE)
        return deal

    async def settled(
        self,
        write_id: int,
        state: WriteState,
        trouble: str = "",
        theirs: dict[str, str] | None = None,
        *,
        is_open: bool = True,
    ) -> None:
        """Keep what became of it, and tell who approved it once that is final or needs them."""
        async with self.database.write(self.workspace_id) as scope:
            await held_connection(scope, self.held, self.now())
            row = await find_write(scope, write_id)
            if row is None:
                return
            settle(row, state, self.now(), trouble)
            if theirs is not None:
                row.theirs = {what: theirs.get(what, "") for what in row.ours}
                row.trouble = "" if is_open else "closed"
            scope.session.add(row)
            await tell(scope, row, self.now())


def stands_there(deal: CrmDeal, stages: list[CrmStage]) -> tuple[dict[str, str], bool]:
    """Return what of a deal stands there as text, its stage by its label, and whether it is open."""
    stage = next((one for one in stages if one.id == deal.stage_id), None)
    theirs = {
        Writable.NEXT_STEP.value: deal.next_step,
        Writable.CLOSE.value: day_text(deal.close_on),
        Writable.STAGE.value: stage.label if stage is not None else "",
    }
    return theirs, stage is None or stage.kind is CrmStageKind.OPEN


def stage_meant(
    row: CrmWriteRow, deal: CrmDeal, stages: list[CrmStage], matched: dict[str, str]
) -> CrmStage | None:
    """Return the stage there that was approved, in the pipeline of the deal; None for none."""
    stage = row.ours.get(Writable.STAGE)
    pipeline = next((one.pipeline for one in stages if one.id == deal.stage_id), "")
    return stage_there(stage, stages, matched, pipeline) if stage else None


def named_there(row: CrmWriteRow, there: CrmStage | None) -> CrmWriteRow:
    """Return what was approved with its stage as the CRM calls it, so that both sides compare."""
    if there is None:
        return row
    return row.model_copy(update={"ours": {**row.ours, Writable.STAGE.value: there.label}})
