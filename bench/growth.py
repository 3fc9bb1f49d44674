"""What grows with the record: commands, App Home, memory, a digest and an import, by how many deals others have.

One bot at a time over one database that is filled up in between. `SIZES` end at 100,000 deals, unless
`--largest 1000000` is asked for, which takes many minutes.
"""

import asyncio
import csv
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

from rig.caller import call
from rig.child import BenchChild, child
from rig.engines import Fresh, engines
from rig.fill import fill
from rig.record import OTHERS, deal_of_others_changes, deals, goals, prepare
from rig.report import Bar, Report, arguments, at_most, p, ratio_at_most
from rig.workspace import T0

from sales.people.team import Audience

RIG = Path(__file__).parent / "rig"
REPS = 50  # in one team, each with a goal and deals of their own
OWN_DEALS = 40
SIZES = (1_000, 10_000, 100_000, 1_000_000)
LARGEST = 100_000
COMMANDS = {
    "/log": "/log 1 call",
    "/followup": "/followup call Acme about {word} on friday",
    "/goal": "/goal",
}
DIGEST = "/team digest"
SECONDS = 1.0  # of one command


@dataclass(frozen=True)
class Times:
    """How often things are measured that take long."""

    least: int = 5  # of one command, however long it takes
    homes: int = 7
    changes: int = 3
    digests: int = 2
    imported: int = 20_000  # rows


QUICK = Times(2, 1, 1, 1, 1_000)
COLUMNS = (
    "opportunity_id", "sales_agent", "product", "account", "deal_stage", "engage_date", "close_date", "close_value",
)  # fmt: skip
FLAT = ratio_at_most(1.3)


@dataclass
class Growth:
    """What was measured over one database; each figure's reference is the same at the smallest size."""

    report: Report
    engine: str
    address: str
    where: list[str]
    slack: BenchChild
    smallest: dict[str, float]
    times: Times

    def add(self, what: str, size: int, value: float, bar: Bar | None = None, unit: str = "ms") -> None:
        reference = self.smallest.setdefault(what, value) if size > SIZES[0] else None
        self.smallest.setdefault(what, value)
        bar = bar if reference is not None else None
        self.report.add(f"{self.engine}: {what}, {size:,} deals of others", value, unit, reference, bar)

    async def at(self, size: int, *, last: bool) -> None:
        """Start a bot, and measure everything with so many deals of others there."""
        async with child(RIG / "replica.py", self.address, *self.where, T0.isoformat()) as (bot, port):
            if size == SIZES[0]:  # as at the larger sizes, a change of anybody is followed by their App Home
                for person in range(REPS):
                    await self.home(port, person)
            for what, text in COMMANDS.items():
                await call(port, 1, 0, text, 2, REPS)
                await bot.ask("settled")
                before = await bot.ask("cpu")
                took = (await call(port, 1, SECONDS, text, self.times.least, REPS))["latencies"]
                await bot.ask("settled")
                spent = await bot.ask("cpu") - before
                self.add(what, size, p(took, 50), FLAT)
                self.add(f"{what}, CPU", size, spent * 1000 / len(took), unit="ms CPU")
            await self.home(port)
            before = await bot.ask("cpu")
            self.add("App Home", size, median([await self.home(port) for _ in range(self.times.homes)]), FLAT)
            spent = await bot.ask("cpu") - before
            self.add("App Home, CPU", size, spent * 1000 / self.times.homes, unit="ms CPU")
            self.add(f"App Home of the manager of {REPS} reps", size, await self.home(port, REPS))
            self.add("/goal after a deal of others changed", size, await self.changed(port))
            if last:
                held = await bot.ask("memory")
                bar = at_most(350) if size == SIZES[-1] else None
                name = f"{self.engine}: memory after Home and /goal, {size:,} deals of others"
                self.report.add(name, held, "MiB", bar=bar)
                await self.digest(bot, port, size, "")
                await fill(self.address, (1, f"UPDATE team SET audience = '{Audience.EVERYTHING}'"))
                await self.digest(bot, port, size, " by name")

    async def home(self, port: int, person: int = 7) -> float:
        """Return the milliseconds until an App Home that is opened is published."""
        return float(await self.slack.ask(f"home {port} {person}"))

    async def changed(self, port: int) -> float:
        """Return the milliseconds `/goal` takes when a deal of somebody else has just changed, by somebody else."""
        took = []
        for time in range(self.times.changes):
            await deal_of_others_changes(self.address, time)
            took += (await call(port, 1, 0, COMMANDS["/goal"], 1))["latencies"]
        return float(median(took))

    async def digest(self, bot: BenchChild, port: int, size: int, by_name: str) -> None:
        """Ask for the digest of the team, of totals or by name; a deal of somebody else changes before each."""
        took, holds = [], []
        for time in range(self.times.digests):
            await deal_of_others_changes(self.address, 10 + time)
            await bot.ask("hold")
            seen = await call(port, 1, 0, DIGEST, 1)
            holds.append(await bot.ask("held"))
            took += seen["latencies"]
            if "Rep " not in seen["answer"] and "Team 0" not in seen["answer"]:
                raise SystemExit(f"{seen['answer']} is no digest")
        what = f"{self.engine}: digest of {REPS} reps{by_name}, {size:,} deals of others"
        self.report.add(what, median(took) / 1000, "s", bar=at_most(1) if size == LARGEST else None)
        self.report.add(f"{what}, longest hold", median(holds), "ms")


