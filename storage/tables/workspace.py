"""Workspaces: the tenants."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class WorkspaceRow(SQLModel, table=True):
    """A Slack workspace that installed the app. Suspended while its token does not work."""

    __tablename__ = "workspace"

    id: str = Field(primary_key=True)
    name: str = ""
    bot_user_id: str = ""
    suspended_reason: str | None = None
    installed_at: datetime
