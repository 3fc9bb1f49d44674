"""Schedules: what is due, and moving a schedule on. An indexed query, however many schedules exist."""

from collections.abc import Collection, Sequence
from datetime import datetime, time
from importlib.metadata import version
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select, text, update

from sales.schedule import JITTER, Occurrence, Schedule, next_occurrence, settled_through
from storage.scope import Ledger, Scope
from storage.tables import ScheduleRow

TZDATA = version("tzdata")


async def due(
    ledger: Ledger, now: datetime, limit: int, excluding: Collection[int] = ()
) -> list[ScheduleRow]:
    """Return at most `limit` enabled schedules that fell due, the longest due first."""
    asked = (
        select(ScheduleRow)
        .where(enabled_predicate(ledger), col(ScheduleRow.next_due_at) <= now)
        .order_by(col(ScheduleRow.next_due_at))
        .limit(limit)
    )
    if excluding:
        asked = asked.where(col(ScheduleRow.id).not_in(excluding))
    if ledger.session.get_bind().dialect.name == "postgresql":
        asked = asked.with_for_update(skip_locked=True)
    return list(await ledger.session.exec(asked))


def enabled_predicate(ledger: Ledger) -> Any:
    """The words of the partial index; a planner uses it only where they are the query's words too."""
    return text("enabled" if ledger.session.get_bind().dialect.name == "postgresql" else "enabled = 1")


async def advance(ledger: Ledger, row: ScheduleRow, following: Occurrence) -> bool:
    """Move a schedule on to its next occurrence; False if another process did so first."""
    return await advance_all(ledger, [(row, following)])


async def advance_all(ledger: Ledger, moves: Sequence[tuple[ScheduleRow, Occurrence]]) -> bool:
    """Move schedules on, each to its next occurrence; False if another process moved one of them first."""
    if not moves:
        return True
    table = ScheduleRow.__table__  # type: ignore[attr-defined]
    statement = (
        table.update()
        .where(table.c.id == bindparam("row_id"), table.c.version == bindparam("seen"))
        .values(
            next_due_at=bindparam("due_at"), next_local_date=bindparam("day"), version=bindparam("seen") + 1
        )
    )
    rows = [
        {"row_id": row.id, "seen": row.version, "due_at": following.due_at, "day": following.local_date}
        for row, following in moves
    ]
    connection = await ledger.session.connection()
    moved = await connection.execute(statement, rows)
    return bool(moved.rowcount == len(rows))


async def schedule(scope: Scope, kind: str, subject_id: str) -> ScheduleRow | None:
    """Return a subject's schedule of a kind, or None."""
    asked = select(ScheduleRow).where(
        ScheduleRow.workspace_id == scope.workspace_id,
        ScheduleRow.kind == kind,
        ScheduleRow.subject_id == subject_id,
    )
    return (await scope.session.exec(asked)).first()


async def set_schedule(
    scope: Scope,
    kind: str,
    subject_id: str,
    *,
    zone: str,
    at: time,
    weekdays: int,
    now: datetime,
    spread_seconds: int = int(JITTER.total_seconds()),
    enabled: bool = True,
) -> ScheduleRow:
    """Make a subject's schedule of a kind say this; its next occurrence is computed from `now`.

    A local date that was acted on already does not come again, whatever changed.
    """
    row = await schedule(scope, kind, subject_id)
    terms: dict[str, Any] = {
        "zone": zone,
        "local_time": at,
        "weekdays": weekdays,
        "spread_seconds": spread_seconds,
        "enabled": enabled,
        "tzdata_version": TZDATA,
    }
    if row is not None and all(getattr(row, name) == value for name, value in terms.items()):
        return row
    draft = Schedule.model_construct(kind=kind, subject_id=subject_id, **terms)
    done_through = None if row is None else settled_through(row, row.next_local_date)
    following = next_occurrence(draft, now, done_through)
    values = {**terms, "next_due_at": following.due_at, "next_local_date": following.local_date}
    if row is None:
        row = ScheduleRow.model_validate(
            {"workspace_id": scope.workspace_id, "kind": kind, "subject_id": subject_id, **values}
        )
    else:
        row.sqlmodel_update({**values, "version": row.version + 1})
    scope.session.add(row)
    await scope.session.flush()
    return row


async def stop_schedule(scope: Scope, kind: str, subject_id: str) -> None:
    """Let nothing of this kind come for the subject until it is set again."""
    await scope.session.exec(
        update(ScheduleRow)
        .where(
            col(ScheduleRow.workspace_id) == scope.workspace_id,
            col(ScheduleRow.kind) == kind,
            col(ScheduleRow.subject_id) == subject_id,
        )
        .values(enabled=False, version=ScheduleRow.version + 1)
    )
