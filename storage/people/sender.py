"""Who sent a request: all that has to be known before it is answered, in one question."""

from typing import NamedTuple

from sqlalchemy import and_, bindparam
from sqlmodel import select

from storage.engines.statement import Joined, given
from storage.inbox import REQUEST, Earlier
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.scope import Scope

MEMBER = MemberRow.__table__  # type: ignore[attr-defined]
TEAM = TeamRow.__table__  # type: ignore[attr-defined]
THEIR_TEAM = and_(TEAM.c.id == MEMBER.c.team_id, TEAM.c.workspace_id == MEMBER.c.workspace_id)
SENDER = Joined(
    select(MEMBER, TEAM, REQUEST.c.key, REQUEST.c.response)
    .select_from(
        MEMBER.outerjoin(TEAM, THEIR_TEAM).outerjoin(REQUEST, REQUEST.c.key == bindparam("request_key"))
    )
    .where(given(MEMBER.c.workspace_id), given(MEMBER.c.user_id)),
    MemberRow,
    TeamRow,
)


class AskedBy(NamedTuple):
    """A member, the team they are in, and the copy of their request that arrived before."""

    member: MemberRow
    team: TeamRow | None
    earlier: Earlier | None


async def sender_of(scope: Scope, user_id: str, request_key: str) -> AskedBy | None:
    """Return who sent a request, or None if we have not met them."""
    found = await scope.joined(SENDER, user_id=user_id, request_key=request_key)
    if not found:
        scope.keep(MemberRow, user_id, None)
        return None
    ((member, team, key, answer),) = found
    scope.keep(MemberRow, user_id, member)
    if member.team_id is not None:
        scope.keep(TeamRow, member.team_id, team)
    return AskedBy(member, team, Earlier(answer) if key is not None else None)
