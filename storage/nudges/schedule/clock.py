"""The clock, as the database knows it: its own, and the latest instant it was told of."""

from datetime import UTC, datetime

from sqlmodel import col, delete, func, select, update

from sales.nudges.ledger import DeliveryState
from sales.nudges.schedule import next_occurrence
from storage.inbox import InboxRow
from storage.nudges.ledger.rows import DeliveryEventRow, DeliveryRow
from storage.nudges.schedule.rows import ScheduleRow
from storage.nudges.schedule.zones import with_known_zones
from storage.scope import Ledger


async def server_time(ledger: Ledger) -> datetime:
    """Return the instant that the database server reads now; PostgreSQL's, for SQLite has no clock of its own."""
    connection = await ledger.session.connection()
    told: datetime = (await connection.execute(select(func.clock_timestamp()))).scalar_one()
    return told.astimezone(UTC)


async def latest_mark(ledger: Ledger) -> datetime | None:
    """Return when the ledger last moved or Slack last asked, as it was written down; None if neither ever did.

    Two looks at the ends of two indexes. Of the ledger's events it is the one written last, not the one that claims
    the latest instant, so that a clock which once was wrong and has been put right is believed again.
    """
    events = select(DeliveryEventRow.at).order_by(col(DeliveryEventRow.id).desc()).limit(1)
    requests = select(InboxRow.received_at).order_by(col(InboxRow.received_at).desc()).limit(1)
    marks = [(await ledger.session.exec(statement)).first() for statement in (events, requests)]
    return max((mark for mark in marks if mark is not None), default=None)


async def accept_clock(ledger: Ledger, now: datetime) -> int:
    """Undo what a clock that ran ahead left behind, now that it says `now`; return how many schedules came back.

    Schedules that were moved on beyond today wait for their next occurrence again, and what was given up as late
    before its time is up again. What was sent stays sent: its key is taken, so it does not come a second time.
    """
    await ledger.session.exec(update(InboxRow).where(col(InboxRow.received_at) > now).values(received_at=now))
    given_up = select(DeliveryRow.id).where(
        col(DeliveryRow.created_at) > now,
        col(DeliveryRow.not_before) > now,
        col(DeliveryRow.state).in_((DeliveryState.SKIPPED, DeliveryState.SUPERSEDED)),
        col(DeliveryRow.first_post_at).is_(None),
    )
    ids = list(await ledger.session.exec(given_up))
    for row_id in ids:
        await ledger.session.exec(delete(DeliveryEventRow).where(col(DeliveryEventRow.delivery_id) == row_id))
        await ledger.session.exec(delete(DeliveryRow).where(col(DeliveryRow.id) == row_id))
    ahead = select(ScheduleRow).where(col(ScheduleRow.done_through) >= now.date())
    rows = await with_known_zones(ledger, list(await ledger.session.exec(ahead)))
    for row in rows:
        row.next_local_date, row.next_due_at = next_occurrence(row, now)
        row.done_through, row.version = None, row.version + 1
        ledger.session.add(row)
    return len(rows)
