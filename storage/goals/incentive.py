"""Incentives: what each goal brings its owner, kept for their eyes alone."""

from collections.abc import Collection

from sqlmodel import Field, UniqueConstraint, col, select

from sales.goals.incentive import Incentive
from storage.row_image import Touched, image
from storage.rows import restate
from storage.scope import Scope


class IncentiveRow(Incentive, table=True):
    __tablename__ = "incentive"
    __table_args__ = (UniqueConstraint("workspace_id", "goal_id", "owner_id"), {"sqlite_autoincrement": True})

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    goal_id: int = Field(foreign_key="goal.id", ondelete="CASCADE")


async def incentives_of(scope: Scope, owner_id: str, goal_ids: Collection[int]) -> dict[int, IncentiveRow]:
    """Return what these goals bring their owner, by goal; those that bring nothing are missing."""
    if not goal_ids:
        return {}
    statement = select(IncentiveRow).where(
        IncentiveRow.workspace_id == scope.workspace_id,
        IncentiveRow.owner_id == owner_id,
        col(IncentiveRow.goal_id).in_(goal_ids),
    )
    return {row.goal_id: row for row in await scope.session.exec(statement)}


async def write_incentive(scope: Scope, said: Incentive) -> Touched:
    """Keep what a goal brings, in the place of what was said before; return what undoing it needs."""
    row = (await incentives_of(scope, said.owner_id, [said.goal_id])).get(said.goal_id)
    if row is not None:
        before = image(row)
        await restate(scope, row, Incentive, said)
        return Touched(row, before)
    row = IncentiveRow.model_validate({**said.model_dump(), "workspace_id": scope.workspace_id})
    scope.session.add(row)
    await scope.session.flush()
    return Touched(row)


async def drop_incentive(scope: Scope, row: IncentiveRow) -> Touched:
    """Take out what a goal brings; return what undoing it needs."""
    touched = Touched(row, image(row), gone=True)
    await scope.session.delete(row)
    await scope.session.flush()
    return touched
