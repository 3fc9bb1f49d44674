"""What a heartbeat costs with 100,000 schedules: idle, and with 1,000 due; and how long it holds everybody up."""

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from rig.report import line, p
from rig.town import T0

from bot.heartbeat import Heartbeat
from handlers.features import jobs
from sales.rhythm import END_OF_DAY
from storage import workspace
from storage.database import Database
from storage.scope import Ledger

SCHEDULES, DUE = 100_000, 1_000
BEATS = 50
DUE_SQL = (
    "SELECT id, subject_id, zone, next_due_at FROM schedule"
    " WHERE enabled = 1 AND next_due_at <= '{}' ORDER BY next_due_at LIMIT 100"
)


def stored(instant: object) -> str:
    return f"{instant:%Y-%m-%d %H:%M:%S}.000000"


def fill(path: Path) -> None:
    """Put the schedules in: a thousand are due at T0 + 8 h, 9 h and 10 h each, the others the day after."""
    hours = {0: 8, 1: 9, 2: 10}
    rows = [
        ("T1", END_OF_DAY, f"U{n}", "Europe/Ljubljana", "17:00:00.000000", 31, 0,
         stored(T0 + timedelta(hours=hours.get(n // DUE, 24))), "2026-09-14", 1, 0, "")
        for n in range(SCHEDULES)
    ]  # fmt: skip
    database = sqlite3.connect(path)
    names = "workspace_id, kind, subject_id, zone, local_time, weekdays, spread_seconds, next_due_at"
    marks = ", ".join("?" * 12)
    database.executemany(
        f"INSERT INTO schedule ({names}, next_local_date, enabled, version, tzdata_version) VALUES ({marks})",
        rows,
    )
    database.commit()
    database.close()


def floor(path: Path) -> tuple[float, float]:
    """Return seconds for one idle look, and for a thousand rows written and moved on, in raw sqlite3."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA synchronous=FULL")
    looks = []
    for _ in range(BEATS):
        started = time.perf_counter()
        database.execute(DUE_SQL.format(stored(T0))).fetchall()
        looks.append(time.perf_counter() - started)
    started = time.perf_counter()
    for _ in range(DUE // 100):
        database.execute("BEGIN IMMEDIATE")
        rows = database.execute(DUE_SQL.format(stored(T0 + timedelta(hours=8)))).fetchall()
        database.executemany(
            "INSERT INTO delivery (id, occurrence_key, workspace_id, kind, intent, why, state, priority, not_before,"
            " attempts, throttles, misses, fence, created_at)"
            " VALUES (?, ?, 'T1', 'floor', '{}', '', 'pending', 5, ?, 0, 0, 0, 0, ?)",
            [(f"f{row[0]}", f"f{row[0]}", stored(T0), stored(T0)) for row in rows],
        )
        later = stored(T0 + timedelta(days=1))
        database.executemany(
            "UPDATE schedule SET next_due_at = ? WHERE id = ?", [(later, row[0]) for row in rows]
        )
        database.execute("COMMIT")
    took = time.perf_counter() - started
    database.execute("DELETE FROM delivery")
    database.execute(
        f"UPDATE schedule SET next_due_at = '{stored(T0 + timedelta(hours=8))}' WHERE id <= {DUE}"
    )
    database.close()
    return p(looks, 50), took


async def timed(work: Callable[[], Awaitable[object]]) -> float:
    """Return seconds the work took."""
    started = time.perf_counter()
    await work()
    return time.perf_counter() - started


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


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, now = Path(folder) / "rainmaker.db", [T0]
        database = await Database.open(f"sqlite+aiosqlite:///{path}")
        async with database.write_ledger() as ledger:
            await workspace.install(ledger, "T1", "Northwind", "UBOT", T0)
        await asyncio.to_thread(fill, path)
        idle_floor, due_floor = await asyncio.to_thread(floor, path)
        line("floor, idle look", f"{idle_floor * 1000:.3f} ms")
        line(f"floor, {DUE:,} due", f"{due_floor * 1000:.0f} ms")
        heart = Heartbeat(database, lambda: now[0], jobs(), lambda: None)
        idle = [await timed(heart.beat) for _ in range(BEATS)]
        against, figure = f"{p(idle, 50) / idle_floor:.0f}× the floor", f"p50 {p(idle, 50) * 1000:.2f} ms"
        line(f"heartbeat, idle, {SCHEDULES:,} schedules", figure, against, "≤ 1 ms")
        now[0] = T0 + timedelta(hours=8)
        first = await timed(heart.beat)
        now[0] = T0 + timedelta(hours=9)
        took = await timed(heart.beat)
        figure = f"{took * 1000:.0f} ms, the first time {first * 1000:.0f} ms"
        line(f"heartbeat, {DUE:,} due", figure, f"{took / due_floor:.1f}× the floor", "≤ 100 ms")
        now[0] = T0 + timedelta(hours=10)
        longest = await longest_hold(heart.beat)
        line("longest hold of the event loop", f"{longest * 1000:.1f} ms", budget="≤ 20 ms")
        async with database.read_ledger() as ledger:
            made = await counted(ledger)
        if made != 3 * DUE:
            raise SystemExit(f"{made} messages were made of {3 * DUE}")
        await database.close()


async def counted(ledger: Ledger) -> int:
    connection = await ledger.session.connection()
    return int((await connection.exec_driver_sql("SELECT count(*) FROM delivery")).scalar_one())


if __name__ == "__main__":
    asyncio.run(main())
