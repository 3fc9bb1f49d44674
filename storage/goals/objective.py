"""Objectives: what a team's company wants, one list a team; a goal keeps the words that it serves."""

from sqlalchemy import bindparam
from sqlmodel import Field, UniqueConstraint, col

from sales.goals.objective import ObjectiveList
from storage.engines.statement import Rows, given
from storage.row_image import Touched, image
from storage.rows import restate
from storage.scope import Scope


class ObjectiveListRow(ObjectiveList, table=True):
    __tablename__ = "objective_list"
    __table_args__ = (UniqueConstraint("workspace_id", "team_id"), {"sqlite_autoincrement": True})

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")


OF_TEAM = Rows(
    ObjectiveListRow,
    given(ObjectiveListRow.workspace_id),
    col(ObjectiveListRow.team_id) == bindparam("team_id"),
)


async def objectives_of(scope: Scope, team_id: int) -> list[str]:
    """Return what a team's company wants, in its order; nothing where nobody wrote it down."""
    row = await scope.first(OF_TEAM, team_id=team_id)
    return row.objectives if row is not None else []


async def write_objectives(scope: Scope, team_id: int, objectives: list[str]) -> Touched:
    """Keep a team's list in the place of the one before; return what undoing it needs."""
    said = ObjectiveList(team_id=team_id, lines="\n".join(objectives))
    row = await scope.first(OF_TEAM, team_id=team_id)
    if row is not None:
        before = image(row)
        await restate(scope, row, ObjectiveList, said)
        return Touched(row, before)
    row = ObjectiveListRow.model_validate({**said.model_dump(), "workspace_id": scope.workspace_id})
    scope.session.add(row)
    await scope.session.flush()
    return Touched(row)
