"""Work on a file that comes in as one action: what a library or a deck is taken from, and taken back with."""

from bot.imports.work import DropWork
from sales.imports.files.drop import DropNews, DropStep
from sales.refusal import Refusal
from sales.undo import UNDO_FOR
from storage.imports.files.drop import DroppedFileRow, forget_pieces, move_drop
from storage.scope import Scope
from storage.undo import undo_action


class ActionWork(DropWork):
    """Takes a file that is one action one step further. A `slow` action is of thousands of rows."""

    slow = False

    def shown(self) -> DropNews:
        """Return what the message of the file showed, as it is said again once it is taken back."""
        raise NotImplementedError

    async def taken(self, scope: Scope, held: DroppedFileRow, undo_id: int | None, news: DropNews) -> None:
        """Note that a file is in, with the action that takes it back; our copy of it goes."""
        held.runs = [undo_id] if undo_id is not None else []
        await forget_pieces(scope, held.id)
        held.pieces = 0
        await move_drop(scope, held, DropStep.TAKEN, self.now(), news)
        held.until = self.now() + UNDO_FOR
        scope.session.add(held)

    async def undo(self) -> None:
        """Take the action back; where somebody changed something of it since, all stays, and the message says so."""
        news = self.shown()
        async with self.database.write(self.row.workspace_id, slow=self.slow) as scope:
            held = await self.held(scope)
            try:
                for undo_id in held.runs:
                    await undo_action(scope, held.user_id, undo_id, self.now())
            except Refusal as refused:
                news.trouble = refused.text
                await move_drop(scope, held, DropStep.KEPT, self.now(), news)
                return
            await move_drop(scope, held, DropStep.UNDONE, self.now(), news)
