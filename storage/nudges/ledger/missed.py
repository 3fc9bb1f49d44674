"""Occurrences that are not going to be sent: each is accounted for all the same, many in one statement."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import insert

from sales.nudges.ledger import DeliveryState, Nudge
from storage.inserts import INSERTS
from storage.nudges.ledger.archive import archived
from storage.nudges.ledger.intake import pending_delivery
from storage.nudges.ledger.rows import DeliveryEventRow, DeliveryRow
from storage.pieces import pieces
from storage.scope import Ledger

AT_ONCE = 200  # rows in one statement: milliseconds of the event loop


class Missed(NamedTuple):
    """A message that would have been sent had it been seen in time, and what becomes of it instead.

    `covered_by` is the key of the message that says it too, if there is one.
    """

    workspace_id: str
    nudge: Nudge
    state: DeliveryState
    reason: str
    covered_by: str | None = None


async def record_missed(ledger: Ledger, missed: Sequence[Missed], now: datetime) -> int:
    """Write down what is not going to be sent, each with its event; return how many were not there yet."""
    count = 0
    for some in pieces(missed, AT_ONCE):
        count += await insert_ended(ledger, [ended(one, now) for one in some], now)
    return count


def ended(one: Missed, now: datetime) -> dict[str, Any]:
    """Return the row of a message that is at its end from the beginning."""
    end = {"state": one.state, "last_error": one.reason, "superseded_by": one.covered_by}
    return pending_delivery(one.workspace_id, one.nudge, now) | end


async def insert_ended(ledger: Ledger, rows: Sequence[dict[str, Any]], now: datetime) -> int:
    old = await archived(ledger.session, [row["id"] for row in rows])
    fresh = [row for row in rows if row["id"] not in old]
    if not fresh:
        return 0
    table = DeliveryRow.__table__  # type: ignore[attr-defined]
    statement = (
        INSERTS[ledger.unit.dialect.name](table)
        .on_conflict_do_nothing()
        .returning(table.c.id, table.c.state, table.c.last_error)
    )
    connection = await ledger.session.connection()
    added = (await connection.execute(statement, fresh)).all()
    events = [
        {"delivery_id": row.id, "at": now, "from_state": DeliveryState.PENDING, "to_state": row.state, "owner": "",
         "fence": 0, "note": row.last_error}
        for row in added
    ]  # fmt: skip
    if events:
        await connection.execute(insert(DeliveryEventRow), events)
    return len(added)
