"""What a heartbeat costs: by how much there is that is not due, and with 1,000 due; how long it holds the loop."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

from rig.engines import Fresh, engines
from rig.fill import fill, followups, schedules
from rig.hold import LoopHold
from rig.looks import floor, timed
from rig.report import Report, arguments, at_most, p, ratio_at_most
from rig.workspace import T0

from bot.heartbeat import Heartbeat
from bot.logs import set_up
from handlers.registry import REGISTRY
from storage.database import Database
from storage.people import workspace
from storage.scope import Ledger

FEW, MANY = (10_000, 10_000), (100_000, 1_000_000)  # schedules and follow-ups, none of them due
QUICK_FEW, QUICK_MANY = (1_000, 1_000), (5_000, 5_000)
DUE = 1_000
BEATS, QUICK_BEATS = 200, 20
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


async def in_turn(
    few: Callable[[], Awaitable[object]], many: Callable[[], Awaitable[object]], beats: int
) -> tuple[float, float]:
    """Return the median seconds of each, taken in turn, so that whatever else runs here falls on both."""
    took = [(await timed(few), await timed(many)) for _ in range(beats)]
    return p([each[0] for each in took], 50), p([each[1] for each in took], 50)


async def idle(
    report: Report, name: str, few: HeartbeatBench, many: HeartbeatBench, low: float, beats: int
) -> None:
    for what, (less, more) in {
        "idle beat": await in_turn(few.heart.beat, many.heart.beat, beats),
        "tick, none due": await in_turn(few.tick, many.tick, beats),
    }.items():
        bar = at_most(1) if what == "idle beat" else None
        report.add(f"{name}: {what}, of many", more * 1000, "ms", low * 1000, bar)
        report.add(f"{name}: {what}, many to few", more * 1000, "ms", less * 1000, ratio_at_most(1.5))


async def busy(report: Report, name: str, town: HeartbeatBench, low: float) -> None:
    first = await town.beat_at(T0 + timedelta(hours=BATCH_HOURS["A"]))
    took = await town.beat_at(T0 + timedelta(hours=BATCH_HOURS["B"]))
    report.add(f"{name}: beat, {DUE:,} due, the first time", first * 1000, "ms", low * 1000)
    report.add(f"{name}: beat, {DUE:,} due", took * 1000, "ms", low * 1000, at_most(100))
    town.now = T0 + timedelta(hours=BATCH_HOURS["C"])
    hold = LoopHold()
    await hold.begin()
    await town.heart.beat()
    report.add(f"{name}: longest hold of the event loop", await hold.longest(), "ms", bar=at_most(20))
    if (made := await town.made()) != 3 * DUE:
        raise SystemExit(f"{made} messages were made of {3 * DUE}")


async def measure(report: Report, name: str, fresh: Fresh, *, quick: bool) -> None:
    few = await HeartbeatBench.of(await fresh("few"), QUICK_FEW if quick else FEW)
    many = await HeartbeatBench.of(await fresh("many"), QUICK_MANY if quick else MANY)
    beats = QUICK_BEATS if quick else BEATS
    look, due = await floor(many.address, beats, T0 + timedelta(hours=BATCH_HOURS["F"]))
    report.add(f"{name}: floor, idle look", look * 1000, "ms")
    report.add(f"{name}: floor, {DUE:,} due", due * 1000, "ms")
    await idle(report, name, few, many, look, beats)
    await busy(report, name, many, due)
    await few.database.close()
    await many.database.close()


async def main() -> None:
    given, report = arguments(__doc__).parse_args(), Report()
    set_up("error")
    with tempfile.TemporaryDirectory() as folder:
        async for name, fresh in engines(Path(folder), only_sqlite=given.quick):
            await measure(report, name, fresh, quick=given.quick)
    report.write(given.json)


if __name__ == "__main__":
    asyncio.run(main())
