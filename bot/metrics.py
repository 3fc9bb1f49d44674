"""Metrics: what the bot counts and times of itself, as Prometheus reads it. No label names a person or a place."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import datetime

import structlog
from aiohttp import web
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from bot.clock import Clock, elapsed
from bot.health import HealthWatch, our_version
from bot.heartbeat import Heartbeat
from bot.http import Address, about_health, serving
from bot.measures import Measures
from sales.nudges.ledger import TERMINAL, DeliveryState
from storage.database import Database
from storage.freshness import Stamps, deal_stamps, latest_import, newest_deal
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.ledger.tally import dead_messages, waiting_messages
from storage.scope import Ledger
from storage.trouble import StorageTrouble

log = structlog.get_logger()

METRICS = "/metrics"
TEXT = "text/plain; version=0.0.4; charset=utf-8"
ASKED_WITHIN = 2.0  # seconds for the database; a scrape without its figures is better than none
ACK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0)  # Slack waits for three seconds
STORED = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0)
LAG = (1.0, 5.0, 15.0, 30.0, 60.0, 300.0, 900.0, 3600.0, 14400.0)
WAIT = (0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 3600.0)
LOOK_EVERY = 0.5  # seconds between two looks at how late the event loop is
MOST_POSTPONED = 10_000  # messages whose first due time is remembered


class Metrics(Measures):
    """Keeps what is reported, and asks the database for the rest when somebody reads it."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # an instant beside each figure says nothing that the figure does not
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self.ack = Histogram(
            "rainmaker_ack_seconds", "From a request of Slack's to its acknowledgement.", ["kind"],
            buckets=ACK, registry=registry,
        )  # fmt: skip
        self.deliveries = Counter(
            "rainmaker_deliveries", "Steps of messages, by the state they came to.", ["state", "kind"],
            registry=registry,
        )  # fmt: skip
        self.lag = Histogram(
            "rainmaker_delivery_lag_seconds", "From when a message was due until Slack had it.", ["kind"],
            buckets=LAG, registry=registry,
        )  # fmt: skip
        self.waits = Histogram(
            "rainmaker_rate_limit_wait_seconds", "Waits of calls to Slack for their turn.", ["method"],
            buckets=WAIT, registry=registry,
        )  # fmt: skip
        self.refusals = Counter(
            "rainmaker_slack_throttled", "Answers of Slack's that asked to wait.", ["method"],
            registry=registry,
        )  # fmt: skip
        self.database = Histogram(
            "rainmaker_database_seconds", "Units of work and reads, from begin to durable.", ["work"],
            buckets=STORED, registry=registry,
        )  # fmt: skip
        self.ledger = Gauge(
            "rainmaker_ledger_messages", "Messages that are still to be sent.", ["state", "kind"],
            registry=registry,
        )  # fmt: skip
        self.dead = Gauge(
            "rainmaker_dead_letters", "Messages that were given up and not dismissed.", ["kind"],
            registry=registry,
        )  # fmt: skip
        self.freshness = Gauge(
            "rainmaker_freshness_seconds", "Since a beat was stored, a deal written, an import ended.", ["of"],
            registry=registry,
        )  # fmt: skip
        self.believed = Gauge(
            "rainmaker_clock_believed", "1 while the clock is believed, 0 while nothing falls due.",
            registry=registry,
        )  # fmt: skip
        self.ahead = Gauge(
            "rainmaker_clock_ahead_seconds", "How far our clock is ahead of Slack's.", registry=registry
        )
        self.loop_lag = Gauge(
            "rainmaker_loop_lag_seconds", "The longest the event loop was late since the last reading.",
            registry=registry,
        )  # fmt: skip
        Gauge("rainmaker_version_info", "The version that runs.", ["version"], registry=registry).labels(
            our_version()
        ).set(1)
        self.children: dict[tuple[object, ...], Histogram] = {}
        self.due: dict[str, datetime] = {}
        self.stamps: Stamps | None = None
        self.deal_at: datetime | None = None
        self.late = LoopLag()

    # what is reported

    def answered(self, kind: str, seconds: float) -> None:
        self.timed(self.ack, kind).observe(seconds)

    def moved(self, row: DeliveryRow, state: DeliveryState, now: datetime) -> None:
        self.deliveries.labels(state.value, row.kind).inc()
        if state in TERMINAL:
            due = self.due.pop(row.id, row.not_before)
            if state is DeliveryState.SENT:
                self.timed(self.lag, row.kind).observe(max(0.0, (now - due).total_seconds()))

    def postponed(self, row: DeliveryRow) -> None:
        if len(self.due) >= MOST_POSTPONED:  # those that another process sent are never taken out
            self.due.clear()
        self.due.setdefault(row.id, row.not_before)

    def ended(self, state: DeliveryState, kinds: Iterable[str]) -> None:
        for kind in kinds:
            self.deliveries.labels(state.value, kind).inc()

    def waited(self, method: str, seconds: float) -> None:
        self.timed(self.waits, method).observe(seconds)

    def throttled(self, method: str) -> None:
        self.refusals.labels(method).inc()

    def stored(self, what: str, seconds: float) -> None:
        self.timed(self.database, what).observe(seconds)

    def timed(self, histogram: Histogram, label: str) -> Histogram:
        """Return a histogram's child; looked up here in a third of the time that it takes there."""
        child = self.children.get((histogram, label))
        if child is None:
            child = self.children[histogram, label] = histogram.labels(label)
        return child

    # what is asked when somebody reads

    def text(self) -> bytes:
        """Return all figures as Prometheus reads them."""
        self.loop_lag.set(self.late.longest())
        return generate_latest(self.registry)

    async def ask(self, ledger: Ledger, now: datetime) -> None:
        """Take what the database says; deals are read only where one was written since the last time."""
        waiting, dead = await waiting_messages(ledger), await dead_messages(ledger)
        stamps = await deal_stamps(ledger)
        if stamps != self.stamps:
            self.deal_at, self.stamps = await newest_deal(ledger), stamps
        import_at = await latest_import(ledger)
        self.lost()
        for state, kind, count in waiting:
            self.ledger.labels(state, kind).set(count)
        for kind, count in dead:
            self.dead.labels(kind).set(count)
        for what, at in (("deal", self.deal_at), ("import", import_at)):
            if at is not None:
                self.freshness.labels(what).set((now - at).total_seconds())

    def lost(self) -> None:
        """Forget what the database said: it says nothing now, and an old figure would look like a new one."""
        for gauge in (self.ledger, self.dead, self.freshness):
            gauge.clear()

    def beats(self, heartbeat: Heartbeat) -> None:
        self.freshness.labels("heartbeat").set(elapsed() - heartbeat.stored_at)
        self.believed.set(not heartbeat.clock_trouble)
        self.ahead.set(heartbeat.ahead_seconds)


