"""Filling a database with many rows, in the database's own language: nobody waits for the ORM."""

from datetime import datetime, timedelta

from sqlalchemy import make_url

from rig.engines import is_file, plain_postgresql, plain_sqlite
from rig.workspace import T0
from sales.nudges.end_of_day import END_OF_DAY

REPS = 5_000  # who have the follow-ups between them
NUMBERS = {
    True: "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {0} - 1)",
    False: "WITH n(i) AS (SELECT generate_series(0, {0} - 1))",
}
SCHEDULE = (
    "INSERT INTO schedule (workspace_id, kind, subject_id, zone, local_time, weekdays, spread_seconds, next_due_at,"
    " next_local_date, enabled, version, tzdata_version)"
    f" SELECT 'T1', '{END_OF_DAY}', '{{kind}}' || i, 'Europe/Ljubljana', '17:00:00.000000', 31, 0, '{{due}}',"
    " '2026-09-14', true, 0, '' FROM n"
)
FOLLOWUP = (
    "INSERT INTO followup (workspace_id, owner_id, who, what, worth, owes, due_on, state, drop_reason, moves,"
    f" created_at) SELECT 'T1', 'R' || (i % {REPS}), 'Acme', 'pricing', '', 'me', '2026-10-01',"
    " CASE WHEN i % 10 = 0 THEN 'open' ELSE 'done' END, '', 0, '{now}' FROM n"
)


def stored(instant: datetime) -> str:
    """Return an instant as SQLite keeps it, and as PostgreSQL understands it in a session that counts in UTC."""
    return f"{instant:%Y-%m-%d %H:%M:%S}.000000"


async def fill(address: str, *orders: tuple[int, str]) -> None:
    """Run each `INSERT … SELECT … FROM n`, with n.i from 0 up to its number; tables are counted afterwards.

    SQLite's are not: nobody counts them in use.
    """
    file = is_file(make_url(address))
    filled = [f"{NUMBERS[file].format(many)} {order}" for many, order in orders]
    if file:
        near = plain_sqlite(address)
        for order in filled:
            near.execute(order)
        near.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        near.close()
    else:
        far = await plain_postgresql(address)
        # UTC for the instants; and the workspace of a million rows need not be looked up a million times.
        for order in ("SET timezone = 'UTC'", "SET session_replication_role = replica", *filled):
            await far.execute(order)
        await far.execute("VACUUM ANALYZE")
        await far.close()


def schedules(many: int, due: datetime, kind: str = "U") -> tuple[int, str]:
    """Order so many schedules that are due at an instant, of subjects whose names begin with `kind`."""
    return many, SCHEDULE.format(kind=kind, due=stored(due))


def followups(many: int) -> tuple[int, str]:
    """Order so many follow-ups, a tenth of them open, due in a fortnight."""
    return many, FOLLOWUP.format(now=stored(T0 - timedelta(days=1)))
