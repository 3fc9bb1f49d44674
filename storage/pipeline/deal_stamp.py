"""The deal stamp: a value that is another after every change of a workspace's deals, and what is kept under it.

Triggers renew it in the transaction that writes (`storage/migrations/triggers.py`). It is drawn at random and never
comes back, unlike a count: what a unit of work kept under a stamp of its own is found by nobody once the unit was
undone, and several processes agree by reading it.
"""

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, fields
from typing import Generic, NamedTuple, TypeVar

from sqlmodel import Field, SQLModel, bindparam, select

from storage.cache import Cache
from storage.engines.statement import Statement
from storage.scope import Scope

T = TypeVar("T")


class DealStampRow(SQLModel, table=True):
    __tablename__ = "deal_stamp"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id", ondelete="CASCADE")
    stamp: str


STAMP = DealStampRow.__table__.c  # type: ignore[attr-defined]  # plain columns: no row passes the ORM
NOW = Statement(select(STAMP.stamp).where(STAMP.workspace_id == bindparam("workspace_id")))


class StampedKey(NamedTuple):
    """All that a value made from a workspace's deals depends on: which database's, whose, as of when, and the rest."""

    address: str
    workspace_id: str
    stamp: str
    rest: Hashable


@dataclass(frozen=True)
class StampedScope(Scope):
    """The same scope for as long as one question is answered, with the stamp that was read for it."""

    stamp: str | None = None


async def at_one_stamp(scope: Scope) -> Scope:
    """Return a scope in which the stamp is not read again. Only what writes no deal may be asked with it."""
    if isinstance(scope, StampedScope):
        return scope
    same = {one.name: getattr(scope, one.name) for one in fields(Scope)}
    return StampedScope(**same, stamp=await read_stamp(scope))


async def deal_stamp(scope: Scope) -> str | None:
    """Return the stamp of the workspace's deals as they are in this unit of work; None where no deal ever was.

    It is read each time, as a unit that writes a deal has another from then on, but with `at_one_stamp`.
    """
    return scope.stamp if isinstance(scope, StampedScope) else await read_stamp(scope)


async def read_stamp(scope: Scope) -> str | None:
    return next((str(stamp) for (stamp,) in await scope.ask(NOW)), None)


async def stamped(scope: Scope, rest: Hashable) -> StampedKey | None:
    """Return the key of something made from the workspace's deals and `rest`; None where no deal ever was."""
    stamp = await deal_stamp(scope)
    return None if stamp is None else StampedKey(address(scope), scope.workspace_id, stamp, rest)


def address(scope: Scope) -> str:
    """Return which database a unit of work or a read looks at, without its password."""
    return str(scope.unit.connection.engine.url)


class DealCache(Generic[T]):
    """Answers that many deals were read for, kept for the process until a deal changes; never more than `most`."""

    def __init__(self, most: int, weight: Callable[[T], int] = lambda value: 1) -> None:
        self.cache: Cache[tuple[T]] = Cache(most, lambda kept: weight(*kept))

    async def once(self, scope: Scope, rest: Hashable, read: Callable[[], Awaitable[T]]) -> T:
        """Return what `read` finds in the workspace's deals for `rest`, which says all else it depends on."""
        found, _ = await self.keyed(scope, rest, read)
        return found

    async def keyed(
        self, scope: Scope, rest: Hashable, read: Callable[[], Awaitable[T]]
    ) -> tuple[T, StampedKey | None]:
        """Return the same and the key under which it is kept; None where it is not."""
        key = await stamped(scope, rest)
        if key is None:
            return await read(), None
        if kept := self.cache.get(key):
            return kept[0], key
        found = await read()
        if await read_stamp(scope) != key.stamp:  # deals changed meanwhile, and some of both was read
            return found, None
        self.cache.put(key, (found,))
        return found, key
