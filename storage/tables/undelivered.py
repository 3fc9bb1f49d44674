"""Places that cannot be reached: channels and people, and since when."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class BrokenPlaceRow(SQLModel, table=True):
    """A channel or person that Slack last said cannot be written to.

    `error` is Slack's word for why. Once `stopped_at` is set, nothing that recurs is sent there until it is mended.
    """

    __tablename__ = "broken_place"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    place_id: str = Field(primary_key=True)
    error: str
    since: datetime
    stopped_at: datetime | None = None
