"""The heartbeat: looks whether the clock can be believed and what is due, and keeps the house clean."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.clock import AGREEING_BEATS, CLOCK_MEND, STEP_BACK, ClockPace, ClockSteps, elapsed, stepped_back
from bot.measures import UNMEASURED, Measures
from bot.slack_calls import TROUBLE
from bot.slack_time import SlackTime
from bot.tick import Tick
from handlers.kind import Job
from sales.language.figures import plural
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
TIDIED_AFTER = timedelta(minutes=10)  # of a start, at which people wait for answers
ARCHIVED_AT_ONCE = 200  # messages
SHOWN = "%Y-%m-%d %H:%M"
ASKED_WITHIN = 3.0  # seconds


async def read_already() -> None:
    """Do nothing: the clock needs no setting."""


async def nobody(trouble: str, since: datetime) -> None:
    """Tell nobody of the clock."""


class Tell(Protocol):
    """Tells the admins in Slack that nothing falls due, and why; or with an empty trouble that it does again."""

    async def __call__(self, trouble: str, since: datetime) -> None: ...


async def never_held(now: datetime) -> bool:
    """Do nothing: nothing is ever held."""
    return False


class Heartbeat:
    """Turns due schedules into ledger rows, whenever it beats; `every` is how often that is.

    `now` is this machine's clock, which may be wrong; `slack` knows better where Slack answered lately, and `ask` makes
    it answer. `set_clock` is called before each look at the clock, `tell` when it is wrong or right again; `pace`
    notices that it stands still. `held` asks Slack whether what is held may go out, and
    `rehearse` is called after each beat, which does not wait for it. `let_go` removes some of what is past its days,
    and says whether there is more.
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
        held: Callable[[datetime], Awaitable[bool]] = never_held,
        timing: Timing = TIMING,
        rehearse: Callable[[], None] = nothing,
        slack: SlackTime | None = None,
        ask: Callable[[], Awaitable[object]] = read_already,
        tell: Tell = nobody,
        pace: ClockPace | None = None,
        measures: Measures = UNMEASURED,
        let_go: Callable[[datetime], Awaitable[bool]] = never_held,
    ) -> None:
        self.database = database
        self.now = now
        self.rehearse = rehearse
        self.wake = wake
        self.every = every
        self.set_clock = set_clock
        self.held = held
        self.timing = timing
        self.slack = slack or SlackTime(now)
        self.ask = ask
        self.tell = tell
        self.pace = pace
        self.steps = ClockSteps()
        self.tick = Tick(database, jobs, every, measures, self.stir)
        self.tidied_at: datetime | None = None
        self.let_go = let_go
        self.more_to_go = False  # of what is past its days
        self.clock_trouble = ""  # why nothing falls due, in plain words
        self.wrong_since: datetime | None = None
        self.untold: tuple[str, datetime] | None = None
        self.stirred_at = self.stored_at = elapsed()
        self.store_trouble = ""  # what kept the last beat from being stored

    def stir(self) -> None:
        """Note that it beats, or is in the middle of a beat."""
        self.stirred_at = elapsed()

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
            await self.database.takes_writes()
            self.stored_at, self.store_trouble = elapsed(), ""
            await self.set_clock()
            if await self.held(self.now()):
                self.wake()
            now = await self.believed()
            await self.pass_on()
            if now is None:
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
            self.store_trouble = str(trouble)
            log.error("heartbeat waits for the database", trouble=str(trouble))
        except Exception as fault:  # the edge: whatever went wrong, the next beat is due all the same
            log.exception("the heartbeat failed on our side", exc_info=fault)
        finally:
            self.stir()
        if moved:
            self.wake()
        return moved

    async def believed(self) -> datetime | None:
        """Return what time it is; None if that cannot be believed, which is told once, as is that it can again."""
        now, ahead = self.read_clock()
        if ahead is not None and abs(ahead) > STEP_BACK:
            await self.ask_slack()  # else a machine that slept would be taken for one whose clock jumped
            now, ahead = self.read_clock()
        behind = self.steps.latest if self.steps.is_behind(now) else None
        stands = self.pace is not None and self.pace.stands_still(now)
        if not stands and self.steps.trusts(now, ahead):
            if behind is not None and ahead is not None:
                async with self.database.write_ledger() as ledger:
                    brought_back = await accept_clock(ledger, now)
                log.warning("the clock agrees with Slack's; what is written down ahead of it is put right",
                            now=now, schedules_brought_back=brought_back)  # fmt: skip
            self.right_again(now)
            return now
        passes = not stands and ahead is not None and abs(ahead) <= STEP_BACK
        right_now = now if ahead is None else now - ahead
        self.went_wrong(right_now, wrong(now, ahead, behind, stands=stands), passes=passes)
        return None

    def read_clock(self) -> tuple[datetime, timedelta | None]:
        now = self.now()
        return now, self.slack.ahead(now)

    @property
    def ahead_seconds(self) -> float:
        """How many seconds our clock is ahead of Slack's; not a number if Slack said nothing lately."""
        ahead = self.read_clock()[1]
        return float("nan") if ahead is None else ahead.total_seconds()

    async def ask_slack(self) -> None:
        """Let Slack answer something, twice, as one answer alone is not believed; silence says nothing."""
        try:
            async with asyncio.timeout(2 * ASKED_WITHIN):
                await self.ask()
                if self.slack.alone is not None:
                    await self.ask()
        except TROUBLE:
            return

    def went_wrong(self, now: datetime, trouble: str, *, passes: bool) -> None:
        """Say once that it is wrong, unless that passes by itself within some beats."""
        self.clock_trouble = trouble
        if not passes and self.steps.is_news(wrong=True):
            self.wrong_since = now
            log.error(
                "the clock is wrong; nothing is decided until it is right", why=trouble, mend=CLOCK_MEND
            )
            self.untold = trouble, now

    def right_again(self, now: datetime) -> None:
        self.clock_trouble = ""
        if self.steps.is_news(wrong=False):
            log.warning("the clock is right again; what fell due meanwhile is made up for", now=now)
            self.untold = "", self.wrong_since or now
            self.wrong_since = None

    async def pass_on(self) -> None:
        """Tell the admins what they were not told yet; should that fail, the next beat does."""
        if self.untold is not None:
            await self.tell(*self.untold)
            self.untold = None

    def allow_any_step(self) -> None:
        """Accept the next reading of the clock whatever it says; for a playground whose clock may go back."""
        self.steps = ClockSteps()
        self.slack.forget()

    async def tidy(self, now: datetime) -> None:
        """Once a day, let go of what nobody will ask for again; of much, some at each beat; never right at a start."""
        if self.tidied_at is None:
            self.tidied_at = now - TIDIED_EVERY + TIDIED_AFTER
        if timedelta() <= now - self.tidied_at < TIDIED_EVERY:
            if self.more_to_go:
                self.more_to_go = await self.let_go(now)
            return
        self.tidied_at = now
        async with self.database.write_ledger() as ledger:
            await inbox.forget_trials(ledger)
        archived = ARCHIVED_AT_ONCE
        while archived == ARCHIVED_AT_ONCE:  # a unit of work each, so that nobody waits for all of them
            async with self.database.write_ledger() as ledger:
                archived = await archive_old(ledger, now, ARCHIVED_AT_ONCE)
        self.more_to_go = await self.let_go(now)


def wrong(now: datetime, ahead: timedelta | None, behind: datetime | None, *, stands: bool) -> str:
    """Return in plain words what is wrong with a reading of the clock that is not believed."""
    if stands:
        return f"The clock stands still at {now:{SHOWN}} UTC. Set the machine's clock by NTP."
    if ahead is not None and abs(ahead) > STEP_BACK:
        way = "ahead of" if ahead > timedelta() else "behind"
        return f"The clock is {span(abs(ahead))} {way} Slack's. Set the machine's clock by NTP."
    if ahead is not None:
        return f"The clock agrees with Slack's again; it is believed after {AGREEING_BEATS} beats."
    return f"The clock went back: {stepped_back(now, behind)}. {CLOCK_MEND}"


def span(time: timedelta) -> str:
    """Return a span in words, in the unit that suits it."""
    for unit, seconds in (("day", 86_400), ("hour", 3_600)):
        if time.total_seconds() >= 2 * seconds:
            return plural(round(time.total_seconds() / seconds), unit)
    return plural(round(time.total_seconds() / 60), "minute")
