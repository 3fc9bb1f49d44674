"""Whether anything waits for a heartbeat: looks at the beginnings of indexes, however many rows are not due."""

from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, or_
from sqlmodel import col, func, select

from storage.nudges.ledger.rows import HELD, DeliveryRow
from storage.nudges.schedule.due import enabled_predicate
from storage.nudges.schedule.rows import ScheduleRow
from storage.scope import Ledger

MOST_COUNTED = 100_000  # schedules; far more than are spread over the longest span


async def anything_waits(ledger: Ledger, now: datetime) -> bool:
    """Say whether a schedule is due or a lease has run out; one statement, without the write lock.

    The earliest of each is asked for and then compared. Asked whether there is any before `now`, a planner that
    does not know `now` expects a third of all rows to match, and reads the table to find the first of them.
    """
    at: BindParameter[datetime] = bindparam("now", now)
    due: Any = col(ScheduleRow.next_due_at)
    held: Any = col(DeliveryRow.lease_until)
    earliest_due = select(due).where(enabled_predicate(ledger)).order_by(due).limit(1)
    earliest_lease = select(held).where(HELD).order_by(held).limit(1)
    statement = select(or_(earliest_due.scalar_subquery() <= at, earliest_lease.scalar_subquery() < at))
    connection = await ledger.session.connection()
    return bool((await connection.execute(statement)).scalar_one())


async def late_schedules(ledger: Ledger, before: datetime) -> dict[str, int]:
    """Return whose schedules fell due before an instant, counted by workspace; none where nothing is late.

    However many of a person's or a team's are late, what they come to arrives together. They are found first and
    counted then: asked for both at once, SQLite reads every schedule there is, in the order of workspaces.
    """
    late = (
        select(ScheduleRow.workspace_id, ScheduleRow.subject_id)
        .where(enabled_predicate(ledger), col(ScheduleRow.next_due_at) < before)
        .order_by(col(ScheduleRow.next_due_at))
        .limit(MOST_COUNTED)
        .subquery()
    )
    statement = select(late.c.workspace_id, func.count(late.c.subject_id.distinct())).group_by(
        late.c.workspace_id
    )
    return {workspace_id: int(count) for workspace_id, count in await ledger.session.exec(statement)}
