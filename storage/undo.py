"""Undo: what rows said before and after one person's action, and putting them back.

An action is remembered in the same unit of work that did it, and so is one that cannot be taken back: undo is
about the last thing somebody did, never about one before it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam
from sqlmodel import JSON, Field, Index, SQLModel, col, delete, select

from sales.undo import UNDO_FOR, cannot_undo, changed_since, may_undo, nothing_to_undo
from storage.engines.statement import NewRow, Statement, given
from storage.row_image import Touched, current, image, place, read_back, restore, stands
from storage.scope import Scope


class UndoRow(SQLModel, table=True):
    """One action. `images` lists {table, id, before, after}, of which there are none for what cannot be undone.

    `before` is None for an added row, `after` for one that was removed.
    """

    __tablename__ = "undo"
    __table_args__ = (
        Index("ix_undo_user", "workspace_id", "user_id", "at"),
        Index("ix_undo_at", "workspace_id", "at"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    user_id: str
    at: datetime
    summary: str
    images: list[dict[str, Any]] = Field(sa_type=JSON)
    undone_at: datetime | None = None


NEW = NewRow(UndoRow)
NEWEST = Statement(
    select(col(UndoRow.id), col(UndoRow.summary), col(UndoRow.images), col(UndoRow.undone_at))
    .where(given(UndoRow.workspace_id), given(UndoRow.user_id), col(UndoRow.at) >= bindparam("since"))
    .order_by(col(UndoRow.at).desc(), col(UndoRow.id).desc())
    .limit(1)
)


Image = dict[str, Any]  # of a row: its table and id, what it said before an action, and after


class PutBack(NamedTuple):
    """An action that was taken back, its images, and the rows as they are again; None for those that are gone again."""

    summary: str
    rows: Sequence[SQLModel | None]
    images: Sequence[Image] = ()


class NewestAction(NamedTuple):
    """What somebody did last, undone or not."""

    id: int
    summary: str
    images: Sequence[Image]
    undone_at: datetime | None

    def changed(self, table: str) -> bool:
        """Say whether it changed rows of a table that were there before."""
        return any(each["table"] == table and each["before"] is not None for each in self.images)

    def holds(self, table: str, row_id: int) -> bool:
        """Say whether it stands and wrote a row."""
        written = any((each["table"], each["id"]) == (table, row_id) for each in self.images)
        return written and self.undone_at is None

    def added(self, table: str) -> bool:
        """Say whether it stands and added rows to a table."""
        new = any(each["table"] == table and each["before"] is None for each in self.images)
        return new and self.undone_at is None


async def remember_undo(
    scope: Scope, user_id: str, now: datetime, summary: str, rows: Sequence[Touched]
) -> UndoRow:
    """Store how to take an action back. Parents come before their children in `rows`.

    `summary` says the action in a few words, as the person will read them: "Acme won, $24,000". Without rows it
    is an action that cannot be taken back.

    Raises:
        KeyError: for a row of a table that has no undo.
    """
    for touched in rows:
        if not touched.gone:
            await read_back(touched.row)
    images = [
        {
            **place(scope, each.row),
            "before": each.before,
            "after": None if each.gone else image(each.row, each.columns),
        }
        for each in rows
    ]
    said = {"workspace_id": scope.workspace_id, "user_id": user_id, "at": now, "summary": summary}
    made = await scope.add(NEW, NEW.row({**said, "images": images, "undone_at": None}))
    scope.keep(NewestAction, user_id, NewestAction(made.id, summary, images, None))
    return made


async def undo_last(scope: Scope, user_id: str, now: datetime) -> PutBack:
    """Take back the person's last action that still stands, and return what it was.

    Raises:
        Refusal: if there is none, it cannot be undone, it is older than UNDO_FOR, or a row of it was changed since.
    """
    last = await last_action(scope, user_id)
    if last is None:
        raise nothing_to_undo()
    return await put_back(scope, last, now)


async def undo_action(scope: Scope, user_id: str, undo_id: int, now: datetime) -> PutBack:
    """Take back one action of the person's, and return what it was.

    Raises:
        Refusal: if it is not theirs, undone already, older than UNDO_FOR, or a row of it was changed since.
    """
    action = await scope.session.get(UndoRow, undo_id)
    if action is None or (action.workspace_id, action.user_id) != (scope.workspace_id, user_id):
        raise nothing_to_undo()
    return await put_back(scope, action, now)


async def is_undone(scope: Scope, user_id: str, undo_id: int) -> bool:
    """Say whether one action of the person's was taken back already."""
    action = await scope.session.get(UndoRow, undo_id)
    return action is not None and action.user_id == user_id and action.undone_at is not None


async def standing_action(scope: Scope, user_id: str, undo_id: int) -> UndoRow | None:
    """Return one action of the person's that was not taken back, or None."""
    action = await scope.session.get(UndoRow, undo_id)
    if action is None or (action.workspace_id, action.user_id) != (scope.workspace_id, user_id):
        return None
    return action if action.undone_at is None else None


async def newest_action(scope: Scope, user_id: str, now: datetime) -> NewestAction | None:
    """Return what a person did last within the minutes in which it can be undone, whether it was or not."""

    async def read() -> NewestAction | None:
        found = await scope.ask(NEWEST, user_id=user_id, since=now - UNDO_FOR)
        return NewestAction(*found[0]) if found else None

    return await scope.once(NewestAction, user_id, read)


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


async def put_back(scope: Scope, action: UndoRow, now: datetime) -> PutBack:
    """Restore every row of an action, or none of them.

    Raises:
        Refusal: if it cannot be undone, was undone already, is too old, or a row says something else than the action
            left.
    """
    may_undo(action.summary, action.at, action.undone_at, now)
    if not action.images:
        raise cannot_undo(action.summary)
    rows = [await current(scope, each) for each in action.images]
    if not all(stands(row, each) for row, each in zip(rows, action.images, strict=True)):
        raise changed_since(action.summary)
    restored = [
        await restore(scope, row, each) for row, each in reversed(list(zip(rows, action.images, strict=True)))
    ]
    action.undone_at = now
    scope.session.add(action)
    await scope.session.flush()
    scope.forget(NewestAction)
    return PutBack(action.summary, restored[::-1], action.images)


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


async def forget_actions(scope: Scope, before: datetime, most: int) -> int:
    """Forget some actions from before an instant; past its ten minutes one is kept only to say what it was."""
    old = (
        select(UndoRow.id)
        .where(UndoRow.workspace_id == scope.workspace_id, col(UndoRow.at) < before)
        .order_by(col(UndoRow.at))
        .limit(most)
    )
    done = await scope.session.exec(delete(UndoRow).where(col(UndoRow.id).in_(old)))
    return int(done.rowcount)


def without_before(each: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in each.items() if key != "before"}
