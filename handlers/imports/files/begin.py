"""Files put on their way: kept as one row, with one message that follows them to their end."""

from collections.abc import Mapping
from typing import Any

from handlers.context import Context
from sales.nudges.ledger import PROMPT, Nudge
from storage.imports.files.drop import DroppedFileRow, note_drop, say_anew
from storage.nudges.ledger.intake import enqueue

DROP = "import_drop"


async def begin(context: Context, row: DroppedFileRow) -> DroppedFileRow | None:
    """Keep a file that somebody gave, and have its message sent; None where the same message brought it before."""
    kept = await note_drop(context.scope, row)
    if kept is None:
        return None
    await say_anew(context.scope, kept)
    nudge = Nudge(
        key=kept.key,
        kind=DROP,
        intent={"id": kept.id},
        why="You dropped a file here." if kept.channel_id else "You pasted entries for the library.",
        not_before=context.now,
        user_id=context.member.user_id,
        channel_id=kept.channel_id or None,
        priority=PROMPT,
    )
    await enqueue(context.scope, nudge, context.now)
    return kept


def named(file: Mapping[str, Any]) -> str:
    return str(file.get("name") or file.get("title") or file.get("id") or "")[:200]
