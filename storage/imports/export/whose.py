"""Whose rows: what of a table one person is given, and what stays with its owner alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, or_, select

from storage.columns import RowClass
from storage.imports.export.sheet import sheet_of, table_of
from storage.imports.export.write_out import ExportPart

OWNERS = ("owner_id", "user_id")
PARENTS = (
    "goal_id",
    "opportunity_id",
    "halving_id",
)  # a row without an owner of its own belongs to whom this does


@dataclass(frozen=True)
class ShownTo:
    """What is declared of a table: whose a row is, and what of it nobody else is told.

    `others` says that the reader may read what is not theirs. `alone` is true of rows that are their owner's alone all
    the same, `private` names columns of which that holds. `both` names the columns of the two people a row belongs to.
    """

    model: RowClass
    owner: str | None
    others: bool
    alone: Any = None
    private: Collection[str] = ()
    both: Collection[str] = ()


def part_for(
    shown: ShownTo, every: Mapping[str, ShownTo], workspace_id: str, reader: str
) -> ExportPart | None:
    """Return what of a table goes to a reader; None where nothing of it can be theirs."""
    own = theirs(shown, workspace_id, reader)
    if not shown.others:
        return ExportPart(sheet_of(shown.model), (own,)) if own is not None else None
    alone = alone_in(shown, every)
    where = () if alone is None or own is None else (or_(own, ~alone),)
    owner = owner_column(shown) or ""
    return ExportPart(sheet_of(shown.model), where, shown.private if owner else (), owner, reader)


def owner_column(shown: ShownTo) -> str | None:
    """Return the column that says whose a row is; None where the row itself does not."""
    columns = table_of(shown.model).c
    if shown.owner in OWNERS:
        return shown.owner
    return shown.owner if parent_of(shown) is None and (shown.owner or "") in columns else None


def parent_of(shown: ShownTo) -> tuple[ColumnElement[Any], Table] | None:
    """Return the column by which a row belongs to another, and that one's table."""
    for name in PARENTS:
        column = table_of(shown.model).c.get(name)
        if column is not None:
            (key,) = column.foreign_keys
            return column, key.column.table
    return None


def theirs(shown: ShownTo, workspace_id: str, reader: str) -> ColumnElement[bool] | None:
    """Return what is true of the reader's own rows; None where rows are nobody's."""
    if shown.both:
        columns = table_of(shown.model).c
        return or_(*(columns[name] == reader for name in shown.both))
    if (name := owner_column(shown)) is not None:
        own: ColumnElement[bool] = table_of(shown.model).c[name] == reader
        return own
    if (parent := parent_of(shown)) is None:
        return None
    column, table = parent
    return column.in_(
        select(table.c.id).where(table.c.workspace_id == workspace_id, table.c.owner_id == reader)
    )


def alone_in(shown: ShownTo, every: Mapping[str, ShownTo]) -> ColumnElement[bool] | None:
    """Return what is true of rows that are their owner's alone: by themselves, or as what they belong to is."""
    if shown.alone is not None:
        found: ColumnElement[bool] = shown.alone
        return found
    parent = parent_of(shown)
    of_parent = every.get(parent[1].name) if parent is not None else None
    if parent is None or of_parent is None or of_parent.alone is None:
        return None
    column, table = parent
    return column.in_(select(table.c.id).where(of_parent.alone))
