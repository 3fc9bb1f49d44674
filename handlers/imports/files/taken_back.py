"""A file that came in as one action and was taken back by `/rainmaker undo`: its message says so too."""

from handlers.context import Context
from handlers.remembered import TakenBack
from sales.imports.files.drop import DropStep
from storage.coaching.drill.card import DrillCardRow
from storage.craft.library import LibraryEntryRow
from storage.imports.files.drop import move_drop, taken_drops
from storage.undo import is_undone

OF_ONE_ACTION = {str(one.__tablename__) for one in (DrillCardRow, LibraryEntryRow)}


async def hear_taken_back(context: Context, news: TakenBack) -> None:
    """Let the message of a library or a deck follow, whose action this was."""
    if not OF_ONE_ACTION & {each["table"] for each in news.images}:
        return
    me = context.member.user_id
    for row in await taken_drops(context.scope, me):
        if row.told.deck is None and row.told.library is None:
            continue
        if row.runs and all([await is_undone(context.scope, me, one) for one in row.runs]):
            await move_drop(context.scope, row, DropStep.UNDONE, context.now, row.told)
