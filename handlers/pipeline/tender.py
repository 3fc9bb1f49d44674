"""Tenders: said on the card of a deal, and thought about before going into one. The choice stays the rep's."""

from handlers.context import Context
from handlers.feature import Feature, Look, Record, Section, Shown, Surface, routes
from handlers.pipeline.opportunity.lookup import own
from handlers.pipeline.opportunity.news import typed
from handlers.pipeline.opportunity.on_card import form_of
from handlers.pipeline.opportunity.shown import deal_card, facts_in
from handlers.place import Place
from handlers.remembered import remember
from handlers.reply import Reply
from messages.pipeline import tender as views
from messages.pipeline.opportunity import FormOfDeal
from messages.replies import unchanged
from sales.language.typed_text import clean
from sales.people.permission import Act
from sales.pipeline.opportunity import CLOSED, MAX_WORDS, Opportunity, stage_on
from sales.pipeline.tender import Tender, challenge_in
from sales.refusal import Refusal
from sales.value import changed
from storage.pipeline.opportunity import OpportunityRow, change_opportunity
from storage.pipeline.tender import TenderRow, save_tender, tender_of
from storage.row_image import says_else


async def flag(context: Context) -> Reply:
    """It is a tender…: it says so from now on, and the three questions are asked at once."""
    row = await own(context, int(context.request.value))
    await flagged(context, row, yes=True)
    card = await deal_card(context, row, views.flagged(yes=True))
    return Reply(edit=card, view=await asking(context, row), home=True)


async def unflag(context: Context) -> Reply:
    """Not a tender: it counts with the others again."""
    row = await own(context, int(context.request.value))
    await flagged(context, row, yes=False)
    return Reply(edit=await deal_card(context, row, views.flagged(yes=False)), home=True)


async def flagged(context: Context, row: OpportunityRow, *, yes: bool) -> None:
    """Keep whether a deal is a tender; a second click changes nothing."""
    if row.is_tender is yes:
        return
    said = changed(Opportunity, row, is_tender=yes)
    touched = await change_opportunity(context.scope, row, said, typed(context))
    await remember(context, f"{row.name}, a tender" if yes else f"{row.name}, no tender", *touched)


async def decide(context: Context) -> Reply:
    """Go or no-go…: the form."""
    return Reply(view=await asking(context, await own(context, int(context.request.value))))


async def asking(context: Context, row: OpportunityRow) -> dict[str, object]:
    return views.form(row, await tender_of(context.scope, row.id), form_of(context, row))


async def save(context: Context) -> Reply:
    """The form was submitted: the card says go or no-go, with its reason."""
    kept = FormOfDeal.read(context.request.private)
    row = await own(context, kept.deal_id)
    chosen = context.request.values
    for field in (views.SHAPED, views.ACCESS):
        if not chosen.get(field):
            raise Refusal("Yes or no.", field=field)
    said = Tender(
        opportunity_id=row.id,
        shaped=chosen[views.SHAPED] == views.YES,
        has_access=chosen[views.ACCESS] == views.YES,
        challenge=challenge_in(clean(chosen.get(views.CHALLENGE) or "", MAX_WORDS, views.CHALLENGE)),
        answered_on=context.today,
    )
    touched = await save_tender(context.scope, said)
    if not await says_else(touched):
        return Reply(edit=await deal_card(context, row, unchanged()), edit_at=Place.kept(kept.place))
    done = await remember(context, f"go or no-go for {row.name}", touched)
    return Reply(edit=await deal_card(context, row, views.saved(), done.id), edit_at=Place.kept(kept.place))


async def on_card(look: Look) -> Shown | None:
    """Go or no-go of a tender; nothing of one that is closed."""
    deal = facts_in(look).deal
    if not deal.is_tender or stage_on(deal, look.today) in CLOSED:
        return None
    return Shown(views.on_card(deal, await tender_of(look.scope, deal.id)))


FEATURE = Feature(
    name="tender",
    actions=routes(Act.SEE_WORK_OF, {views.UNFLAG: unflag, views.DECIDE: decide}),
    views=routes(Act.SEE_WORK_OF, {views.SAVE: save}),
    sections=(Section(Surface.DEAL, 10, on_card, Act.SEE_WORK_OF),),
    records=(
        Record(
            TenderRow,
            undone=True,
            exported=True,
            read=Act.SEE_WORK_OF,
            exempt="whether to go into a tender; it goes with the deal",
        ),
    ),
)
