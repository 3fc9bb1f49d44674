"""What it costs to find the one of 100,000 names that is one letter off from a typed one, wherever the slip is.

Measured on a read of its own, first in words that are spelled right, then with a slip in every place in turn.
"""

import asyncio
import statistics
import tempfile
import time
from datetime import UTC, date, datetime
from itertools import islice, product
from pathlib import Path

from rig.engines import engines
from rig.report import Report, arguments, at_most
from sqlalchemy import insert

from sales.language.names.near import beginnings, nearest
from storage.database import Database
from storage.people.workspace import install_workspace
from storage.pipeline.account import AccountRow
from storage.pipeline.comparable_name import with_comparable
from storage.pipeline.near_name import names_alike

NAMES = 100_000
AT_ONCE = 5_000
WORKSPACE = "T1"
BAR_MS = 5
TODAY = date(2026, 9, 14)
FIRST = (
    "Red",
    "Blue",
    "North",
    "South",
    "Iron",
    "Silver",
    "Oak",
    "Stone",
    "Clear",
    "Bright",
    "Summit",
    "Harbor",
)
SECOND = (
    "wood",
    "field",
    "bridge",
    "water",
    "gate",
    "point",
    "ridge",
    "light",
    "stone",
    "mill",
    "haven",
    "brook",
)
THIRD = (
    "Transport",
    "Partners",
    "Holdings",
    "Health",
    "Media",
    "Networks",
    "Foods",
    "Labs",
    "Bank",
    "Energy",
)
WHERE = ("East", "West", "Nord", "Group", "Intl", "Corp", "Ltd", "GmbH")


def names(count: int) -> list[str]:
    """Return so many company names that share many of their halves."""
    plain = (
        "".join(word) + f" {kind} {where}" for *word, kind, where in product(FIRST, SECOND, THIRD, WHERE)
    )
    found = list(islice(plain, count))
    return found + [f"{one} {number}" for number in range(1, 10) for one in found][: count - len(found)]


def slips(name: str) -> list[str]:
    """Return a name with one letter missing, at each place; a digit that is missing makes it another name."""
    return [name[:at] + name[at + 1 :] for at in range(len(name)) if not name[at].isdigit()]


async def measure(address: str, count: int, report: Report, engine: str) -> None:
    database = await Database.open(address)
    async with database.write_ledger() as ledger:
        await install_workspace(ledger, WORKSPACE, "Bench", "UBOT", datetime.now(UTC))
    table = AccountRow.__table__  # type: ignore[attr-defined]
    blank = {"workspace_id": WORKSPACE, "sector": "", "location": "", "parent": ""}
    rows = [with_comparable(table, {**blank, "name": name, "name_key": name}) for name in names(count)]
    for start in range(0, len(rows), AT_ONCE):
        async with database.write(WORKSPACE) as scope:
            await (await scope.session.connection()).execute(insert(table), rows[start : start + AT_ONCE])
    took, missed = [], 0
    async with database.read(WORKSPACE) as scope:
        if engine != "SQLite":
            await (await scope.session.connection()).exec_driver_sql("ANALYZE account")
        for name in ("Redwood Transport East", "Oakmill Bank Ltd", "Summitridge Energy GmbH 7"):
            for slip in slips(name):
                started = time.perf_counter()
                typed = beginnings(f"{slip} friday visit the site")
                found = await names_alike(scope, typed, "U1", TODAY, None)
                missed += name not in nearest(typed, found)[1]
                took.append(1000 * (time.perf_counter() - started))
    await database.close()
    took.sort()
    report.add(f"{engine}: a name with a slip, of {count:,}, p50", statistics.median(took), "ms")
    report.add(
        f"{engine}: the same, slowest but one in twenty", took[-len(took) // 20], "ms", bar=at_most(BAR_MS)
    )
    report.add(f"{engine}: slips not found", missed, "", bar=at_most(0))


async def main() -> None:
    given, report = arguments(__doc__).parse_args(), Report()
    with tempfile.TemporaryDirectory() as folder:
        async for engine, fresh in engines(Path(folder), only_sqlite=given.quick):
            await measure(await fresh("names"), NAMES, report, engine)
    report.write(given.json)


if __name__ == "__main__":
    asyncio.run(main())
