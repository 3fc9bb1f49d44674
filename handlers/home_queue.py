"""App Home's queue: one publish shows all that changed before it, and leaves the answers their time.

An opening is published at once and shows the present. A change waits for its turn; whatever is published of the same
person meanwhile shows it as well. Only durations are measured here, so no clock that is set can hold a turn up.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Generator
from contextlib import suppress
from contextvars import Context
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, Protocol, TypeVar
from weakref import WeakValueDictionary

import structlog

log = structlog.get_logger()

Result = TypeVar("Result")

FIRST = float("-inf")  # seconds: due before everything else


class HomeOwner(NamedTuple):
    """Whose App Home it is."""

    workspace_id: str
    user_id: str


class HomePublisher(Protocol):
    """Reads one App Home as things stand, and publishes what it read."""

    async def read(self, owner: HomeOwner) -> dict[str, Any] | None:
        """Return the Home; None if there is nobody to show one."""

    async def post(self, owner: HomeOwner, view: dict[str, Any]) -> float | None:
        """Publish a Home; return None, or the seconds after which it has to be read and published again."""


@dataclass(frozen=True)
class HomeBudget:
    """What App Home may cost: seconds between two publishes of one person, and a share of one processor."""

    every: float = 1.0  # nobody reads faster, and Slack bears about a hundred publishes a minute
    share: float = (
        0.1  # of the time: whoever comes to Home is shown it at once anyway, and answers have the rest
    )

    def rest(self, work: float) -> float:
        """Return how long to rest after some seconds of work."""
        return work * (1 / self.share - 1)


BUDGET = HomeBudget()
UNLIMITED = HomeBudget(every=0.0, share=1.0)  # what waits is still shown by one publish


async def rest_until(news: asyncio.Event, seconds: float) -> None:
    """Rest for some seconds, or until there is news."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await news.wait()


@dataclass(frozen=True)
class Stopwatch:
    """Seconds that only ever grow: since some moment, and spent at work by this process; and how to let them pass."""

    elapsed: Callable[[], float] = lambda: asyncio.get_running_loop().time()
    worked: Callable[[], float] = time.process_time
    rest: Callable[[asyncio.Event, float], Awaitable[None]] = rest_until


class Metered(Generic[Result]):
    """A coroutine that is awaited as ever and counts what its own steps work, not what others do between them."""

    def __init__(self, run: Coroutine[Any, Any, Result], worked: Callable[[], float]) -> None:
        self.run, self.worked = run, worked
        self.seconds = 0.0

    def __await__(self) -> Generator[Any, Any, Result]:
        step: Callable[[Any], Any] = self.run.send
        given: Any = None
        while True:
            began = self.worked()
            try:
                waits_for = step(given)
            except StopIteration as done:
                result: Result = done.value
                return result
            finally:
                self.seconds += self.worked() - began
            try:
                given, step = (yield waits_for), self.run.send
            except BaseException as thrown:  # noqa: BLE001 -- it is the coroutine's, also where it is to end
                given, step = thrown, self.run.throw


