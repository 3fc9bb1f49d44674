"""Schedules: what recurs, one row per subject and kind; the only thing the heartbeat reads."""

from sqlmodel import Field, Index, UniqueConstraint, text

from sales.nudges.schedule import Schedule


class ScheduleRow(Schedule, table=True):
    __tablename__ = "schedule"
    __table_args__ = (
        UniqueConstraint("workspace_id", "kind", "subject_id"),
        Index(
            "ix_schedule_due",
            "next_due_at",
            sqlite_where=text("enabled = 1"),
            postgresql_where=text("enabled"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
