"""A unit: what may be asked of the database in one unit of work, or in one read."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Protocol, cast

from sqlalchemy import Dialect, event
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import instance_state
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.engines.statement import Answer, AnyRow, Joined, Key, NewRow, Raw, Rows, Statement, Together

UNIT = "unit"  # the name in a session's info under which it knows its unit


class Wire(Protocol):
    """A connection as its driver has it."""

    async def fetch(self, sql: str, values: Sequence[Any]) -> Sequence[Raw]:
        """Run one statement and return all it answers."""

    async def say(self, sql: str) -> object:
        """Run a statement that answers nothing."""


class Unit:
    """One unit of work, or one read, on one connection; the engine begins and ends its transaction.

    Statements that were compiled before run on the driver. The ORM's session is made only when somebody asks for it,
    on the same connection, so both see what the other wrote; what the session has not written yet is written first.
    Rows that were read before there was one join it, as if it had read them.
    `kept` is what was read once and holds for the whole unit; `noted` what was done in it that others want to know.
    In a `brief` one nothing that takes long is worked out, as others wait for its end (`storage/apart.py`).
    """

    def __init__(self, connection: AsyncConnection, driver: Wire) -> None:
        self.connection = connection
        self.driver = driver
        self.kept: dict[type, dict[Hashable, Any]] = {}
        self.noted: set[str] = set()
        self.brief = False
        self.made: AsyncSession | None = None
        self.found: dict[Key, SQLModel] = {}  # rows that were read or added without the session

    @property
    def dialect(self) -> Dialect:
        return self.connection.dialect

    @property
    def session(self) -> AsyncSession:
        """The ORM's session in this unit."""
        if self.made is None:
            self.made = AsyncSession(self.connection, expire_on_commit=False, info={UNIT: self})
            self.made.add_all(self.found.values())
        return self.made

    async def ask(self, statement: Statement, values: Mapping[str, Any]) -> list[Answer]:
        """Return what a compiled statement answers, a tuple a row.

        Raises:
            LookupError: if one of its values was not given.
        """
        if self.made is not None and waiting(self.made):
            await self.made.flush()
        compiled = statement.on(self.dialect)
        given = compiled.values(values)
        heard(self.connection, compiled.sql, given)
        return compiled.answers(await self.driver.fetch(compiled.sql, given))

    async def find(self, rows: Rows[AnyRow], values: Mapping[str, Any]) -> list[AnyRow]:
        """Return rows of a table; one that was found before is the same."""
        return [self.row(rows, answer) for answer in await self.ask(rows, values)]

    async def find_joined(self, joined: Joined, values: Mapping[str, Any]) -> list[Answer]:
        """Return rows of several tables side by side, None where one is missing, and what else was asked."""
        found = []
        for answer in await self.ask(joined, values):
            parts, rest = joined.parts(answer)
            found.append((*(self.row(rows, said) if said else None for rows, said in parts), *rest))
        return found

    async def find_together(self, together: Together, values: Mapping[str, Any]) -> list[list[Any]]:
        """Return what each of several queries answers: rows of its table, or a tuple a row."""
        apart = together.apart(await self.ask(together, values), self.dialect.name)
        return [
            [self.row(part, answer) for answer in answers] if isinstance(part, Rows) else list(answers)
            for part, answers in zip(together.parts, apart, strict=True)
        ]

    def row(self, rows: Rows[AnyRow], answer: Answer) -> AnyRow:
        key = rows.key(answer)
        row = cast("AnyRow | None", self.known(key))
        if row is None:
            return self.meet(key, rows.row(answer, key))
        if rows.renews or instance_state(row).expired_attributes:  # a savepoint was undone
            rows.renew(row, answer)
        return row

    async def add(self, new: NewRow[AnyRow], row: AnyRow) -> AnyRow:
        """Store a new row; it has its id then.

        Where there is a session it adds the row, as a savepoint that is undone takes back what the session added.
        """
        if self.made is not None:
            self.made.add(row)
            await self.made.flush()
            return row
        ((row_id,),) = await self.ask(new, new.values(row))
        self.found[new.stored(row, row_id)] = row
        return row

    def known(self, key: Key) -> SQLModel | None:
        if self.made is None:
            return self.found.get(key)
        return cast("SQLModel | None", self.made.sync_session.identity_map.get(key))

    def meet(self, key: Key, row: AnyRow) -> AnyRow:
        if self.made is None:
            self.found[key] = row
        else:
            self.made.add(row)
        return row

    async def finish(self) -> None:
        """Write what was changed and not written yet, and let the session go; the transaction goes on."""
        if self.made is None and not any(instance_state(row).modified for row in self.found.values()):
            return
        await self.session.commit()
        await self.session.close()

    async def abandon(self) -> None:
        """Let the session go, with what it has not written."""
        if self.made is not None:
            await self.made.rollback()
            await self.made.close()

    async def close(self) -> None:
        """Let the session of a read go; what was read stays as it is."""
        if self.made is not None:
            await self.made.close()


def waiting(session: AsyncSession) -> bool:
    """Say whether a session holds anything that was not written yet."""
    held = session.sync_session
    return bool(held.new or held.deleted or held.identity_map.check_modified())


def heard(connection: AsyncConnection, sql: str, values: Sequence[Any]) -> None:
    """Let whoever listens to the statements of an engine hear of this one too."""
    listeners = connection.sync_connection.dispatch.before_cursor_execute  # type: ignore[union-attr]
    if listeners:
        for listener in listeners:
            listener(connection.sync_connection, None, sql, tuple(values), None, False)


@event.listens_for(Session, "after_soft_rollback")
def forget_all(session: Session, undone: object) -> None:
    """Keep nothing that was read before a unit, or a savepoint in it, was undone: it may have been written there."""
    if UNIT in session.info:
        session.info[UNIT].kept.clear()
