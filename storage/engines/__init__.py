"""The engines a database may run on: SQLite on one machine, PostgreSQL to scale out."""

from sqlalchemy import URL

from storage.engines.engine import Engine
from storage.trouble import StorageTrouble


def engine_of(url: URL) -> Engine:
    """Return the engine that a database address names; its driver is loaded here, so nobody pays for the other one.

    Raises:
        StorageTrouble: if it is none of them.
    """
    match url.drivername:
        case "sqlite+aiosqlite":
            from storage.engines.sqlite import SQLite

            return SQLite(url)
        case "postgresql+asyncpg":
            from storage.engines.postgresql import PostgreSQL

            return PostgreSQL(url)
        case other:
            raise StorageTrouble(
                f"DATABASE_URL begins with {other}://; write sqlite+aiosqlite:// or postgresql+asyncpg://."
            )


__all__ = ["Engine", "engine_of"]
