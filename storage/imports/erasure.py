"""Erasure: a person's rows taken out or put under a pseudonym, and every text of a workspace cleared of their name.

Tables come as the features declare them, and what no table declares is looked through all the same: every column of
words or JSON of every table. Each function is one unit of work, or a small piece of one, so that a bot beside it waits
for none of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from json import dumps
from typing import Any

from sqlalchemy import ColumnElement, Enum, String, Table, and_, delete, func, true, tuple_
from sqlalchemy.exc import IntegrityError
from sqlmodel import JSON, SQLModel, col, select, update

from sales.imports.erasure import Traces
from sales.language.names.match import fold, name_key
from sales.people.member import Member, MemberChanges
from sales.people.pseudonym import FORMER, is_pseudonym
from storage.columns import Exact, RowClass
from storage.people.member import MemberRow, every_member, meet_member, save_member
from storage.people.team import TeamManagerRow
from storage.pieces import pieces
from storage.pipeline.comparable_name import with_comparable
from storage.scope import Scope

WORKSPACE = "workspace_id"
REMOVED, READ, CLEARED = 200, 1000, 50  # rows in one statement, one read, one unit of work
Key = tuple[Any, ...]
Searched = Table


@dataclass(frozen=True)
class OwnedTable:
    """A table whose rows are a person's by a column, as a feature declares it.

    They go with the person, unless they stay under the pseudonym: all of them with `stays`, and where there is a
    column `only_with`, those in which it says something. Of those that stay, columns in `named` hold a name of the
    person's, and `emptied` are words of theirs.
    """

    table: RowClass
    column: str
    stays: bool = False
    only_with: str = ""
    named: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()

    @property
    def columns(self) -> Table:
        return table_of(self.table)


def table_of(row: RowClass) -> Table:
    table: Table = row.__table__  # type: ignore[attr-defined]  # SQLModel adds it to table models
    return table


async def overwrite_removed(scope: Scope) -> None:
    """Let what is removed on this connection be overwritten in a SQLite file, where it else stays for a while.

    PostgreSQL does so by its own vacuum.
    """
    if scope.unit.dialect.name == "sqlite":
        await scope.unit.driver.say("PRAGMA secure_delete=ON")


async def people_called(scope: Scope, said: str) -> list[MemberRow]:
    """Return whom an id, an address or a name means, of everybody we met; nobody who was forgotten."""
    people = [row for row in await every_member(scope) if not is_pseudonym(row.user_id)]
    ways: list[Any] = [
        lambda row: row.user_id == said.strip(),
        lambda row: (row.email or "").casefold() == said.strip().casefold() != "",
        lambda row: fold(row.name) == fold(said),
    ]
    return next((found for way in ways if (found := [row for row in people if way(row)])), [])


async def namesakes(scope: Scope, member: MemberRow) -> list[MemberRow]:
    """Return whoever else goes by the same name."""
    return [
        row for row in await every_member(scope)
        if row.user_id != member.user_id and fold(row.name) == fold(member.name)
    ]  # fmt: skip


async def colleagues_named(scope: Scope, traces: Traces) -> list[MemberRow]:
    """Return the people of the workspace in whose names somebody else's stands."""
    return [row for row in await every_member(scope) if traces.cleared(row.name) != row.name]


async def teams_left_alone(scope: Scope, user_id: str) -> list[int]:
    """Return the teams that a person manages and nobody else does."""
    theirs = select(TeamManagerRow.team_id).where(
        TeamManagerRow.workspace_id == scope.workspace_id, TeamManagerRow.user_id == user_id
    )
    counted = (
        select(TeamManagerRow.team_id)
        .where(col(TeamManagerRow.team_id).in_(theirs))
        .group_by(col(TeamManagerRow.team_id))
        .having(func.count() == 1)
    )
    return list(await scope.session.exec(counted))


