"""The ledger counted by state and kind, for whoever watches over the process; never by person."""

from typing import Any

from sqlmodel import col, func, select

from storage.nudges.ledger.rows import GIVEN_UP, HELD, READY, DeliveryRow
from storage.scope import Ledger

StateCount = tuple[str, str, int]  # state, kind, messages
KindCount = tuple[str, int]


async def waiting_messages(ledger: Ledger) -> list[StateCount]:
    """Return how many messages are still to be sent, by state and kind."""
    columns: list[Any] = [DeliveryRow.state, DeliveryRow.kind, func.count()]
    counts: dict[tuple[str, str], int] = {}
    for part in (READY, HELD):  # the words of a partial index each; what ended is many times more
        statement = select(*columns).where(part).group_by(col(DeliveryRow.state), col(DeliveryRow.kind))
        for state, kind, count in await ledger.session.exec(statement):
            counts[str(state), str(kind)] = int(count)
    return [(state, kind, count) for (state, kind), count in counts.items()]


async def dead_messages(ledger: Ledger) -> list[KindCount]:
    """Return how many messages were given up and not dismissed, by kind."""
    columns: list[Any] = [DeliveryRow.kind, func.count()]
    statement = select(*columns).where(GIVEN_UP).group_by(col(DeliveryRow.kind))
    return [(str(kind), int(count)) for kind, count in await ledger.session.exec(statement)]
