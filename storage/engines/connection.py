"""Connections to SQLite that run short statements where they are asked for.

A thread of its own for every statement costs ten times what the statement does, and under load far more,
as both threads want the interpreter. So statements run on the event loop, and only what may take long goes to
the connection's thread: taking the write lock, committing (which waits for the disk), bulk writes, and a read
that turned out to be long, which is broken off and asked again there.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

import aiosqlite
from sqlalchemy import URL

from storage.engines.turn import TURN

LONGEST_ON_LOOP = 0.004  # seconds a read may hold the event loop; 20 ms altogether is the budget
INSTRUCTIONS = 2_000  # of SQLite's virtual machine between two looks at the time: about 50 µs
MOST_PARAMETERS = 500  # of one statement; more is a bulk write, and milliseconds
MOST_ROWS = 20  # that one statement is run for on the loop; a row may have to go into ten indexes
WAITS = ("COMMIT", "VACUUM", "CREATE ", "DROP ", "ALTER ", "PRAGMA ")
READS = ("SELECT", "WITH")
Run = Callable[[str, tuple[Any, ...]], list[Any]]


class NearConnection(aiosqlite.Connection):
    """One connection to a database file; its statements keep the order in which they are asked for.

    Its transactions are begun and ended by units of work alone (`begin`, `keep`, `undo`); what SQLAlchemy believes to
    commit or to roll back is theirs.
    """

    def __init__(self, url: URL) -> None:
        arguments, options = url.get_dialect()().create_connect_args(url)
        # Two threads use it, one at a time; SQLite itself is built for that (`sqlite3.threadsafety` is 3).
        options["check_same_thread"] = False
        connector: Any = sqlite3.connect
        super().__init__(lambda: connector(*arguments, **options), iter_chunk_size=64)
        self._thread.daemon = True  # as SQLAlchemy does with aiosqlite's own: never keeps a process alive
        self.in_thread = 0
        self.read_until: float | None = None

    async def _connect(self) -> "NearConnection":
        try:
            await super()._connect()
        except BaseException:
            await asyncio.to_thread(
                self._thread.join
            )  # it was told to end, and reports to this loop that it did
            raise
        self._conn.set_progress_handler(self.took_too_long, INSTRUCTIONS)
        return self

    def took_too_long(self) -> int:
        """Tell SQLite to break off the read that the event loop is waiting for."""
        return int(self.read_until is not None and time.perf_counter() > self.read_until)

    async def _execute(self, fn: Any, *args: Any, **kwargs: Any) -> Any:
        """Run a function in the connection's thread."""
        self.in_thread += 1
        try:
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        finally:
            self.in_thread -= 1

    async def commit(self) -> None:
        """Do nothing: the unit of work decides."""

    async def rollback(self) -> None:
        """Do nothing: the unit of work decides."""

    async def begin(self, patience: float) -> None:
        """Take the write lock. It is free unless another program writes; that one is waited for in the thread."""
        try:
            await self.say("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as busy:
            if busy.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            await self._execute(self.begin_patiently, patience)

    def begin_patiently(self, patience: float) -> None:
        self._conn.execute(f"PRAGMA busy_timeout={max(1, round(patience * 1000))}")
        try:
            self._conn.execute("BEGIN IMMEDIATE")
        finally:
            self._conn.execute("PRAGMA busy_timeout=0")

    async def keep(self) -> None:
        """Make what was done since `begin` durable; waits for the disk, in the thread."""
        await self._execute(self._conn.commit)

    async def undo(self) -> None:
        """Undo what was done since `begin`, or end a read; closing has done that already where it is closed."""
        if not self.is_open:
            return
        if self.in_thread:
            await self._execute(self._conn.rollback)
        else:
            self._conn.rollback()

    async def say(self, sql: str) -> None:
        """Run a statement that answers nothing and waits for nobody, in its order."""
        if self.in_thread:
            await self._execute(self._conn.execute, sql)
        else:
            self._conn.execute(sql)

    @property
    def is_open(self) -> bool:
        return self._connection is not None

    def hang_up(self) -> None:
        """Do nothing: a file always answers."""

    async def part(self) -> None:
        """Do nothing: the pool closes it."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open; SQLite ends one of its own accord when, say, the disk is full.

        SQLAlchemy closes a connection on which somebody stopped waiting for an answer, and with it the transaction.
        """
        return self.is_open and self._conn.in_transaction

    async def fetch(self, sql: str, values: Sequence[Any]) -> list[Any]:
        """Run one statement and return all its rows."""
        return await self.run(self.at_once, sql, tuple(values))

    def at_once(self, sql: str, given: tuple[Any, ...]) -> list[Any]:
        return self._conn.execute(sql, given).fetchall()

    async def run(self, run: Run, sql: str, given: tuple[Any, ...]) -> list[Any]:
        """Run a statement here and now, or in the thread where it may take long or others wait there."""
        await TURN.share()
        words = sql[:16].lstrip().upper()
        if self.in_thread or words.startswith(WAITS) or len(given) > MOST_PARAMETERS:
            return cast(list[Any], await self._execute(run, sql, given))
        if not words.startswith(READS):
            return run(sql, given)
        try:
            self.read_until = time.perf_counter() + LONGEST_ON_LOOP
            return run(sql, given)
        except sqlite3.OperationalError as broken_off:
            if str(broken_off) != "interrupted":
                raise
        finally:
            self.read_until = None
        return cast(list[Any], await self._execute(run, sql, given))

    def cursor(self) -> Any:
        """Return a cursor; SQLAlchemy enters it, which aiosqlite's own needs a turn in the thread for."""
        return NearCursor(self, self._conn.cursor())


class NearCursor(aiosqlite.Cursor):
    """A cursor that has all rows of a statement as soon as it is executed."""

    def __init__(self, connection: NearConnection, cursor: sqlite3.Cursor) -> None:
        super().__init__(connection, cursor)
        self.near = connection
        self.rows: list[Any] = []

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> "NearCursor":
        self.rows = await self.near.run(self.run, sql, tuple(parameters or ()))
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> "NearCursor":
        await TURN.share()
        given = [tuple(each) for each in parameters]
        if self.near.in_thread or len(given) > MOST_ROWS or sum(map(len, given)) > MOST_PARAMETERS:
            await self.near._execute(self._cursor.executemany, sql, given)
        else:
            self._cursor.executemany(sql, given)
        return self

    def run(self, sql: str, given: tuple[Any, ...]) -> list[Any]:
        self._cursor.execute(sql, given)
        return self._cursor.fetchall() if self._cursor.description else []

    async def fetchall(self) -> list[Any]:
        rows, self.rows = self.rows, []
        return rows

    async def close(self) -> None:
        if self.near.in_thread:
            await super().close()
        else:
            self._cursor.close()