class HomeQueue:
    """Publishes App Homes, each person's one after the other: an older one never covers a newer one.

    One Home is read at a time, as a read takes a connection and the processor. Slack is waited for beside that.
    """

    def __init__(
        self, publisher: HomePublisher, budget: HomeBudget = BUDGET, stopwatch: Stopwatch | None = None
    ) -> None:
        self.publisher = publisher
        self.budget = budget
        self.stopwatch = stopwatch or Stopwatch()
        self.waiting: dict[HomeOwner, float] = {}  # when each is due; no read of it has begun
        self.begun: dict[
            HomeOwner, float
        ] = {}  # the latest read of each, while their next has to wait for it
        self.turns = WeakValueDictionary[HomeOwner, asyncio.Lock]()
        self.reading = asyncio.Lock()
        self.rested = FIRST  # when the share of the processor allows the next one
        self.throttled = FIRST  # until when Slack wants to hear of none
        self.hurried = False
        self.news = asyncio.Event()
        self.worker: asyncio.Task[None] | None = None
        self.tasks: set[asyncio.Task[None]] = set()

    @property
    def busy(self) -> bool:
        """Whether a Home is still to be shown."""
        return bool(self.tasks)

    def opened(self, owner: HomeOwner) -> None:
        """Publish at once, as the person looks; only what is being read or published already goes before."""
        self.waiting[owner] = self.stopwatch.elapsed()
        self.begin(self.publish(owner))

    def changed(self, owner: HomeOwner, *, in_view: bool = False) -> None:
        """Publish in turn; at once where the person has Home in view and was not shown one within the second."""
        due = self.due(owner)
        if in_view and due <= self.stopwatch.elapsed():
            self.opened(owner)
        elif owner not in self.waiting:
            self.wait(owner, due)

    def turn(self, owner: HomeOwner) -> asyncio.Lock:
        """Return what one publish of a person at a time holds, from its read until Slack has answered."""
        return self.turns.setdefault(owner, asyncio.Lock())

    async def finished(self) -> None:
        """Show what waits without further rest, save what Slack asked for; before the process ends."""
        self.hurried = True
        self.news.set()
        while self.tasks:
            await asyncio.wait(self.tasks)

    def cancel(self) -> None:
        """Show nothing more."""
        for task in self.tasks:
            task.cancel()

    def due(self, owner: HomeOwner) -> float:
        """Return when a person's next Home may be read."""
        return max(self.stopwatch.elapsed(), self.begun.get(owner, FIRST) + self.budget.every)

    def wait(self, owner: HomeOwner, due: float) -> None:
        """Let a Home be published when it is due."""
        self.waiting[owner] = due
        self.news.set()
        if self.worker is None or self.worker.done():
            # The request that happens to start it would stand in the log for everybody's Homes.
            self.worker = self.begin(self.work(), Context())

    def begin(self, work: Coroutine[Any, Any, None], context: Context | None = None) -> asyncio.Task[None]:
        task = asyncio.create_task(work, context=context)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task

    async def work(self) -> None:
        """Publish what waits, the first due first, until nothing does."""
        while self.waiting:
            owner = min(self.waiting, key=self.waiting.__getitem__)
            allowed = FIRST if self.hurried else max(self.waiting[owner], self.rested)
            rest = max(allowed, self.throttled) - self.stopwatch.elapsed()
            if rest > 0:
                self.news.clear()
                await self.stopwatch.rest(self.news, rest)
            else:
                await self.publish(owner)

    async def publish(self, owner: HomeOwner) -> None:
        """Publish a person's Home as things stand, unless that was just done."""
        try:
            async with self.turn(owner):
                view = await self.read(owner)
                again = await self.post(owner, view) if view is not None else None
                if again is not None:
                    self.repeat(owner, again)
        except Exception as fault:  # the edge: the next publish shows what this one could not
            log.exception("could not show App Home", user=owner.user_id, exc_info=fault)

    async def read(self, owner: HomeOwner) -> dict[str, Any] | None:
        """Read a Home that waits; what changes from here on waits for the next one."""
        async with self.reading:
            began, worked = self.stopwatch.elapsed(), self.stopwatch.worked()
            if owner not in self.waiting or began < self.throttled:
                return None
            del self.waiting[owner]
            recent = {one: at for one, at in self.begun.items() if began - at < self.budget.every}
            self.begun = recent | {owner: began}
            try:
                return await self.publisher.read(owner)
            finally:
                self.tire(self.stopwatch.worked() - worked)  # what its threads worked is among it

    async def post(self, owner: HomeOwner, view: dict[str, Any]) -> float | None:
        """Publish what was read. Slack is waited for meanwhile, and others work, so only its own steps count."""
        posting = Metered(self.publisher.post(owner, view), self.stopwatch.worked)
        try:
            return await posting
        finally:
            self.tire(posting.seconds)

    def tire(self, work: float) -> None:
        """Rest after work, and after what is still to be rested from."""
        self.rested = max(self.rested, self.stopwatch.elapsed()) + self.budget.rest(work)

    def repeat(self, owner: HomeOwner, seconds: float) -> None:
        """Read and publish once more: first of all, or with all others once Slack hears of any again."""
        if seconds > 0:
            self.throttled = max(self.throttled, self.stopwatch.elapsed() + seconds)
        self.wait(owner, FIRST)
