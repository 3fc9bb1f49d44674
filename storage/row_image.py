"""Row images: what a row said at one moment, as JSON, and making it say that again.

Images are validated on the way back like anything from outside, so instants stay aware UTC and enums stay enums.
"""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy.ext.asyncio import async_object_session
from sqlmodel import SQLModel, select

from storage.scope import Scope

WORKSPACE_KEY = "workspace_id"
STORED_AT = "updated_at"
Image = dict[str, Any]


class Touched(NamedTuple):
    """A row as it is now and what it said before; `before` is None for a row that was added.

    `gone` is a row that was removed. With `columns` only those are put back: the others are not the action's.
    """

    row: SQLModel
    before: Image | None = None
    gone: bool = False
    columns: Collection[str] = ()


def image(row: SQLModel, columns: Collection[str] = ()) -> Image:
    """Return what a row says, or these columns of it, as JSON; take it before changing the row."""
    return row.model_dump(mode="json", include=set(columns) or None)


def place(scope: Scope, row: SQLModel) -> dict[str, Any]:
    """Return which row this is: its table, and its id or what else tells it from others of the workspace.

    Raises:
        KeyError: for a row of a table that no feature declares to be undone.
    """
    table = str(row.__tablename__)
    if table not in scope.declared.undoable:
        raise KeyError(f"rows of {table!r} have no undo")
    keys = key_of(type(row))
    found = row.model_dump(mode="json", include=set(keys))
    return {"table": table, "id": found["id"] if keys == ("id",) else found}


def key_of(table: type[SQLModel]) -> tuple[str, ...]:
    """Return the columns of a table's primary key, but for the workspace."""
    columns = table.__table__.primary_key.columns.keys()  # type: ignore[attr-defined]
    return tuple(name for name in columns if name != WORKSPACE_KEY)


async def read_back(row: SQLModel) -> None:
    """Make a row say what the database says; one that no session holds was stored as it stands."""
    session = async_object_session(row)
    if session is not None:
        await session.flush()
        await session.refresh(row)


async def says_else(touched: Touched) -> bool:
    """Say whether a row says anything else than before; when it was stored last is nothing of it."""
    if touched.before is None or touched.gone:
        return True
    await read_back(touched.row)
    now = image(touched.row)
    return any(now.get(name) != was for name, was in touched.before.items() if name != STORED_AT)


async def current(scope: Scope, each: Image) -> SQLModel | None:
    """Return the row an image is of, as it is in the database now; None if it is gone or another tenant's."""
    table: Any = scope.declared.undoable[each["table"]]
    key = each["id"] if isinstance(each["id"], dict) else {"id": each["id"]}
    statement = select(table).where(
        table.workspace_id == scope.workspace_id,
        *(getattr(table, name) == value for name, value in key.items()),
    )
    found = await scope.session.exec(statement.execution_options(populate_existing=True))
    row: SQLModel | None = found.one_or_none()
    return row


def stands(row: SQLModel | None, each: Image) -> bool:
    """Say whether a row still says what an action left it saying."""
    if row is None or each["after"] is None:
        return row is None and each["after"] is None
    return bool(image(row, each["after"]) == each["after"])


async def restore(scope: Scope, row: SQLModel | None, each: Image) -> SQLModel | None:
    """Make one row say what it said before: remove it if it was not there, put it there if it was removed."""
    before, table = each["before"], scope.declared.undoable[each["table"]]
    if before is None:
        await scope.session.delete(row)
        row = None
    elif row is None:
        row = table.model_validate(before)
        scope.session.add(row)
    else:
        was = table.model_validate({**image(row), **before})
        row.sqlmodel_update(was.model_dump(include=set(before)))
        scope.session.add(row)
    await scope.session.flush()
    scope.forget(table)
    return row
