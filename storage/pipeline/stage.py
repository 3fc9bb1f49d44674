"""Stages: what each team calls the steps of its deals."""

from collections.abc import Sequence

from sqlmodel import Field, UniqueConstraint, col, delete, select

from sales.pipeline.stage import USUAL_STAGES, DealStage
from storage.scope import Scope


class DealStageRow(DealStage, table=True):
    """One step, in its place among those of a team; a team without any has the usual ones."""

    __tablename__ = "deal_stage"
    __table_args__ = (UniqueConstraint("workspace_id", "team_id", "place"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")
    place: int


async def stages_of(scope: Scope, team_id: int | None) -> list[DealStage]:
    """Return a team's stages in their order; the usual ones where it named none, or where there is no team."""
    if team_id is None:
        return list(USUAL_STAGES)
    return await scope.once(DealStageRow, team_id, lambda: _read(scope, team_id))


async def _read(scope: Scope, team_id: int) -> list[DealStage]:
    statement = select(DealStageRow).where(
        DealStageRow.workspace_id == scope.workspace_id, DealStageRow.team_id == team_id
    )
    rows = list(await scope.session.exec(statement.order_by(col(DealStageRow.place))))
    return [DealStage(name=row.name, needs=row.needs) for row in rows] or list(USUAL_STAGES)


async def set_stages(scope: Scope, team_id: int, stages: Sequence[DealStage]) -> None:
    """Make exactly these a team's stages, in this order."""
    await scope.session.exec(
        delete(DealStageRow).where(
            col(DealStageRow.workspace_id) == scope.workspace_id, col(DealStageRow.team_id) == team_id
        )
    )
    for place, stage in enumerate(stages):
        values = {**stage.model_dump(), "place": place}
        scope.session.add(
            DealStageRow.model_validate({**values, "workspace_id": scope.workspace_id, "team_id": team_id})
        )
    await scope.session.flush()
    scope.forget(DealStageRow)
