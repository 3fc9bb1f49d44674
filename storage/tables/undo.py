"""Undo: what the rows of one person's last action said before it."""

from datetime import datetime
from typing import Any

from sqlmodel import JSON, Field, Index, SQLModel


class UndoRow(SQLModel, table=True):
    """One undoable action. `images` lists {table, id, before, after}; `before` is None for an added row."""

    __tablename__ = "undo"
    __table_args__ = (Index("ix_undo_user", "workspace_id", "user_id", "at"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    user_id: str
    at: datetime
    summary: str
    images: list[dict[str, Any]] = Field(sa_type=JSON)
    undone_at: datetime | None = None
