"""Remembered: what somebody did is noted with it, so that it can be taken back, and every feature hears of that."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.context import Context
from handlers.regarded import changes
from storage.row_image import Touched
from storage.undo import Image, PutBack, UndoRow, remember_undo, undo_action


@dataclass(frozen=True)
class TakenBack:
    """News: an action was taken back. `rows` say again what they said before it; those that are gone are left out.

    `images` are all of its rows, as they were before it and after.
    """

    rows: Sequence[Any]
    images: Sequence[Image] = ()


async def remember(context: Context, summary: str, *touched: Touched) -> UndoRow:
    """Note an action of the person's, "Acme won, $24,000"; without rows it is one that cannot be taken back."""
    said = [(each.row.__tablename__, row) for each in touched for row in (each.row.__dict__, each.before)]
    changes(summary, owners(context, said))
    return await remember_undo(context.scope, context.member.user_id, context.now, summary, touched)


async def take_back(context: Context, undo_id: int) -> PutBack:
    """Take back one action of the person's, and let every feature follow.

    Raises:
        Refusal: if it cannot be taken back any more.
    """
    done = await undo_action(context.scope, context.member.user_id, undo_id, context.now)
    await announce_taken_back(context, done)
    return done


async def announce_taken_back(context: Context, done: PutBack) -> None:
    """Tell every feature how rows stand again."""
    said = [(each["table"], each[when]) for each in done.images for when in ("before", "after")]
    changes(f"undone, {done.summary}", owners(context, said))
    await context.announce(TakenBack([row for row in done.rows if row is not None], done.images))


def owners(context: Context, said: Iterable[tuple[Any, Any]]) -> set[str]:
    """Return whose these rows are, each given as its table and what it says of its columns."""
    columns = context.declared.owner_columns
    found = {(row or {}).get(columns.get(str(table), "")) for table, row in said}
    return {one for one in found if isinstance(one, str)}
