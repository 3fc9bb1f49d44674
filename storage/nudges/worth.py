"""What messages are worth: what people said of those that came, and what was switched off for a team."""

from collections.abc import Collection
from datetime import date

from sqlmodel import Field, Index, UniqueConstraint, col, select

from sales.nudges.worth import LOOKED_BACK, TeamSwitch, Verdict
from storage.nudges.mute import mutes, set_mutes
from storage.people.member import reps_in
from storage.scope import Scope


class VerdictRow(Verdict, table=True):
    __tablename__ = "nudge_verdict"
    __table_args__ = (
        UniqueConstraint("workspace_id", "user_id", "delivery_id", "kind"),
        Index("ix_nudge_verdict_team", "workspace_id", "team_id", "on"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")


class TeamSwitchRow(TeamSwitch, table=True):
    __tablename__ = "team_switch"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "kind"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")


async def judge(scope: Scope, said: Verdict) -> None:
    """Store what somebody says of a message; what they said of it before does not count any more."""
    statement = select(VerdictRow).where(
        VerdictRow.workspace_id == scope.workspace_id,
        VerdictRow.user_id == said.user_id,
        VerdictRow.delivery_id == said.delivery_id,
        VerdictRow.kind == said.kind,
    )
    row = (await scope.session.exec(statement)).one_or_none()
    if row is None:
        row = VerdictRow.model_validate({**said.model_dump(), "workspace_id": scope.workspace_id})
    row.useful, row.on = said.useful, said.on
    scope.session.add(row)
    await scope.session.flush()


async def verdicts_in(scope: Scope, team_id: int, today: date) -> list[VerdictRow]:
    """Return what a team's people said in the last eight weeks."""
    statement = select(VerdictRow).where(
        VerdictRow.workspace_id == scope.workspace_id,
        VerdictRow.team_id == team_id,
        col(VerdictRow.on) > today - LOOKED_BACK,
    )
    return list(await scope.session.exec(statement.order_by(col(VerdictRow.id))))


async def switched_off(scope: Scope, team_id: int) -> dict[str, TeamSwitchRow]:
    """Return which kinds were switched off for a team, by kind."""
    statement = select(TeamSwitchRow).where(
        TeamSwitchRow.workspace_id == scope.workspace_id, TeamSwitchRow.team_id == team_id
    )
    found = await scope.session.exec(statement.order_by(TeamSwitchRow.kind))
    return {row.kind: row for row in found}


async def switch_off(scope: Scope, said: TeamSwitch) -> list[str]:
    """Switch a kind off for each of a team's reps who has it on; return their ids. Each may switch it on again."""
    row = TeamSwitchRow.model_validate({**said.model_dump(), "workspace_id": scope.workspace_id})
    scope.session.add(row)
    await scope.session.flush()
    people = [
        rep.user_id
        for rep in await reps_in(scope, said.team_id)
        if said.kind not in await mutes(scope, rep.user_id)
    ]
    for user_id in people:
        await set_mutes(scope, user_id, [said.kind], [said.kind])
    return people


async def switch_on(scope: Scope, row: TeamSwitchRow) -> list[str]:
    """Switch a kind on again for a team's reps; return their ids."""
    kind, team_id = row.kind, row.team_id
    await scope.session.delete(row)
    await scope.session.flush()
    people = [rep.user_id for rep in await reps_in(scope, team_id)]
    return await on_for(scope, people, kind)


async def on_for(scope: Scope, user_ids: Collection[str], kind: str) -> list[str]:
    """Switch a kind on for some people; return those who had it off."""
    found = [one for one in user_ids if kind in await mutes(scope, one)]
    for user_id in found:
        await set_mutes(scope, user_id, [], [kind])
    return found
