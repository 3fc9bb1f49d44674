"""The outbox to CRMs: what somebody approved, once each, and what became of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlmodel import Column, Field, Index, UniqueConstraint, col, select

from sales.imports.sync.write_back import UNDERWAY, CrmWrite, WriteState
from storage.scope import Scope


class CrmWriteRow(CrmWrite, table=True):
    __tablename__ = "crm_write"
    __table_args__ = (
        UniqueConstraint("connection_id", "external_id", "approval"),
        Index("ix_crm_write_deal", "workspace_id", "opportunity_id"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    connection_id: int = Field(
        sa_column=Column("connection_id", ForeignKey("crm_connection.id", ondelete="CASCADE"), nullable=False)
    )
    opportunity_id: int = Field(
        sa_column=Column("opportunity_id", ForeignKey("opportunity.id", ondelete="CASCADE"), nullable=False)
    )


async def approve(scope: Scope, connection_id: int, write: CrmWrite) -> CrmWriteRow | None:
    """Keep what somebody approved; None where the same yes was kept before. What waited for the deal is replaced."""
    of_deal = select(CrmWriteRow).where(
        CrmWriteRow.workspace_id == scope.workspace_id,
        CrmWriteRow.connection_id == connection_id,
        CrmWriteRow.external_id == write.external_id,
    )
    for row in list(await scope.session.exec(of_deal)):
        if row.approval == write.approval:
            return None
        if row.state in (WriteState.PENDING, WriteState.CONFLICT, WriteState.REFUSED):
            row.state = WriteState.DROPPED
            scope.session.add(row)
    kept = {**write.model_dump(), "workspace_id": scope.workspace_id, "connection_id": connection_id}
    made = CrmWriteRow.model_validate(kept)
    scope.session.add(made)
    await scope.session.flush()
    return made


async def underway(scope: Scope, connection_id: int) -> Sequence[CrmWriteRow]:
    """Return what waits to be written, the oldest first."""
    statement = select(CrmWriteRow).where(
        CrmWriteRow.workspace_id == scope.workspace_id,
        CrmWriteRow.connection_id == connection_id,
        col(CrmWriteRow.state).in_(UNDERWAY),
    )
    return list(await scope.session.exec(statement.order_by(col(CrmWriteRow.id))))


async def find_write(scope: Scope, write_id: int) -> CrmWriteRow | None:
    """Return one of them, or None."""
    row = await scope.session.get(CrmWriteRow, write_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def last_write_of(scope: Scope, opportunity_id: int) -> CrmWriteRow | None:
    """Return what was approved for a deal last, or None."""
    statement = select(CrmWriteRow).where(
        CrmWriteRow.workspace_id == scope.workspace_id, CrmWriteRow.opportunity_id == opportunity_id
    )
    return (await scope.session.exec(statement.order_by(col(CrmWriteRow.id).desc()).limit(1))).first()


def settle(row: CrmWriteRow, state: WriteState, now: datetime, trouble: str = "") -> None:
    """Note what became of it."""
    row.state, row.tried_at, row.trouble = state, now, trouble[:500]
    if state is WriteState.DONE:
        row.done_at = now
