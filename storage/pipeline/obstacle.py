"""Obstacles: what could stop deals."""

from sqlmodel import Field, col, select

from sales.pipeline.obstacle import DealObstacle, StoredObstacle
from storage.row_image import Touched, image
from storage.rows import restate
from storage.scope import Scope


class ObstacleRow(StoredObstacle, table=True):
    __tablename__ = "obstacle"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    opportunity_id: int = Field(foreign_key="opportunity.id", ondelete="CASCADE", index=True)


async def add_obstacle(scope: Scope, obstacle: DealObstacle) -> ObstacleRow:
    """Store what could stop a deal."""
    row = ObstacleRow.model_validate({**obstacle.model_dump(), "workspace_id": scope.workspace_id})
    scope.session.add(row)
    await scope.session.flush()
    return row


async def change_obstacle(scope: Scope, row: ObstacleRow, said: DealObstacle) -> Touched:
    """Store what is known of an obstacle now; return what undoing it needs."""
    before = image(row)
    await restate(scope, row, DealObstacle, said)
    return Touched(row, before)


async def obstacles_of(scope: Scope, owner_id: str) -> list[ObstacleRow]:
    """Return what somebody still has to see to, on whosever deals."""
    statement = select(ObstacleRow).where(
        ObstacleRow.workspace_id == scope.workspace_id,
        ObstacleRow.owner_id == owner_id,
        col(ObstacleRow.cleared_on).is_(None),
    )
    return list(await scope.session.exec(statement.order_by(col(ObstacleRow.id))))


async def find_obstacle(scope: Scope, obstacle_id: int) -> ObstacleRow | None:
    """Return one obstacle of this workspace, or None."""
    row = await scope.session.get(ObstacleRow, obstacle_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None
