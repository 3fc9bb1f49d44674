"""Rehearsal: what takes long of a message is worked out some minutes before it is due, while nobody waits.

Many evenings begin at the same moment, and each prompt works out P(hit) of its goals several times over. What that came
to is remembered by all that went into it; so a prompt is made once before, and thrown away. Nothing that was rehearsed
is ever shown: what has changed since is worked out anew when the message leaves.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog

from handlers.home_queue import Metered
from handlers.kind import Job, Kind
from sales.nudges.schedule import Occurrence
from storage.database import Database
from storage.nudges.ledger.intake import pending_delivery
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.schedule.rows import ScheduleRow
from storage.nudges.soon import messages_until, schedules_until
from storage.scope import Scope

log = structlog.get_logger()

LEAD = timedelta(minutes=10)
MOST = 300  # messages rehearsed and not yet due: what they came to fits into what is remembered of forecasts
SHARE = 0.25  # of one processor; whoever asks something meanwhile has the rest


class Part(NamedTuple):
    """A message that is going to be due: one that waits in the ledger, or what a schedule is going to ask for."""

    key: str
    at: datetime
    waiting: DeliveryRow | ScheduleRow


class Rehearsal:
    """Makes messages that are due soon once before, one at a time."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime],
        kinds: Mapping[str, Kind],
        jobs: Mapping[str, Job],
        most: int = MOST,
    ) -> None:
        self.database = database
        self.now = now
        self.most = most
        self.kinds = {key: kind for key, kind in kinds.items() if kind.rehearsed}
        self.jobs = {key: job for key, job in jobs.items() if key in self.kinds}
        self.done: dict[str, datetime] = {}  # what was rehearsed, and when it is due
        self.wanted = False
        self.task: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being rehearsed."""
        return self.task is not None and not self.task.done()

    def begin(self) -> None:
        """Rehearse what is due soon, after what is being rehearsed already; returns at once."""
        self.wanted = True
        if self.kinds and not self.busy:
            self.task = asyncio.create_task(self.run())
            self.task.add_done_callback(noticed)

    async def stop(self) -> None:
        """Rehearse no more."""
        if self.task is not None:
            self.task.cancel()
            await asyncio.wait([self.task])

    async def run(self) -> None:
        while self.wanted:
            self.wanted = False
            await self.once()

    async def once(self) -> None:
        """Rehearse what is due soon and was not rehearsed yet."""
        now = self.now()
        self.done = {key: at for key, at in self.done.items() if at > now}
        for part in await self.parts(now):
            if part.key in self.done or len(self.done) >= self.most or part.at <= self.now():
                continue
            self.done[part.key] = part.at
            making = Metered(self.make(part), time.process_time)
            await making
            await asyncio.sleep(making.seconds * (1 / SHARE - 1))

    async def parts(self, now: datetime) -> list[Part]:
        """Return what is due soon: what waits in the ledger, and what recurs."""
        until = now + LEAD
        async with self.database.read_ledger() as ledger:
            waiting = await messages_until(ledger, self.kinds, now, until, self.most)
            recurring = await schedules_until(ledger, self.jobs, now, until, self.most)
        found = [Part(row.occurrence_key, row.not_before, row) for row in waiting]
        for row in recurring:
            key = f"{row.workspace_id}:{row.kind}:{row.subject_id}:{row.next_local_date}"
            found.append(Part(key, row.next_due_at, row))
        return sorted(found, key=lambda part: part.at)

    async def make(self, part: Part) -> None:
        """Make a message as it would be at its time, for what is remembered of it.

        One that fails is made all the same when it is due, and what is wrong is said then.
        """
        try:
            async with self.database.read(part.waiting.workspace_id) as scope:
                for row in await self.rows(scope, part):
                    render = self.kinds[row.kind].render
                    assert render is not None
                    await render(scope, row, part.at)
        except Exception as fault:  # noqa: BLE001 -- the edge: the others are rehearsed all the same
            log.debug("a rehearsal failed", message=part.key, fault=type(fault).__name__)

    async def rows(self, scope: Scope, part: Part) -> list[DeliveryRow]:
        """Return the messages that a part comes to."""
        if isinstance(part.waiting, DeliveryRow):
            return [part.waiting]
        schedule = part.waiting
        occurrence = Occurrence(schedule.next_local_date, schedule.next_due_at)
        nudges = await self.jobs[schedule.kind].decide(scope, schedule, occurrence, part.at)
        return [DeliveryRow(**pending_delivery(scope.workspace_id, nudge, part.at)) for nudge in nudges]


def noticed(task: asyncio.Task[None]) -> None:
    """Note how a rehearsal ended; without the database there is none, and the heartbeat says that."""
    if not task.cancelled() and (fault := task.exception()) is not None:
        log.debug("nothing was rehearsed", fault=type(fault).__name__)
