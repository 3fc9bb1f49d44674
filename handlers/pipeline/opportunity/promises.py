"""What is still promised for a deal that is over: asked with the answer that closes it, settled in one tap.

Nobody settles another's promise, so a manager who closes a deal is not asked; its owner is, with the debrief.
"""

from collections.abc import Sequence

from handlers.context import Context, Handler
from handlers.followups.followup.acts import change_row
from handlers.pipeline.opportunity.lookup import own
from handlers.pipeline.opportunity.shown import deal_card
from handlers.remembered import remember
from handlers.reply import Reply
from messages.blocks import Block
from messages.pipeline import promise as views
from messages.pipeline.promise import Promised
from sales.followups.followup import FollowUpState, done, dropped
from storage.followups.followup import FollowUpRow, followups_among
from storage.pipeline.deal_facts import promises_for
from storage.pipeline.opportunity import OpportunityRow

OVER = "the deal is over"


async def left(context: Context, row: OpportunityRow) -> list[Block]:
    """Return the question what becomes of the person's own promises for a deal; nothing where none is open."""
    found = await promises_for(context.scope, [row.id], context.member.user_id)
    return views.left(row, found.get(row.id, ()), context.today, may_keep=True)


def settling(*, is_done: bool) -> Handler:
    """Return the button that settles what is promised."""

    async def run(context: Context) -> Reply:
        carried = Promised.read(context.request.value)
        row = await own(context, carried.deal_id)
        rows, undo_id = await settle(context, carried, is_done=is_done)
        note = views.settled(rows, done=is_done) if rows else ""
        return Reply(edit=await deal_card(context, row, note, undo_id), home=True)

    return run


async def settle(
    context: Context, carried: Promised, *, is_done: bool
) -> tuple[Sequence[FollowUpRow], int | None]:
    """Settle promises; return which, and how that is taken back. A second press settles nothing."""
    rows, touched = await open_ones(context, carried), []
    for one in rows:
        said = done(one, context.now) if is_done else dropped(one, context.now, OVER)
        touched += await change_row(context, one, said, comes_again=False)
    if not touched:
        return (), None
    did = "done" if is_done else "dropped"
    summary = f"{rows[0].who}, {rows[0].what} {did}" if len(rows) == 1 else f"{len(rows)} promises {did}"
    return rows, (await remember(context, summary, *touched)).id


async def keep(context: Context) -> Reply:
    """They stay as they are."""
    carried = Promised.read(context.request.value)
    row = await own(context, carried.deal_id)
    rows = await open_ones(context, carried)
    return Reply(edit=await deal_card(context, row, views.kept(rows, context.today) if rows else ""))


async def open_ones(context: Context, carried: Promised) -> Sequence[FollowUpRow]:
    """Return the promises a button is about, as far as they are the person's and still open."""
    return [
        one
        for one in await followups_among(context.scope, carried.promises)
        if one.state is FollowUpState.OPEN and one.owner_id == context.member.user_id
    ]
