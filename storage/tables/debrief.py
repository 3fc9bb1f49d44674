"""Debriefs."""

from datetime import datetime

from sqlmodel import Field

from sales.pipeline.debrief import Debrief


class DebriefRow(Debrief, table=True):
    """One per lost deal; it goes when the deal goes."""

    __tablename__ = "debrief"

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id", index=True)
    opportunity_id: int = Field(foreign_key="opportunity.id", ondelete="CASCADE", unique=True)
    created_at: datetime
