"""Looking: what became of the messages of a workspace."""

from datetime import datetime

from sqlmodel import col, func, or_, select

from sales.nudges.kind import BUNDLE
from sales.nudges.ledger import delivery_id
from storage.nudges.ledger.rows import DeliveryRow, parts_of
from storage.scope import Scope

LOOK_BACK = 26  # digests; half a year of Mondays


async def recent_deliveries(scope: Scope, user_id: str, since: datetime) -> list[DeliveryRow]:
    """Return the messages to a person that came about or were due since an instant, the latest to leave first."""
    statement = select(DeliveryRow).where(
        DeliveryRow.workspace_id == scope.workspace_id,
        DeliveryRow.user_id == user_id,
        or_(col(DeliveryRow.created_at) >= since, col(DeliveryRow.not_before) >= since),
    )
    latest_first = statement.order_by(func.coalesce(DeliveryRow.sent_at, DeliveryRow.not_before).desc())
    return list(await scope.session.exec(latest_first))


async def delivery_by_key(scope: Scope, key: str) -> DeliveryRow | None:
    """Return the message of an occurrence, or None."""
    row = await scope.session.get(DeliveryRow, delivery_id(key))
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def earlier_digests(scope: Scope, prefix: str, key: str) -> list[DeliveryRow]:
    """Return the messages whose keys begin with `prefix` and sort before `key`, the latest first.

    The keys end in a local date, so that they sort by day. Those of a season ago are in the archive, and not
    looked for there: a digest covers what went unread lately.
    """
    statement = (
        select(DeliveryRow)
        .where(
            DeliveryRow.workspace_id == scope.workspace_id,
            col(DeliveryRow.occurrence_key) >= prefix,
            col(DeliveryRow.occurrence_key) < key,
        )
        .order_by(col(DeliveryRow.occurrence_key).desc())
        .limit(LOOK_BACK)
    )
    return list(await scope.session.exec(statement))


async def last_sent(scope: Scope, user_id: str, kind: str, since: datetime) -> DeliveryRow | None:
    """Return the latest message of a kind that a person got since an instant, as it stands in Slack; None if none.

    Where it came in one message with others, that is the one.
    """
    statement = (
        select(DeliveryRow)
        .where(
            DeliveryRow.workspace_id == scope.workspace_id,
            DeliveryRow.user_id == user_id,
            col(DeliveryRow.sent_at) >= since,
            col(DeliveryRow.kind).in_([kind, BUNDLE]),
        )
        .order_by(col(DeliveryRow.sent_at).desc())
    )
    rows = await scope.session.exec(statement)
    return next((row for row in rows if any(part.kind == kind for part in parts_of(row))), None)


async def at_place(scope: Scope, channel: str, ts: str) -> DeliveryRow | None:
    """Return the message of ours that stands in a place in Slack; None if it is none of ours."""
    statement = select(DeliveryRow).where(DeliveryRow.channel_id == channel, DeliveryRow.slack_ts == ts)
    row = (await scope.session.exec(statement)).first()
    return row if row is not None and row.workspace_id == scope.workspace_id else None
