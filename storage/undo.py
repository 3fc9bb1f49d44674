"""Undo: what rows said before and after one person's action, and putting them back.

An action is remembered in the same unit of work that did it. Images are JSON; they are validated on the way
back like anything from outside, so instants stay aware UTC and enums stay enums.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam
from sqlalchemy.ext.asyncio import async_object_session
from sqlmodel import JSON, Field, Index, SQLModel, col, delete, select

from sales.undo import UNDO_FOR, changed_since, may_undo, nothing_to_undo
from storage.engines.statement import NewRow, Statement, given
from storage.scope import Scope


class UndoRow(SQLModel, table=True):
    """One undoable action. `images` lists {table, id, before, after}; `before` is None for an added row."""

    __tablename__ = "undo"
    __table_args__ = (Index("ix_undo_user", "workspace_id", "user_id", "at"), {"sqlite_autoincrement": True})

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    user_id: str
    at: datetime
    summary: str
    images: list[dict[str, Any]] = Field(sa_type=JSON)
    undone_at: datetime | None = None


NEW = NewRow(UndoRow)
FORGET = Statement(
    delete(UndoRow).where(
        given(UndoRow.workspace_id),
        given(UndoRow.user_id),
        col(UndoRow.at) < bindparam("before"),
    )
)
REMEMBERED_FOR = timedelta(days=1)  # past its ten minutes an action is kept only to say what it was

Image = dict[str, Any]


class Touched(NamedTuple):
    """A row as it is now and what it said before; `before` is None for a row that was added.

    Of a row that others change too, `only` names the columns that the action is about; the rest is left as it is.
    """

    row: SQLModel
    before: Image | None = None
    only: tuple[str, ...] = ()


def image(row: SQLModel, only: Collection[str] = ()) -> Image:
    """Return what a row says, or some of its columns, as JSON; take it before changing the row."""
    return row.model_dump(mode="json", include=set(only) or None)


async def remember_undo(
    scope: Scope, user_id: str, now: datetime, summary: str, rows: Sequence[Touched]
) -> UndoRow:
    """Store how to take an action back. Parents come before their children in `rows`.

    `summary` says the action in a few words, as the person will read them: "Acme won, $24,000".

    Raises:
        KeyError: for a row of a table that has no undo.
    """
    for touched in rows:
        await read_back(touched.row)
    images = [
        {
            **place(scope, touched.row),
            "before": touched.before,
            "after": image(touched.row, touched.only),
            **({"only": list(touched.only)} if touched.only else {}),
        }
        for touched in rows
    ]
    said = {"workspace_id": scope.workspace_id, "user_id": user_id, "at": now, "summary": summary}
    return await scope.add(NEW, NEW.row({**said, "images": images, "undone_at": None}))


async def read_back(row: SQLModel) -> None:
    """Make a row say what the database says; one that no session holds was stored as it stands."""
    session = async_object_session(row)
    if session is not None:
        await session.flush()
        await session.refresh(row)


async def undo_last(scope: Scope, user_id: str, now: datetime) -> UndoRow:
    """Take back the person's last action that still stands, and return what it was.

    Raises:
        Refusal: if there is none, it is older than UNDO_FOR, or a row of it was changed since.
    """
    last = await last_action(scope, user_id)
    if last is None:
        raise nothing_to_undo()
    return await put_back(scope, last, now)


async def undo_action(scope: Scope, user_id: str, undo_id: int, now: datetime) -> UndoRow:
    """Take back one action of the person's, and return what it was.

    Raises:
        Refusal: if it is not theirs, undone already, older than UNDO_FOR, or a row of it was changed since.
    """
    action = await scope.session.get(UndoRow, undo_id)
    if action is None or (action.workspace_id, action.user_id) != (scope.workspace_id, user_id):
        raise nothing_to_undo()
    return await put_back(scope, action, now)


async def undoable(scope: Scope, user_id: str, row: SQLModel, now: datetime) -> UndoRow | None:
    """Return the person's action that made a row what it is and can still be taken back, or None."""
    last = image(row)
    for action in await recent_actions(scope, user_id, now - UNDO_FOR):
        if {**place(scope, row), "after": last} in [without_before(each) for each in action.images]:
            return action
    return None


