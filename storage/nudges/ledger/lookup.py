"""Looking: what became of the messages of a workspace."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import bindparam
from sqlmodel import col, func, or_, select

from sales.nudges.kind import ANSWER
from sales.nudges.ledger import DeliveryState, delivery_id
from storage.engines.statement import Rows
from storage.nudges.ledger.rows import ASKED, OF_PERSON, STANDS_FOR, DeliveryRow, parts_of
from storage.scope import Scope

LOOK_BACK = 26  # digests; half a year of Mondays
QUESTION_STANDS = timedelta(days=1)  # an answer to an older one is a new thought


RECENT = Rows(
    DeliveryRow,
    *OF_PERSON,
    or_(col(DeliveryRow.created_at) >= bindparam("since"), col(DeliveryRow.not_before) >= bindparam("since")),
    order=[func.coalesce(DeliveryRow.sent_at, DeliveryRow.not_before).desc()],
)
SENT = Rows(
    DeliveryRow,
    *OF_PERSON,
    col(DeliveryRow.sent_at) >= bindparam("since"),
    col(DeliveryRow.kind) != ANSWER,
    order=[col(DeliveryRow.sent_at).desc()],
)
ANSWERED = Rows(
    DeliveryRow,
    *OF_PERSON,
    col(DeliveryRow.sent_at) >= bindparam("since"),
    col(DeliveryRow.kind) == ANSWER,
    order=[col(DeliveryRow.sent_at).desc()],
)


async def recent_deliveries(scope: Scope, user_id: str, since: datetime) -> list[DeliveryRow]:
    """Return the messages to a person that came about or were due since an instant, the latest to leave first."""
    return await scope.find(RECENT, user_id=user_id, since=since)


async def delivery_by_key(scope: Scope, key: str) -> DeliveryRow | None:
    """Return the message of an occurrence, or None."""
    row = await scope.session.get(DeliveryRow, delivery_id(key))
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def is_waiting(scope: Scope, kind: str, user_id: str, prefix: str) -> bool:
    """Say whether a message of a kind to a person, whose key begins so, is still to leave, and to be made then."""
    statement = select(DeliveryRow.id).where(
        DeliveryRow.workspace_id == scope.workspace_id,
        DeliveryRow.kind == kind,
        DeliveryRow.user_id == user_id,
        DeliveryRow.state == DeliveryState.PENDING,
        col(DeliveryRow.occurrence_key).startswith(prefix, autoescape=True),
    )
    return (await scope.session.exec(statement.limit(1))).first() is not None


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


async def last_sent(
    scope: Scope, user_id: str, kinds: Collection[str], since: datetime, before: datetime | None = None
) -> list[DeliveryRow]:
    """Return the latest message of each of these kinds that a person got since an instant, as they stand in Slack.

    Where several came in one message, that is the one, once. With `before` only what came earlier than that.
    """
    found: dict[str, DeliveryRow] = {}
    for row in await scope.find(SENT, user_id=user_id, since=since):
        if before is not None and (row.sent_at is None or row.sent_at >= before):
            continue
        for part in parts_of(row):
            if part.kind in kinds:
                found.setdefault(part.kind, row)
    return list({row.id: row for row in found.values()}.values())


async def was_sent_between(
    scope: Scope, user_id: str, kinds: Collection[str], since: datetime, until: datetime
) -> bool:
    """Say whether a person got a message of one of these kinds in a span, alone or within another; not at its end."""
    rows = await scope.find(SENT, user_id=user_id, since=since)
    return any(
        part.kind in kinds
        for row in rows
        if row.sent_at is not None and row.sent_at < until
        for part in parts_of(row)
    )


async def said_anew(scope: Scope, row: DeliveryRow) -> DeliveryRow:
    """Return the message that says another anew, as that one could not be changed any more; itself where none does."""
    rows = await scope.find(ANSWERED, user_id=row.user_id, since=row.sent_at)
    return next((one for one in rows if one.intent.get(STANDS_FOR) == row.id), row)


async def at_place(scope: Scope, channel: str, ts: str) -> DeliveryRow | None:
    """Return the message of ours that stands in a place in Slack; None if it is none of ours."""
    statement = select(DeliveryRow).where(DeliveryRow.channel_id == channel, DeliveryRow.slack_ts == ts)
    row = (await scope.session.exec(statement)).first()
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def asked_in_thread(scope: Scope, user_id: str, thread: str, now: datetime) -> str:
    """Return the words that our last answer in a thread asked a person about; empty if it asked nothing."""
    statement = select(DeliveryRow).where(
        DeliveryRow.workspace_id == scope.workspace_id,
        DeliveryRow.user_id == user_id,
        DeliveryRow.kind == ANSWER,
        DeliveryRow.created_at >= now - QUESTION_STANDS,
    )
    said = [row for row in await scope.session.exec(statement) if row.thread == thread]
    last = max(said, key=lambda row: (row.created_at, row.slack_ts or ""), default=None)
    return str(last.intent.get(ASKED, "")) if last is not None else ""
