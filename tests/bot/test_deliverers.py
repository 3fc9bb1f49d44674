"""Several workers, workers that end, workers that freeze, and a database that goes away."""

import asyncio
import itertools
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta
from functools import partial

import aiohttp
import pytest
from asyncpg import connect
from sqlalchemy import make_url

from bot.delivery.lease import Lease, steady
from bot.rate_limits import RateLimits, gates_of
from playground.faults import Fault
from sales.nudges.ledger import TIMING, DeliveryState
from sales.nudges.rate_limit import POST
from storage.nudges.ledger.claims import reap_leases
from storage.nudges.ledger.lookup import delivery_by_key
from storage.nudges.ledger.steps import move_delivery
from tests.deliveries import KEY, later, posted, provoked, put, row, steps, worker
from tests.known import T0, WORKSPACE
from tests.listener import heard
from tests.story_workspace import StoryWorkspace


@pytest.fixture
async def known(town: StoryWorkspace) -> StoryWorkspace:
    """The town with people the bot knows, and whose own worker has ended."""
    for name in ("ana", "ben", "mia", "raj"):
        await town.known(name)
    town.bot.deliverer.stop()
    await town.server.settled()
    return town


def moment(name: str, then) -> aiohttp.TraceConfig:
    """Do something at a moment of each request that posts."""

    async def hook(session, context, told) -> None:
        if name == "on_request_start":
            if "chat.postMessage" in str(told.url):
                await then()
        elif b"event_payload" in told.chunk:
            await then()

    trace = aiohttp.TraceConfig()
    getattr(trace, name).append(hook)
    return trace


async def test_two_workers_send_each_message_once_and_share_the_gates(known: StoryWorkspace) -> None:
    keys = [f"test:{number}" for number in range(60)]
    for number, key in enumerate(keys):
        await put(known, key, user_id=f"U{number % 4 + 1}")
    database = known.bot.database
    real = Quick()
    mine, theirs = gates_of(database), gates_of(database)
    if not database.engine.shared:
        theirs = mine  # workers of one process; PostgreSQL's replicas meet in the table
    passed = [passes(one, real) for one in {mine, theirs}]
    async with worker(known, "one", gates=mine) as one, worker(known, "two", gates=theirs) as two:
        for each in (one, two):
            each.channels.rest = real.rest
        while sum(posted(known, key) for key in keys) < len(keys):
            await asyncio.gather(one.drain(), two.drain())
            await known.clock.advance(timedelta(seconds=1))
            real.now += 1_000
    assert Counter(posted(known, key) for key in keys) == {1: 60}
    times: dict[str, list[int]] = defaultdict(list)
    for now, key in sorted(itertools.chain(*passed)):
        times[key].append(now)
    posts = times.pop(f"{WORKSPACE}:chat.postMessage")
    assert (len(posts), len(times)) == (60, 5)  # four channels, and the opening of them
    for key, when in times.items():
        if key.startswith("chan:"):
            assert all(after - before >= 1_000 for before, after in itertools.pairwise(when))
    for first, last in itertools.combinations(range(60), 2):
        assert last - first + 1 <= POST.burst + POST.per_second * (posts[last] - posts[first]) / 1_000


def passes(gates: RateLimits, real: "Quick") -> list[tuple[int, str]]:
    """Note when calls pass which gates, which go by a time of their own from now on."""
    noted: list[tuple[int, str]] = []
    attempt = gates.attempt

    async def noting(asked):
        now = real.now
        wait = await attempt(asked)
        if not wait:
            noted.extend((now, key) for key in asked)
        return wait

    gates.now_ms, gates.attempt = real.read, noting
    return noted


class Quick:
    """Real time for gates that passes only when somebody rests."""

    def __init__(self) -> None:
        self.start = self.now = 1_789_376_400_000

    def read(self) -> int:
        return self.now

    async def rest(self, seconds: float) -> None:
        self.now += round(seconds * 1_000)
        await asyncio.sleep(0)