async def stand_beside(scope: Scope, member: MemberRow, pseudonym: str) -> None:
    """Let the pseudonym stand beside a person in their team, so that what it has by then of theirs is the team's."""
    place = member.model_dump(include={"zone", "team_id", "left_team_id", "is_rep"})
    stands = Member(**place, user_id=pseudonym, name=FORMER, active=False)
    await meet_member(scope, stands)


async def set_aside(scope: Scope, member: MemberRow) -> None:
    """Take a person out of their team; all that was the team's is their pseudonym's by now."""
    gone: MemberChanges = {"team_id": None, "left_team_id": None, "is_rep": False, "active": False}
    await save_member(scope, member.user_id, **gone)


async def names_borne(scope: Scope, owned: OwnedTable, user_id: str) -> set[str]:
    """Return by which names a table knows a person: a CRM may have an older one than Slack."""
    table, found = owned.columns, set[str]()
    for name in owned.named:
        mine = select(table.c[name]).where(within(table, scope), table.c[owned.column] == user_id).distinct()
        found.update(await (await scope.session.connection()).scalars(mine))
    return found - {""}


async def put_under(
    scope: Scope, owned: OwnedTable, user_id: str, pseudonym: str, most: int | None = None
) -> int:
    """Put the rows of a table that stay, or some of them, under the pseudonym; return how many."""
    table, connection = owned.columns, await scope.session.connection()
    which = and_(*staying(scope, owned, user_id))
    if most is not None:
        (key,) = table.primary_key.columns
        which = key.in_(select(key).where(which).limit(most))
    values = {
        owned.column: pseudonym, **dict.fromkeys(owned.emptied, ""), **dict.fromkeys(owned.named, FORMER)
    }  # fmt: skip
    return int((await connection.execute(update(table).where(which).values(values))).rowcount)


async def count_staying(scope: Scope, owned: OwnedTable, user_id: str) -> int:
    """Return how many rows of a table stay that are a person's still."""
    counted = select(func.count()).select_from(owned.columns).where(*staying(scope, owned, user_id))
    return int((await (await scope.session.connection()).execute(counted)).scalar_one())


def staying(scope: Scope, owned: OwnedTable, user_id: str) -> list[ColumnElement[bool]]:
    """Return the conditions by which rows are a person's and stay."""
    table = owned.columns
    only = [table.c[owned.only_with].is_not(None)] if owned.only_with else []
    return [within(table, scope), table.c[owned.column] == user_id, *only]


async def remove_some(scope: Scope, owned: OwnedTable, user_id: str) -> int:
    """Remove some rows that are a person's, with what belongs to those alone; return how many of theirs."""
    table, connection = owned.columns, await scope.session.connection()
    keys = list(table.primary_key.columns)
    mine = select(*keys).where(within(table, scope), table.c[owned.column] == user_id)
    found = [tuple(row) for row in await connection.execute(mine.limit(REMOVED))]
    for some in pieces(found, REMOVED):
        await remove(scope, table, some)
    return len(found)


async def remove(scope: Scope, table: Table, found: Sequence[Key]) -> None:
    """Remove rows by their keys, those first that refer to them and would be left behind."""
    keys, connection = list(table.primary_key.columns), await scope.session.connection()
    if len(keys) == 1:
        for other in SQLModel.metadata.sorted_tables:
            for foreign in other.foreign_keys:
                if foreign.column is keys[0] and foreign.ondelete is None:
                    gone = [key for (key,) in found]
                    await connection.execute(delete(other).where(foreign.parent.in_(gone)))
    for key in found:
        await connection.execute(delete(table).where(is_row(table, key)))


def is_row(table: Table, key: Key) -> ColumnElement[bool]:
    """Return the condition by which a row is the one of a key."""
    return and_(*(column == value for column, value in zip(table.primary_key.columns, key, strict=True)))


def within(table: Table, scope: Scope) -> ColumnElement[bool]:
    """Return the condition by which rows are the workspace's; those of a table that knows none belong to a parent."""
    if WORKSPACE in table.c:
        return table.c[WORKSPACE] == scope.workspace_id
    for foreign in table.foreign_keys:
        parent = foreign.column.table
        if WORKSPACE in parent.c:
            return foreign.parent.in_(select(foreign.column).where(parent.c[WORKSPACE] == scope.workspace_id))
    return true()  # of no workspace, such as how fast Slack may be asked


