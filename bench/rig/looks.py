"""The floor under a heartbeat: its statements in the bare driver, without the ORM, the rules and the words."""

import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from sqlalchemy import make_url

from rig.engines import is_file, plain_postgresql, plain_sqlite
from rig.fill import stored
from rig.report import p
from rig.workspace import T0

BATCH = 100
WAITS = (
    "SELECT (SELECT next_due_at FROM schedule WHERE {enabled} ORDER BY next_due_at LIMIT 1) <= {now}"
    " OR (SELECT lease_until FROM delivery WHERE state IN ('leased', 'sending', 'recon')"
    " ORDER BY lease_until LIMIT 1) < {now}"
)
DUE = "SELECT id FROM schedule WHERE {enabled} AND next_due_at <= {now} ORDER BY next_due_at LIMIT 100"
INSERT = (
    "INSERT INTO delivery (id, occurrence_key, workspace_id, kind, subject, intent, why, state, priority, not_before,"
    " attempts, throttles, misses, fence, created_at)"
    " VALUES ({id}, {id}, 'T1', 'floor', '', '{{}}', '', 'pending', 5, {at}, 0, 0, 0, 0, {at})"
)
MOVE = "UPDATE schedule SET next_due_at = {due}, version = version + 1 WHERE id = {row}"
SQLITE = {"enabled": "enabled = 1", "now": ":now", "id": ":id", "at": ":at", "due": ":due", "row": ":row"}
AFTER = T0 + timedelta(days=1)


async def floor(address: str, looks: int, due_at: datetime) -> tuple[float, float]:
    """Return seconds for one idle look, and for writing a message and moving on for everything due at an instant."""
    measured = on_sqlite if is_file(make_url(address)) else on_postgresql
    return await measured(address, looks, due_at)


async def on_sqlite(address: str, looks: int, due_at: datetime) -> tuple[float, float]:
    near = plain_sqlite(address)
    waits, due = WAITS.format(**SQLITE), DUE.format(**SQLITE)

    async def look() -> None:
        near.execute(waits, {"now": stored(T0)}).fetchone()

    async def batch() -> int:
        near.execute("BEGIN IMMEDIATE")
        rows = [row for (row,) in near.execute(due, {"now": stored(due_at)}).fetchall()]
        values = [{"id": f"f{row}", "at": stored(T0), "due": stored(AFTER), "row": row} for row in rows]
        near.executemany(INSERT.format(**SQLITE), values)
        near.executemany(MOVE.format(**SQLITE), values)
        near.execute("COMMIT")
        return len(rows)

    try:
        return await measured(looks, look, batch)
    finally:
        near.close()


async def on_postgresql(address: str, looks: int, due_at: datetime) -> tuple[float, float]:
    far = await plain_postgresql(address)
    waits = await far.prepare(WAITS.format(enabled="enabled", now="$1"))
    due = DUE.format(enabled="enabled", now="$1") + " FOR UPDATE SKIP LOCKED"

    async def look() -> None:
        await waits.fetchval(T0)

    async def batch() -> int:
        async with far.transaction():
            rows = [row["id"] for row in await far.fetch(due, due_at)]
            await far.executemany(INSERT.format(id="$1", at="$2"), [(f"f{row}", T0) for row in rows])
            await far.executemany(MOVE.format(due="$1", row="$2"), [(AFTER, row) for row in rows])
        return len(rows)

    try:
        return await measured(looks, look, batch)
    finally:
        await far.close()


async def measured(
    looks: int, look: Callable[[], Awaitable[None]], batch: Callable[[], Awaitable[int]]
) -> tuple[float, float]:
    took = [await timed(look) for _ in range(looks)]
    started = time.perf_counter()
    while await batch() == BATCH:
        pass
    return p(took, 50), time.perf_counter() - started


async def timed(work: Callable[[], Awaitable[object]]) -> float:
    """Return seconds the work took."""
    started = time.perf_counter()
    await work()
    return time.perf_counter() - started
