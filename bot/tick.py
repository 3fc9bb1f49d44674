"""The tick: due schedules become messages in the ledger, in the transaction that moves them on.

Two of them together are harmless. A tick holds the schedules it takes until it has moved them on, and takes none
that another holds; a schedule moves by compare-and-set, and the occurrence key is unique.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from bot.measures import UNMEASURED, Measures
from handlers.kind import Job
from sales.nudges.backlog import BEATS_TO_BE_LATE, held_back, is_late
from sales.nudges.ledger import RAN_OUT, DeliveryState, Nudge
from sales.nudges.schedule import CatchUp, Due, Occurrence, occurrences
from storage.apart import brief
from storage.database import Database, nothing
from storage.nudges.ledger.intake import enqueue_all
from storage.nudges.ledger.missed import Missed, record_missed
from storage.nudges.schedule.due import advance_schedules, due_schedules, due_schedules_of
from storage.nudges.schedule.rows import ScheduleRow
from storage.nudges.schedule.waiting import late_schedules
from storage.scope import Ledger
from storage.trouble import StorageTrouble

log = structlog.get_logger()

BATCH = 100  # schedules in one transaction: short enough that nobody waits for the writer
BREATH = 10  # occurrences between two turns of everybody else on the event loop
MISSED = {
    CatchUp.DELIVER_LATEST: (DeliveryState.SKIPPED, RAN_OUT),
    CatchUp.COALESCE: (DeliveryState.SUPERSEDED, "covered by the next one"),
    CatchUp.LEVEL: (DeliveryState.SUPERSEDED, "judged anew later"),
}


class Tick:
    """Moves due schedules on, batch by batch. `every` is how often that is looked after; it calls `stir` as it goes."""

    def __init__(
        self,
        database: Database,
        jobs: Mapping[str, Job],
        every: timedelta,
        measures: Measures = UNMEASURED,
        stir: Callable[[], None] = nothing,
    ) -> None:
        self.database = database
        self.measures = measures
        self.stir = stir
        self.unsent: list[Missed] = []  # what the unit of work under way writes down as missed
        self.jobs = jobs
        self.every = every
        self.failures: Counter[int] = Counter()
        self.late: dict[str, int] = {}  # schedules of each workspace that are late, as this tick began
        self.long = [kind for kind, job in jobs.items() if job.work is not None]

    async def everything_due(self, now: datetime) -> int:
        """Move everything on that is due; return how many schedules moved.

        Raises:
            StorageTrouble: if the database cannot be used; what was moved until then stays moved.
        """
        moved, failed = 0, set[int]()
        async with self.database.read_ledger() as ledger:
            self.late = await late_schedules(ledger, now - BEATS_TO_BE_LATE * self.every)
        while taken := await self.batch(now, failed):
            moved += taken
        return moved + await self.long_ones(now)

    async def long_ones(self, now: datetime) -> int:
        """Do the work of schedules that have long work and move them on; return how many moved.

        Nothing is held meanwhile, so another process may do the same: it changes nothing, and one of them moves it on.
        """
        if not self.long:
            return 0
        async with self.database.read_ledger() as ledger:
            due = await due_schedules_of(ledger, now, self.long)
        moved = 0
        for row in due:
            row_id, kind, subject = row.id, row.kind, row.subject_id
            assert row_id is not None
            work = self.jobs[kind].work
            assert work is not None
            self.stir()
            try:
                await work(self.database, row, now)
                async with self.database.write_ledger(slow=True) as ledger:
                    rows = await due_schedules(ledger, now, 1, only=row_id)
                    await self.fire(ledger, rows, now)
                self.count_missed()
                moved += len(rows)
            except StorageTrouble:
                raise
            except Exception as fault:  # noqa: BLE001 -- the edge: the others are due all the same
                self.note_failure(row_id, kind, subject, fault)
        return moved

    async def batch(self, now: datetime, failed: set[int]) -> int:
        """Move one batch on; return how many. One that fails is noted in `failed` and left for the next tick."""
        self.stir()

        async def unit(brief: bool) -> int:
            self.unsent.clear()
            async with self.database.write_ledger(slow=True, brief=brief) as ledger:
                due = await due_schedules(ledger, now, BATCH, excluding=failed, leaving=self.long)
                await self.fire(ledger, due, now)
            return len(due)

        try:
            moved = await brief(self.database, unit)
            self.count_missed()
            return moved
        except StorageTrouble:
            raise
        except Exception as fault:  # noqa: BLE001 -- the edge: which one it was is found out one by one
            log.debug("a batch of schedules is taken one by one", fault=type(fault).__name__)
            self.unsent.clear()
            return await self.one_by_one(now, failed)

    async def one_by_one(self, now: datetime, failed: set[int]) -> int:
        """Move one batch on, each schedule undone alone should it fail; return how many were tried."""
        async with self.database.write_ledger(slow=True) as ledger:
            due = await due_schedules(ledger, now, BATCH, excluding=failed, leaving=self.long)
            for row in due:
                row_id, kind, subject = row.id, row.kind, row.subject_id
                assert row_id is not None
                try:
                    async with ledger.session.begin_nested():
                        await self.fire(ledger, [row], now)
                except Exception as fault:
                    if self.database.explained(fault) is not None:
                        raise
                    failed.add(row_id)
                    self.note_failure(row_id, kind, subject, fault)
        self.count_missed()
        return len(due)

    def count_missed(self) -> None:
        """Report what was written down as missed, now that it is durable."""
        for one in self.unsent:
            self.measures.ended(one.state, [one.nudge.kind])
        self.unsent.clear()

    def note_failure(self, row_id: int, kind: str, subject: str, fault: Exception) -> None:
        """Say that a schedule failed on our side: the 1st, 2nd, 4th, 8th… time, so that it is known and no flood."""
        self.failures[row_id] += 1
        times = self.failures[row_id]
        if times & (times - 1) == 0:
            log.exception(
                "a schedule failed on our side", kind=kind, subject=subject, times=times, exc_info=fault
            )

    async def fire(self, ledger: Ledger, rows: Sequence[ScheduleRow], now: datetime) -> None:
        """Put what schedules ask for into the ledger and move them on, all or nothing."""
        asked: list[tuple[str, Nudge]] = []
        missed: list[Missed] = []
        moves: list[tuple[ScheduleRow, Occurrence]] = []
        since = 0
        for row in rows:
            job = self.jobs[row.kind]
            due = occurrences(row, now, job.catch_up)
            chosen = await self.chosen(ledger, row, due, now)
            asked += [(row.workspace_id, nudge) for nudge in chosen]
            if job.accounts and due.skipped:
                missed += await self.missed(ledger, row, due, chosen, now)
            moves.append((row, due.next))
            since += 1 + len(due.skipped)
            if since >= BREATH:
                since = 0
                await asyncio.sleep(0)
        await advance_schedules(ledger, moves)
        await record_missed(ledger, missed, now)
        self.unsent += missed
        await enqueue_all(ledger, asked, now)

    async def chosen(self, ledger: Ledger, row: ScheduleRow, due: Due, now: datetime) -> list[Nudge]:
        """Return what is to be sent; what is late goes behind what is on time, unless each was promised."""
        job, scope = self.jobs[row.kind], ledger.workspace(row.workspace_id)
        nudges: list[Nudge] = []
        for occurrence in due.chosen:
            for nudge in await job.decide(scope, row, occurrence, now):
                late = job.catch_up is not CatchUp.EACH and is_late(occurrence.due_at, now, self.every)
                waiting = self.late.get(row.workspace_id, 0)
                nudges.append(held_back(nudge, row.subject_id, waiting, now) if late else nudge)
        return nudges

    async def missed(
        self, ledger: Ledger, row: ScheduleRow, due: Due, chosen: Sequence[Nudge], now: datetime
    ) -> list[Missed]:
        """Return what is not to be sent any more, and what covers it."""
        job, scope = self.jobs[row.kind], ledger.workspace(row.workspace_id)
        state, reason = MISSED[job.catch_up]
        covering = chosen[0].key if chosen and state is DeliveryState.SUPERSEDED else None
        return [
            Missed(row.workspace_id, nudge, state, reason, covering)
            for occurrence in due.skipped
            for nudge in await job.decide(scope, row, occurrence, now)
        ]
