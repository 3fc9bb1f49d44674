"""Can they, will they: said when a deal is made and on its card, with how the customer fits (mechanisms 31, 32).

On a card the verdict stands where anything of it is known, where it is a reason to stop, and at the second stage, where
it is asked again; else only the way to say it.
"""

from typing import NamedTuple

from handlers.context import Context
from handlers.feature import Feature, Look, Record, Section, Shown, Surface, routes
from handlers.pipeline.opportunity.lookup import own
from handlers.pipeline.opportunity.on_card import changed_on_card, form_of
from handlers.pipeline.opportunity.shown import facts_in
from handlers.reply import Reply
from messages.pipeline.opportunity import FormOfDeal
from messages.prospects import can_will as views
from sales.language.typed_text import MAX_WORDS, clean
from sales.people.permission import Act
from sales.pipeline.deal_facts import DealFacts
from sales.pipeline.opportunity import Stage
from sales.pipeline.stage import stage_of
from sales.prospects.can_will import BuyingSigns, BuyingVerdict
from storage.pipeline.stage import stages_for
from storage.prospects.can_will import (
    BuyingSignsRow,
    buying_picture,
    buying_signs_of,
    save_buying_signs,
)

LIVE = frozenset({Stage.SUSPECT, Stage.OPEN})
ANSWERS = {views.YES: True, views.NO: False}
SECOND = 1  # the place of the stage at which it is asked again


class SpokenVerdict(NamedTuple):
    """Whether the card of a deal that is being made says the verdict."""

    speaks: bool


async def when_added(look: Look) -> Shown:
    """The verdict on a deal that was just made, and how its customer fits where anything of it is known."""
    facts = facts_in(look)
    picture = await buying_picture(look.scope, facts, look.today)
    fit = picture.fit if picture.fit is not None and picture.fit.is_known else None
    return Shown(views.on_card(facts.deal, picture.found, fit, None))


async def on_card(look: Look) -> Shown | None:
    """The verdict on a live deal and how its customer fits; nothing of the former where nobody knows anything."""
    facts = facts_in(look)
    if facts.deal.stage not in LIVE:
        return None
    picture = await buying_picture(look.scope, facts, look.today)
    is_said = picture.signs is not None or picture.found.verdict is BuyingVerdict.STOP
    speaks = is_said or await at_second_stage(look, facts)
    look.scope.keep(SpokenVerdict, facts.deal.id, SpokenVerdict(speaks))
    if speaks:
        return Shown(views.on_card(facts.deal, picture.found, picture.fit, picture.signs))
    return Shown(views.only_fit(picture.fit))


async def in_row(look: Look) -> Shown | None:
    """The way to say it, among the others of the card, where it does not stand beside the verdict."""
    deal = facts_in(look).deal
    spoken = look.scope.known(SpokenVerdict, deal.id)
    return Shown(buttons=[views.way(deal)]) if spoken is not None and not spoken.speaks else None


async def at_second_stage(look: Look, facts: DealFacts) -> bool:
    """Say whether a deal stands in the second of its team's stages."""
    stages = await stages_for(look.scope, facts.deal.owner_id)
    stage = stage_of(facts.deal, stages)
    return stage is not None and list(stages).index(stage) == SECOND


async def open_form(context: Context) -> Reply:
    """Can they, will they…: the form."""
    row = await own(context, int(context.request.value))
    return Reply(view=views.form(row, await buying_signs_of(context.scope, row.id), form_of(context, row)))


async def save(context: Context) -> Reply:
    """The form was submitted: the card says the verdict."""
    kept = FormOfDeal.read(context.request.private)
    row = await own(context, kept.deal_id)
    chosen = context.request.values
    said = BuyingSigns(
        opportunity_id=row.id,
        **{name: ANSWERS.get(str(chosen.get(name))) for name in views.FIELDS},
        note=clean(chosen.get(views.NOTE) or "", MAX_WORDS, views.NOTE),
    )
    touched = await save_buying_signs(context.scope, said)
    return await changed_on_card(
        context,
        row,
        views.saved(),
        f"whether {row.name} can and will",
        [touched] if touched is not None else [],
        kept.place,
    )


FEATURE = Feature(
    name="can_will",
    actions=routes(Act.SEE_WORK_OF, {views.OPEN: open_form}),
    views=routes(Act.SEE_WORK_OF, {views.SAVE: save}),
    sections=(
        Section(Surface.NEW_DEAL, 10, when_added, Act.SEE_WORK_OF),
        Section(Surface.DEAL, 12, on_card, Act.SEE_WORK_OF),
        Section(Surface.DEAL, 45, in_row, Act.SEE_WORK_OF),
    ),
    records=(
        Record(
            BuyingSignsRow,
            undone=True,
            exported=True,
            read=Act.SEE_WORK_OF,
            exempt="whether a customer can and will buy; it goes with the deal",
        ),
    ),
)
