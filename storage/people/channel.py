"""Channels: which of them a manager said may be posted to although others read there."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from sales.people.readers import Outsiders
from storage.scope import Scope


class ChannelConsentRow(SQLModel, table=True):
    """A manager's yes to posting in a channel that people from outside read: which people, who said so, and when."""

    __tablename__ = "channel_consent"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    channel_id: str = Field(primary_key=True)
    outsiders: Outsiders
    given_by: str
    given_at: datetime


async def consent_to(scope: Scope, channel_id: str) -> Outsiders:
    """Return who from outside may read a channel, as a manager said."""
    found = await scope.session.get(ChannelConsentRow, (scope.workspace_id, channel_id))
    return found.outsiders if found is not None else Outsiders.NOBODY


async def give_consent(scope: Scope, channel_id: str, outsiders: Outsiders, by: str, now: datetime) -> None:
    """Note that a manager agreed to who reads a channel; the last word counts."""
    row = ChannelConsentRow(
        workspace_id=scope.workspace_id, channel_id=channel_id, outsiders=outsiders, given_by=by, given_at=now
    )
    await scope.session.merge(row)
    await scope.session.flush()
