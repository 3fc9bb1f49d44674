"""Which deal a promise is for, once it is chosen, or the promise is with somebody else."""

from handlers.context import Context
from handlers.followups.belonging import deals_of, only_id
from storage.followups.followup import FollowUpRow, let_belong
from storage.row_image import Touched, image
from storage.undo import amend_undo


async def renamed(context: Context, row: FollowUpRow) -> None:
    """A promise is with somebody else now: it is for their only open deal, or for none."""
    await put(context, row, only_id(await deals_of(context, row.who)))


async def put(context: Context, row: FollowUpRow, deal_id: int | None) -> None:
    """Let a promise be for a deal, or for none; undoing what was done to it last takes this back too."""
    before = image(row)
    await let_belong(context.scope, row, deal_id)
    await amend_undo(context.scope, context.member.user_id, context.now, Touched(row, before))
