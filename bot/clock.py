"""The clock: the only place that reads it. The playground and the tests pass their own."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from storage.database import Database
from storage.nudges.schedule.clock import server_time

Clock = Callable[[], datetime]

LOOKS = 2  # at the server's clock, at once: the quicker answer says more
SLOWEST_LOOK = 1.0  # seconds for an answer that still says what time it is
STEP_BACK = timedelta(minutes=5)  # a clock that goes back further is wrong, and nothing is decided by it
AGREEING_BEATS = 3  # with Slack's time, until a clock that was wrong is believed again
STANDS_STILL = 60.0  # seconds
CLOCK_MEND = (
    "Set the machine's clock by NTP. If the clock is right now and was wrong before, start once with"
    " ACCEPT_CLOCK=true."
)


def wall_clock() -> datetime:
    """Return the present instant, in UTC."""
    return datetime.now(UTC)


def elapsed() -> float:
    """Return seconds that only ever grow, while the machine sleeps too where the system can say that."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class DatabaseClock:
    """The database server's clock, so that replicas on several machines agree on what is due.

    It is read by `measure` and carried on from there by seconds elapsed, so that this machine's own clock may say
    anything and step at will. Before the first `measure` it is this machine's.
    """

    def __init__(self, database: Database, elapsed: Callable[[], float] = elapsed) -> None:
        self.database = database
        self.elapsed = elapsed
        self.told = wall_clock()
        self.told_at = elapsed()

    def __call__(self) -> datetime:
        """Return the present instant, in UTC."""
        return self.told + timedelta(seconds=self.elapsed() - self.told_at)

    async def measure(self) -> None:
        """Ask the server what time it is; half of the way there and back is taken for the way back.

        An answer that took long is no better than what is known already, and is not used.

        Raises:
            StorageTrouble: if the database cannot be asked.
        """
        best = SLOWEST_LOOK
        async with self.database.read_ledger() as ledger:
            for _ in range(LOOKS):
                asked = self.elapsed()
                told = await server_time(ledger)
                took = self.elapsed() - asked
                if took < best:
                    best, self.told, self.told_at = took, told, asked + took / 2


class ClockSteps:
    """Watches a clock. `latest` is the latest reading that was believed, in this process or before.

    Where Slack's time is known it decides: a clock that is more than five minutes off is not believed, and one that
    was not is believed again once it has agreed for some beats, whatever was written down. Else steps back decide.
    """

    def __init__(self) -> None:
        self.latest: datetime | None = None
        self.alerted = False
        self.doubted = False
        self.agreed = 0

    def trusts(self, now: datetime, ahead: timedelta | None = None) -> bool:
        """Say whether a reading may be decided by; `ahead` is how far it is ahead of Slack's time, if that is known."""
        if ahead is not None and abs(ahead) > STEP_BACK:
            self.doubted, self.agreed = True, 0
            return False
        behind = self.is_behind(now)
        if ahead is None:
            self.doubted = False
            if behind:
                return False
        elif behind or self.doubted or self.alerted:
            self.agreed += 1
            if self.agreed < AGREEING_BEATS:
                return False
        self.doubted, self.agreed = False, 0
        self.latest = now if behind else max(now, self.latest or now)
        return True

    def is_behind(self, now: datetime) -> bool:
        """Say whether a reading is more than five minutes before one that was believed."""
        return self.latest is not None and now < self.latest - STEP_BACK

    def is_news(self, *, wrong: bool) -> bool:
        """Say whether this is the first time that it is wrong, or right again; alerts are for changes."""
        changed, self.alerted = wrong != self.alerted, wrong
        return changed


class ClockPace:
    """Watches whether a clock goes at all: one that stands still is never late for anything."""

    def __init__(self, seconds: Callable[[], float] = elapsed) -> None:
        self.seconds = seconds
        self.began: tuple[datetime, float] | None = None
        self.stands = False

    def stands_still(self, now: datetime) -> bool:
        """Say whether the clock stood still for a minute at least, by seconds elapsed."""
        real = self.seconds()
        if self.began is None:
            self.began = now, real
        passed, went = real - self.began[1], (now - self.began[0]).total_seconds()
        if passed >= STANDS_STILL:
            self.stands, self.began = 0 <= went < passed / 2, (now, real)
        return self.stands


def stepped_back(now: datetime, latest: datetime | None) -> str:
    """Return in words how far behind a clock is, beside what was written down; empty if it is not."""
    if latest is None or now >= latest - STEP_BACK:
        return ""
    return f"{now:%Y-%m-%d %H:%M:%S} UTC is {latest - now} before what was last written down"
