"""Remembered: what somebody did is noted with it, so that undo can take it back, or say that it cannot."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from handlers.context import Context
from storage.row_image import Touched
from storage.undo import UndoRow, remember_undo


@dataclass(frozen=True)
class TakenBack:
    """News: an action was taken back. `rows` say again what they said before it; those that are gone are left out."""

    rows: Sequence[Any]


async def remember(context: Context, summary: str, *touched: Touched) -> UndoRow:
    """Note an action of the person's, "Acme won, $24,000"; without rows it is one that cannot be taken back."""
    return await remember_undo(context.scope, context.member.user_id, context.now, summary, touched)
