"""Shapes: how files with the same columns are to be read, as somebody said of the last one."""

from datetime import datetime
from typing import Any

from sqlmodel import JSON, Field, SQLModel, UniqueConstraint, select

from sales.imports.files.answers import ONCE, SINCE, with_days
from storage.scope import Scope


class ImportShapeRow(SQLModel, table=True):
    """The terms that were confirmed for files of one shape."""

    __tablename__ = "import_shape"
    __table_args__ = (UniqueConstraint("workspace_id", "shape"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    shape: str = Field(max_length=16)
    terms: dict[str, Any] = Field(sa_type=JSON)
    confirmed_at: datetime


async def remembered_terms(scope: Scope, shape: str) -> dict[str, Any]:
    """Return how files of a shape are read; nothing where none was confirmed yet."""
    row = await find_shape(scope, shape)
    if row is None:
        return {}
    day = row.confirmed_at.date().isoformat()  # of what was kept before each answer had its own
    return with_days(row.terms, {**dict.fromkeys(ONCE, day), **row.terms.get(SINCE, {})})


async def remember_terms(scope: Scope, shape: str, terms: dict[str, Any], now: datetime) -> None:
    """Keep how a file was read that somebody confirmed, for the next of its shape."""
    row = await find_shape(scope, shape)
    if row is None:
        row = ImportShapeRow(workspace_id=scope.workspace_id, shape=shape, terms=terms, confirmed_at=now)
    row.terms, row.confirmed_at = terms, now
    scope.session.add(row)
    await scope.session.flush()


async def find_shape(scope: Scope, shape: str) -> ImportShapeRow | None:
    statement = select(ImportShapeRow).where(
        ImportShapeRow.workspace_id == scope.workspace_id, ImportShapeRow.shape == shape
    )
    return (await scope.session.exec(statement)).first()
