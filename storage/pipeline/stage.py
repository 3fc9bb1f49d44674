"""Stages: what each team calls the steps of its deals."""

from collections.abc import Sequence

from sqlmodel import Field, UniqueConstraint, col, select

from sales.pipeline.stage import USUAL_STAGES, DealStage
from storage.people.member import team_id_of
from storage.row_image import Touched, image
from storage.rows import restate
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
    rows = await _rows(scope, team_id)
    return [DealStage(name=row.name, needs=row.needs) for row in rows] or list(USUAL_STAGES)


async def _rows(scope: Scope, team_id: int) -> list[DealStageRow]:
    statement = select(DealStageRow).where(
        DealStageRow.workspace_id == scope.workspace_id, DealStageRow.team_id == team_id
    )
    return list(await scope.session.exec(statement.order_by(col(DealStageRow.place))))


async def stages_for(scope: Scope, owner_id: str | None) -> list[DealStage]:
    """Return the stages that a person's deals go through: those of their team."""
    return await stages_of(scope, await team_id_of(scope, owner_id))


async def set_stages(scope: Scope, team_id: int, stages: Sequence[DealStage]) -> list[Touched]:
    """Make exactly these a team's stages, in this order; return what undoing it needs."""
    rows = await _rows(scope, team_id)
    touched: list[Touched] = []
    for place, stage in enumerate(stages):
        if place < len(rows):
            before = image(rows[place])
            await restate(scope, rows[place], DealStage, stage)
            touched.append(Touched(rows[place], before))
        else:
            said = {**stage.model_dump(), "workspace_id": scope.workspace_id, "team_id": team_id}
            added = DealStageRow.model_validate({**said, "place": place})
            scope.session.add(added)
            touched.append(Touched(added))
    for row in rows[len(stages) :]:
        touched.append(Touched(row, image(row), gone=True))
        await scope.session.delete(row)
    await scope.session.flush()
    scope.forget(DealStageRow)
    return touched
