"""PostgreSQL with a process that froze, a lock that is held or a server that says nothing: everybody else goes on, and
what somebody is told is true."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import asyncpg
import pytest
from sqlalchemy import make_url

from bot.manifest import manifest
from playground.box import Server
from playground.clock import Clock
from sales.followups.activity import Activity, ActivityKind
from sales.people.member import Member
from storage.database import Database
from storage.engines.engine import IDLE_SECONDS, LOCK_SECONDS
from storage.engines.postgresql import LOCK_OF
from storage.followups.activity import add_activity, counts_on
from storage.people import workspace
from storage.people.member import find_member, meet_member, save_member
from storage.trouble import BUSY, StorageTrouble, Unsure
from tests.chaos.network import Network, network
from tests.conftest import small_workspace
from tests.known import T0, WORKSPACE
from tests.story_workspace import StoryWorkspace, running_bot

pytestmark = pytest.mark.engines("postgresql")

SLACK_WAITS = 3.0  # seconds
CALLS = Activity(owner_id="U1", kind=ActivityKind.CALL, count=3, on=T0.date())


@pytest.fixture
async def far(database_url: str) -> AsyncIterator[tuple[Database, Network]]:
    """A database behind a network that may fail, with one person in it."""
    async with network(database_url) as between:
        opened = await Database.open(between.address(database_url))
        async with opened.write_ledger() as ledger:
            await workspace.install_workspace(ledger, WORKSPACE, "Testing", "UBOT", T0)
        async with opened.write(WORKSPACE) as scope:
            await meet_member(scope, Member(user_id="U1", name="Ana"))
        yield opened, between
        await opened.close()


@contextmanager
def within(seconds: float) -> Iterator[None]:
    since = time.monotonic()
    yield
    assert time.monotonic() - since < seconds


async def log_calls(database: Database) -> None:
    async with database.write(WORKSPACE) as scope:
        await add_activity(scope, CALLS, T0)


async def logged(url: str) -> int:
    database = Database(url)
    async with database.read(WORKSPACE) as scope:
        found = await counts_on(scope, "U1", T0.date())
    await database.close()
    return found.get(ActivityKind.CALL, 0)


async def test_who_stands_behind_a_unit_that_froze_gets_in_before_slack_gives_up(database, database_url):
    frozen, begun = asyncio.Event(), asyncio.Event()
    elsewhere = Database(database_url)

    async def freeze() -> None:
        async with elsewhere.write(WORKSPACE) as scope:
            await add_activity(scope, CALLS, T0)
            begun.set()
            await frozen.wait()

    await log_calls(database)
    holder = asyncio.create_task(freeze())
    await begun.wait()
    with within(SLACK_WAITS):
        await log_calls(database)
    frozen.set()
    with pytest.raises(StorageTrouble, match="Nothing of this was kept"):
        await holder
    assert await logged(database_url) == 6
    await elsewhere.close()


async def test_a_lock_that_is_held_is_waited_for_two_seconds_and_not_longer(database, database_url):
    held = await asyncpg.connect(make_url(database_url).set(drivername="postgresql").render_as_string(False))
    number = await held.fetchval(LOCK_OF, WORKSPACE)
    await held.execute(f"SELECT pg_advisory_lock({number})")
    took = []

    async def refused() -> None:
        since = time.monotonic()
        with pytest.raises(StorageTrouble, match=BUSY):
            await log_calls(database)
        took.append(time.monotonic() - since)

    async with asyncio.TaskGroup() as together:  # more than there are connections
        for _ in range(10):
            together.create_task(refused())
        await asyncio.sleep(LOCK_SECONDS / 2)
        async with database.read(WORKSPACE):  # nobody who reads waits
            pass
    assert max(took) < SLACK_WAITS
    async with database.write_ledger() as ledger:  # nor does delivery: it takes no turn with the workspace
        await workspace.suspend_workspace(ledger, WORKSPACE, "testing")
    await held.close()
    await log_calls(database)
    assert await logged(database_url) == 3


async def test_a_place_and_a_lock_together_take_no_longer_than_one_of_them(database):
    async with asyncio.TaskGroup() as together:
        release = asyncio.Event()

        async def hold() -> None:
            async with database.write_ledger(slow=True) as ledger:
                while not release.is_set():
                    await ledger.session.connection()
                    await asyncio.sleep(0.05)

        for _ in range(6):
            together.create_task(hold())
        await asyncio.sleep(0.1)
        with within(LOCK_SECONDS + 0.5), pytest.raises(StorageTrouble, match=BUSY):
            await log_calls(database)
        release.set()


async def test_a_unit_of_the_clock_s_may_work_something_out(database):
    async with database.write_ledger(slow=True) as ledger:
        await asyncio.sleep(IDLE_SECONDS + 0.5)
        await save_member(ledger.workspace(WORKSPACE), "U1", dm_channel="D1")


async def test_a_server_that_says_nothing_is_given_up_on_and_found_again(far, database_url):
    database, between = far
    between.stall()
    for _ in range(2):  # on a connection that was open, and on a new one
        with within(SLACK_WAITS), pytest.raises(StorageTrouble, match="does not answer"):
            await log_calls(database)
    assert database.engine.writers.free == []
    between.mend()
    await log_calls(database)
    async with database.read(WORKSPACE) as scope:
        assert (await find_member(scope, "U1")).name == "Ana"
    assert await logged(database_url) == 3


async def test_a_server_that_stops_answering_in_the_middle_keeps_nothing(far, database_url):
    database, between = far

    async def stop_in_the_middle() -> None:
        async with database.write(WORKSPACE) as scope:
            await add_activity(scope, CALLS, T0)
            between.stall()
            await counts_on(scope, "U1", T0.date())

    with pytest.raises(StorageTrouble, match="Nothing of this was kept"):
        await stop_in_the_middle()
    between.mend()
    await asyncio.sleep(0.2)
    assert await logged(database_url) == 0
    await log_calls(database)


@pytest.mark.parametrize(("arrives", "kept"), [(True, 3), (False, 0)])
async def test_a_commit_without_an_answer_is_not_called_lost_or_kept(far, database_url, arrives, kept):
    database, between = far
    between.lose_at(b"COMMIT", with_word=not arrives)
    with pytest.raises(Unsure, match="cannot tell"):
        await log_calls(database)
    assert await logged(database_url) == kept


@pytest.mark.parametrize(
    ("arrives", "told", "kept"), [(True, "3 calls", 4), (False, "Nothing of this was kept", 1)]
)
async def test_a_person_is_told_what_became_of_a_commit_without_an_answer(database_url, arrives, told, kept):
    clock = Clock(T0, frozen=True)
    async with (
        network(database_url) as between,
        Server(small_workspace(), clock=clock, manifest=manifest(), rates=None) as server,
        running_bot(server, clock, between.address(database_url)) as bot,
    ):
        town = StoryWorkspace(server, clock, bot)
        town.be_in_time()
        ana = town.person("ana")
        await ana.says("/log 1 call", channel="C1")
        between.lose_at(b"COMMIT", with_word=not arrives)
        asked = asyncio.create_task(ana.says("/log 3 calls", channel="C1"))
        async with asyncio.timeout(5):
            await between.stopped.wait()
        between.mend()
        assert await asked
        await server.settled()
        assert told in ana.sees("C1")[-1]
        assert await logged(database_url) == kept
