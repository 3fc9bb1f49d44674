"""Scopes: one workspace, or the whole ledger, inside one unit of work. No query runs without one.

What many questions of one unit need, such as who somebody is and when they work, is read once and kept with the
unit: `Scope.once`.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

from sales.nudges.declared import Declared
from storage.engines.statement import Answer, AnyRow, Joined, NewRow, Rows, Statement, Together
from storage.engines.unit import Unit

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


class Lacking(Exception):
    """A brief unit of work needs something that is to be worked out first, in a read of the workspace by `work`.

    `work` takes plain values and leaves what it found where the unit looks for it.
    """

    def __init__(self, workspace_id: str, work: "Callable[[Scope], Awaitable[object]]") -> None:
        super().__init__("something was not worked out before a unit of work that others wait for")
        self.workspace_id = workspace_id
        self.work = work


@dataclass(frozen=True)
class Scope:
    """One workspace's rows in one unit of work; what a query may see.

    `told` is what the features of this process declare, None where the database was opened without.
    """

    unit: Unit
    workspace_id: str
    told: Declared | None = None

    @property
    def session(self) -> AsyncSession:
        """The ORM's session in the unit of work."""
        return self.unit.session

    async def ask(self, statement: Statement, **values: Any) -> list[Answer]:
        """Return what a compiled statement answers; where it names `workspace_id`, this one's is meant."""
        return await self.unit.ask(statement, {"workspace_id": self.workspace_id, **values})

    async def find(self, rows: Rows[AnyRow], **values: Any) -> list[AnyRow]:
        """Return rows of a table by a compiled query."""
        return await self.unit.find(rows, {"workspace_id": self.workspace_id, **values})

    async def joined(self, rows: Joined, **values: Any) -> list[Answer]:
        """Return rows of several tables side by side by a compiled query."""
        return await self.unit.find_joined(rows, {"workspace_id": self.workspace_id, **values})

    async def together(self, questions: Together, **values: Any) -> list[list[Any]]:
        """Return what each of several compiled queries answers, asked as one question."""
        return await self.unit.find_together(questions, {"workspace_id": self.workspace_id, **values})

    async def first(self, rows: Rows[AnyRow], **values: Any) -> AnyRow | None:
        """Return the first row of a compiled query, or None."""
        found = await self.find(rows, **values)
        return found[0] if found else None

    async def add(self, new: NewRow[AnyRow], row: AnyRow) -> AnyRow:
        """Store a new row, whose id the database gives."""
        return await self.unit.add(new, row)

    def work_apart(self, work: "Callable[[Scope], Awaitable[object]]") -> None:
        """Return where something that takes long may be worked out here, as nobody waits for it.

        Raises:
            Lacking: in a brief unit; `work` does it in a read.
        """
        if self.unit.brief:
            raise Lacking(self.workspace_id, work)

    @property
    def declared(self) -> Declared:
        """The kinds of message, what recurs and what can be undone, as the features declare them."""
        return required(self.told)

    @property
    def ledger(self) -> "Ledger":
        """The ledger in the same unit of work."""
        return Ledger(self.unit, self.told)

    async def once(self, noun: type, key: Hashable, read: Callable[[], Awaitable[T]]) -> T:
        """Return what `read` finds; the database is asked the first time in a unit of work, also if it finds nothing.

        `key` says which of a noun. Whoever writes such a noun calls `forget`, so that the unit sees what it wrote.
        """
        kept: dict[Hashable, T] = self.unit.kept.setdefault(noun, {})
        place = self.workspace_id, key
        if place not in kept:
            kept[place] = await read()
        return kept[place]

    async def once_each(
        self,
        noun: type,
        keys: Collection[K],
        read: Callable[[list[K]], Awaitable[Mapping[K, Any]]],
        otherwise: Any,
    ) -> None:
        """Read ahead, of several at once, what `once` is going to be asked for; of the others it is `otherwise`."""
        kept: dict[Hashable, Any] = self.unit.kept.setdefault(noun, {})
        missing = [key for key in dict.fromkeys(keys) if (self.workspace_id, key) not in kept]
        if missing:
            found = await read(missing)
            kept.update({(self.workspace_id, key): found.get(key, otherwise) for key in missing})

    async def rows_ahead(
        self,
        noun: type[T],
        keys: Collection[K],
        read: Callable[[list[K]], Awaitable[Iterable[T]]],
        key_of: Callable[[T], K],
    ) -> None:
        """Read ahead the rows of several keys at once, in the order in which they come; of a key without any, none."""

        async def by_key(missing: list[K]) -> Mapping[K, Sequence[T]]:
            found: defaultdict[K, list[T]] = defaultdict(list)
            for row in await read(missing):
                found[key_of(row)].append(row)
            return found

        await self.once_each(noun, keys, by_key, ())

    def known(self, noun: type[T], key: Hashable) -> T | None:
        """Return what was read ahead of a noun in this read; None where nothing was."""
        found: T | None = self.unit.kept.get(noun, {}).get((self.workspace_id, key))
        return found

    def keep(self, noun: type, key: Hashable, found: object) -> None:
        """Let `once` return this from now on in this unit of work: more is known of a noun than the database says."""
        self.unit.kept.setdefault(noun, {})[self.workspace_id, key] = found

    def forget(self, noun: type) -> None:
        """Let everything of a noun be read anew in this unit of work: some of it was written."""
        self.unit.kept.pop(noun, None)


@dataclass(frozen=True)
class Ledger:
    """All workspaces' schedules and deliveries in one unit of work; for the heartbeat and delivery alone."""

    unit: Unit
    told: Declared | None = None

    @property
    def session(self) -> AsyncSession:
        """The ORM's session in the unit of work."""
        return self.unit.session

    async def ask(self, statement: Statement, **values: Any) -> list[Answer]:
        """Return what a compiled statement answers."""
        return await self.unit.ask(statement, values)

    async def find(self, rows: Rows[AnyRow], **values: Any) -> list[AnyRow]:
        """Return rows of a table by a compiled query."""
        return await self.unit.find(rows, values)

    @property
    def declared(self) -> Declared:
        """The same as a scope's."""
        return required(self.told)

    def workspace(self, workspace_id: str) -> Scope:
        """Return the scope of one workspace in the same unit of work."""
        return Scope(self.unit, workspace_id, self.told)


def required(told: Declared | None) -> Declared:
    """Return what the features declare; without it nothing would recur, and nobody would notice."""
    if told is None:
        raise LookupError(
            "this database was opened without what the features declare: Database.open(…, declared=…)"
        )
    return told
