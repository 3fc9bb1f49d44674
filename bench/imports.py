"""How fast the CRM tables come in, against the least it could take: reading the CSV and inserting the rows.

Both are measured in this run, each in a process of its own, as the best of three: on a busy machine the worst measures
the neighbours. The tables are those of `FOLDER`, by default the public ones beside the repository. Then a list of a
million deals is looked through as one that is dropped in Slack, against reading it with csv: memory, and what it holds
the event loop. How long taking in holds it is in `growth.py`.
"""

import asyncio
import csv
import multiprocessing
import resource
import sqlite3
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rig.hold import LoopHold
from rig.report import Report, arguments, at_most

ROOT = Path(__file__).parents[1]
CRM = ROOT.parent / "shared" / "data" / "crm"
ROUNDS = 3
LIST = "deals.csv"
MANY, FEW = 1_000_000, 10_000
MOST_MB, MOST_HELD = 512, 250  # MiB, ms; both are asked of a million rows
HOLD = LoopHold()


def floor(folder: Path, file: Path) -> int:
    """Read the pipeline and insert its rows as text, in one durable transaction; return how many."""
    with (folder / "sales_pipeline.csv").open(newline="") as lines:
        rows = list(csv.reader(lines))[1:]
    connection = sqlite3.connect(file)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
    connection.execute(
        "CREATE TABLE deal (id TEXT PRIMARY KEY, a TEXT, b TEXT, c TEXT, d TEXT, e TEXT, f TEXT, g TEXT)"
    )
    with connection:
        connection.executemany("INSERT INTO deal VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.close()
    return len(rows)


def whole(folder: Path, file: Path) -> int:
    """Import the folder into an empty workspace; return how many rows were added."""
    from handlers.imports.files.run import bring_in
    from storage.database import Database
    from storage.people.workspace import install_workspace

    def now() -> datetime:
        return datetime.now(UTC)

    async def run() -> int:
        database = await Database.open(f"sqlite+aiosqlite:///{file}")
        async with database.write_ledger() as ledger:
            await install_workspace(ledger, "T1", "Bench", "UBOT", now())
        tally = await bring_in(database, "T1", folder, now)
        await database.close()
        return sum(counts.added for counts in tally.files)

    return asyncio.run(run())


def million(folder: Path, file: Path) -> int:
    """Read a list of deals and do nothing with it; return how many."""
    with (folder / LIST).open(newline="") as lines:
        return sum(1 for _ in csv.reader(lines)) - 1


def look(folder: Path, file: Path) -> int:
    """Look through a list of deals as if it had been dropped; return how many rows, once the loop's hold is noted."""
    from bot.garbage import uncollected

    with uncollected():  # as the command does
        from handlers.registry import REGISTRY
        from storage.database import Database
        from storage.imports.files.look import looked_at
        from storage.people.workspace import install_workspace

    def now() -> datetime:
        return datetime.now(UTC)

    async def run() -> int:
        database = await Database.open(f"sqlite+aiosqlite:///{file}", declared=REGISTRY.declared)
        async with database.write_ledger() as ledger:
            await install_workspace(ledger, "T1", "Bench", "UBOT", now())
        await HOLD.begin()
        found = await looked_at(database, "T1", folder / LIST, now, {}, lambda source, done, rows: None)
        await HOLD.longest()
        await database.close()
        assert found.outlook is not None
        return found.outlook.rows

    return asyncio.run(run())


def written(folder: Path, rows: int) -> None:
    """Write a list of deals as HubSpot does."""
    with (folder / LIST).open("w") as file:
        file.write("Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date,Deal owner\n")
        file.writelines(f"{at},D{at},Contract Sent,{at % 900},2026-10-20,,Ana\n" for at in range(rows))


def measured(work: str, folder: str) -> dict[str, Any]:
    """Return seconds from a fresh process's first line to its last, CPU seconds, rows and peak memory."""
    started, cpu = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory() as place:
        rows = WORKS[work](Path(folder), Path(place) / "bench.db")
    return {
        "seconds": time.perf_counter() - started,
        "cpu": time.process_time() - cpu,
        "rows": rows,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "hold": HOLD.most * 1000,
        "busiest": HOLD.busiest * 1000,
    }


WORKS = {"floor": floor, "whole": whole, "million": million, "look": look}


def best(work: str, folder: Path, times: int) -> dict[str, Any]:
    fresh = multiprocessing.get_context("spawn")
    rounds = []
    for _ in range(times):
        with fresh.Pool(1) as pool:
            rounds.append(pool.apply(measured, (work, str(folder))))
    return min(rounds, key=lambda each: float(each["seconds"]))


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=CRM, metavar="FOLDER")
    given, report = parser.parse_args(), Report()
    if (given.folder / "sales_pipeline.csv").exists():
        times = 1 if given.quick else ROUNDS
        least, ours = best("floor", given.folder, times), best("whole", given.folder, times)
        report.add("floor, csv and executemany of the pipeline", least["seconds"], "s")
        report.add(f"import of {ours['rows']:,} rows, libraries too", ours["seconds"], "s", least["seconds"])
        report.add("import, CPU", ours["cpu"], "s CPU", least["cpu"])
        report.add("import, peak memory", ours["peak_mb"], "MiB", least["peak_mb"])
    else:
        print(f"The CRM tables are not at {given.folder}; nothing to measure.")
    with tempfile.TemporaryDirectory() as made:
        written(Path(made), FEW if given.quick else MANY)
        least, ours = best("million", Path(made), 1), best("look", Path(made), 1)
    what = f"a look through {ours['rows']:,} deals"
    report.add(f"{what}, CPU", ours["cpu"], "s CPU", least["cpu"])
    report.add(f"{what}, peak memory", ours["peak_mb"], "MiB", bar=at_most(MOST_MB))
    report.add(f"{what}, longest hold of the loop", ours["hold"], "ms", bar=at_most(MOST_HELD))
    report.add(f"{what}, most own work in one hold", ours["busiest"], "ms", bar=at_most(MOST_HELD))
    report.write(given.json)


if __name__ == "__main__":
    main()
