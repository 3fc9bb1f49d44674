"""Follow-ups."""

from datetime import datetime

from sqlmodel import Field, Index, text

from sales.followups.followup import FollowUp


class FollowUpRow(FollowUp, table=True):
    __tablename__ = "followup"
    __table_args__ = (
        Index(
            "ix_followup_open",
            "workspace_id",
            "owner_id",
            "due_on",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_followup_settled", "workspace_id", "settled_at"),
        {"sqlite_autoincrement": True},  # ids are never used twice: old buttons must not reach newer rows
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    created_at: datetime
