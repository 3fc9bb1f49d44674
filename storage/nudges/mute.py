"""Mutes: which kinds of message somebody does not want, and, with their days, whether they are written to at all."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlmodel import Field, SQLModel, col, delete, select

from sales.nudges.kind import NudgeKind
from storage.engines.statement import Statement, Together, among, given
from storage.inserts import insert_missing
from storage.people.holiday import CHANGES, HolidayChangeRow
from storage.people.leave import LEAVE, LeaveRow
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.scope import Scope


class MuteRow(SQLModel, table=True):
    """A kind of nudge that a member does not want; or does, where it comes only to who asked for it."""

    __tablename__ = "mute"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    user_id: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)


MUTES = Statement(select(col(MuteRow.kind)).where(given(MuteRow.workspace_id), given(MuteRow.user_id)))
MUTES_AMONG = Statement(
    lambda engine: select(col(MuteRow.user_id), col(MuteRow.kind)).where(
        given(MuteRow.workspace_id),
        among(engine, col(MuteRow.user_id), "user_ids"),
    )
)
MUTES_AND_DAYS = Together(MUTES, CHANGES, LEAVE)


async def mutes(scope: Scope, user_id: str) -> frozenset[str]:
    """Return the kinds of message that do not come to a person: switched off, or never asked for."""
    return await choices(scope, user_id) ^ scope.declared.opt_ins


async def choices(scope: Scope, user_id: str) -> frozenset[str]:
    """Return the kinds of message about which a person decided otherwise than they come by themselves."""
    return await scope.once(MuteRow, user_id, lambda: read_mutes(scope, user_id))


async def read_mutes(scope: Scope, user_id: str) -> frozenset[str]:
    return frozenset(kind for (kind,) in await scope.ask(MUTES, user_id=user_id))


async def mutes_and_days_ahead(scope: Scope, team: TeamRow, member: MemberRow) -> None:
    """Read ahead, in one question, what a member of a team does not want and what their calendar is made of."""
    if scope.known(LeaveRow, member.user_id) is not None:
        return
    kinds, changes, leave = await scope.together(MUTES_AND_DAYS, user_id=member.user_id, team_id=team.id)
    scope.keep(MuteRow, member.user_id, frozenset(kind for (kind,) in kinds))
    scope.keep(HolidayChangeRow, team.id, sorted(changes, key=lambda row: row.on))
    scope.keep(LeaveRow, member.user_id, sorted(leave, key=lambda row: row.first))


async def read_mutes_of(scope: Scope, user_ids: Sequence[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for user_id, kind in await scope.ask(MUTES_AMONG, user_ids=list(user_ids)):
        found[user_id].add(kind)
    return {user_id: frozenset(kinds) for user_id, kinds in found.items()}


async def set_mutes(scope: Scope, user_id: str, kinds: Collection[str], among: Collection[str]) -> None:
    """Let exactly these kinds be switched off, of those that were offered."""
    chosen = (set(kinds) ^ scope.declared.opt_ins) & {*kinds, *among}
    await scope.session.exec(
        delete(MuteRow).where(
            col(MuteRow.workspace_id) == scope.workspace_id,
            col(MuteRow.user_id) == user_id,
            col(MuteRow.kind).in_(among),
        )
    )
    rows = [{"workspace_id": scope.workspace_id, "user_id": user_id, "kind": kind} for kind in sorted(chosen)]
    await insert_missing(scope.session, MuteRow, rows)
    scope.forget(MuteRow)


async def kinds_switched_off(scope: Scope, member: MemberRow) -> list[NudgeKind]:
    """Return what a person switched off, of what they would get by itself."""
    off = await mutes(scope, member.user_id) - scope.declared.opt_ins
    return [kind for kind in scope.declared.offered_to(member) if kind.key in off]
