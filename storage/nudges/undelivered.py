"""Messages that did not arrive, by who may see them; and the places that cannot be reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import and_, col, func, or_, select, update

from sales.nudges.declared import Subject
from sales.nudges.ledger import DeliveryState
from sales.nudges.undelivered import STOP_AFTER, is_broken
from sales.people.permission import Act, may
from storage.nudges.ledger.given_up import retry_delivery
from storage.nudges.ledger.lookup import earlier_digests
from storage.nudges.ledger.rows import GIVEN_UP, READY, DeliveryEventRow, DeliveryRow
from storage.people.member import MemberRow
from storage.people.team import TeamRow, find_team, teams_managed_by
from storage.people.workspace import WorkspaceRow
from storage.scope import Ledger, Scope

SETTLED = (DeliveryState.SENT, DeliveryState.DEAD)


@dataclass(frozen=True)
class Seer:
    """Who looks: an admin sees every message, a manager those to their teams' people and channels."""

    user_id: str
    is_admin: bool
    team_ids: tuple[int, ...] = ()


def seen_by(scope: Scope, seer: Seer) -> list[Any]:
    """What makes a message one of those that somebody may see, given up and not dismissed."""
    return [DeliveryRow.workspace_id == scope.workspace_id, GIVEN_UP, *theirs_of(scope, seer)]


def theirs_of(scope: Scope, seer: Seer) -> list[Any]:
    """What makes a message one of those that somebody may see, whatever became of it."""
    if seer.is_admin:
        return []
    people = select(MemberRow.user_id).where(
        MemberRow.workspace_id == scope.workspace_id, col(MemberRow.team_id).in_(seer.team_ids)
    )
    theirs = [col(DeliveryRow.user_id).in_(people), col(DeliveryRow.user_id) == seer.user_id]
    return [or_(*theirs, *(to_team(scope, team_id) for team_id in seer.team_ids))]


def to_team(scope: Scope, team_id: int) -> Any:
    """What makes a message one to a team's channel, whichever channel that was."""
    begins = [
        col(DeliveryRow.occurrence_key).startswith(key_of(scope, kind, team_id), autoescape=True)
        for kind in scope.declared.keys_of(Subject.CHANNEL)
    ]
    return and_(col(DeliveryRow.user_id).is_(None), or_(*begins))


def key_of(scope: Scope, kind: str, team_id: int) -> str:
    """Return what the keys of a team's messages of a kind begin with."""
    return f"{kind}:{scope.workspace_id}:{team_id}:"


async def undelivered_page(scope: Scope, seer: Seer, offset: int, limit: int) -> list[DeliveryRow]:
    """Return some of the messages that somebody may see, the newest first."""
    statement = select(DeliveryRow).where(*seen_by(scope, seer))
    newest_first = statement.order_by(col(DeliveryRow.created_at).desc(), col(DeliveryRow.id))
    return list(await scope.session.exec(newest_first.offset(offset).limit(limit)))


async def count_undelivered(scope: Scope, seer: Seer) -> int:
    """Return how many messages that somebody may see did not arrive."""
    statement = select(func.count()).select_from(DeliveryRow).where(*seen_by(scope, seer))
    return int((await scope.session.exec(statement)).one())


async def find_undelivered(scope: Scope, seer: Seer, row_id: str) -> DeliveryRow | None:
    """Return one of the messages that somebody may see, None if it is not among them any more."""
    statement = select(DeliveryRow).where(DeliveryRow.id == row_id, *seen_by(scope, seer))
    return (await scope.session.exec(statement)).first()


async def to_person(scope: Scope, user_id: str) -> list[DeliveryRow]:
    """Return what did not arrive of the messages to a person, the oldest first."""
    return await given_up(scope, col(DeliveryRow.user_id) == user_id)


async def of_team(scope: Scope, team_id: int) -> list[DeliveryRow]:
    """Return what did not arrive of the messages to a team's channel, the oldest first."""
    return await given_up(scope, to_team(scope, team_id))


async def given_up(scope: Scope, which: Any) -> list[DeliveryRow]:
    statement = select(DeliveryRow).where(DeliveryRow.workspace_id == scope.workspace_id, GIVEN_UP, which)
    return list(
        await scope.session.exec(statement.order_by(col(DeliveryRow.created_at), col(DeliveryRow.id)))
    )


