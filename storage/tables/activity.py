"""Activities. Ids are never used twice: a button on an old message must not reach a newer row."""

from datetime import datetime

from sqlmodel import Field, Index

from sales.followups.activity import Activity
from sales.followups.next_step import NextStep


class ActivityRow(Activity, table=True):
    __tablename__ = "activity"
    __table_args__ = (
        Index("ix_activity_owner", "workspace_id", "owner_id", "on"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    next_step: NextStep = NextStep.UNSAID
    created_at: datetime
