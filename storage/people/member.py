"""Members: who they are, and who is in which team."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Unpack

from sqlmodel import Field, Index, col, or_, select, update

from sales.people.directory import Directory
from sales.people.member import Member, MemberChanges
from storage.engines.statement import Rows, Statement, among, given
from storage.inserts import insert_missing
from storage.people.pseudonym import erased_marks
from storage.scope import Scope


class MemberRow(Member, table=True):
    __tablename__ = "member"
    __table_args__ = (Index("ix_member_team", "workspace_id", "team_id"),)

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    user_id: str = Field(primary_key=True)


MEMBER = Rows(
    MemberRow,
    given(MemberRow.workspace_id),
    given(MemberRow.user_id),
)

MEMBERS = Rows(
    MemberRow,
    given(MemberRow.workspace_id),
    by=lambda engine: among(engine, col(MemberRow.user_id), "user_ids"),
    order=[col(MemberRow.name)],
)


NAMES = Statement(
    select(MemberRow.user_id, MemberRow.name, MemberRow.email)
    .where(given(MemberRow.workspace_id))
    .order_by(MemberRow.name)
)

REP_IDS = Statement(
    select(MemberRow.user_id).where(
        given(MemberRow.workspace_id), given(MemberRow.team_id), col(MemberRow.is_rep), col(MemberRow.active)
    )
)


async def people_directory(scope: Scope) -> Directory:
    """Return who goes by which name in the workspace, and who went by one and was forgotten."""
    people = [(user_id, name, email) for user_id, name, email in await scope.ask(NAMES)]
    return Directory(people, await erased_marks(scope))


async def find_member(scope: Scope, user_id: str) -> MemberRow | None:
    """Return one member, or None if we have not met them."""
    return await scope.once(MemberRow, user_id, lambda: scope.first(MEMBER, user_id=user_id))


async def team_id_of(scope: Scope, user_id: str | None) -> int | None:
    """Return which team somebody is in; None for whoever is in none, and for nobody."""
    member = await find_member(scope, user_id) if user_id else None
    return member.team_id if member is not None else None


async def left_team_of(scope: Scope, user_id: str | None) -> int | None:
    """Return which team somebody left who is in none now; None for everybody else."""
    member = await find_member(scope, user_id) if user_id else None
    return member.left_team_id if member is not None and member.team_id is None else None


async def who_left(scope: Scope, team_id: int) -> list[MemberRow]:
    """Return who left a team and is in none since, by name."""
    statement = select(MemberRow).where(
        MemberRow.workspace_id == scope.workspace_id,
        col(MemberRow.team_id).is_(None),
        MemberRow.left_team_id == team_id,
    )
    return list(await scope.session.exec(statement.order_by(MemberRow.name)))


async def find_members(scope: Scope, user_ids: Collection[str]) -> list[MemberRow]:
    """Return the members among these people, by name."""
    return await scope.find(MEMBERS, user_ids=list(user_ids))


def note_members(scope: Scope, rows: Iterable[MemberRow]) -> None:
    """Let these people be known in this unit of work as they were read, where nothing is known of them yet."""
    for row in rows:
        if scope.known(MemberRow, row.user_id) is None:
            scope.keep(MemberRow, row.user_id, row)


async def members_ahead(scope: Scope, user_ids: Collection[str]) -> None:
    """Read ahead who these people are."""

    async def read(missing: list[str]) -> dict[str, MemberRow | None]:
        return {row.user_id: row for row in await find_members(scope, missing)}

    await scope.once_each(MemberRow, user_ids, read, None)


async def every_member(scope: Scope) -> list[MemberRow]:
    """Return everybody we have met in the workspace, by name."""
    statement = select(MemberRow).where(MemberRow.workspace_id == scope.workspace_id).order_by(MemberRow.name)
    return list(await scope.session.exec(statement))


async def reps_in(scope: Scope, team_id: int) -> list[MemberRow]:
    """Return a team's active reps, by name."""
    statement = select(MemberRow).where(
        MemberRow.workspace_id == scope.workspace_id,
        MemberRow.team_id == team_id,
        col(MemberRow.is_rep),
        col(MemberRow.active),
    )
    return list(await scope.session.exec(statement.order_by(MemberRow.name)))


async def reps_counted(scope: Scope, team_id: int) -> list[MemberRow]:
    """Return a team's reps by name, also those whose account was closed: what they won and aimed for is the team's."""
    statement = select(MemberRow).where(
        MemberRow.workspace_id == scope.workspace_id, MemberRow.team_id == team_id, col(MemberRow.is_rep)
    )
    return list(await scope.session.exec(statement.order_by(MemberRow.name)))


async def rep_ids(scope: Scope, team_id: int) -> set[str]:
    """Return whose ids a team's active reps have."""
    return {user_id for (user_id,) in await scope.ask(REP_IDS, team_id=team_id)}


async def admins_of(scope: Scope) -> list[MemberRow]:
    """Return the workspace's active admins among those we have met, by name."""
    statement = select(MemberRow).where(
        MemberRow.workspace_id == scope.workspace_id,
        or_(col(MemberRow.is_admin), col(MemberRow.is_named_admin)),
        col(MemberRow.active),
    )
    return list(await scope.session.exec(statement.order_by(MemberRow.name)))


async def name_admins(scope: Scope, user_ids: Collection[str]) -> None:
    """Make exactly these people, of those we have met, the admins whom the operator names."""
    here = col(MemberRow.workspace_id) == scope.workspace_id
    named = col(MemberRow.user_id).in_(user_ids)
    await scope.session.exec(update(MemberRow).where(here, named).values(is_named_admin=True))
    was = col(MemberRow.is_named_admin)
    await scope.session.exec(update(MemberRow).where(here, was, ~named).values(is_named_admin=False))
    scope.forget(MemberRow)


async def members_in(scope: Scope, team_id: int) -> list[MemberRow]:
    """Return everybody who is in a team, by name."""
    statement = select(MemberRow).where(
        MemberRow.workspace_id == scope.workspace_id, MemberRow.team_id == team_id
    )
    return list(await scope.session.exec(statement.order_by(MemberRow.name)))


async def meet_member(scope: Scope, member: Member) -> MemberRow:
    """Return the member with this `user_id`, added as described if we had not met them."""
    await meet_members(scope, [member])
    found = await find_member(scope, member.user_id)
    assert found is not None
    return found


async def meet_members(scope: Scope, people: Sequence[Member]) -> None:
    """Add those of these people whom we had not met; in one statement."""
    rows = [{**member.model_dump(), "workspace_id": scope.workspace_id} for member in people]
    await insert_missing(scope.session, MemberRow, rows)
    scope.forget(MemberRow)


async def save_member(scope: Scope, user_id: str, **values: Unpack[MemberChanges]) -> None:
    """Set these values on a member we have met."""
    await scope.session.exec(
        update(MemberRow)
        .where(col(MemberRow.workspace_id) == scope.workspace_id, col(MemberRow.user_id) == user_id)
        .values(**values)
    )
    scope.forget(MemberRow)


async def mark_welcomed(scope: Scope, user_id: str, now: datetime) -> bool:
    """Note that the member was welcomed; False if they had been already."""
    done = await scope.session.exec(
        update(MemberRow)
        .where(
            col(MemberRow.workspace_id) == scope.workspace_id,
            col(MemberRow.user_id) == user_id,
            col(MemberRow.welcomed_at).is_(None),
        )
        .values(welcomed_at=now)
    )
    scope.forget(MemberRow)
    return bool(done.rowcount)
