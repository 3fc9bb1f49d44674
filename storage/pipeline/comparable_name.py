"""Names as they are compared, beside the names as they are spelled: for an index in which a text's names are found.

Neither engine can compare names as `comparable` does, so what it says of each is stored. Rows are given theirs here:
the ORM's when they are written, and those of an import by `with_comparable`.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import Index, Table, Text, event, text
from sqlmodel import SQLModel

from sales.language.names.descent import comparable

AnyRow = TypeVar("AnyRow", bound=type[SQLModel])
FOLDED = "_folded"
# In the order of characters, on PostgreSQL too, where a database may have the order of some language.
IN_ORDER = Text().with_variant(Text(collation="C"), "postgresql")

# Both halves of a comparable name, as the indexes have them, in which names one letter off are found.
FIRST_HALF, SECOND_HALF = "substr({0}, 1, length({0}) / 2)", "substr({0}, length({0}) / 2 + 1)"


def half_indexes(table: str, *names: str) -> tuple[Index, ...]:
    """Return the indexes of both halves of the comparable names in these columns of a table."""
    return tuple(
        Index(f"ix_{table}_{name}_{place}", "workspace_id", text(half.format(name + FOLDED)))
        for name in names
        for place, half in (("begins", FIRST_HALF), ("ends", SECOND_HALF))
    )


def compares_names(row: AnyRow) -> AnyRow:
    """Let every row of a table that the ORM writes have its comparable names."""
    event.listen(row, "before_insert", compare)
    event.listen(row, "before_update", compare)
    return row


def compare(mapper: object, connection: object, row: SQLModel) -> None:
    for name, value in comparable_names(type(row).__table__, row.__dict__).items():  # type: ignore[attr-defined]
        if getattr(row, name) != value:
            setattr(row, name, value)


def comparable_names(table: Table, row: Mapping[str, Any]) -> dict[str, str | None]:
    """Return the columns of comparable names that follow from the names in a row, or in a part of one."""
    found: dict[str, str | None] = {}
    for column in table.columns:
        name = column.name.removesuffix(FOLDED)
        if name != column.name and name in row:
            found[column.name] = comparable(row[name]) if row[name] is not None else None
    return found


def with_comparable(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that a statement writes, with the comparable names that follow from them."""
    return {**row, **comparable_names(table, row)}
