"""The stage of a deal on its card: moved with a menu, and what the stage still needs (mechanisms 23, 24, 55)."""

from handlers.context import Context
from handlers.pipeline.opportunity.entry import change
from handlers.pipeline.opportunity.lookup import already_closed, is_closed, own
from handlers.pipeline.opportunity.shown import facts_in
from handlers.reply import Reply
from handlers.section import Look, Shown
from messages.pipeline import stage as views
from messages.pipeline.opportunity import deal_in
from sales.pipeline.opportunity import Stage, in_stage
from sales.pipeline.stage_need import still_needed
from sales.refusal import Refusal
from storage.pipeline.stage import stages_for


async def on_card(look: Look) -> Shown | None:
    """The menu, once the deal is past its gate and as long as there is somewhere to move to."""
    deal = facts_in(look).deal
    if deal.stage is not Stage.OPEN:
        return None
    return Shown(buttons=[views.menu(deal, await stages_for(look.scope, deal.owner_id))])


async def needs(look: Look) -> Shown | None:
    """What the deal still needs where it stands; nothing where it has it all."""
    facts = facts_in(look)
    needed = still_needed(facts)
    return Shown(views.needs(facts.stage, needed)) if facts.stage is not None and needed else None


async def move(context: Context) -> Reply:
    """A stage was chosen; the move is never refused for what the stage needs."""
    row = await own(context, deal_in(context.request.name))
    if is_closed(context, row):
        return await already_closed(context, row)
    offered = [stage.name for stage in await stages_for(context.scope, row.owner_id)]
    if context.request.value not in [*offered, row.stage_label]:
        raise Refusal("The team has no such stage any more. Show the deal again to see its stages.")
    return await change(context, row, in_stage(row, context.request.value))
