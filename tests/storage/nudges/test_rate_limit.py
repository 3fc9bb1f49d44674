"""Shared gates: what one process passes, all have passed; one update each, the same arithmetic as in memory."""

import asyncio

import pytest

from sales.nudges.rate_limit import CHANNEL, FRESH, POST, SECOND, GateState, passed, throttled, waiting_time
from storage.database import Database
from storage.nudges import rate_limit as queries

KEY = "T1:chat.postMessage"
NOW = 1_789_376_400_000


async def through(database: Database, now: int, key: str = KEY, limit=POST) -> bool:
    async with database.write_ledger() as ledger:
        known = (await queries.rate_gates(ledger, [key])).get(key, FRESH)
        return await queries.let_through(ledger, key, limit, known, now)


async def state(database: Database, key: str = KEY) -> GateState:
    async with database.read_ledger() as ledger:
        return (await queries.rate_gates(ledger, [key]))[key]


async def test_the_burst_passes_and_then_the_rate(database: Database) -> None:
    assert [await through(database, NOW) for _ in range(21)] == [True] * 20 + [False]
    assert not await through(database, NOW + 249)
    assert await through(database, NOW + 250)
    assert not await through(database, NOW + 250)


async def test_the_table_says_what_the_rules_say(database: Database) -> None:
    expected = FRESH
    for now in (NOW, NOW + 10, NOW + 700, NOW + 701, NOW + 5_000):
        may = not waiting_time(expected, CHANNEL, now)
        assert await through(database, now, "chan:C1", CHANNEL) is may
        if may:
            expected = passed(expected, CHANNEL, now)
        assert await state(database, "chan:C1") == expected


async def test_a_block_holds_for_everybody_and_halves_once(database: Database) -> None:
    assert await through(database, NOW)
    known = await state(database)
    for since in (0, 100):
        async with database.write_ledger() as ledger:
            await queries.throttle(ledger, KEY, POST, 10 * SECOND, NOW + since)
    expected = throttled(throttled(known, POST, 10 * SECOND, NOW), POST, 10 * SECOND, NOW + 100)
    assert await state(database) == expected
    assert expected.per_second == POST.per_second / 2
    assert not await through(database, NOW + 10 * SECOND + 99)
    assert await through(database, NOW + 10 * SECOND + 100)
    async with database.read_ledger() as ledger:
        assert set(await queries.blocked_until(ledger, NOW)) == {KEY}


async def test_a_gate_that_is_refused_counts_nothing(database: Database) -> None:
    assert await through(database, NOW, "chan:C1", CHANNEL)
    before = await state(database, "chan:C1")
    assert not await through(database, NOW + 1, "chan:C1", CHANNEL)
    assert await state(database, "chan:C1") == before


@pytest.mark.engines("postgresql")
async def test_many_at_once_pass_no_more_than_the_burst(database: Database) -> None:
    passes = await asyncio.gather(*(through(database, NOW) for _ in range(40)))
    assert sum(passes) == POST.burst
