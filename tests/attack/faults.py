"""Faults: Slack fails at a post, the file goes away, somebody holds the lock, a replica freezes, the clock jumps."""

import asyncio
import sqlite3
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from sqlalchemy import make_url

from storage.database import Database
from storage.followups.activity import counts_on
from tests.attack.outcome import SLACK_WAITS, AttackGround, Outcome
from tests.bot.test_http import over_http
from tests.chaos.matrix import Matrix, MatrixCase, classes
from tests.chaos.outage import Removed
from tests.chaos.stoppage import FROZEN, HALF_OPEN, StoppageTally, stoppage
from tests.engines import ENGINES, SQLITE
from tests.known import T0, WORKSPACE

COMMANDS = 20
HELD = 5.0  # seconds
AHEAD = timedelta(days=31)


async def posting_faults(ground: AttackGround) -> Outcome:
    """Under each class of fault at each step of a post, each message comes once."""
    found = Outcome("posting faults")
    (ground.folder / "matrix").mkdir()
    matrix = Matrix(ground.nursery(), ground.databases, ground.folder / "matrix")
    for engine in (SQLITE,) if ground.quick else ENGINES:
        await matrix.prepare(engine)
        for outcome in await matrix.run([MatrixCase(engine, name, "") for name in classes()]):
            found.check(outcome.verdict.clean, f"{outcome.case}: {outcome.verdict}")
    found.note = "0 lost, 0 duplicated" if not found.broken else ""
    return found


async def removed_file(ground: AttackGround) -> Outcome:
    """While the file is gone nothing is acknowledged; once it is back, all that was is there."""
    return await away("removed database file", ground, gone=True)


async def locked_database(ground: AttackGround) -> Outcome:
    """While another program holds the lock, people are answered in time, and what they are told is true."""
    return await away("locked database", ground, gone=False)


async def away(name: str, ground: AttackGround, *, gone: bool) -> Outcome:
    found, url = Outcome(name), ground.file()
    path = Path(str(make_url(url).database))
    async with over_http(url) as (server, _, _):
        ana = server.visitor("ana")
        await ana.says("/log 1 call", channel="C1")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            if gone:
                striking = asyncio.create_task(Removed(url).strike(HELD))
                await asyncio.sleep(0.1)
            else:
                other.execute("BEGIN IMMEDIATE")
                striking = asyncio.create_task(asyncio.sleep(HELD))
            slowest, kept = 0.0, 1
            while not striking.done() and found.tried < COMMANDS:
                since = time.monotonic()
                said = "\n".join(await ana.says("/log 1 call", channel="C1"))
                took = time.monotonic() - since
                slowest = max(slowest, took)
                refused = "Nothing of this was kept" in said
                kept += not refused
                found.check(refused and took < SLACK_WAITS, f"{took:.2f} s: {said}")
            await striking
            if not gone:
                other.execute("ROLLBACK")
        said = "\n".join(await ana.says("/log 1 call", channel="C1"))
        found.check("call" in said and "kept" not in said, f"afterwards: {said}")
        await server.settled()
    there = await calls(url)
    found.check(there == kept + 1, f"{kept + 1} calls were acknowledged, {there} are stored")
    found.note = f"slowest answer {slowest:.2f} s; {kept + 1} acknowledged, {there} stored"
    return found


async def calls(url: str) -> int:
    database = Database(url)
    try:
        async with database.read(WORKSPACE) as scope:
            return sum((await counts_on(scope, "U1", T0.date())).values())
    finally:
        await database.close()


async def frozen_replica(ground: AttackGround) -> Outcome:
    """One of three replicas is stopped in the middle of a unit of work."""
    return await stopped(ground, FROZEN)


async def half_open_network(ground: AttackGround) -> Outcome:
    """The network between one of three replicas and PostgreSQL carries nothing more."""
    return await stopped(ground, HALF_OPEN)


async def stopped(ground: AttackGround, kind: str) -> Outcome:
    folder = ground.folder / kind.replace(" ", "_")
    async with stoppage(ground.nursery(), ground.databases, folder) as made:
        tally: StoppageTally = await made.run(kind)
    found = Outcome(kind, tried=tally.requests)
    found.check(tally.holds, tally)
    found.note = (
        f"{tally.in_time} of {len(tally.others)} commands to the others answered within {SLACK_WAITS:g} s, "
        f"slowest {tally.slowest:.2f} s; {len(tally.verdict.lost)} lost, {len(tally.verdict.duplicated)} duplicated"
    )
    return found


async def clock_jumps(ground: AttackGround) -> Outcome:
    """The clock jumps a month ahead and comes back; people are answered, and nothing is sent twice."""
    found = Outcome("clock jumps")
    async with over_http(ground.file()) as (server, bot, _):
        ana = server.visitor("ana")
        start = server.clock.now()
        for off in (AHEAD, timedelta(), -AHEAD, timedelta(), timedelta(hours=1), timedelta()):
            bot.heartbeat.now = lambda off=off: start + off  # type: ignore[misc]
            await bot.heartbeat.beat()
            await bot.deliverer.drain()
            said = "\n".join(await ana.says("/log 1 call", channel="C1"))
            found.check("call" in said and "went wrong" not in said, f"{off}: {said}")
        await server.settled()
        keys = server.log.keys()
        found.check(len(keys) == len(set(keys)), f"sent twice: {keys}")
    return found
