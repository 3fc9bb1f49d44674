"""Places: where messages cannot be delivered at present, and since when."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel, col, delete, or_, select, update

from sales.nudges.undelivered import UNSEEN, Reason, reason
from storage.inserts import insert_missing
from storage.nudges.ledger.rows import PLACED, DeliveryRow
from storage.people.team import TeamRow
from storage.scope import Scope


class BrokenPlaceRow(SQLModel, table=True):
    """A channel or person that Slack last said cannot be written to.

    `error` is Slack's word for why. Once `stopped_at` is set, nothing that recurs is sent there until it is mended.
    """

    __tablename__ = "broken_place"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    place_id: str = Field(primary_key=True)
    error: str
    since: datetime
    stopped_at: datetime | None = None


async def broken(scope: Scope, place_id: str | None) -> BrokenPlaceRow | None:
    """Return what is known of a place that cannot be reached; None if it can be, as a message arrived since."""
    found = await scope.session.get(BrokenPlaceRow, (scope.workspace_id, place_id or ""))
    if found is None:
        return None
    arrived = select(DeliveryRow.id).where(
        PLACED,
        or_(col(DeliveryRow.channel_id) == place_id, col(DeliveryRow.user_id) == place_id),
        DeliveryRow.workspace_id == scope.workspace_id,
        col(DeliveryRow.sent_at) > found.since,
    )
    return None if (await scope.session.exec(arrived.limit(1))).first() else found


async def mark_broken(scope: Scope, place_id: str, error: str, now: datetime) -> None:
    """Note that a place cannot be reached, and why; since when stays, unless something arrived meanwhile."""
    row = {"workspace_id": scope.workspace_id, "place_id": place_id, "error": error, "since": now}
    if await insert_missing(scope.session, BrokenPlaceRow, [row]):
        return
    still = await broken(scope, place_id)
    values: dict[str, Any] = {"error": error} if still else {"error": error, "since": now, "stopped_at": None}
    await scope.session.exec(update(BrokenPlaceRow).where(*place(scope, place_id)).values(**values))


async def mark_stopped(scope: Scope, place_id: str, now: datetime) -> None:
    """Note that nothing that recurs is sent to a place any more."""
    await scope.session.exec(update(BrokenPlaceRow).where(*place(scope, place_id)).values(stopped_at=now))


async def mark_mended(scope: Scope, place_id: str) -> bool:
    """Note that a place can be reached again; False if it was not known to be broken."""
    gone = await scope.session.exec(delete(BrokenPlaceRow).where(*place(scope, place_id)))
    return bool(gone.rowcount)


async def stopped_places(scope: Scope) -> set[str]:
    """Return the places to which nothing that recurs is sent."""
    statement = select(BrokenPlaceRow.place_id).where(
        BrokenPlaceRow.workspace_id == scope.workspace_id, col(BrokenPlaceRow.stopped_at).is_not(None)
    )
    return set(await scope.session.exec(statement))


def place(scope: Scope, place_id: str) -> tuple[Any, ...]:
    return (
        col(BrokenPlaceRow.workspace_id) == scope.workspace_id,
        col(BrokenPlaceRow.place_id) == place_id,
    )


async def is_unseen(scope: Scope, channel_id: str) -> bool:
    """Say whether a channel is one that Slack shows nobody, or me, any more."""
    known = await broken(scope, channel_id)
    return known is not None and known.error in UNSEEN


async def trouble_of(scope: Scope, team: TeamRow) -> Reason | None:
    """Return why a team's digest does not arrive in its channel; None while nothing is known to be wrong."""
    known = await broken(scope, team.digest_channel) if team.digest_channel is not None else None
    return reason(known.error, to_person=False) if known is not None else None
