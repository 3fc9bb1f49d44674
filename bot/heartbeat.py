"""The heartbeat: due schedules become messages in the ledger, in the transaction that moves them on.

Two heartbeats together are harmless: the occurrence key is unique and a schedule moves by compare-and-set.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

from handlers.feature import Job
from sales.delivery import DeliveryState
from sales.refusal import Refusal
from sales.schedule import CatchUp, occurrences
from storage import delivery as ledger_rows
from storage import inbox
from storage import schedule as schedules
from storage.database import Database
from storage.scope import Ledger
from storage.tables import ScheduleRow
from storage.trouble import StorageTrouble

log = structlog.get_logger()

BATCH = 100  # schedules in one transaction: short enough that nobody waits for the writer
MISSED = {
    CatchUp.DELIVER_LATEST: (DeliveryState.SKIPPED, "late"),
    CatchUp.COALESCE: (DeliveryState.SUPERSEDED, "covered by the next one"),
    CatchUp.LEVEL: (DeliveryState.SUPERSEDED, "judged anew later"),
}
CLOCK_SLACK = timedelta(minutes=5)  # a clock that steps back further is wrong, and nothing is decided by it


class Heartbeat:
    """Turns due schedules into ledger rows, whenever it beats."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime],
        jobs: Mapping[str, Job],
        wake: Callable[[], None],
    ) -> None:
        self.database = database
        self.now = now
        self.jobs = jobs
        self.wake = wake
        self.latest: datetime | None = None

    async def beat(self) -> int:
        """Materialise everything due; return how many schedules moved on. Never raises: the next beat retries."""
        now = self.now()
        if self.latest is not None and now < self.latest - CLOCK_SLACK:
            log.error(
                "the clock stepped back; nothing is decided until it is right", now=now, latest=self.latest
            )
            return 0
        self.latest = max(now, self.latest or now)
        moved = 0
        failed: set[int] = set()
        try:
            while batch := await self.tick(now, failed):
                moved += batch
            async with self.database.write_ledger() as ledger:
                await ledger_rows.reap(ledger, now)
                await inbox.forget_old(ledger, now)
        except StorageTrouble as trouble:
            log.error("heartbeat waits for the database", trouble=str(trouble))
        if moved:
            self.wake()
        return moved

    def allow_any_step(self) -> None:
        """Accept the next reading of the clock whatever it says; for a playground whose clock may go back."""
        self.latest = None

    async def tick(self, now: datetime, failed: set[int]) -> int:
        """Move one batch on; return how many. One that fails is noted in `failed` and left for the next beat."""
        async with self.database.write_ledger() as ledger:
            due = await schedules.due(ledger, now, BATCH, excluding=failed)
            for row in due:
                try:
                    async with ledger.session.begin_nested():
                        await self.fire(ledger, row, now)
                except (
                    LookupError,
                    ValueError,
                    TypeError,
                    AttributeError,
                    ArithmeticError,
                    Refusal,
                ) as fault:
                    assert row.id is not None
                    failed.add(row.id)
                    log.exception(
                        "a schedule failed on our side", kind=row.kind, subject=row.subject_id, exc_info=fault
                    )
        return len(due)

    async def fire(self, ledger: Ledger, row: ScheduleRow, now: datetime) -> None:
        """Put what a schedule asks for into the ledger and move it on, both or neither."""
        job = self.jobs[row.kind]
        due = occurrences(row, now, job.catch_up)
        scope = ledger.workspace(row.workspace_id)
        if not await schedules.advance(ledger, row, due.next):
            return
        for occurrence in due.skipped if job.accounts else ():
            for nudge in await job.decide(scope, row, occurrence, now):
                await ledger_rows.record_skipped(scope, nudge, *MISSED[job.catch_up], now)
        for occurrence in due.chosen:
            for nudge in await job.decide(scope, row, occurrence, now):
                await ledger_rows.enqueue(scope, nudge, now)