def worded(table: Table) -> list[Any]:
    """Return the columns of a table that hold words or JSON, where a name may stand."""
    return [
        column
        for column in table.columns
        if column.name != WORKSPACE and isinstance(stored(column), (String, JSON)) and not is_choice(column)
    ]


def stored(column: Any) -> Any:
    """Return as what the database stores a column."""
    return getattr(column.type, "impl", column.type)


def is_choice(column: Any) -> bool:
    """Say whether a column holds one of some words or a figure, though it is stored as text."""
    return isinstance(column.type, (Enum, Exact))


def searched() -> list[Table]:
    """Return every table there is but that of the workspaces.

    The people come last: by them an erasure that was cut short is begun again.
    """
    tables = [table for table in SQLModel.metadata.sorted_tables if table.name != "workspace"]
    return sorted(tables, key=lambda table: table.name == MemberRow.__tablename__)


async def rows_naming(
    scope: Scope, table: Table, traces: Traces, after: Key | None
) -> tuple[list[Key], Key | None]:
    """Return the keys of those of the next rows in which somebody is named, and the last key that was looked at."""
    keys, columns = list(table.primary_key.columns), worded(table)
    here = within(table, scope)
    if (
        WORKSPACE in table.c
    ):  # spelled so that no index by workspace is used, whose rows would be sorted for each piece
        here = func.coalesce(table.c[WORKSPACE], "") == scope.workspace_id
    statement = select(*keys, *columns).where(here).order_by(*keys).limit(READ)
    if after is not None:
        statement = statement.where(keys[0] > after[0] if len(keys) == 1 else tuple_(*keys) > tuple_(*after))
    rows = [tuple(row) for row in await (await scope.session.connection()).execute(statement)]
    named = [row[: len(keys)] for row in rows if is_named(row[len(keys) :], traces)]
    return named, rows[-1][: len(keys)] if len(rows) == READ else None


def is_named(cells: Sequence[Any], traces: Traces) -> bool:
    """Say whether one of these cells names somebody; most rows do not, which is found out for all cells at once."""
    said = [cell if isinstance(cell, str) else dumps(cell, ensure_ascii=False) for cell in cells if cell]
    if not traces.may_name("\n".join(said)):
        return False
    return any(cell is not None and traces.cleared(cell) is not cell for cell in cells)


async def clear_rows(scope: Scope, table: Table, found: Sequence[Key], traces: Traces) -> int:
    """Clear rows of whatever names somebody, as they are by now; return how many still did."""
    connection, columns, cleared = await scope.session.connection(), worded(table), 0
    for key in found:
        statement = select(*columns).where(is_row(table, key)).with_for_update()
        row = (await connection.execute(statement)).mappings().first()
        if row is None:
            continue
        said = {name: (value, traces.cleared(value)) for name, value in row.items() if value is not None}
        news = {name: fitting(table.c[name], now) for name, (was, now) in said.items() if now is not was}
        if news:
            await rewrite(scope, table, key, news)
            cleared += 1
    return cleared


async def rewrite(scope: Scope, table: Table, key: Key, news: dict[str, Any]) -> None:
    """Write a row's cleared words; where another row says the same by now and may not be there twice, it goes."""
    values = with_comparable(table, news)
    if "name_key" in table.c and "name" in news:
        values["name_key"] = name_key(news["name"])
    try:
        async with scope.session.begin_nested():
            await (await scope.session.connection()).execute(
                update(table).where(is_row(table, key)).values(values)
            )
    except IntegrityError:
        await remove(scope, table, [key])


def fitting(column: Any, value: Any) -> Any:
    """Return a value no longer than its column takes."""
    longest = getattr(stored(column), "length", None)
    return value[:longest] if isinstance(value, str) and longest else value