async def given_up_at(scope: Scope, rows: Sequence[DeliveryRow]) -> dict[str, datetime]:
    """Return when each of these messages was given up last, by id."""
    statement = select(DeliveryEventRow).where(
        col(DeliveryEventRow.delivery_id).in_([row.id for row in rows]),
        DeliveryEventRow.to_state == DeliveryState.DEAD,
    )
    found = await scope.session.exec(statement.order_by(col(DeliveryEventRow.id)))
    return {event.delivery_id: event.at for event in found}


async def send_again(scope: Scope, row: DeliveryRow, now: datetime, channel_id: str | None = None) -> bool:
    """Try a message once more, at `channel_id` if its place has moved; False if it is no longer given up.

    One that exists nowhere starts afresh: a person's direct channel is looked up anew. One that may exist is looked
    for first, where it was posted.
    """
    if row.first_post_at is None:
        where = None if row.user_id is not None else channel_id or row.channel_id
        await scope.session.exec(
            update(DeliveryRow)
            .where(
                col(DeliveryRow.id) == row.id,
                col(DeliveryRow.fence) == row.fence,
                col(DeliveryRow.state) == DeliveryState.DEAD,
            )
            .values(channel_id=where)
            .execution_options(synchronize_session=False)
        )
    return await retry_delivery(scope, row.occurrence_key, now)


async def keeps_failing(scope: Scope, row: DeliveryRow) -> bool:
    """Say whether this message and those of its kind before it, to the same place, failed too often in a row.

    Only messages that were tried count: one that was skipped says nothing of its place.
    """
    before = [one for one in await earlier(scope, row) if one.state in SETTLED][: STOP_AFTER - 1]
    return len(before) == STOP_AFTER - 1 and all(
        one.state is DeliveryState.DEAD and is_broken(one.last_error) for one in before
    )


async def earlier(scope: Scope, row: DeliveryRow) -> list[DeliveryRow]:
    """Return the latest messages of a kind to a place before this one, the newest first."""
    if row.user_id is None:
        prefix = row.occurrence_key.rpartition(":")[0] + ":"
        found = await earlier_digests(scope, prefix, row.occurrence_key)
        return [one for one in found if one.channel_id == row.channel_id]
    statement = select(DeliveryRow).where(
        DeliveryRow.workspace_id == scope.workspace_id,
        DeliveryRow.user_id == row.user_id,
        DeliveryRow.kind == row.kind,
        col(DeliveryRow.state).in_(SETTLED),
        DeliveryRow.created_at <= row.created_at,
        DeliveryRow.id != row.id,
    )
    newest_first = statement.order_by(col(DeliveryRow.created_at).desc()).limit(STOP_AFTER)
    return list(await scope.session.exec(newest_first))


async def held_for(ledger: Ledger) -> list[tuple[WorkspaceRow, int]]:
    """Return the workspaces for which everything is held, each with how many messages wait."""
    statement = select(WorkspaceRow).where(col(WorkspaceRow.suspended_reason).is_not(None))
    found = []
    for row in list(await ledger.session.exec(statement.order_by(WorkspaceRow.name))):
        waiting = (
            select(func.count()).select_from(DeliveryRow).where(READY, DeliveryRow.workspace_id == row.id)
        )
        found.append((row, int((await ledger.session.exec(waiting)).one())))
    return found


async def channel_now(scope: Scope, row: DeliveryRow) -> str | None:
    """Return the channel a team's message goes to by now; None for a message to a person."""
    if row.user_id is not None or "team_id" not in row.intent:
        return None
    team = await find_team(scope, int(row.intent["team_id"]))
    return team.digest_channel if team is not None else None


async def seer_of(scope: Scope, member: MemberRow) -> Seer | None:
    """Return what a member may see; None for those who see none of it."""
    if not may(Act.SEE_UNDELIVERED, member):
        return None
    managed = await teams_managed_by(scope, member.user_id)
    return Seer(member.user_id, member.administers, tuple(row.id for row in managed))


async def count_for(scope: Scope, member: MemberRow) -> int:
    """Return how many messages did not arrive that a member can do something about; 0 for reps."""
    found = await seer_of(scope, member)
    return await count_undelivered(scope, found) if found is not None else 0


async def team_of(scope: Scope, row: DeliveryRow) -> TeamRow | None:
    """Return the team a message to a channel was for, also where it is not the team's own."""
    team_id = row.intent.get("team_id", row.intent.get("of_team")) if row.user_id is None else None
    return await find_team(scope, int(team_id)) if team_id is not None else None
