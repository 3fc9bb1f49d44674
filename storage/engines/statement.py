"""Statements compiled once: written as queries, run as text.

Building and compiling a query costs ten times what SQLite takes to answer it. So what every request asks is compiled
when it is first asked on an engine, with the conversions of its columns, and runs on the connection itself. It reads
as any other query; its answer is plain tuples, or rows (`Rows`), which join the unit's session when it has one.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar, cast

from sqlalchemy import (
    ARRAY,
    JSON,
    ColumnElement,
    Dialect,
    Executable,
    Float,
    Integer,
    all_,
    any_,
    bindparam,
    func,
    insert,
    inspect,
    literal_column,
    null,
    union_all,
)
from sqlalchemy import cast as cast_to
from sqlalchemy.orm import configure_mappers, make_transient_to_detached
from sqlalchemy.orm.attributes import instance_state, set_committed_value
from sqlmodel import SQLModel, select

Convert = Callable[[Any], Any]
Raw = Sequence[Any]
Answer = tuple[Any, ...]
Key = tuple[Any, ...]
AnyRow = TypeVar("AnyRow", bound=SQLModel)


@dataclass(frozen=True)
class Parameter:
    """A value of a statement: its name, what it is if nobody says, how the driver wants it."""

    name: str
    otherwise: Any
    convert: Convert | None


@dataclass(frozen=True)
class Compiled:
    """A statement as one engine takes it; `places` are the names of its parameters in the order they stand in it."""

    sql: str
    parameters: tuple[Parameter, ...]
    places: tuple[str, ...]
    conversions: tuple[tuple[int, Convert], ...]

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        """Return the values in the order of their places.

        Raises:
            LookupError: where one is missing that has to be given.
        """
        found = {}
        for one in self.parameters:
            value = given.get(one.name, one.otherwise)
            if value is MISSING:
                raise LookupError(f"a statement was not given its {one.name}: {self.sql}")
            found[one.name] = value if one.convert is None else one.convert(value)
        return [found[name] for name in self.places]

    def answers(self, rows: Sequence[Raw]) -> list[Answer]:
        """Return what the driver answered, as the values its columns mean."""
        if not self.conversions:
            return [tuple(row) for row in rows]
        found = []
        for row in rows:
            read = list(row)
            for place, convert in self.conversions:
                read[place] = convert(read[place])
            found.append(tuple(read))
        return found


MISSING = object()
DOUBLE = 701  # PostgreSQL's number of the type that it sends a float as


def given(column: Any) -> ColumnElement[bool]:
    """Say that a column is the value that is given under its name."""
    found: ColumnElement[bool] = column == bindparam(column.key)
    return found


def among(engine: str, column: Any, name: str) -> ColumnElement[bool]:
    """Say that a column is one of the values of a list that is given under `name`, however many they are."""
    if engine == "sqlite":
        given = func.json_each(bindparam(name, type_=JSON)).table_valued("value")
        return cast("ColumnElement[bool]", column.in_(select(given.c.value)))
    return cast("ColumnElement[bool]", column == any_(bindparam(name, type_=ARRAY(column.type))))


def outside(engine: str, column: Any, name: str) -> ColumnElement[bool]:
    """Say that a column is none of the values of a list that is given under `name`."""
    if engine == "sqlite":
        return ~among(engine, column, name)
    return cast("ColumnElement[bool]", column != all_(bindparam(name, type_=ARRAY(column.type))))


class Statement:
    """A query with named values (`bindparam`), compiled at its first use on each engine."""

    def __init__(self, query: Executable | Callable[[str], Executable]) -> None:
        """`query` may depend on the engine's name, where the two spell something differently."""
        self.query = query
        self.compiled: dict[str, Compiled] = {}

    def on(self, dialect: Dialect) -> Compiled:
        """Return the statement as an engine takes it."""
        found = self.compiled.get(dialect.name)
        if found is None:
            configure_mappers()  # rows are made without a session, and it is the first session that does this else
            found = self.compiled[dialect.name] = compiled_on(self.spelled(dialect.name), dialect)
        return found

    def spelled(self, engine: str) -> Any:
        """Return the query as an engine spells it."""
        return self.query if isinstance(self.query, Executable) else self.query(engine)


def compiled_on(query: Any, dialect: Dialect) -> Compiled:
    made: Any = query.compile(dialect=dialect)
    parameters = []
    places = tuple(made.positiontup or ())
    for name in dict.fromkeys(places):  # a value that stands in several places is converted once
        bind = made.binds[name]
        convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
        parameters.append(Parameter(name, MISSING if bind.required else bind.value, convert))
    conversions = []
    for place, column in enumerate(getattr(query, "exported_columns", ())):
        driver_type = DOUBLE if isinstance(column.type, Float) else None
        convert = column.type.dialect_impl(dialect).result_processor(dialect, driver_type)
        if convert is not None:
            conversions.append((place, convert))
    return Compiled(made.string, tuple(parameters), places, tuple(conversions))


