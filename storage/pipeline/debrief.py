"""Debriefs: what was said when a deal was lost."""

from datetime import datetime

from sqlmodel import Field, select

from sales.pipeline.debrief import Debrief
from storage.scope import Scope


class DebriefRow(Debrief, table=True):
    """One per lost deal; it goes when the deal goes."""

    __tablename__ = "debrief"

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id", index=True)
    opportunity_id: int = Field(foreign_key="opportunity.id", ondelete="CASCADE", unique=True)
    created_at: datetime


async def debrief_of(scope: Scope, opportunity_id: int) -> DebriefRow | None:
    """Return what was said about a lost deal, or None."""
    statement = select(DebriefRow).where(
        DebriefRow.workspace_id == scope.workspace_id, DebriefRow.opportunity_id == opportunity_id
    )
    return (await scope.session.exec(statement)).one_or_none()


async def save_debrief(scope: Scope, debrief: Debrief, now: datetime) -> DebriefRow:
    """Store what was said about a lost deal, in the place of what was said before."""
    row = await debrief_of(scope, debrief.opportunity_id)
    if row is None:
        values = {**debrief.model_dump(), "workspace_id": scope.workspace_id, "created_at": now}
        row = DebriefRow.model_validate(values)
    else:
        row.sqlmodel_update(debrief.model_dump())
    scope.session.add(row)
    await scope.session.flush()
    return row
