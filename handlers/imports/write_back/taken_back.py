"""What was sent and is taken back here: what waits does not go out any more, what went may go back by another yes."""

from collections.abc import Iterable

from handlers.context import Context
from handlers.feature import Look, Shown
from handlers.imports.write_back.sides import sendable, sides
from handlers.remembered import TakenBack
from messages.imports import write_back as views
from sales.imports.sync.write_back import WriteState
from storage.followups.followup import FollowUpRow
from storage.imports.sync.write import last_write_of, settle
from storage.pipeline.opportunity import OpportunityRow, find_opportunity
from storage.undo import Image, PutBack

MOST = 3  # deals of one action; a list of more is not read


def deals_in(images: Iterable[Image]) -> list[int]:
    """Return the deals that an action changed: themselves, or what is promised for them."""
    found: list[int] = []
    for one in images:
        if one["table"] == OpportunityRow.__tablename__:
            found.append(int(one["id"]))
        elif one["table"] == FollowUpRow.__tablename__:
            said = {**(one["after"] or {}), **(one["before"] or {})}
            found += [int(said["opportunity_id"])] if said.get("opportunity_id") else []
    return list(dict.fromkeys(found))


async def hear_taken_back(context: Context, news: TakenBack) -> None:
    """Let nothing go out that was taken back before it went."""
    for deal_id in deals_in(news.images):
        write = await last_write_of(context.scope, deal_id)
        if write is not None and write.state is WriteState.PENDING:
            settle(write, WriteState.DROPPED, context.now)
            context.scope.session.add(write)


async def below_undo(look: Look) -> Shown | None:
    """Below what was taken back of deals that went to their CRM: that it stands there still, and the way to send."""
    assert isinstance(look.about, PutBack)
    found = Shown()
    for deal_id in deals_in(look.about.images)[:MOST]:
        write = await last_write_of(look.scope, deal_id)
        deal = await find_opportunity(look.scope, deal_id)
        if deal is None or write is None or write.state is not WriteState.DONE:
            continue
        there = await sendable(look.scope, deal)
        if there is not None and await sides(look.scope, deal, *there, taken_back=True):
            found = Shown([*found.blocks, *views.taken_back(there.connection.name, deal)])
    return found if found.blocks else None
