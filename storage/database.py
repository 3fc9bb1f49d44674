"""The database: units of work and reads, on whichever engine the address names; migrated at start-up."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from time import perf_counter

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import configure_mappers
from sqlmodel import func, select

import storage.migrations.tables  # noqa: F401 -- every foreign key finds its table
from sales.nudges.declared import Declared
from storage import inbox
from storage.engines import engine_of
from storage.people.workspace import WorkspaceRow
from storage.scope import Ledger, Scope
from storage.trouble import StorageTrouble, TurnedAway, explained

UNIT, READ = "unit", "read"  # what is timed


def nothing() -> None:
    """Do nothing: nobody asked to be told."""


def untimed(what: str, seconds: float) -> None:
    """Do nothing: nobody asked how long it took."""


class Database:
    """Opens, migrates and hands out units of work. Create with `Database.open`.

    `committed` is called after each durable unit, before anybody is told of it. `declared` is what the features
    declare; every unit of work carries it, and needs it where anything recurs, is sent or is undone. `timed`, where
    somebody sets it, hears how many seconds each unit of work and each read took that ended well.
    """

    def __init__(
        self, url: str, committed: Callable[[], None] = nothing, declared: Declared | None = None
    ) -> None:
        try:
            self.url = make_url(url)
        except ArgumentError:
            raise StorageTrouble(
                "DATABASE_URL is no database address. Write sqlite+aiosqlite:///rainmaker.db"
                " or postgresql+asyncpg://user:password@host/name."
            ) from None
        self.engine = engine_of(self.url)
        self.committed = committed
        self.timed = untimed
        self.write_failed = False
        self.begun_again = 0  # units of work that lacked something that was not worked out before them
        self.declared = declared

    @classmethod
    async def open(
        cls, url: str, committed: Callable[[], None] = nothing, declared: Declared | None = None
    ) -> "Database":
        """Return a database whose schema is up to date.

        Raises:
            StorageTrouble: in one line, if it cannot be used or a newer version wrote it.
        """
        database = cls(url, committed, declared)
        try:
            with database.plain_trouble():
                await database.engine.prepare()
            configure_mappers()  # a fiftieth of a second, which the first question would hold the event loop for
        except BaseException:
            await database.close()
            raise
        return database

    async def close(self) -> None:
        await self.engine.close()

    async def answers(self) -> None:
        """Return if the database answers a question that makes it look at its tables.

        Raises:
            StorageTrouble: in one line, if it does not.
        """
        with self.plain_trouble():
            self.engine.look()
        async with self.read_ledger() as ledger:
            await ledger.session.exec(select(WorkspaceRow.id).limit(1))

    async def takes_writes(self) -> None:
        """Return if a unit of work can begin, write, and be made durable; it leaves nothing behind.

        After a write that failed it makes much durable: a disk that is full may still have room for a little.

        Raises:
            StorageTrouble: in one line, if it cannot.
        """
        key, largely = inbox.trial_key(), self.write_failed
        with self.plain_trouble():
            self.engine.look()
            async with self.engine.unit(None) as unit:
                ledger = Ledger(unit, self.declared)
                if not self.engine.shared:
                    await inbox.find_room(ledger)
                await inbox.try_out(ledger, key, largely=largely)
                if not largely:
                    await inbox.take_back(ledger, key)
            if largely:  # in a unit of its own, as what is gone before the commit is never written
                async with self.engine.unit(None) as unit:
                    await inbox.take_back(Ledger(unit, self.declared), key)
        self.write_failed = False

    def explained(self, error: BaseException) -> StorageTrouble | None:
        """Return the trouble in plain words where an error is the database's state, not a fault of ours."""
        return explained(error, self.engine.errors)

    @contextmanager
    def plain_trouble(self) -> Iterator[None]:
        """Turn errors that describe the database's state into one line with its mend."""
        try:
            yield
        except BaseException as error:
            trouble = self.explained(error)
            if trouble is None:
                raise
            raise trouble from error

    @contextmanager
    def write_trouble(self) -> Iterator[None]:
        """Do the same for a write, and remember that one failed until one does not."""
        try:
            with self.plain_trouble():
                yield
        except TurnedAway:
            raise
        except StorageTrouble:
            self.write_failed = True
            raise
        self.write_failed = False

    @asynccontextmanager
    async def write(
        self, workspace_id: str, *, brief: bool = False, slow: bool = False
    ) -> AsyncIterator[Scope]:
        """Run one unit of work in a workspace: all of it is durable on leaving, or none of it happened.

        A `slow` one works something out in it, as what thousands of rows become.

        Raises:
            Lacking: if a `brief` one needs something that takes long to be worked out.
        """
        began = perf_counter()
        with self.write_trouble():
            async with self.engine.unit(workspace_id, slow=slow) as unit:
                unit.brief = brief
                yield Scope(unit, workspace_id, self.declared)
        self.timed(UNIT, perf_counter() - began)
        self.committed()

    @asynccontextmanager
    async def write_ledger(self, *, slow: bool = False, brief: bool = False) -> AsyncIterator[Ledger]:
        """Run one unit of work over all workspaces' schedules and deliveries; `slow` ones work something out in it."""
        began = perf_counter()
        with self.write_trouble():
            async with self.engine.unit(None, slow=slow) as unit:
                unit.brief = brief
                yield Ledger(unit, self.declared)
        self.timed(UNIT, perf_counter() - began)
        self.committed()

    @asynccontextmanager
    async def read(self, workspace_id: str) -> AsyncIterator[Scope]:
        """Read one workspace's rows as they are now, without waiting for the writer."""
        async with self.read_ledger() as ledger:
            yield ledger.workspace(workspace_id)

    @asynccontextmanager
    async def read_ledger(self) -> AsyncIterator[Ledger]:
        """Read all workspaces' schedules and deliveries."""
        began = perf_counter()
        with self.plain_trouble():
            async with self.engine.read() as unit:
                yield Ledger(unit, self.declared)
        self.timed(READ, perf_counter() - began)


async def version_of(ledger: Ledger) -> str:
    """Return the engine by name and version, such as "PostgreSQL 17.2" or "SQLite 3.45.1"."""
    connection = await ledger.session.connection()
    if connection.dialect.name == "sqlite":
        return f"SQLite {(await connection.execute(select(func.sqlite_version()))).scalar_one()}"
    told = (await connection.execute(select(func.current_setting("server_version")))).scalar_one()
    return f"PostgreSQL {str(told).split(' ')[0]}"
