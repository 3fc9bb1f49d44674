"""What a heartbeat costs: by how much there is that is not due, and with 1,000 due; how long it holds the loop."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

from rig.engines import Fresh, engines
from rig.fill import fill, followups, schedules
from rig.looks import floor, timed
from rig.report import line, p
from rig.workspace import T0

from bot.heartbeat import Heartbeat
from bot.logs import set_up
from handlers.registry import REGISTRY
from storage.database import Database
from storage.people import workspace
from storage.scope import Ledger

FEW, MANY = (10_000, 10_000), (100_000, 1_000_000)  # schedules and follow-ups, none of them due
DUE = 1_000
BEATS = 200
BATCH_HOURS = {
    "F": 7,
    "A": 8,
    "B": 9,
    "C": 10,
}  # of the thousand each that the floor and three beats find due


class HeartbeatBench:
    """A database with so many schedules and follow-ups, and a heartbeat over it whose clock is set by hand."""

    def __init__(self, address: str, database: Database) -> None:
        self.address, self.database = address, database
        self.now = T0
        self.heart = Heartbeat(database, lambda: self.now, REGISTRY.jobs, lambda: None)

    @classmethod
    async def of(cls, address: str, many: tuple[int, int]) -> "HeartbeatBench":
        database = await Database.open(address, declared=REGISTRY.declared)
        async with database.write_ledger() as ledger:
            await workspace.install_workspace(ledger, "T1", "Northwind", "UBOT", T0)
        due = [schedules(DUE, T0 + timedelta(hours=hour), name) for name, hour in BATCH_HOURS.items()]
        await fill(address, schedules(many[0], T0 + timedelta(days=1)), followups(many[1]), *due)
        town = cls(address, database)
        await town.heart.beat()  # the first one tidies up
        return town

    async def tick(self) -> None:
        """Look for what is due and find nothing, as a beat does that only has leases to take back."""
        await self.heart.tick.everything_due(self.now)

    async def beat_at(self, now: datetime) -> float:
        """Return seconds that a beat takes at an instant."""
        self.now = now
        return await timed(self.heart.beat)

    async def made(self) -> int:
        async with self.database.read_ledger() as ledger:
            return await counted(ledger)


async def counted(ledger: Ledger) -> int:
    connection = await ledger.session.connection()
    asked = "SELECT count(*) FROM delivery WHERE kind <> 'floor'"
    return int((await connection.exec_driver_sql(asked)).scalar_one())


async def longest_hold(work: Callable[[], Awaitable[object]]) -> float:
    """Return the longest time in seconds that the work kept the event loop from somebody who slept for 1 ms."""
    longest, working = 0.0, True

    async def beside() -> None:
        nonlocal longest
        while working:
            started = time.perf_counter()
            await asyncio.sleep(0.001)
            longest = max(longest, time.perf_counter() - started - 0.001)

    task = asyncio.create_task(beside())
    await asyncio.sleep(0)
    await work()
    working = False
    await task
    return longest


async def in_turn(
    few: Callable[[], Awaitable[object]], many: Callable[[], Awaitable[object]]
) -> tuple[float, float]:
    """Return the median seconds of each, taken in turn, so that whatever else runs here falls on both."""
    took = [(await timed(few), await timed(many)) for _ in range(BEATS)]
    return p([each[0] for each in took], 50), p([each[1] for each in took], 50)


async def idle(name: str, few: HeartbeatBench, many: HeartbeatBench, low: float) -> None:
    for what, (less, more) in {
        "idle beat": await in_turn(few.heart.beat, many.heart.beat),
        "tick, none due": await in_turn(few.tick, many.tick),
    }.items():
        figure = f"p50 {more * 1000:.2f} ms, of few {less * 1000:.2f} ms"
        budget = "≤ 1 ms" if what == "idle beat" else ""
        line(f"{name}: {what}, of many", figure, f"{more / low:.0f}× the floor", budget)
        line(f"{name}: {what}, many to few", f"{more / less:.2f}", budget="≤ 1.5")


async def busy(name: str, town: HeartbeatBench, low: float) -> None:
    first = await town.beat_at(T0 + timedelta(hours=BATCH_HOURS["A"]))
    took = await town.beat_at(T0 + timedelta(hours=BATCH_HOURS["B"]))
    figure = f"{took * 1000:.0f} ms, the first time {first * 1000:.0f} ms"
    line(f"{name}: beat, {DUE:,} due", figure, f"{took / low:.1f}× the floor", "≤ 100 ms")
    town.now = T0 + timedelta(hours=BATCH_HOURS["C"])
    longest = await longest_hold(town.heart.beat)
    line(f"{name}: longest hold of the event loop", f"{longest * 1000:.1f} ms", budget="≤ 20 ms")
    if (made := await town.made()) != 3 * DUE:
        raise SystemExit(f"{made} messages were made of {3 * DUE}")


async def measure(name: str, fresh: Fresh) -> None:
    few = await HeartbeatBench.of(await fresh("few"), FEW)
    many = await HeartbeatBench.of(await fresh("many"), MANY)
    look, due = await floor(many.address, BEATS, T0 + timedelta(hours=BATCH_HOURS["F"]))
    line(f"{name}: floor, idle look", f"{look * 1000:.3f} ms")
    line(f"{name}: floor, {DUE:,} due", f"{due * 1000:.0f} ms")
    await idle(name, few, many, look)
    await busy(name, many, due)
    await few.database.close()
    await many.database.close()


async def main() -> None:
    set_up("error")
    with tempfile.TemporaryDirectory() as folder:
        async for name, fresh in engines(Path(folder)):
            await measure(name, fresh)


if __name__ == "__main__":
    asyncio.run(main())
