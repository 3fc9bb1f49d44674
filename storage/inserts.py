"""Inserts that leave existing rows alone, on either engine."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

INSERTS: dict[str, Any] = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}


async def insert_missing(session: AsyncSession, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> int:
    """Insert the rows, all with the same columns, whose unique keys are not there yet; return how many went in.

    Once-only is the database's constraint, never a look before the leap.
    """
    if not rows:
        return 0
    insert = INSERTS[session.get_bind().dialect.name]
    statement = insert(table.__table__).on_conflict_do_nothing()  # type: ignore[attr-defined]
    connection = await session.connection()
    result = await connection.execute(statement, list(rows) if len(rows) > 1 else rows[0])
    return int(result.rowcount)
