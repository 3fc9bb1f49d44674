"""Remembered: what somebody did is noted with it, so that undo can take it back, or say that it cannot."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.context import Context
from storage.people.member import MemberRow, find_member
from storage.row_image import Image, Touched, image
from storage.undo import UndoRow, remember_undo


@dataclass(frozen=True)
class TakenBack:
    """News: an action was taken back. `rows` say again what they said before it; those that are gone are left out."""

    rows: Sequence[Any]


async def remember(context: Context, summary: str, *touched: Touched) -> UndoRow:
    """Note an action of the person's, "Acme won, $24,000"; without rows it is one that cannot be taken back."""
    return await remember_undo(context.scope, context.member.user_id, context.now, summary, touched)


async def member_touched(
    context: Context, user_id: str, before: Image, columns: Collection[str]
) -> Touched | None:
    """Return what of a member differs from an image of these columns; None if nothing does."""
    row = await find_member(context.scope, user_id)
    assert row is not None
    now = image(row, columns)
    other = [name for name in columns if now[name] != before[name]]
    return Touched(row, {name: before[name] for name in other}, columns=other) if other else None


async def people_touched(
    context: Context, before: Iterable[MemberRow], columns: Collection[str]
) -> list[Touched]:
    """Return what of these members differs from what they said before."""
    found = [await member_touched(context, row.user_id, image(row, columns), columns) for row in before]
    return [one for one in found if one is not None]
