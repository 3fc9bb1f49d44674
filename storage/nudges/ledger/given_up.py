"""Given up: messages that could not be delivered, to try again or to take off the list."""

from datetime import datetime

from sqlmodel import col, update

from sales.nudges.ledger import DeliveryState, delivery_id
from storage.nudges.ledger.intake import ENQUEUED
from storage.nudges.ledger.lookup import delivery_by_key
from storage.nudges.ledger.rows import GIVEN_UP, DeliveryRow
from storage.nudges.ledger.steps import move_delivery
from storage.scope import Scope


async def retry_delivery(scope: Scope, key: str, now: datetime) -> bool:
    """Try a message again that was given up; False if there is no such message.

    One that may have reached Slack after all is looked for first.
    """
    row = await delivery_by_key(scope, key)
    if row is None or row.state is not DeliveryState.DEAD:
        return False
    state = DeliveryState.PENDING if row.first_post_at is None else DeliveryState.UNCERTAIN
    scope.unit.noted.add(ENQUEUED)
    return await move_delivery(
        scope.ledger, row, state, now, note="tried again by hand", fence=row.fence + 1, attempts=0, misses=0,
        not_before=now, dismissed_at=None, plain=False, repeated=False, blind_since=None,
    )  # fmt: skip


async def dismiss_delivery(scope: Scope, key: str, now: datetime) -> bool:
    """Take a message that was given up off the list; False if it is not on it."""
    dismissed = await scope.session.exec(
        update(DeliveryRow)
        .where(
            col(DeliveryRow.id) == delivery_id(key),
            col(DeliveryRow.workspace_id) == scope.workspace_id,
            GIVEN_UP,
        )
        .values(dismissed_at=now)
        .execution_options(synchronize_session=False)
    )
    return bool(dismissed.rowcount)
