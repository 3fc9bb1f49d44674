"""The parts of a declaration: commands, plain words, routes, settings and records, each naming its act."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handlers.context import Context, Handler, Happened, NamedDeal
from handlers.reply import Reply
from handlers.thread import Thread
from messages.undo import ReadAt
from sales.followups.followup import FollowUp
from sales.followups.slot import ReachedContact
from sales.language.phrases import Saying
from sales.people.permission import Act
from sales.people.retention import Retention
from sales.refusal import Reading
from storage.columns import RowClass
from storage.scope import Scope

Hearer = Callable[[Context, Any], Awaitable[None]]  # the news is of the class it was declared for
Explainer = Callable[[Context], Awaitable[Reply | None]]
NamesOf = Callable[[Context, str], Awaitable[list[str]]]
Offerer = Callable[[Context, str], Awaitable[list[Reading]]]  # what a sentence that no phrase fits may mean
NamesAlike = Callable[[Context, Sequence[str]], Awaitable[Mapping[str, str]]]
DealsNamed = Callable[[Context, str], Awaitable[list[NamedDeal]]]
ContactFinder = Callable[[Context, FollowUp, int, datetime], Awaitable[ReachedContact | None]]
Unseen = Callable[[Context, str], Awaitable[bool]]
Confirmer = Callable[[Context, Happened], Awaitable[list[str]]]


@dataclass(frozen=True)
class Command:
    """A slash command, or with a space in its name the word after one: "team leave" is `/team leave`.

    `usage` is what may follow, `summary` what it is for, `example` one that works. With `mentions`, Slack sends
    `@ana` as `<@U1>`; without, a name such as acme.com stays as it was typed. The lower `order` is listed first.
    """

    name: str
    usage: str
    summary: str
    example: str
    run: Handler
    act: Act
    order: int = 100
    mentions: bool = False


@dataclass(frozen=True)
class Phrase:
    """A way of saying a command in plain words: the whole text matches `pattern`, in any case.

    `command` and `text`, which follows the command's name, are written with the groups of the pattern.
    """

    pattern: str
    command: str
    text: str = ""

    @property
    def saying(self) -> Saying:
        return Saying(re.compile(rf"(?:{self.pattern})[\s.!?]*", re.IGNORECASE), self.command, self.text)


@dataclass(frozen=True)
class Route:
    """Who answers an id of Slack's, and what act that is."""

    run: Handler
    act: Act


@dataclass(frozen=True)
class ThreadReader:
    """Who reads what somebody writes under a message that lists items, and what act an answer is.

    Returns None for words that are about none of them.
    """

    run: Callable[[Context, Thread], Awaitable[Reply | None]]
    act: Act


def routes(act: Act, handlers: Mapping[str, Handler]) -> dict[str, Route]:
    """Return routes of one act."""
    return {name: Route(run, act) for name, run in handlers.items()}


@dataclass(frozen=True)
class Stays:
    """Rows that outlast whoever they were of, under a pseudonym, and why.

    With `only_with` those alone that say something in that column. Columns in `named` hold the person's name and get a
    neutral one; `emptied` are words that were only theirs.
    """

    why: str
    only_with: str = ""
    named: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()


@dataclass(frozen=True)
class Keeping:
    """A sort of record that is let go of after some days: the rule, and how some of what is older goes.

    `forget` takes an instant and how many rows at most, removes or empties those from before it, and returns how many.
    Nothing of it is needed by an open goal, a period, a baseline or a forecast.
    """

    rule: Retention
    forget: Callable[[Scope, datetime, int], Awaitable[int]]


@dataclass(frozen=True)
class Record:
    """A table of a feature's: whether its rows can be undone, go out with an export, and how a person is erased.

    `says` tells how a row stands, to whoever took something back.
    `erased` names the column that holds whose a row is: it goes with the person, unless it `stays`. A table that is
    nobody's data says why in `exempt`. Whatever is declared, an erased person's id and name stand in no table.
    `read` is the act that lets others read a row than whose it is: with `OWN_WORK` it goes into nobody else's export.
    `alone` is a condition of storage's for rows that are their owner's alone all the same, `private` names columns that
    are.
    `both` names the columns of the two people that a row belongs to, each of whom is given it, and `moves` those in
    which a person's new account takes the place of a closed one.
    """

    table: RowClass
    undone: bool = False
    exported: bool = False
    erased: str | None = None
    exempt: str = ""
    stays: Stays | None = None
    says: Callable[[Any, ReadAt], str] | None = None
    read: Act = Act.OWN_WORK
    alone: Any = None
    private: tuple[str, ...] = ()
    both: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
