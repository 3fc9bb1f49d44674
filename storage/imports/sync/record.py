"""Records of a CRM: which row of ours each is, and what the CRM said of it last.

One that was merged into another goes by that one from then on. One that cannot be taken waits, with the reason, and is
tried again with every pull.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey
from sqlmodel import JSON, Column, Field, Index, SQLModel, UniqueConstraint, col, func, select

from sales.imports.sync.record import CrmObject
from storage.pieces import pieces
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope

MOST_MERGES = 20  # of a chain; a longer one is a circle


class CrmRecordRow(SQLModel, table=True):
    """`said` is what the CRM said last in our values, `contested` what stood here of groups that both sides changed.

    `row_id` is the deal, account or activity that it is here; None while it waits, for the reason in `waits`. One that
    may be what was typed here (`twin_id`) waits until somebody has `chosen`: the same, or another.
    """

    __tablename__ = "crm_record"
    __table_args__ = (
        UniqueConstraint("connection_id", "what", "external_id"),
        Index("ix_crm_record_row", "workspace_id", "what", "row_id"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    connection_id: int = Field(
        sa_column=Column("connection_id", ForeignKey("crm_connection.id", ondelete="CASCADE"), nullable=False)
    )
    what: CrmObject
    external_id: str = Field(max_length=100)
    row_id: int | None = None
    modified_at: datetime | None = None
    said: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    contested: dict[str, dict[str, Any]] = Field(default_factory=dict, sa_type=JSON)
    merged_into: str = Field(default="", max_length=100)
    gone_at: datetime | None = None
    missed: int = 0  # sweeps in a row that did not find it
    waits: str = Field(default="", max_length=500)
    twin_id: int | None = None
    chosen: str = Field(default="", max_length=10)


async def records_by_id(
    scope: Scope, connection_id: int, what: CrmObject, ids: Collection[str]
) -> dict[str, CrmRecordRow]:
    """Return what is known of records, by their ids; unknown ones are missing."""
    found: dict[str, CrmRecordRow] = {}
    for some in pieces(sorted(ids)):
        statement = select(CrmRecordRow).where(
            CrmRecordRow.workspace_id == scope.workspace_id,
            CrmRecordRow.connection_id == connection_id,
            CrmRecordRow.what == what,
            col(CrmRecordRow.external_id).in_(some),
        )
        found.update({row.external_id: row for row in await scope.session.exec(statement)})
    return found


def new_record(scope: Scope, connection_id: int, what: CrmObject, external_id: str) -> CrmRecordRow:
    """Return a record of which nothing is known yet; it is stored by whoever takes it in."""
    return CrmRecordRow(
        workspace_id=scope.workspace_id, connection_id=connection_id, what=what, external_id=external_id
    )


async def records_of(scope: Scope, what: CrmObject, row_ids: Collection[int]) -> dict[int, CrmRecordRow]:
    """Return the record of each of our rows that has one, merged and deleted ones aside."""
    found: dict[int, CrmRecordRow] = {}
    for some in pieces(sorted(row_ids)):
        statement = select(CrmRecordRow).where(
            CrmRecordRow.workspace_id == scope.workspace_id,
            CrmRecordRow.what == what,
            col(CrmRecordRow.row_id).in_(some),
            CrmRecordRow.merged_into == "",
            col(CrmRecordRow.gone_at).is_(None),
        )
        found.update({int(row.row_id or 0): row for row in await scope.session.exec(statement)})
    return found


async def waiting_records(scope: Scope, connection_id: int, what: CrmObject) -> Sequence[CrmRecordRow]:
    """Return the records that could not be taken yet, each with the reason."""
    statement = select(CrmRecordRow).where(
        CrmRecordRow.workspace_id == scope.workspace_id,
        CrmRecordRow.connection_id == connection_id,
        CrmRecordRow.what == what,
        CrmRecordRow.waits != "",
        col(CrmRecordRow.gone_at).is_(None),
    )
    return list(await scope.session.exec(statement.order_by(col(CrmRecordRow.id))))


async def count_deals(scope: Scope, connection_id: int) -> int:
    """Return how many deals of a connection are here."""
    statement = select(func.count()).where(*deals_here(scope, connection_id))
    return (await scope.session.exec(statement)).one()


def deals_here(scope: Scope, connection_id: int) -> tuple[ColumnElement[bool], ...]:
    """Return what holds of the records of a connection's deals that are here, neither merged nor gone."""
    return (
        col(CrmRecordRow.workspace_id) == scope.workspace_id,
        col(CrmRecordRow.connection_id) == connection_id,
        col(CrmRecordRow.what) == CrmObject.DEAL,
        col(CrmRecordRow.row_id).is_not(None),
        col(CrmRecordRow.merged_into) == "",
        col(CrmRecordRow.gone_at).is_(None),
    )


def open_here(scope: Scope, connection_id: int) -> tuple[ColumnElement[bool], ...]:
    """Return what holds of those of them, beside our deals, that are open here."""
    return (
        *deals_here(scope, connection_id),
        col(OpportunityRow.workspace_id) == scope.workspace_id,
        col(OpportunityRow.closed_on).is_(None),
    )


async def open_deals_by_owner(scope: Scope, connection_id: int) -> dict[str, int]:
    """Return how many deals of a connection are open here, by what their owner is called there."""
    statement = (
        select(OpportunityRow.owner_name, func.count())
        .join(CrmRecordRow, col(CrmRecordRow.row_id) == col(OpportunityRow.id))
        .where(*open_here(scope, connection_id))
        .group_by(col(OpportunityRow.owner_name))
    )
    return {str(name or ""): count for name, count in await scope.session.exec(statement)}


def canonical(known: dict[str, CrmRecordRow], record_id: str) -> str:
    """Return the id that a record goes by now, however often it was merged."""
    for _ in range(MOST_MERGES):
        row = known.get(record_id)
        if row is None or not row.merged_into:
            break
        record_id = row.merged_into
    return record_id
