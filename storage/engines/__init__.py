"""The engines a database may run on: SQLite on one machine, PostgreSQL to scale out."""

from sqlalchemy import URL

from storage.engines.engine import Engine
from storage.engines.postgresql import PostgreSQL
from storage.engines.sqlite import SQLite
from storage.trouble import StorageTrouble

ENGINES: dict[str, type[Engine]] = {"sqlite+aiosqlite": SQLite, "postgresql+asyncpg": PostgreSQL}


def engine_of(url: URL) -> Engine:
    """Return the engine that a database address names.

    Raises:
        StorageTrouble: if it is none of them.
    """
    engine = ENGINES.get(url.drivername)
    if engine is None:
        raise StorageTrouble(
            f"DATABASE_URL begins with {url.drivername}://; write {' or '.join(f'{name}://' for name in ENGINES)}."
        )
    return engine(url)


__all__ = ["Engine", "engine_of"]
