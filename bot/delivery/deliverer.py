"""The deliverer: claims what is ready and its gates let pass, and has each message sent or looked for."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from structlog.contextvars import bind_contextvars

from bot.clock import elapsed
from bot.delivery.channels import Channels, NotNow, ShuttingDown
from bot.delivery.lease import Lease
from bot.delivery.post import Policy, Sender
from bot.delivery.reconcile import Reconciler
from bot.delivery.steps import DeliverySteps, GaveUp, quietly
from bot.measures import UNMEASURED, Measures
from bot.rate_limits import RateLimits
from handlers.kind import NOTHING_AHEAD, ReadingAhead, Renderer
from sales.nudges.ledger import CLAIM_BATCH, TIMING, Ambiguity, DeliveryState, Timing
from storage.database import Database
from storage.nudges.ledger.claims import any_ready, claim_ready, hand_back
from storage.nudges.ledger.rows import DeliveryRow
from storage.people import workspace
from storage.scope import Ledger
from storage.trouble import StorageTrouble

log = structlog.get_logger()

MOST_UNDER_WAY = (
    2 * CLAIM_BATCH
)  # a whole claim while another's answers come in, and one that hangs holds up nobody
IDLE_SECONDS = 1.0  # the wake-up is a hint; looking again is the truth
STOP_SECONDS = 12.0  # for what is being sent when the process is told to end

Gather = Callable[[Ledger, list[DeliveryRow], datetime], Awaitable[list[DeliveryRow]]]


async def each_by_itself(ledger: Ledger, rows: list[DeliveryRow], now: datetime) -> list[DeliveryRow]:
    """Leave claimed messages as they are."""
    return rows


class Deliverer:
    """One worker of the ledger. Any number of them may run, here or in other processes.

    `gather` is given the messages just claimed, in the unit of work that claims them; it may supersede some by one
    message for all and returns those that remain. `gave_up` is called in the unit that gives a message up.
    `ambiguous` says what becomes of a kind of message that may have arrived where nobody can look. `ahead` reads at
    once what messages that leave together are going to ask for.
    """

    def __init__(
        self,
        database: Database,
        slack: AsyncWebClient,
        now: Callable[[], datetime],
        renderers: Mapping[str, Renderer],
        policy: Policy,
        gates: RateLimits,
        owner: str,
        timing: Timing = TIMING,
        gather: Gather = each_by_itself,
        gave_up: GaveUp = quietly,
        ambiguous: Mapping[str, Ambiguity] | None = None,
        ahead: ReadingAhead = NOTHING_AHEAD,
        measures: Measures = UNMEASURED,
    ) -> None:
        self.database = database
        self.measures = measures
        self.now = now
        self.gates = gates
        self.owner = owner
        self.timing = timing
        self.gather = gather
        self.stopping = asyncio.Event()
        self.steps = DeliverySteps(database, now, timing, gave_up, measures)
        self.channels = Channels(database, slack, gates, timing, self.stopping, measures)
        self.sender = Sender(slack, self.steps, self.channels, renderers, policy, ahead)
        self.reconciler = Reconciler(slack, self.steps, self.channels, ambiguous or {})
        self.woken = asyncio.Event()
        self.working = False
        self.tasks: set[asyncio.Task[None]] = set()
        self.without_database = False
        self.looked_at = elapsed()

    @property
    def busy(self) -> bool:
        """Whether something is being delivered or about to be looked for."""
        about_to_look = self.woken.is_set() and not self.stopping.is_set()
        return self.working or bool(self.tasks) or about_to_look

    def wake(self) -> None:
        """Say that there may be something to send."""
        self.woken.set()

    async def run(self) -> None:
        """Deliver until stopped; what is being sent is finished first."""
        while not self.stopping.is_set():
            self.woken.clear()
            self.working = True
            try:
                sent = await self.drain()
            except StorageTrouble as trouble:
                self.lost_database(trouble)
                sent = 0
            except Exception as fault:  # the edge: whatever went wrong, the next look is due all the same
                log.exception("delivery failed on our side", exc_info=fault)
                sent = 0
            finally:
                self.working = False
            if not sent and not self.stopping.is_set():
                try:
                    await asyncio.wait_for(self.woken.wait(), IDLE_SECONDS)
                except TimeoutError:
                    continue

    def stop(self) -> None:
        """Claim no more, and send no more of what was claimed."""
        self.stopping.set()
        self.woken.set()

    async def finish(self, delivering: "asyncio.Task[None]", within: float = STOP_SECONDS) -> None:
        """Stop: what is being sent has some seconds to end, and what was only claimed is handed back at once.

        Whatever is still on its way then is left to its lease, as after a crash.
        """
        self.stop()
        await asyncio.wait({delivering, *self.tasks}, timeout=within)
        under_way = (delivering, *self.tasks, *self.channels.opening.values())
        left = [task for task in under_way if not task.done()]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await self.steps.finished()
        try:
            async with self.database.write_ledger() as ledger:
                await hand_back(ledger, self.owner, self.now())
        except StorageTrouble as trouble:
            self.lost_database(trouble)

    async def drain(self) -> int:
        """Deliver what is ready now; return how many rows were worked on."""
        worked = 0
        while True:
            self.looked_at = elapsed()
            if MOST_UNDER_WAY - len(self.tasks) >= CLAIM_BATCH:
                worked += await self.take(CLAIM_BATCH)
            if not self.tasks:
                return worked
            await asyncio.wait(set(self.tasks), return_when=asyncio.FIRST_COMPLETED)

    async def take(self, room: int) -> int:
        """Claim up to `room` rows, no more than may be posted at once, and begin to work on them."""
        rows, lease = await self.claim(room)
        unsure: dict[tuple[str, str, str], list[DeliveryRow]] = defaultdict(list)
        fresh: list[DeliveryRow] = []
        for row in rows:
            if row.state is DeliveryState.RECON:
                unsure[row.workspace_id, row.channel_id or str(row.user_id), row.thread].append(row)
            else:
                fresh.append(row)
        for together in unsure.values():
            self.begin(together, partial(self.reconciler.settle, together))
        for row, prepared in zip(fresh, await self.sender.prepare(fresh), strict=True):
            self.begin([row], partial(self.sender.proceed, row, prepared, lease))
        return len(rows)

    async def claim(self, room: int) -> tuple[list[DeliveryRow], Lease]:
        """Return the rows that are ours now, and for how long. Workspaces whose gate is shut wait."""
        lease = Lease.from_now(self.timing, self.now)
        if self.stopping.is_set() or not (tokens := await self.tokens()):
            return [], lease
        shut = [workspace_id for workspace_id, count in tokens.items() if not count]
        most = min(room, max(tokens.values()))
        if not most:
            return [], lease
        async with self.database.write_ledger() as ledger:
            lease = Lease.from_now(self.timing, self.now)
            now = lease.until - self.timing.lease
            claimed = await claim_ready(ledger, self.owner, now, most, self.timing, shut)
            fresh = [row for row in claimed if row.state is DeliveryState.LEASED]
            unsure = [row for row in claimed if row.state is DeliveryState.RECON]
            left = await self.gather(ledger, fresh, now) if fresh else []
        if len(left) != len(fresh):
            staying = {row.id for row in left}
            covered = [row.kind for row in fresh if row.id not in staying]
            self.measures.ended(DeliveryState.SUPERSEDED, covered)
        return unsure + left, lease

    async def tokens(self) -> Mapping[str, int]:
        """Return how many messages each workspace may post at once; none if nothing is ready."""
        async with self.database.read_ledger() as ledger:
            ready = await any_ready(ledger, self.now())
            working = await workspace.working_workspaces(ledger) if ready else []
        self.found_database()
        return await self.gates.tokens(working)

    def begin(self, rows: Sequence[DeliveryRow], work: Callable[[], Awaitable[None]]) -> None:
        task = asyncio.create_task(self.work(rows, work))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def work(self, rows: Sequence[DeliveryRow], work: Callable[[], Awaitable[None]]) -> None:
        """Take claimed rows as far as they go. A fault of ours leaves them to be tried again, never lost."""
        bind_contextvars(delivery_id=rows[0].id)  # of this task alone
        try:
            try:
                await work()
            except NotNow as gate:
                for row in rows:
                    await self.steps.put_off(row, timedelta(seconds=gate.seconds), "waits for its turn")
            except ShuttingDown:
                return  # handed back once everybody has ended
            except StorageTrouble:
                raise
            except Exception as fault:
                keys = [row.occurrence_key for row in rows]
                log.exception("a delivery failed on our side", keys=keys, exc_info=fault)
                for row in rows:
                    await self.failed(row, fault)
        except StorageTrouble as trouble:
            self.lost_database(trouble)
        except Exception as fault:  # the edge: their leases bring the rows back
            log.exception("a delivery failed on our side", key=rows[0].occurrence_key, exc_info=fault)

    async def failed(self, row: DeliveryRow, fault: Exception) -> None:
        """Put a row that we failed at back, or give it up after many times. It may have been sent or not."""
        unsent = row.state is DeliveryState.LEASED
        state = DeliveryState.PENDING if unsent else DeliveryState.UNCERTAIN
        attempts = row.attempts + (row.state is not DeliveryState.SENDING)
        await self.steps.retry(row, state, f"{type(fault).__name__}: {fault}"[:300], attempts)

    def lost_database(self, trouble: StorageTrouble) -> None:
        """Say once that the database is away; what was begun is left to its lease."""
        if not self.without_database:
            self.without_database = True
            log.error("delivery waits for the database", trouble=str(trouble))

    def found_database(self) -> None:
        if self.without_database:
            self.without_database = False
            log.info("the database is back; delivery goes on")