async def test_a_worker_that_ends_finishes_what_is_on_its_way_and_hands_back_the_rest(
    known: StoryWorkspace,
) -> None:
    """One post hangs at Slack; the other waits for the same channel's gate when the end comes."""
    leaving = asyncio.Event()

    async def left() -> None:
        leaving.set()

    await put(known)
    await put(known, "test:two")
    known.server.faults.plan("chat.postMessage", Fault("delayed", seconds=0.5))
    async with worker(known, "ending", moment("on_request_chunk_sent", left), gates=RateLimits()) as ending:
        delivering = asyncio.create_task(ending.run())
        await leaving.wait()
        await ending.finish(delivering)
    sent, back = sorted([await row(known), await row(known, "test:two")], key=lambda one: one.fence)
    assert (sent.state, sent.fence, posted(known, sent.occurrence_key)) == (DeliveryState.SENT, 1, 1)
    assert (back.state, back.fence, posted(known, back.occurrence_key)) == (DeliveryState.PENDING, 2, 0)
    assert await steps(known, back.occurrence_key) == ["leased", "pending"]
    provoked(known)


async def test_what_does_not_end_in_time_is_left_to_its_lease(known: StoryWorkspace) -> None:
    leaving = asyncio.Event()

    async def left() -> None:
        leaving.set()

    await put(known)
    known.server.faults.plan("chat.postMessage", Fault("delayed", seconds=1.0))
    async with worker(known, "ending", moment("on_request_chunk_sent", left)) as ending:
        delivering = asyncio.create_task(ending.run())
        await leaving.wait()
        await ending.finish(delivering, within=0.1)
        assert not ending.tasks
    assert (await row(known)).state is DeliveryState.SENDING
    async with worker(known, "next") as following:
        await later(known, seconds=90)
        await following.drain()
    assert ((await row(known)).state, posted(known)) == (DeliveryState.SENT, 1)
    provoked(known)


@pytest.mark.parametrize("name", ["on_request_start", "on_request_chunk_sent"])
async def test_a_worker_that_was_frozen_past_its_lease_writes_nothing(known: StoryWorkspace, name) -> None:
    """It stops between `sending` and the socket; meanwhile its lease runs out and the row is taken back."""
    clock, database = known.clock.now, known.bot.database
    asleep = timedelta(minutes=5)
    frozen: list[timedelta] = []

    async def freeze() -> None:
        if not frozen:
            frozen.append(asleep)
            async with database.write_ledger() as ledger:
                assert await reap_leases(ledger, clock() + asleep) == 1

    await put(known)
    async with worker(
        known, "frozen", moment(name, freeze), now=lambda: clock() + sum(frozen, timedelta())
    ) as sleeper:
        (mine,), lease = await sleeper.claim(20)
        await sleeper.sender.deliver(mine, lease)
    assert (posted(known), await steps(known)) == (0, ["leased", "sending", "uncertain"])
    async with worker(known, "awake") as awake:
        for _ in range(3):
            await later(known, minutes=6)
            await awake.drain()
    assert ((await row(known)).state, posted(known)) == (DeliveryState.SENT, 1)


async def test_a_worker_that_woke_too_late_tries_again_if_the_row_is_still_its_own(
    known: StoryWorkspace,
) -> None:
    clock = known.clock.now
    frozen: list[timedelta] = []

    async def freeze() -> None:
        if not frozen:
            frozen.append(timedelta(seconds=55))

    await put(known)
    async with worker(
        known, "slow", moment("on_request_start", freeze), now=lambda: clock() + sum(frozen, timedelta())
    ) as slow:
        await slow.drain()
    found = await row(known)
    assert await steps(known) == ["leased", "sending", "pending", "leased", "sending", "sent"]
    assert (found.attempts, posted(known)) == (1, 1)


def test_of_the_two_clocks_of_a_lease_the_more_careful_one_counts() -> None:
    ahead, now, tick = timedelta(seconds=30), (lambda: T0), steady()
    assert Lease(TIMING, now, T0 + ahead, tick + 30).may_start()
    assert not Lease(TIMING, now, T0 + ahead, tick + 9).may_write()  # the wall clock was set back meanwhile
    assert not Lease(
        TIMING, now, T0 + timedelta(seconds=9), tick + 30
    ).may_write()  # or the steady one stood still
    fresh = Lease.from_now(TIMING, now)
    assert (fresh.until, fresh.may_start(), fresh.may_write()) == (T0 + TIMING.lease, True, True)