class Rows(Statement, Generic[AnyRow]):
    """A query for whole rows of one table."""

    renews = False  # whether a row that the unit knows already is made to say what the database says now

    def __init__(
        self,
        table: type[AnyRow],
        *narrowed: Any,
        by: Callable[[str], Any] | None = None,
        order: Sequence[Any] = (),
        paged: bool = False,
    ) -> None:
        """`by` narrows it further where the engines spell something differently.

        One that is `paged` answers with `most` rows that are given, from number `at` on.
        """
        every = select(table.__table__).where(*narrowed).order_by(*order)  # type: ignore[attr-defined]
        if paged:
            every = every.limit(bindparam("most", type_=Integer)).offset(bindparam("at", type_=Integer))
        super().__init__(every if by is None else lambda engine: every.where(by(engine)))
        self.of(table)

    def of(self, table: type[AnyRow]) -> None:
        columns = table.__table__  # type: ignore[attr-defined]
        self.mapper = inspect(table)
        self.names = [column.key for column in columns.c]
        self.places = [self.names.index(column.key) for column in columns.primary_key]

    def key(self, values: Answer) -> Key:
        """Return by what a session knows the row."""
        return cast(Key, self.mapper.identity_key_from_primary_key([values[place] for place in self.places]))

    def row(self, values: Answer, key: Key) -> AnyRow:
        """Return one row, as if it had been read in a session that ended."""
        made: AnyRow = self.mapper.class_manager.new_instance()
        made.__dict__.update(zip(self.names, values, strict=True))
        instance_state(made).key = key
        return made

    def renew(self, row: AnyRow, values: Answer) -> None:
        """Make a row whose session let go of what it said say what the database says."""
        for name, value in zip(self.names, values, strict=True):
            set_committed_value(row, name, value)


class Joined(Statement):
    """A query for rows of several tables side by side, and single columns after them; an outer join may lack a row."""

    def __init__(self, query: Executable, *tables: type[SQLModel]) -> None:
        """`query` answers with all columns of each of the tables, in their order."""
        super().__init__(query)
        self.tables = [Rows(table) for table in tables]

    def parts(self, answer: Answer) -> tuple[list[tuple[Rows[Any], Answer]], Answer]:
        """Return what of an answer is whose row, an empty one where there is none, and the columns after them."""
        found, rest = [], answer
        for table in self.tables:
            values, rest = rest[: len(table.names)], rest[len(table.names) :]
            found.append((table, values if values[table.places[0]] is not None else ()))
        return found, rest


class Together(Statement):
    """Several queries asked as one question; what each answers comes apart again, in no order."""

    def __init__(self, *parts: Statement) -> None:
        super().__init__(lambda engine: side_by_side([part.spelled(engine) for part in parts]))
        self.parts = parts

    def apart(self, answers: Sequence[Answer], engine: str) -> list[list[Answer]]:
        """Return what each of the queries answered."""
        found: list[list[Answer]] = [[] for _ in self.parts]
        if not answers:
            return found
        ends = [0]
        for part in self.parts:
            ends.append(ends[-1] + len(part.spelled(engine).exported_columns))
        for which, *values in answers:
            found[which].append(tuple(values[ends[which] : ends[which + 1]]))
        return found


class AlongQuestion(NamedTuple):
    """A question that can be asked along with others, and its values by name.

    A value that another question has under the same name is the same one.
    """

    statement: Statement
    values: Mapping[str, Any]

    @property
    def key(self) -> Hashable:
        """By what its answer is known in a unit of work."""
        return self.statement, tuple(sorted(self.values.items()))


class AlongAnswer(NamedTuple):
    """What was answered to a question that was asked along with others, as it is known in a unit of work."""

    rows: Sequence[Answer]


@cache
def along(questions: Together, *more: Statement) -> Together:
    """Return several queries with more that are asked as the same question."""
    return Together(*questions.parts, *more) if more else questions


def side_by_side(queries: Sequence[Any]) -> Any:
    """Return one query for the rows of all: which of them a row is of, then the columns of each, empty but its own."""
    tables = [query.subquery() for query in queries]
    looks = []
    for which, table in enumerate(tables):
        columns = [
            (column if other is table else cast_to(null(), column.type)).label(f"{place}_{column.key}")
            for place, other in enumerate(tables)
            for column in other.c
        ]
        looks.append(select(literal_column(str(which), Integer).label("which"), *columns))
    return union_all(*looks)


class TakenRows(Rows[AnyRow]):
    """A query that locks or changes rows of one table, and answers with them as they are now."""

    renews = True

    def __init__(self, table: type[AnyRow], query: Callable[[str, Any], Executable]) -> None:
        """`query` is given the engine's name and the table, all of whose columns it answers with."""
        columns = table.__table__  # type: ignore[attr-defined]
        Statement.__init__(self, lambda engine: query(engine, columns))
        self.of(table)


class NewRow(Statement, Generic[AnyRow]):
    """An insert of one row of a table whose ids the database gives."""

    def __init__(self, table: type[AnyRow]) -> None:
        columns = table.__table__.c  # type: ignore[attr-defined]
        self.names = [column.key for column in columns if column.key != "id"]
        super().__init__(
            insert(table).values({name: bindparam(name) for name in self.names}).returning(columns.id)
        )
        self.mapper = inspect(table)

    def row(self, values: Mapping[str, Any]) -> AnyRow:
        """Return a new row of values that hold already, every column but the id; making it checks nothing again.

        Raises:
            LookupError: if one is missing.
        """
        made: AnyRow = self.mapper.class_manager.new_instance()
        made.__dict__.update({name: values[name] for name in self.names}, id=None)
        return made

    def values(self, row: AnyRow) -> dict[str, Any]:
        """Return what a new row says, by column."""
        return {name: row.__dict__[name] for name in self.names}

    def stored(self, row: AnyRow, row_id: int) -> Key:
        """Note on a row that it is stored; return by what a session knows it."""
        set_committed_value(row, "id", row_id)
        make_transient_to_detached(row)
        return cast(Key, self.mapper.identity_key_from_primary_key([row_id]))
