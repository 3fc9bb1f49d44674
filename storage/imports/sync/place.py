"""How far each pass of a connection was read, kept in the unit of work that takes in what was read."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlmodel import Column, Field, SQLModel, UniqueConstraint, select

from sales.imports.sync.record import CrmObject, CrmPlace
from sales.imports.sync.window import ReadTo, SyncPass, SyncWindow
from storage.scope import Scope


class CrmPlaceRow(SQLModel, table=True):
    """`to` ends the last window that was read whole; `at`, `after_id` and `until` say where the next one stands."""

    __tablename__ = "crm_place"
    __table_args__ = (UniqueConstraint("connection_id", "what", "way"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    connection_id: int = Field(
        sa_column=Column("connection_id", ForeignKey("crm_connection.id", ondelete="CASCADE"), nullable=False)
    )
    what: CrmObject
    way: SyncPass
    began_at: datetime | None = None  # the last window, by our clock
    to: datetime | None = None
    at: datetime | None = None
    after_id: str = ""
    until: datetime | None = None

    @property
    def read_to(self) -> ReadTo:
        if self.at is None or self.until is None:
            return ReadTo(self.to)
        return ReadTo(self.to, SyncWindow(CrmPlace(self.at, self.after_id), self.until))


async def places(scope: Scope, connection_id: int) -> dict[tuple[CrmObject, SyncPass], CrmPlaceRow]:
    """Return how far everything was read."""
    statement = select(CrmPlaceRow).where(
        CrmPlaceRow.workspace_id == scope.workspace_id, CrmPlaceRow.connection_id == connection_id
    )
    return {(row.what, row.way): row for row in await scope.session.exec(statement)}


async def keep_place(
    scope: Scope, connection_id: int, what: CrmObject, way: SyncPass, read: ReadTo, began: datetime
) -> None:
    """Keep how far a pass came, and when its window began by our clock."""
    row = (await places(scope, connection_id)).get((what, way)) or CrmPlaceRow(
        workspace_id=scope.workspace_id, connection_id=connection_id, what=what, way=way
    )
    row.to, row.began_at = read.to, began
    row.at = read.within.since.at if read.within else None
    row.after_id = read.within.since.after_id if read.within else ""
    row.until = read.within.until if read.within else None
    scope.session.add(row)
    await scope.session.flush()
