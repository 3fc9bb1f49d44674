"""Steps: each change of a message's state is a compare-and-set on its fence and state, and is written down.

A worker whose step returns False has lost the row to somebody else and drops its work silently.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Insert, bindparam, func, insert
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import col, select, update

from sales.nudges.ledger import DeliveryState
from storage.engines.statement import Statement, among
from storage.nudges.ledger.rows import DeliveryEventRow, DeliveryRow
from storage.scope import Ledger


@dataclass(frozen=True)
class DeliveryStep:
    """A row that is to be taken from the state and fence it was read with to a new state, with these values."""

    row: DeliveryRow
    state: DeliveryState
    note: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


EVENT = DeliveryEventRow.__table__.c  # type: ignore[attr-defined]


def noting(engine: str) -> Insert:
    """Write down for some rows, as they are now, that they came from one state."""
    said = {
        EVENT.delivery_id: col(DeliveryRow.id),
        EVENT.at: bindparam("at", type_=EVENT.at.type),
        EVENT.from_state: bindparam("from_state", type_=EVENT.from_state.type),
        EVENT.to_state: col(DeliveryRow.state),
        EVENT.owner: func.coalesce(DeliveryRow.lease_owner, ""),
        EVENT.fence: col(DeliveryRow.fence),
        EVENT.note: bindparam("note", type_=EVENT.note.type),
    }
    rows = select(*said.values()).where(among(engine, col(DeliveryRow.id), "ids"))
    return insert(DeliveryEventRow).from_select(list(said), rows, include_defaults=False)


NOTE = Statement(noting)


@cache
def moving(names: tuple[str, ...]) -> Statement:
    """Return the step that sets these columns; there are about twenty of them."""
    return Statement(
        update(DeliveryRow)
        .where(
            col(DeliveryRow.id) == bindparam("moved"),
            col(DeliveryRow.fence) == bindparam("as_fence"),
            col(DeliveryRow.state) == bindparam("as_state"),
        )
        .values({name: bindparam(f"new_{name}") for name in names})
        .returning(col(DeliveryRow.id))
    )


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
    (moved,) = await move_deliveries(ledger, [DeliveryStep(row, state, note, values)], now)
    return moved


async def move_deliveries(ledger: Ledger, steps: Sequence[DeliveryStep], now: datetime) -> list[bool]:
    """Take each row its step, and say of each in the order given whether it was still there.

    On success all rows say what the database says; should one step fail, none has changed.
    """
    found = []
    for step in steps:
        new = {"state": step.state, **step.values}
        there = await ledger.ask(
            moving(tuple(sorted(new))),
            moved=step.row.id,
            as_fence=step.row.fence,
            as_state=step.row.state,
            **{f"new_{name}": value for name, value in new.items()},
        )
        found.append(bool(there))
    together: dict[tuple[DeliveryState, str], list[str]] = defaultdict(list)
    for step, moved in zip(steps, found, strict=True):
        if moved:
            together[step.row.state, step.note].append(step.row.id)
    for (before, note), ids in together.items():
        await ledger.ask(NOTE, ids=ids, at=now, from_state=before.value, note=note)
    for step, moved in zip(steps, found, strict=True):
        if moved:
            for name, value in {"state": step.state, **step.values}.items():
                set_committed_value(step.row, name, value)
    return found


async def note_claimed(
    ledger: Ledger, rows: Sequence[DeliveryRow], before: DeliveryState, now: datetime
) -> None:
    """Write down that rows, which were just claimed, came from this state."""
    if rows:
        await ledger.ask(NOTE, ids=[row.id for row in rows], at=now, from_state=before.value, note="")