def pipeline(file: Path, rows: int) -> None:
    """Write a CRM's table of so many deals."""
    with file.open("w", newline="") as out:
        lines = csv.writer(out)
        lines.writerow(COLUMNS)
        for number in range(rows):
            opened = (T0 - timedelta(days=90 + number % 400)).date()
            closed = (T0 - timedelta(days=number % 80)).date()
            lines.writerow(
                (
                    f"I{number}", f"Rep {number % REPS}", f"P{number % 7}", f"I{number // 8}x Systems", "Won",
                    opened, closed, 1_000 + number % 9_000,
                )
            )  # fmt: skip


async def imported(report: Report, engine: str, address: str, folder: Path, rows: int) -> None:
    """Measure an import into the database as it is, in a process of its own."""
    file = folder / "sales_pipeline.csv"
    pipeline(file, rows)
    async with child(RIG / "importing.py", address, file) as (_, done):
        what = f"{engine}: import of {done['rows']:,} rows"
        report.add(what, done["seconds"], "s")
        report.add(f"{what}, longest hold of the loop", done["hold"], "ms", bar=at_most(20))


async def on_engine(
    report: Report, engine: str, fresh: Fresh, folder: Path, largest: int, times: Times
) -> None:
    address = await fresh("growth")
    await prepare(address, REPS)
    await fill(address, *goals(REPS), *deals(address, REPS * OWN_DEALS, REPS))
    async with child(RIG / "slack.py", REPS + 1) as (slack, where):
        growth = Growth(report, engine, address, where, slack, {}, times)
        there = 0
        for size in (each for each in SIZES if each <= largest):
            await fill(address, *deals(address, size - there, OTHERS, first=there, who="R"))
            there = size
            await growth.at(size, last=size in (largest, LARGEST))
    await imported(report, engine, address, folder, times.imported)


async def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument(
        "--largest", type=int, choices=SIZES, default=LARGEST, help="deals of others at the end"
    )
    given, report = parser.parse_args(), Report()
    largest, times = (SIZES[0], QUICK) if given.quick else (given.largest, Times())
    with tempfile.TemporaryDirectory() as folder:
        async for engine, fresh in engines(Path(folder), only_sqlite=given.quick):
            await on_engine(report, engine, fresh, Path(folder), largest, times)
    report.write(given.json)


if __name__ == "__main__":
    asyncio.run(main())
