"""How fast the CRM tables come in, against the least it could take: reading the CSV and inserting the rows.

Both are measured in this run, each in a process of its own, as the best of three: on a busy machine the worst measures
the neighbours. The tables are those of `FOLDER`, by default the public ones beside the repository. How long an import
holds the event loop is in `growth.py`.
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

from rig.report import Report, arguments

ROOT = Path(__file__).parents[1]
CRM = ROOT.parent / "shared" / "data" / "crm"
ROUNDS = 3


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


def measured(work: str, folder: str) -> dict[str, Any]:
    """Return seconds from a fresh process's first line to its last, CPU seconds, rows and peak memory."""
    started, cpu = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory() as place:
        rows = {"floor": floor, "whole": whole}[work](Path(folder), Path(place) / "bench.db")
    return {
        "seconds": time.perf_counter() - started,
        "cpu": time.process_time() - cpu,
        "rows": rows,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


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
    report.write(given.json)


if __name__ == "__main__":
    main()
