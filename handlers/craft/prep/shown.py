"""The brief as it is shown: read as its reader may, with what the owner's team has in its library."""

from handlers.context import Context
from messages.blocks import Message
from messages.craft.prep import brief as views
from messages.craft.prep.ids import BriefOf
from messages.formatting import Mrkdwn
from sales.craft.prep.brief import PrepBrief, brief_of
from storage.craft.library import library_of
from storage.craft.prep.facts import facts_before, facts_without_deal
from storage.people.member import find_member, team_id_of
from storage.pipeline.opportunity import OpportunityRow


async def found_for(context: Context, row: OpportunityRow) -> PrepBrief:
    """Return the brief of a deal."""
    me = context.member.user_id
    known = await facts_before(context.scope, row, me, context.zone, context.today)
    library = await library_of(context.scope, await team_id_of(context.scope, row.owner_id))
    return brief_of(known, library, context.today)


async def of_deal(
    context: Context, row: OpportunityRow, of: BriefOf, note: Mrkdwn | str = "", undo_id: int | None = None
) -> Message:
    """Return the brief of a deal as a message; of somebody else's it says whose it is."""
    owner = ""
    if row.owner_id != context.member.user_id:
        member = await find_member(context.scope, row.owner_id) if row.owner_id else None
        owner = member.name if member is not None else row.owner_name or "somebody"
    return views.brief(await found_for(context, row), of, context.today, owner, note, undo_id)


async def of_account(
    context: Context, account: str, of: BriefOf, note: Mrkdwn | str = "", undo_id: int | None = None
) -> Message:
    """Return the brief of an account that the reader has no deal with."""
    return views.brief(await found_without_deal(context, account), of, context.today, "", note, undo_id)


async def found_without_deal(context: Context, account: str) -> PrepBrief:
    """Return the brief of an account that the reader has no deal with."""
    me, team = context.member.user_id, context.team
    known = await facts_without_deal(context.scope, account, me, context.zone, context.today)
    library = await library_of(context.scope, team.id if team is not None else None)
    return brief_of(known, library, context.today)
