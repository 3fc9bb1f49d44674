"""The card of a deal: what it says, and what each feature knows of it and offers."""

from handlers.context import Context
from handlers.section import Look, Surface, collected
from messages.blocks import Block, Message
from messages.pipeline import opportunity as views
from sales.pipeline.deal_facts import DealFacts
from storage.people.member import MemberRow
from storage.pipeline.deal_contact import contacts_beside
from storage.pipeline.deal_facts import facts_of_deal
from storage.pipeline.opportunity import OpportunityRow


async def deal_card(
    context: Context, row: OpportunityRow, note: str = "", undo_id: int | None = None
) -> Message:
    """Return a deal as it stands, for whoever asks; `note` says what was just done, `undo_id` takes that back."""
    about = await facts_of_deal(context.scope, row)
    look = Look(context.scope, context.member, context.team, context.now, context.today, about=about)
    found = await collected(context.declared.sections(Surface.DEAL), look)
    parts = [block for shown in found for block in shown.blocks]
    ways = [button for shown in found for button in shown.buttons]
    return views.card(row, context.today, note, parts, ways, undo_id)


async def when_added(context: Context, row: OpportunityRow) -> list[Block]:
    """Return what features have to say of a deal that was just made: at most people stand beside it by now."""
    about = DealFacts(row, contacts=await contacts_beside(context.scope, row.id))
    look = Look(context.scope, context.member, context.team, context.now, context.today, about=about)
    found = await collected(context.declared.sections(Surface.NEW_DEAL), look)
    return [block for shown in found for block in shown.blocks]


def owner_in(look: Look) -> MemberRow:
    """Return whose deals a page of a pipeline is of."""
    assert isinstance(look.about, MemberRow)
    return look.about


def facts_in(look: Look) -> DealFacts:
    """Return the deal that a card is of, with what stands beside it."""
    assert isinstance(look.about, DealFacts)
    return look.about
