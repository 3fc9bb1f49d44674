"""The inbox: what Slack has already told us, so that a repeated request has one effect (delivery.md §8)."""

from datetime import datetime
from typing import Any

from sqlmodel import JSON, Field, SQLModel


class InboxRow(SQLModel, table=True):
    """One request by its key, with the answer it got. Kept for 48 hours."""

    __tablename__ = "inbox"

    key: str = Field(primary_key=True)
    workspace_id: str
    received_at: datetime = Field(index=True)
    response: dict[str, Any] | None = Field(default=None, sa_type=JSON)
