"""The heartbeat: looks whether the clock can be believed and what is due, and keeps the house clean."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

import structlog

from bot.clock import CLOCK_MEND, ClockSteps
from bot.tick import Tick
from handlers.kind import Job
from sales.nudges.ledger import TIMING, Timing
from storage import inbox
from storage.database import Database, nothing
from storage.nudges.ledger.archive import archive_old
from storage.nudges.ledger.claims import reap_leases
from storage.nudges.schedule.clock import accept_clock, latest_mark
from storage.nudges.schedule.waiting import anything_waits
from storage.trouble import StorageTrouble

log = structlog.get_logger()

EVERY = timedelta(seconds=15)
TIDIED_EVERY = timedelta(days=1)
ARCHIVED_AT_ONCE = 200  # messages


async def read_already() -> None:
    """Do nothing: the clock needs no setting."""


class Heartbeat:
    """Turns due schedules into ledger rows, whenever it beats; `every` is how often that is.

    `set_clock` is called before each look at the clock, and `rehearse` after each beat, which does not wait for it.
    """

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime],
        jobs: Mapping[str, Job],
        wake: Callable[[], None],
        *,
        every: timedelta = EVERY,
        set_clock: Callable[[], Awaitable[None]] = read_already,
        timing: Timing = TIMING,
        rehearse: Callable[[], None] = nothing,
    ) -> None:
        self.database = database
        self.now = now
        self.rehearse = rehearse
        self.wake = wake
        self.set_clock = set_clock
        self.timing = timing
        self.steps = ClockSteps()
        self.tick = Tick(database, jobs, every)
        self.tidied_at: datetime | None = None

    async def remember(self, *, accept: bool = False) -> None:
        """Take up the watch over the clock where an earlier process left it; or accept the clock as it is.

        Raises:
            StorageTrouble: if the database cannot be used.
        """
        if accept:
            async with self.database.write_ledger() as ledger:
                brought_back = await accept_clock(ledger, self.now())
            log.warning("the clock is accepted as it is", now=self.now(), schedules_brought_back=brought_back)
            return
        async with self.database.read_ledger() as ledger:
            self.steps.latest = await latest_mark(ledger)

    async def beat(self) -> int:
        """Materialise everything due; return how many schedules moved on. Never raises: the next beat retries."""
        moved = 0
        try:
            await self.set_clock()
            now = self.now()
            if not self.believes(now):
                return 0
            async with self.database.read_ledger() as ledger:
                waits = await anything_waits(ledger, now)
            if waits:
                moved = await self.tick.everything_due(now)
                async with self.database.write_ledger() as ledger:
                    await reap_leases(ledger, now, self.timing)
            await self.tidy(now)
            self.rehearse()
        except StorageTrouble as trouble:
            log.error("heartbeat waits for the database", trouble=str(trouble))
        except Exception as fault:  # the edge: whatever went wrong, the next beat is due all the same
            log.exception("the heartbeat failed on our side", exc_info=fault)
        if moved:
            self.wake()
        return moved

    def believes(self, now: datetime) -> bool:
        """Say whether the clock can be believed: one alert when it no longer can, one line when it can again."""
        latest = self.steps.latest
        right = self.steps.trusts(now)
        if self.steps.is_news(wrong=not right):
            if right:
                log.warning("the clock is right again; what fell due meanwhile is made up for", now=now)
            else:
                log.error(
                    "the clock stepped back; nothing is decided until it is right",
                    now=now,
                    latest=latest,
                    mend=CLOCK_MEND,
                )
        return right

    def allow_any_step(self) -> None:
        """Accept the next reading of the clock whatever it says; for a playground whose clock may go back."""
        self.steps = ClockSteps()

    async def tidy(self, now: datetime) -> None:
        """Once a day, let go of what nobody will ask for again."""
        if self.tidied_at is not None and timedelta() <= now - self.tidied_at < TIDIED_EVERY:
            return
        self.tidied_at = now
        async with self.database.write_ledger() as ledger:
            await inbox.forget_old(ledger, now)
        archived = ARCHIVED_AT_ONCE
        while archived == ARCHIVED_AT_ONCE:  # a unit of work each, so that nobody waits for all of them
            async with self.database.write_ledger() as ledger:
                archived = await archive_old(ledger, now, ARCHIVED_AT_ONCE)