async def amend_undo(scope: Scope, user_id: str, now: datetime, changed: Touched) -> None:
    """Make a change belong to the action that led to it, so that undoing the action takes both back.

    For answers to what the bot asked about an action ("No next step"); without one nothing happens.
    """
    await scope.session.flush()
    await scope.session.refresh(changed.row)
    was = {**place(scope, changed.row), "after": changed.before}
    for action in await recent_actions(scope, user_id, now - UNDO_FOR):
        if was in [without_before(each) for each in action.images]:
            action.images = [
                {**each, "after": image(changed.row)} if without_before(each) == was else each
                for each in action.images
            ]
            scope.session.add(action)
            await scope.session.flush()
            return


async def put_back(scope: Scope, action: UndoRow, now: datetime) -> UndoRow:
    """Restore every row of an action, or none of them.

    Raises:
        Refusal: if it was undone already, is too old, or a row says something else than the action left.
    """
    may_undo(action.summary, action.at, action.undone_at, now)
    rows = [await current(scope, each) for each in action.images]
    for row, each in zip(rows, action.images, strict=True):
        if row is None or image(row, each.get("only", ())) != each["after"]:
            raise changed_since(action.summary)
    for row, each in reversed(list(zip(rows, action.images, strict=True))):
        await restore(scope, row, each["before"])
    action.undone_at = now
    scope.session.add(action)
    await scope.session.flush()
    return action


async def restore(scope: Scope, row: SQLModel | None, before: Image | None) -> None:
    """Make one row say what it said before, or remove it if it was not there."""
    assert row is not None
    if before is None:
        await scope.session.delete(row)
    else:
        said = type(row).model_validate({**row.model_dump(), **before})
        row.sqlmodel_update(said.model_dump(include=set(before)))
        scope.session.add(row)
    await scope.session.flush()


async def current(scope: Scope, each: dict[str, Any]) -> SQLModel | None:
    """Return the row an image is of, as it is in the database now; None if it is gone or another tenant's."""
    table: Any = scope.declared.undoable[each["table"]]
    key = getattr(table, key_of(table))
    statement = select(table).where(key == each["id"], table.workspace_id == scope.workspace_id)
    found = await scope.session.exec(statement.execution_options(populate_existing=True))
    row: SQLModel | None = found.one_or_none()
    return row


async def last_action(scope: Scope, user_id: str) -> UndoRow | None:
    """Return the person's last action that was not undone, however old."""
    statement = select(UndoRow).where(
        UndoRow.workspace_id == scope.workspace_id,
        UndoRow.user_id == user_id,
        col(UndoRow.undone_at).is_(None),
    )
    newest_first = statement.order_by(col(UndoRow.at).desc(), col(UndoRow.id).desc())
    return (await scope.session.exec(newest_first.limit(1))).first()


async def recent_actions(scope: Scope, user_id: str, since: datetime) -> list[UndoRow]:
    """Return the person's actions since an instant that were not undone, the newest first."""
    statement = select(UndoRow).where(
        UndoRow.workspace_id == scope.workspace_id,
        UndoRow.user_id == user_id,
        UndoRow.at >= since,
        col(UndoRow.undone_at).is_(None),
    )
    return list(await scope.session.exec(statement.order_by(col(UndoRow.at).desc(), col(UndoRow.id).desc())))


async def forget_older(scope: Scope, user_id: str, now: datetime) -> None:
    """Remove a person's actions of more than a day ago; what they typed is not kept for nothing."""
    await scope.ask(FORGET, user_id=user_id, before=now - REMEMBERED_FOR)


def place(scope: Scope, row: SQLModel) -> dict[str, Any]:
    """Return which row this is: its table and id.

    Raises:
        KeyError: for a row of a table that no feature declares to be undone.
    """
    table = str(row.__tablename__)
    if table not in scope.declared.undoable:
        raise KeyError(f"rows of {table!r} have no undo")
    key = key_of(type(row))
    return {"table": table, "id": row.model_dump(include={key})[key]}


def key_of(table: Any) -> str:
    """Return which column tells a workspace's rows of a table apart."""
    (key,) = (column.name for column in table.__table__.primary_key if column.name != "workspace_id")
    return str(key)


def without_before(each: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in each.items() if key != "before"}
