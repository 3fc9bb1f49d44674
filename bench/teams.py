"""A big team, 300 reps with 500 deals each: many who ask for their goals at once, and a start with 300 evenings due.

Each figure stands beside a floor: the same deals read once, or the same command while nothing else is to be done.
"""

import asyncio
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from rig.caller import call
from rig.child import BenchChild, child
from rig.engines import Fresh, engines, is_file, plain_postgresql, plain_sqlite
from rig.fill import fill, stored
from rig.record import deal_of_others_changes, deals, goals, prepare
from rig.report import Report, arguments, at_most, p
from rig.workspace import T0
from sqlalchemy import make_url

from sales.nudges.end_of_day import END_OF_DAY

RIG = Path(__file__).parent / "rig"
ALL_DEALS = "SELECT currency, owner_id, product, opened_on, closed_on, stage, value_minor FROM opportunity"
AT_ONCE = 40
LOOKS = 3


@dataclass(frozen=True)
class Size:
    """How big the team is, and for how long somebody logs calls beside the evenings."""

    reps: int
    deals: int  # of each rep
    seconds: float


FULL, QUICK = Size(300, 500, 4.0), Size(64, 20, 1.0)


@dataclass
class Team:
    """A team in a database, and the figures of it."""

    report: Report
    engine: str
    address: str
    size: Size
    where: list[str]

    async def goals_at_once(self) -> None:
        """Let many ask for their goals at once: right after a start, again, and right after a deal changed."""
        floor = median([await self.read_once() for _ in range(LOOKS)])
        self.report.add(
            f"{self.engine}: floor, {self.size.reps * self.size.deals:,} deals read once", floor, "ms"
        )
        async with child(RIG / "replica.py", self.address, *self.where, T0.isoformat()) as (bot, port):
            await self.asked(bot, port, "right after the start", floor)
            await self.asked(bot, port, "again", floor)
            await deal_of_others_changes(self.address, 1)
            await self.asked(bot, port, "after a deal changed", floor)

    async def asked(self, bot: BenchChild, port: int, when: str, floor: float) -> None:
        took = (await call(port, AT_ONCE, 0, "/goal", AT_ONCE))["latencies"]
        await bot.ask("settled")
        what = f"{self.engine}: {AT_ONCE} /goal at once, {when}"
        self.report.add(f"{what}, slowest", max(took), "ms", floor, at_most(1_500))

    async def evenings(self) -> None:
        """Let somebody log calls from the moment of a start at which everybody's evening is due."""
        async with child(RIG / "replica.py", self.address, *self.where, T0.isoformat()) as (bot, port):
            alone = (await call(port, 1, self.size.seconds, "/log 1 call", 5))["latencies"]
            await bot.ask("settled")
        await fill(
            self.address, (1, f"UPDATE schedule SET next_due_at = '{stored(T0)}' WHERE kind = '{END_OF_DAY}'")
        )
        async with child(RIG / "replica.py", self.address, *self.where, T0.isoformat()) as (bot, port):
            beside = (await call(port, 1, self.size.seconds, "/log 1 call", 5))["latencies"]
        what = f"{self.engine}: /log while {self.size.reps} evenings are due at a start"
        self.report.add(f"{what}, p50", p(beside, 50), "ms", p(alone, 50))
        self.report.add(f"{what}, slowest", max(beside), "ms", max(alone), at_most(300))

    async def read_once(self) -> float:
        """Return the milliseconds in which a bare connection reads all deals."""
        if is_file(make_url(self.address)):
            near = plain_sqlite(self.address)
            since = time.perf_counter()
            near.execute(ALL_DEALS).fetchall()
            took = time.perf_counter() - since
            near.close()
        else:
            far = await plain_postgresql(self.address)
            since = time.perf_counter()
            await far.fetch(ALL_DEALS)
            took = time.perf_counter() - since
            await far.close()
        return took * 1000


async def on_engine(report: Report, engine: str, fresh: Fresh, size: Size) -> None:
    address = await fresh("teams")
    await prepare(address, size.reps)
    await fill(address, *goals(size.reps), *deals(address, size.reps * size.deals, size.reps))
    async with child(RIG / "slack.py", size.reps + 1) as (_, where):
        team = Team(report, engine, address, size, where)
        await team.goals_at_once()
        await team.evenings()


async def main() -> None:
    given, report = arguments(__doc__).parse_args(), Report()
    with tempfile.TemporaryDirectory() as folder:
        async for engine, fresh in engines(Path(folder), only_sqlite=given.quick):
            await on_engine(report, engine, fresh, QUICK if given.quick else FULL)
    report.write(given.json)


if __name__ == "__main__":
    asyncio.run(main())
