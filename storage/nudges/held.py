"""Held: what waits while Slack does not take our token, and that none of it is lost by waiting."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlmodel import col, func, or_, select, update

from sales.nudges.kind import ANSWER
from storage.nudges.ledger.rows import READY, DeliveryRow
from storage.people.workspace import WorkspaceRow, resume_workspace
from storage.scope import Scope

PROMISED_FOR = timedelta(days=1)  # what was promised and ran out meanwhile may still be sent for so long


class HeldMessages(NamedTuple):
    """How many messages wait for Slack to take our token, since when the first of them was to leave, and why."""

    waiting: int
    since: datetime | None
    reason: str


async def held(scope: Scope, now: datetime, seen: Sequence[Any]) -> HeldMessages | None:
    """Return what is held of the messages that `seen` narrows to; None while nothing is."""
    here = await scope.session.get(WorkspaceRow, scope.workspace_id, populate_existing=True)
    if here is None or here.suspended_reason is None:
        return None
    statement = select(func.count(), func.min(col(DeliveryRow.not_before))).where(
        DeliveryRow.workspace_id == scope.workspace_id,
        READY,
        col(DeliveryRow.not_before) <= now,
        or_(col(DeliveryRow.expires_at).is_(None), col(DeliveryRow.expires_at) > now, promised(scope)),
        *seen,
    )
    waiting, since = (await scope.session.exec(statement)).one()
    return HeldMessages(waiting, since, here.suspended_reason)


def promised(scope: Scope) -> Any:
    """What makes a message one that somebody asked for and counts on; an answer that comes too late only puzzles."""
    kinds = [kind.key for kind in scope.declared.kinds.values() if kind.asked_for and kind.key != ANSWER]
    return col(DeliveryRow.kind).in_(kinds)


async def go_on(scope: Scope, now: datetime) -> bool:
    """Let what is held leave, as our token works again; False if nothing was held."""
    went_on = await resume_workspace(scope.ledger, scope.workspace_id)
    await keep_promises(scope, now)
    return went_on


async def keep_promises(scope: Scope, now: datetime) -> None:
    """Let what was promised still be sent, however late, where its time ran out while nothing could be."""
    await scope.session.exec(
        update(DeliveryRow)
        .where(
            col(DeliveryRow.workspace_id) == scope.workspace_id,
            READY,
            col(DeliveryRow.expires_at) <= now,
            promised(scope),
        )
        .values(expires_at=now + PROMISED_FOR)
        .execution_options(synchronize_session=False)
    )
