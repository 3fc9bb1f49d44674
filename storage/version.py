"""Which database it is: the engine's name and version, for whoever looks after it."""

from sqlmodel import func, select

from storage.scope import Ledger


async def version_of(ledger: Ledger) -> str:
    """Return the engine by name and version, such as "PostgreSQL 17.2" or "SQLite 3.45.1"."""
    connection = await ledger.session.connection()
    if connection.dialect.name == "sqlite":
        return f"SQLite {(await connection.execute(select(func.sqlite_version()))).scalar_one()}"
    told = (await connection.execute(select(func.current_setting("server_version")))).scalar_one()
    return f"PostgreSQL {str(told).split(' ')[0]}"
