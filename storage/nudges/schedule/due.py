"""Schedules: what is due, and moving a schedule on. An indexed query, however many schedules exist."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select, text, update

from sales.nudges.schedule import Occurrence, Schedule, after_change, next_occurrence, settled_through
from sales.people.hours import JITTER
from storage.nudges.schedule.rows import ScheduleRow
from storage.nudges.schedule.zones import installed_rules, known_zone_of, with_known_zones
from storage.scope import Ledger, Scope


async def due_schedules(
    ledger: Ledger,
    now: datetime,
    limit: int,
    excluding: Collection[int] = (),
    leaving: Collection[str] = (),
    only: int | None = None,
) -> list[ScheduleRow]:
    """Return at most `limit` enabled schedules that fell due, the longest due first.

    Those of the kinds in `leaving` are left out; with `only`, all but the one of this id.

    The unit of work holds them until it ends: on SQLite it has the write lock, on PostgreSQL their rows, and those
    that another process holds are not among them.
    """
    statement = (
        select(ScheduleRow)
        .where(enabled_predicate(ledger), col(ScheduleRow.next_due_at) <= now)
        .order_by(col(ScheduleRow.next_due_at))
        .limit(limit)
    )
    if excluding:
        statement = statement.where(col(ScheduleRow.id).not_in(excluding))
    if leaving:
        statement = statement.where(col(ScheduleRow.kind).not_in(leaving))
    if only is not None:
        statement = statement.where(ScheduleRow.id == only)
    if ledger.unit.dialect.name == "postgresql":
        statement = statement.with_for_update(skip_locked=True)
    return await with_known_zones(ledger, list(await ledger.session.exec(statement)))


async def due_schedules_of(ledger: Ledger, now: datetime, kinds: Collection[str]) -> list[ScheduleRow]:
    """Return the enabled schedules of these kinds that fell due, the longest due first; nobody is kept from them."""
    statement = (
        select(ScheduleRow)
        .where(
            enabled_predicate(ledger), col(ScheduleRow.next_due_at) <= now, col(ScheduleRow.kind).in_(kinds)
        )
        .order_by(col(ScheduleRow.next_due_at))
    )
    return await with_known_zones(ledger, list(await ledger.session.exec(statement)))


def enabled_predicate(ledger: Ledger) -> Any:
    """The words of the partial index; a planner uses it only where they are the query's words too."""
    return text("enabled" if ledger.unit.dialect.name == "postgresql" else "enabled = 1")


async def advance_schedules(ledger: Ledger, moves: Sequence[tuple[ScheduleRow, Occurrence]]) -> None:
    """Move schedules on that `due` returned in this unit of work, each to its next occurrence."""
    if moves:
        connection = await ledger.session.connection()
        await connection.execute(MOVE, [values_of(row, following) for row, following in moves])


TABLE = ScheduleRow.__table__  # type: ignore[attr-defined]
MOVE = (
    TABLE.update()
    .where(TABLE.c.id == bindparam("row_id"), TABLE.c.version == bindparam("seen"))
    .values(
        next_due_at=bindparam("due_at"),
        next_local_date=bindparam("day"),
        done_through=bindparam("done"),
        tzdata_version=bindparam("rules"),
        version=bindparam("seen") + 1,
    )
)


def values_of(row: ScheduleRow, following: Occurrence) -> dict[str, Any]:
    return {
        "row_id": row.id,
        "seen": row.version,
        "due_at": following.due_at,
        "day": following.local_date,
        "done": settled_through(row, following),
        "rules": installed_rules(),
    }


async def find_schedule(
    scope: Scope, kind: str, subject_id: str, *, to_change: bool = False
) -> ScheduleRow | None:
    """Return a subject's schedule of a kind, or None; one that is to be changed is held for the unit of work."""
    statement = select(ScheduleRow).where(
        ScheduleRow.workspace_id == scope.workspace_id,
        ScheduleRow.kind == kind,
        ScheduleRow.subject_id == subject_id,
    )
    return (await scope.session.exec(held(scope, statement) if to_change else statement)).first()


async def schedules_to_change(
    scope: Scope, subject_ids: Collection[str]
) -> dict[tuple[str, str], ScheduleRow]:
    """Return every schedule of some subjects by kind and subject, held for the unit of work."""
    statement = (
        select(ScheduleRow)
        .where(ScheduleRow.workspace_id == scope.workspace_id, col(ScheduleRow.subject_id).in_(subject_ids))
        .order_by(col(ScheduleRow.id))
    )
    return {(row.kind, row.subject_id): row for row in await scope.session.exec(held(scope, statement))}


def held(scope: Scope, statement: Any) -> Any:
    """Return a query whose rows are to be changed.

    A heartbeat that moves one on at this moment is waited for, and what it wrote is what counts.
    """
    if scope.unit.dialect.name != "postgresql":
        return statement
    return statement.with_for_update().execution_options(populate_existing=True)


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

    A local date that was acted on already does not come again, whatever changed, and what is due already is not
    lost. A zone that is not known is kept by name, and its team's stands in for it.
    """
    terms: dict[str, Any] = {
        "zone": zone,
        "local_time": at,
        "weekdays": weekdays,
        "spread_seconds": spread_seconds,
        "enabled": enabled,
    }
    row = await find_schedule(scope, kind, subject_id, to_change=True)
    row = await changed_to(scope, row, kind, subject_id, terms, now)
    await scope.session.flush()
    return row


async def changed_to(
    scope: Scope, row: ScheduleRow | None, kind: str, subject_id: str, said: Mapping[str, Any], now: datetime
) -> ScheduleRow:
    """Let a subject's schedule of a kind, None where it has none yet, say this once the session is flushed."""
    terms: dict[str, Any] = {**said, "tzdata_version": installed_rules()}
    if row is not None and all(getattr(row, name) == value for name, value in terms.items()):
        return row
    draft = Schedule.model_construct(kind=kind, subject_id=subject_id, **terms)
    draft.zone = await known_zone_of(scope, subject_id, terms["zone"])
    following = after_change(row, draft, now) if row is not None else next_occurrence(draft, now)
    values = {**terms, "next_due_at": following.due_at, "next_local_date": following.local_date}
    if row is None:
        row = ScheduleRow.model_validate(
            {"workspace_id": scope.workspace_id, "kind": kind, "subject_id": subject_id, **values}
        )
    else:
        row.sqlmodel_update({**values, "version": row.version + 1})
    scope.session.add(row)
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


async def scheduled(scope: Scope) -> set[tuple[str, str]]:
    """Return everything of a workspace that has a schedule, on or off, by kind and subject."""
    statement = select(ScheduleRow.kind, ScheduleRow.subject_id).where(
        ScheduleRow.workspace_id == scope.workspace_id
    )
    return set((await scope.session.exec(statement)).all())
