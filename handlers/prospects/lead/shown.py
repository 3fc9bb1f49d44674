"""A lead as it is shown after something happened to it: on its card, in a list, or in the message that told of it."""

from handlers.context import Context
from handlers.place import Place
from handlers.prospects.lead.listing import nobodys_page, own_page
from handlers.prospects.lead.lookup import may_change, reader_clock, shown, team_owner_ids
from handlers.reply import Reply
from handlers.section import Look, Surface, collected
from messages.blocks import Message
from messages.prospects import lead as views
from messages.prospects.lead import CardFacts, OfLead
from sales.people.permission import Act
from storage.pipeline.opportunity import find_opportunity
from storage.prospects.known_firm import KnownFirm, known_firm
from storage.prospects.lead import LeadRow


async def lead_card(context: Context, row: LeadRow, note: str = "", undo_id: int | None = None) -> Message:
    """Return a lead as it stands, for whoever asks; `note` says what was just done, `undo_id` takes that back."""
    look = Look(context.scope, context.member, context.team, context.now, context.today, about=row)
    found = await collected(context.declared.sections(Surface.LEAD), look)
    parts = [block for one in found for block in one.blocks]
    ways = [button for one in found for button in one.buttons]
    (told,) = await shown(context, [row])
    return views.card(told, await facts_of(context, row), reader_clock(context), note, parts, ways, undo_id)


async def facts_of(context: Context, row: LeadRow) -> CardFacts:
    """Return what stands beside a lead: the deal it became, else the deals with its firm."""
    deal = await find_opportunity(context.scope, row.deal_id) if row.deal_id is not None else None
    firm = KnownFirm()
    if deal is None:
        firm = await known_firm(context.scope, row.firm, await team_owner_ids(context))
    return CardFacts(
        won=firm.won,
        live=firm.live,
        deal=deal,
        reader_id=context.member.user_id,
        may_assign=context.may(Act.SEE_TEAM_NUMBERS),
        may_take=context.member.is_rep,
        may_change=await may_change(context, row),
    )


async def answered(
    context: Context,
    row: LeadRow,
    note: str,
    undo_id: int | None,
    of: OfLead | None = None,
    place: Place | None = None,
) -> Reply:
    """Return what is shown where something was done to a lead: there, as things stand, or its card as the answer."""
    if of is not None and of.within == views.PLACE_TOLD:
        return Reply(again=[], edit_at=place, home=True)
    if of is not None and of.within == views.PLACE_LIST:
        return Reply(edit=await own_page(context, of.at, note, undo_id), edit_at=place, home=True)
    if of is not None and of.within == views.PLACE_TEAM:
        return Reply(
            edit=await nobodys_page(context, row.team_id, of.at, note, undo_id), edit_at=place, home=True
        )
    card = await lead_card(context, row, note, undo_id)
    if of is not None and (context.request.kind == "actions" or place is not None):
        return Reply(edit=card, edit_at=place, home=True)
    return Reply(say=card, home=True)
