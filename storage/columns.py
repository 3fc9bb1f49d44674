"""Columns that refuse what must never be stored: a float as money or as a rate, an enum as its Python name, a default
that takes the place of "none".

Instants need nothing here: SQLModel's own UTCDateTime refuses naive values and reads back aware UTC.
"""

from decimal import Decimal
from enum import Enum as PythonEnum
from typing import Any

from sqlalchemy import BigInteger, Column, Dialect, Enum, Float, Numeric, String, Table, TypeDecorator, event
from sqlmodel import SQLModel

MONEY_NAMES = ("_minor",)
RowClass = type[SQLModel]
COUNTED_LIKE_MONEY = frozenset({"target", "amount"})  # minor units or a count, by the goal's metric
LONGEST_ENUM = 40
MOST_DIGITS = 40  # of a decimal number, with its point


class Minor(TypeDecorator[int]):
    """Whole minor units (cents), 64 bits wide; a float or a bool is refused, as it cannot be an amount."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        if value is not None and type(value) is not int:
            raise ValueError(f"{value!r} is not a whole number of minor units")
        return value


class Exact(TypeDecorator[Decimal]):
    """A decimal number with the digits it has, on every engine: SQLite would keep the nearest float."""

    impl = String(MOST_DIGITS)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is not None and not isinstance(value, Decimal):
            raise ValueError(f"{value!r} is not an exact number")
        return None if value is None else f"{value:f}"

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


@event.listens_for(Column, "before_parent_attach")
def type_by_meaning(column: Column[Any], parent: Table) -> None:
    """Give money columns `Minor`, decimal numbers `Exact` and enum columns their values as plain text, on every table.

    Values in `sales/` know no SQLAlchemy, so the types are given here, where a table takes the column in.
    A native enum type would need a migration on PostgreSQL for every new member.
    """
    if column.name.endswith(MONEY_NAMES) or column.name in COUNTED_LIKE_MONEY:
        column.type = Minor()
    elif isinstance(column.type, Numeric) and not isinstance(column.type, Float):
        column.type = Exact()
    elif isinstance(column.type, Enum) and column.type.native_enum:
        kind = column.type.enum_class
        if kind is not None:
            column.type = Enum(kind, native_enum=False, length=LONGEST_ENUM, values_callable=enum_values)


@event.listens_for(Column, "before_parent_attach")
def keep_none(column: Column[Any], parent: Table) -> None:
    """Take the default off every column that may be empty, so that an explicit None is stored as none.

    SQLAlchemy fills a column's default in on INSERT for a None as well: a team without a country became one of the
    default's country. Values bring their defaults themselves, where they are made.
    """
    if column.nullable:
        column.default = None


def enum_values(kind: type[PythonEnum]) -> list[str]:
    """Return the words an enum is stored as."""
    return [str(member.value) for member in kind]