async def test_a_worker_that_lost_its_row_drops_its_work(known: StoryWorkspace) -> None:
    """Frozen right after the claim; the row is taken back, sent by another, and the first one wakes up."""
    database = known.bot.database
    await put(known)
    async with worker(known, "slow") as slow, worker(known, "quick") as quick:
        (mine,), lease = await slow.claim(20)
        async with database.write_ledger() as ledger:
            assert await reap_leases(ledger, known.clock.now() + timedelta(minutes=2)) == 1
        await later(known, minutes=2)
        await quick.drain()
        for believed in (
            lease,
            replace(lease, until=lease.until + timedelta(hours=1)),
        ):  # the fence alone is enough
            await slow.work([mine], partial(slow.sender.deliver, mine, believed))
    assert posted(known) == 1
    assert [(await row(known)).state, (await row(known)).lease_owner] == [DeliveryState.SENT, "quick"]


async def test_a_message_given_up_is_told_of_in_the_same_unit(known: StoryWorkspace) -> None:
    told: list[str] = []

    async def gave_up(scope, dead, now) -> None:
        told.append(dead.occurrence_key)
        found = await delivery_by_key(scope, dead.occurrence_key)
        assert found.state is DeliveryState.DEAD

    await put(known, channel_id="CNOPE", user_id=None)
    async with worker(known, "one") as one:
        one.steps.gave_up = gave_up
        await one.drain()
        await one.drain()
    assert told == [KEY]
    provoked(known)


async def test_several_for_one_person_may_go_as_one(known: StoryWorkspace) -> None:
    """Only what was just leased is gathered; what it leaves out is not worked on."""
    asked: list[list[str]] = []

    async def gather(ledger, rows, now):
        asked.append([one.occurrence_key for one in rows])
        first, *others = rows
        for other in others:
            await move_delivery(ledger, other, DeliveryState.SUPERSEDED, now, note="together")
        return [first]

    for number in range(3):
        await put(known, f"test:{number}")
    async with worker(known, "one") as one:
        one.gather = gather
        await one.drain()
    assert [sorted(keys) for keys in asked] == [[f"test:{number}" for number in range(3)]]
    assert sum(posted(known, f"test:{number}") for number in range(3)) == 1


@pytest.mark.engines("postgresql")
async def test_a_database_that_goes_away_loses_nothing_and_is_mentioned_once(
    known: StoryWorkspace, database_url: str
) -> None:
    url = make_url(database_url).set(drivername="postgresql")
    admin = await connect(url.set(database="postgres").render_as_string(hide_password=False))
    away = f"{url.database}_away"
    ending = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1"
    async with worker(known, "one") as one:
        with heard() as said:
            delivering = asyncio.create_task(one.run())
            await put(known)
            one.wake()
            await until(lambda: posted(known) and not one.tasks)
            await admin.execute(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS false')
            await admin.execute(ending, url.database)
            await admin.execute(f'ALTER DATABASE "{url.database}" RENAME TO "{away}"')
            for _ in range(5):
                one.wake()
                await until(lambda: one.without_database and not one.woken.is_set() and not one.working)
            await admin.execute(f'ALTER DATABASE "{away}" RENAME TO "{url.database}"')
            await admin.execute(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS true')
            one.wake()
            await until(lambda: not one.without_database)
            await put(known, "test:two")
            one.wake()
            await until(lambda: posted(known, "test:two"))
            await one.finish(delivering)
    await admin.close()
    assert [posted(known), posted(known, "test:two")] == [1, 1]
    mentions = Counter(line["event"] for line in said)
    assert mentions["delivery waits for the database"] == 1
    assert mentions["the database is back; delivery goes on"] == 1


async def until(condition) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 -- what it waits for is Slack's log and the worker's own account
            await asyncio.sleep(0.01)
