"""Imports: what each run took, and what every row it touched said before, so that a run can be undone."""

from datetime import datetime
from typing import Any

from sqlmodel import JSON, Field, Index, SQLModel


class ImportRow(SQLModel, table=True):
    __tablename__ = "import_run"

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id", index=True)
    started_at: datetime
    finished_at: datetime | None = None
    undone_at: datetime | None = None
    preset: str
    source: str = ""
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0


class ImportChangeRow(SQLModel, table=True):
    """One row a run added (`before` is None) or changed (`before` holds its earlier values).

    `after_sha` and `after_owner_id` tell whether the row still is as the run left it.
    """

    __tablename__ = "import_change"
    __table_args__ = (Index("ix_import_change_run", "import_id"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    import_id: int = Field(foreign_key="import_run.id")
    table_name: str
    row_id: int
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    after_sha: str = Field(max_length=16)
    after_owner_id: str | None = None
