"""Steps: each change of a message's state is a compare-and-set on its fence and state, and is written down.

A worker whose step returns False has lost the row to somebody else and drops its work silently.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import col, update

from sales.nudges.ledger import DeliveryState
from storage.nudges.ledger.rows import DeliveryEventRow, DeliveryRow
from storage.scope import Ledger


async def move_delivery(
    ledger: Ledger,
    row: DeliveryRow,
    state: DeliveryState,
    now: datetime,
    *,
    note: str = "",
    **values: Any,
) -> bool:
    """Take a row from the state and fence it was read with to a new state; False if it is no longer there.

    On success `row` says what the database says.
    """
    moved = await ledger.session.exec(
        update(DeliveryRow)
        .where(
            col(DeliveryRow.id) == row.id,
            col(DeliveryRow.fence) == row.fence,
            col(DeliveryRow.state) == row.state,
        )
        .values(state=state, **values)
        .execution_options(synchronize_session=False)
    )
    if not moved.rowcount:
        return False
    before = row.state
    for name, value in {"state": state, **values}.items():
        set_committed_value(row, name, value)
    await note_events(ledger, [(row, before)], now, note)
    return True


async def note_events(
    ledger: Ledger, moved: Sequence[tuple[DeliveryRow, DeliveryState]], now: datetime, note: str = ""
) -> None:
    """Write down that rows, as they are now, came from these states."""
    events = [
        {
            "delivery_id": row.id,
            "at": now,
            "from_state": before,
            "to_state": row.state,
            "owner": row.lease_owner or "",
            "fence": row.fence,
            "note": note,
        }
        for row, before in moved
    ]
    if events:
        connection = await ledger.session.connection()
        await connection.execute(insert(DeliveryEventRow), events)
