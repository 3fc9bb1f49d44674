"""Regarded: whose record a request looked into or changed, besides the asking person's own; for the log of access.

Permission is asked about somebody, an action is noted with the rows it touched: both say it here, in whatever unit or
read ahead of it that is. It belongs to the task that answers one request, so that handlers need not hand it on.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from sales.people.permission import Act


@dataclass(frozen=True)
class NotedChange:
    """One action, in the words in which it can be undone, and whose rows it touched."""

    summary: str
    owners: frozenset[str]


@dataclass
class Regarded:
    """What one request was about, as far as it is known by now."""

    people: set[str] = field(default_factory=set)
    acts: set[Act] = field(default_factory=set)
    changes: list[NotedChange] = field(default_factory=list)


_REGARDED: ContextVar[Regarded | None] = ContextVar("regarded", default=None)


@contextmanager
def regarding() -> Iterator[Regarded]:
    """Gather whom a request is about while the block lasts."""
    token = _REGARDED.set(found := Regarded())
    try:
        yield found
    finally:
        _REGARDED.reset(token)


def looks_into(user_id: str) -> None:
    """Say that the request looks into somebody's record."""
    if (found := _REGARDED.get()) is not None:
        found.people.add(user_id)


def does(act: Act) -> None:
    """Say which act was allowed."""
    if (found := _REGARDED.get()) is not None:
        found.acts.add(act)


def changes(summary: str, owners: Iterable[str]) -> None:
    """Say what was done, and to whose rows."""
    if (found := _REGARDED.get()) is not None:
        found.changes.append(NotedChange(summary, frozenset(owners)))
