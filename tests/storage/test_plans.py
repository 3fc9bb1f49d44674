"""The tick and the claim stay cheap with 100,000 rows: their plans name the partial indexes."""

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import text

from storage import delivery as ledger_rows
from storage import schedule as schedules
from storage.database import Database
from tests.known import T0, WORKSPACE

MANY = 100_000
NUMBERS = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY})"
LATER = f"{T0 + timedelta(days=1):%Y-%m-%d %H:%M:%S}.000000"


@pytest.fixture
async def full(database: Database) -> Database:
    """100,000 schedules that are due tomorrow and 100,000 messages that were sent."""
    async with database.write_ledger() as ledger:
        await ledger.session.exec(
            text(
                f"{NUMBERS} INSERT INTO schedule (workspace_id, kind, subject_id, zone, local_time, weekdays,"
                " spread_seconds, next_due_at, next_local_date, enabled, version, tzdata_version)"
                f" SELECT '{WORKSPACE}', 'end_of_day', 'U' || i, 'UTC', '17:00:00.000000', 31, 0, '{LATER}',"
                " '2026-09-15', 1, 0, '' FROM n"
            )
        )
        await ledger.session.exec(
            text(
                f"{NUMBERS} INSERT INTO delivery (id, occurrence_key, workspace_id, kind, intent, why, state,"
                " priority, not_before, attempts, throttles, misses, fence, slack_ts, created_at)"
                f" SELECT 'd' || i, 'k' || i, '{WORKSPACE}', 'end_of_day', '{{}}', '', 'sent', 5, '{LATER}',"
                f" 1, 0, 0, 1, '1.0', '{LATER}' FROM n"
            )
        )
    return database


async def plans(database: Database, work) -> str:
    """Return the plans of every statement that some work on the ledger makes."""
    asked: list[tuple[str, tuple[object, ...]]] = []

    def note(connection, cursor, statement, parameters, context, executemany) -> None:
        if statement.startswith(("SELECT", "UPDATE")):
            asked.append((statement, parameters))

    async with database.write_ledger() as ledger:
        connection = await ledger.session.connection()
        engine = database.engine.writing.sync_engine
        event.listen(engine, "before_cursor_execute", note)
        await work(ledger)
        event.remove(engine, "before_cursor_execute", note)
        lines = []
        for statement, parameters in asked:
            found = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            lines += [str(row[3]) for row in found]
    return "\n".join(lines)


@pytest.mark.engines("sqlite")
async def test_the_tick_reads_its_index_and_nothing_else(full: Database) -> None:
    plan = await plans(full, lambda ledger: schedules.due(ledger, T0, 100))
    assert "USING INDEX ix_schedule_due" in plan
    assert "SCAN schedule" not in plan.replace("SCAN schedule USING INDEX ix_schedule_due", "")


@pytest.mark.engines("sqlite")
async def test_the_look_and_the_claim_read_their_index(full: Database) -> None:
    for work in (
        lambda ledger: ledger_rows.any_ready(ledger, T0),
        lambda ledger: ledger_rows.claim(ledger, "w", T0),
    ):
        plan = await plans(full, work)
        assert "ix_delivery_ready" in plan
        assert "SCAN delivery\n" not in f"{plan}\n"


@pytest.mark.engines("sqlite")
async def test_taking_back_leases_reads_its_index(full: Database) -> None:
    plan = await plans(full, lambda ledger: ledger_rows.reap(ledger, T0))
    assert "ix_delivery_lease" in plan