class LoopLag:
    """How late the event loop is with what it should do now: a look every half second."""

    def __init__(self) -> None:
        self.worst = 0.0
        self.handle: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        loop = asyncio.get_running_loop()
        self.look(loop, loop.time())

    def look(self, loop: asyncio.AbstractEventLoop, expected: float) -> None:
        now = loop.time()
        self.worst = max(self.worst, now - expected)
        self.handle = loop.call_at(now + LOOK_EVERY, self.look, loop, now + LOOK_EVERY)

    def longest(self) -> float:
        """Return the most it was late since somebody last asked."""
        worst, self.worst = self.worst, 0.0
        return worst

    def end(self) -> None:
        if self.handle is not None:
            self.handle.cancel()


class MetricsPage:
    """Answers whoever collects the figures."""

    def __init__(self, metrics: Metrics, database: Database, heartbeat: Heartbeat, now: Clock) -> None:
        self.metrics = metrics
        self.database = database
        self.heartbeat = heartbeat
        self.now: Callable[[], datetime] = now
        self.asking = asyncio.Lock()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Say all figures; without those of the database where it does not answer."""
        async with self.asking:
            try:
                async with asyncio.timeout(ASKED_WITHIN), self.database.read_ledger() as ledger:
                    await self.metrics.ask(ledger, self.now())
            except (StorageTrouble, TimeoutError) as trouble:
                log.debug("metrics without the database", trouble=str(trouble))
                self.metrics.lost()
            self.metrics.beats(self.heartbeat)
            text = self.metrics.text()
        return web.Response(body=text, headers={"Content-Type": TEXT})


@asynccontextmanager
async def watching(address: Address, watch: HealthWatch, page: MetricsPage) -> AsyncIterator[Address]:
    """Tell figures and health while the block lasts.

    Raises:
        SettingsTrouble: if the address cannot be listened on.
    """
    page.metrics.late.begin()
    try:
        pages = {**about_health(watch), METRICS: page.answer}
        async with serving(address, pages, option="--metrics HOST:PORT") as at:
            yield at
    finally:
        page.metrics.late.end()
