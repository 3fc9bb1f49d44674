"""Teams: their settings, their managers, and their people."""

from collections.abc import Collection

from sqlalchemy import bindparam
from sqlmodel import Field, Index, SQLModel, UniqueConstraint, col, delete, select, update

from sales.language.names.match import unaccented
from sales.people.member import NO_ZONE
from sales.people.team import Team
from storage.engines.statement import Rows, among, given
from storage.inserts import insert_missing
from storage.people.member import MemberRow, left_team_of, reps_in, team_id_of
from storage.rows import restate
from storage.scope import Scope


class TeamRow(Team, table=True):
    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")


TEAM = Rows(TeamRow, given(TeamRow.workspace_id), col(TeamRow.id) == bindparam("team_id"))
TEAMS_AMONG = Rows(
    TeamRow,
    given(TeamRow.workspace_id),
    by=lambda engine: among(engine, col(TeamRow.id), "team_ids"),
)
TEAMS = Rows(TeamRow, given(TeamRow.workspace_id), order=[col(TeamRow.name)])


class TeamManagerRow(SQLModel, table=True):
    __tablename__ = "team_manager"
    __table_args__ = (Index("ix_team_manager_user", "workspace_id", "user_id"),)

    team_id: int = Field(primary_key=True, foreign_key="team.id")
    user_id: str = Field(primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")


async def find_team(scope: Scope, team_id: int | None) -> TeamRow | None:
    """Return a team of this workspace, or None."""
    if team_id is None:
        return None
    return await scope.once(TeamRow, team_id, lambda: scope.first(TEAM, team_id=team_id))


async def teams_ahead(scope: Scope, team_ids: Collection[int]) -> None:
    """Read these teams ahead."""

    async def read(missing: list[int]) -> dict[int, TeamRow | None]:
        return {row.id: row for row in await scope.find(TEAMS_AMONG, team_ids=missing)}

    await scope.once_each(TeamRow, team_ids, read, None)


async def every_team(scope: Scope) -> list[TeamRow]:
    """Return the workspace's teams, by name."""
    return await scope.find(TEAMS)


async def find_team_named(scope: Scope, name: str) -> TeamRow | None:
    """Return the team with this name, letter case and accents aside; the one written so where two differ in them."""
    wanted = name.strip()
    found = [row for row in await every_team(scope) if unaccented(row.name) == unaccented(wanted)]
    written = [row for row in found if row.name.casefold() == wanted.casefold()]
    return next(iter(written or found), None)


async def teams_posting_to(scope: Scope, channel_id: str) -> list[TeamRow]:
    """Return the teams whose digest goes to a channel, by name."""
    statement = select(TeamRow).where(
        TeamRow.workspace_id == scope.workspace_id, TeamRow.digest_channel == channel_id
    )
    return list(await scope.session.exec(statement.order_by(TeamRow.name)))


async def teams_managed_by(scope: Scope, user_id: str) -> list[TeamRow]:
    """Return the teams a person manages, by name."""
    statement = (
        select(TeamRow)
        .join(TeamManagerRow, col(TeamManagerRow.team_id) == col(TeamRow.id))
        .where(TeamRow.workspace_id == scope.workspace_id, TeamManagerRow.user_id == user_id)
    )
    return list(await scope.session.exec(statement.order_by(TeamRow.name)))


async def managers_of(scope: Scope, team_id: int) -> list[str]:
    """Return the user ids of a team's managers."""
    statement = select(TeamManagerRow.user_id).where(
        TeamManagerRow.workspace_id == scope.workspace_id, TeamManagerRow.team_id == team_id
    )
    return list(await scope.session.exec(statement.order_by(TeamManagerRow.user_id)))


async def managers_over(scope: Scope, user_id: str | None) -> list[str]:
    """Return the user ids of those who manage the team somebody is in, or left; none for nobody."""
    team_id = await team_id_of(scope, user_id) or await left_team_of(scope, user_id)
    return await managers_of(scope, team_id) if team_id is not None else []


async def add_team(scope: Scope, team: Team) -> TeamRow:
    """Store a new team."""
    row = TeamRow.model_validate({**team.model_dump(), "workspace_id": scope.workspace_id})
    scope.session.add(row)
    await scope.session.flush()
    scope.forget(TeamRow)
    return row


async def make_team(scope: Scope, team: Team) -> TeamRow | None:
    """Store a new team; None if somebody made another of that name in the same moment."""
    values = {**Team.model_validate(team.model_dump()).model_dump(), "workspace_id": scope.workspace_id}
    if not await insert_missing(scope.session, TeamRow, [values]):
        return None
    scope.forget(TeamRow)
    return await find_team_named(scope, team.name)


async def change_team(scope: Scope, row: TeamRow, team: Team) -> TeamRow:
    """Store what a team decided; everything is validated as for a new one."""
    await restate(scope, row, Team, team)
    scope.forget(TeamRow)
    return row


async def set_people(scope: Scope, team_id: int, reps: Collection[str], managers: Collection[str]) -> None:
    """Make exactly these people the team's reps and managers; the people themselves must be known already.

    Whoever Slack knows no zone of has the team's. Whoever leaves is in no team; a rep of another team is moved here.
    Somebody who manages no team any more is no manager.
    """
    session, here = scope.session, col(MemberRow.workspace_id) == scope.workspace_id
    inside = (here, col(MemberRow.team_id) == team_id)
    await session.exec(
        update(MemberRow).where(*inside, col(MemberRow.user_id).not_in(reps)).values(is_rep=False)
    )
    leaving = col(MemberRow.user_id).not_in({*reps, *managers})
    await session.exec(update(MemberRow).where(*inside, leaving).values(team_id=None, left_team_id=team_id))
    joining = (here, col(MemberRow.user_id).in_(reps))
    await session.exec(
        update(MemberRow).where(*joining).values(is_rep=True, team_id=team_id, left_team_id=None)
    )
    homeless = (here, col(MemberRow.user_id).in_(managers), col(MemberRow.team_id).is_(None))
    await session.exec(update(MemberRow).where(*homeless).values(team_id=team_id, left_team_id=None))
    zone = select(TeamRow.zone).where(col(TeamRow.id) == team_id).scalar_subquery()
    lost = (here, col(MemberRow.team_id) == team_id, col(MemberRow.zone) == NO_ZONE)
    await session.exec(update(MemberRow).where(*lost).values(zone=zone))
    await set_managers(scope, team_id, managers)


async def set_managers(scope: Scope, team_id: int, chosen: Collection[str]) -> None:
    """Make exactly these people the team's managers, and say of all concerned whether they manage any."""
    before = await managers_of(scope, team_id)
    await scope.session.exec(delete(TeamManagerRow).where(col(TeamManagerRow.team_id) == team_id))
    rows = [{"team_id": team_id, "user_id": user, "workspace_id": scope.workspace_id} for user in chosen]
    await insert_missing(scope.session, TeamManagerRow, rows)
    concerned = {*before, *chosen}
    statement = select(TeamManagerRow.user_id).where(
        TeamManagerRow.workspace_id == scope.workspace_id, col(TeamManagerRow.user_id).in_(concerned)
    )
    managing = set(await scope.session.exec(statement))
    for people, manages in ((managing, True), (concerned - managing, False)):
        await scope.session.exec(
            update(MemberRow)
            .where(col(MemberRow.workspace_id) == scope.workspace_id, col(MemberRow.user_id).in_(people))
            .values(is_manager=manages)
        )
    scope.forget(MemberRow)


async def reps_of(scope: Scope, team: TeamRow) -> list[str]:
    """Return the user ids of a team's active reps."""
    return [rep.user_id for rep in await reps_in(scope, team.id)]
