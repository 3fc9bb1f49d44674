"""Gates as delivery uses them: alone in memory, or together in the database, and after a restart."""

import asyncio

import pytest

from bot.rate_limits import POSTING, READING, RateLimits, SharedGates, gates_of
from sales.nudges.rate_limit import POST
from storage.database import Database
from tests.known import WORKSPACE


class GateWatch:
    """A clock that moves only while somebody rests."""

    def __init__(self) -> None:
        self.now = 1_789_376_400_000
        self.rests: list[float] = []

    def read(self) -> int:
        return self.now

    async def rest(self, seconds: float) -> None:
        self.rests.append(seconds)
        self.now += round(seconds * 1000)
        await asyncio.sleep(0)


@pytest.fixture
def watch() -> GateWatch:
    return GateWatch()


def made(database: Database, watch: GateWatch) -> RateLimits:
    gates = gates_of(database)
    gates.now_ms = watch.read
    return gates


async def post(gates: RateLimits, watch: GateWatch, channel: str, longest: float = 20) -> float:
    return await gates.through(WORKSPACE, POSTING, longest, channel, watch.rest)


async def test_processes_that_share_a_database_share_gates(database: Database) -> None:
    assert isinstance(gates_of(database), SharedGates) is database.engine.shared


async def test_a_post_waits_for_its_channel_and_its_workspace(database: Database, watch: GateWatch) -> None:
    gates = made(database, watch)
    assert [await post(gates, watch, f"D{number}") for number in range(20)] == [0.0] * 20
    assert watch.rests == []
    assert await post(gates, watch, "D20") == 0.0
    assert watch.rests == [0.25]
    assert await post(gates, watch, "D20") == 0.0
    assert sum(watch.rests) == pytest.approx(1.25)


async def test_who_would_wait_too_long_is_told_and_counts_nothing(
    database: Database, watch: GateWatch
) -> None:
    gates = made(database, watch)
    assert await post(gates, watch, "D1") == 0.0
    assert await post(gates, watch, "D1", longest=0.5) == pytest.approx(1.0)
    assert (await gates.tokens([WORKSPACE]))[WORKSPACE] == POST.burst - 1
    assert watch.rests == []


async def test_what_slack_asked_for_blocks_that_method_alone_and_outlives_the_process(
    database: Database, watch: GateWatch
) -> None:
    gates = made(database, watch)
    await gates.throttled(WORKSPACE, POSTING, 30)
    assert (await gates.tokens([WORKSPACE, "T2"])) == {WORKSPACE: 0, "T2": POST.burst}
    assert await gates.through(WORKSPACE, READING, 0) == 0.0
    later = made(database, watch)
    await later.recall()
    assert await post(later, watch, "D1", longest=20) == pytest.approx(30.0)
    watch.now += 30_000
    assert await post(later, watch, "D1") == 0.0
    await later.tokens([WORKSPACE])
    assert later.known[f"{WORKSPACE}:{POSTING}"].per_second == POST.per_second / 2


@pytest.mark.engines("postgresql")
async def test_what_one_replica_passes_the_other_has_passed(database: Database, watch: GateWatch) -> None:
    one, two = made(database, watch), made(database, watch)
    for number in range(20):
        assert await post(one if number % 2 else two, watch, f"D{number}") == 0.0
    assert (await one.tokens([WORKSPACE]), await two.tokens([WORKSPACE])) == ({WORKSPACE: 0}, {WORKSPACE: 0})
    await one.throttled(WORKSPACE, POSTING, 3600)
    assert await post(two, watch, "D99") == pytest.approx(3600.0)


async def test_unlimited_gates_let_everything_through(database: Database) -> None:
    gates = RateLimits(unlimited=True)
    await gates.throttled(WORKSPACE, POSTING, 30)
    assert [await gates.through(WORKSPACE, POSTING, 0, "D1") for _ in range(50)] == [0.0] * 50
    assert (await gates.tokens([WORKSPACE]))[WORKSPACE] >= 20
