"""The heartbeat: due schedules become messages in the ledger, in the transaction that moves them on.

Two heartbeats together are harmless: the occurrence key is unique and a schedule moves by compare-and-set.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from handlers.feature import Job
from sales.delivery import DeliveryState, Nudge
from sales.schedule import CatchUp, Occurrence, occurrences
from storage import delivery as ledger_rows
from storage import inbox
from storage import schedule as schedules
from storage.database import Database
from storage.scope import Ledger
from storage.tables import ScheduleRow
from storage.trouble import StorageTrouble, explained
from storage.waiting import anything_waits

log = structlog.get_logger()

BATCH = 100  # schedules in one transaction: short enough that nobody waits for the writer
BREATH = 10  # schedules between two turns of everybody else on the event loop
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
        self.failures: Counter[int] = Counter()

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
            async with self.database.read_ledger() as ledger:
                if not await anything_waits(ledger, now):
                    return 0
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
        try:
            async with self.database.write_ledger() as ledger:
                due = await schedules.due(ledger, now, BATCH, excluding=failed)
                await self.fire(ledger, due, now)
            return len(due)
        except StorageTrouble:
            raise
        except Exception as fault:  # noqa: BLE001 -- the edge: which one it was is found out one by one
            log.debug("a batch of schedules is taken one by one", fault=type(fault).__name__)
            return await self.tick_one_by_one(now, failed)

    async def tick_one_by_one(self, now: datetime, failed: set[int]) -> int:
        """Move one batch on, each schedule undone alone should it fail."""
        async with self.database.write_ledger() as ledger:
            due = await schedules.due(ledger, now, BATCH, excluding=failed)
            for row in due:
                row_id, kind, subject = row.id, row.kind, row.subject_id
                assert row_id is not None
                try:
                    async with ledger.session.begin_nested():
                        await self.fire(ledger, [row], now)
                except Exception as fault:
                    if explained(fault) is not None:
                        raise
                    failed.add(row_id)
                    self.failures[row_id] += 1
                    times = self.failures[row_id]
                    if times & (times - 1) == 0:  # the 1st, 2nd, 4th, 8th… time: known, and not a flood
                        log.exception(
                            "a schedule failed on our side",
                            kind=kind,
                            subject=subject,
                            times=times,
                            exc_info=fault,
                        )
        return len(due)

    async def fire(self, ledger: Ledger, rows: Sequence[ScheduleRow], now: datetime) -> None:
        """Put what schedules ask for into the ledger and move them on, all or nothing.

        Raises:
            LookupError: if another process moved one of them on at the same time.
        """
        asked: list[tuple[str, Nudge]] = []
        moves: list[tuple[ScheduleRow, Occurrence]] = []
        for number, row in enumerate(rows, 1):
            job, scope = self.jobs[row.kind], ledger.workspace(row.workspace_id)
            due = occurrences(row, now, job.catch_up)
            for occurrence in due.skipped if job.accounts else ():
                for nudge in await job.decide(scope, row, occurrence, now):
                    await ledger_rows.record_skipped(scope, nudge, *MISSED[job.catch_up], now)
            for occurrence in due.chosen:
                asked += [(row.workspace_id, one) for one in await job.decide(scope, row, occurrence, now)]
            moves.append((row, due.next))
            if not number % BREATH:
                await asyncio.sleep(0)
        if not await schedules.advance_all(ledger, moves):
            raise LookupError("another heartbeat moved the same schedules")
        await ledger_rows.enqueue_all(ledger, asked, now)
