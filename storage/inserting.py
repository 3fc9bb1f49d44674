"""Inserts that leave existing rows alone, on either engine."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

INSERTS: dict[str, Any] = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}


async def insert_missing(session: AsyncSession, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> int:
    """Insert the rows whose unique keys are not there yet; return how many went in.

    Once-only is the database's constraint, never a look before the leap.
    """
    if not rows:
        return 0
    insert = INSERTS[session.get_bind().dialect.name]
    result = await session.exec(insert(table).values(list(rows)).on_conflict_do_nothing())
    return int(result.rowcount)
