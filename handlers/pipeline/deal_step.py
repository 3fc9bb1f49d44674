"""The next step of a deal: a promise that belongs to it, agreed and changed on its card (mechanism 59)."""

from datetime import date

from handlers.context import Context
from handlers.feature import Feature, Look, Section, Shown, Surface, routes
from handlers.followups import followup
from handlers.followups.followup.acts import change_row
from handlers.followups.followup.entry import promised_day
from handlers.followups.touch_question import before_promising
from handlers.pipeline.gate import go_on
from handlers.pipeline.opportunity.close import in_place
from handlers.pipeline.opportunity.lookup import own
from handlers.pipeline.opportunity.on_card import changed_on_card, form_of
from handlers.pipeline.opportunity.shown import facts_in
from handlers.place import Place
from handlers.reply import Reply
from messages.followups.touch_limit import ONE_MORE
from messages.pipeline import deal_step as views
from messages.pipeline import promise as promise_views
from messages.pipeline.opportunity import FormOfDeal
from messages.replies import as_modal
from sales.followups.followup import FollowUp, edited
from sales.language.typed_text import MAX_WORDS, clean
from sales.people.permission import Act
from sales.pipeline.opportunity import CLOSED, Stage, stage_on
from sales.refusal import Refusal
from sales.value import changed
from storage.followups.followup import FollowUpRow
from storage.people.calendar import next_working_day
from storage.pipeline.deal_facts import promises_for, step_of
from storage.pipeline.opportunity import OpportunityRow
from storage.row_image import Touched


async def on_card(look: Look) -> Shown:
    """What happens next, and the way to agree something; of a closed deal what is still promised, and its last day."""
    facts = facts_in(look)
    if stage_on(facts.deal, look.today) not in CLOSED:
        return Shown(views.line(facts, look.today), [views.way(facts.deal)])
    promised = await promises_for(look.scope, [facts.deal.id], look.member.user_id)
    left = promise_views.left(facts.deal, promised.get(facts.deal.id, ()), look.today)
    return Shown([*views.line(facts._replace(next_step=None), look.today), *left])


async def open_form(context: Context) -> Reply:
    row = await own(context, int(context.request.value))
    day = await next_working_day(context.scope, context.team, context.member, context.today)
    return Reply(view=views.form(await mine(context, row), day, form_of(context, row)))


async def mine(context: Context, row: OpportunityRow) -> FollowUpRow | None:
    """Return the next step if it is the asking person's promise: nobody changes another's."""
    step = await step_of(context.scope, row.id)
    return step if step is not None and step.owner_id == context.member.user_id else None


async def save(context: Context) -> Reply:
    """The form was submitted: a promise of whoever fills it in, for this deal; a suspect may pass its gate by it."""
    kept = FormOfDeal.read(context.request.private)
    row = await own(context, kept.deal_id)
    said = filled_in(context, row)
    step = await mine(context, row)
    if step is None and (question := await before_promising(context, said, row.id)) is not None:
        return Reply(view=as_modal(question, ONE_MORE))
    if step is None:
        touched = [Touched(await followup.commit(context, said, row.id))]
    else:
        touched = await change_row(context, step, edited(step, restated(step, said)))
    note = views.agreed(said, context.today)
    if row.stage is Stage.SUSPECT:
        return in_place(await go_on(context, row, touched, note), Place.kept(kept.place))
    return await changed_on_card(context, row, note, f"next step of {row.name}", touched, kept.place)


def restated(step: FollowUp, said: FollowUp) -> FollowUp:
    """Return a promise with other words or another day; on its own day it keeps its time."""
    at = step.due_at if said.due_on == step.due_on else None
    return changed(FollowUp, step, what=said.what, due_on=said.due_on, due_at=at)


def filled_in(context: Context, row: OpportunityRow) -> FollowUp:
    """Return the next step that a form says.

    Raises:
        Refusal: naming the field at fault.
    """
    chosen = context.request.values
    what = clean(chosen.get(views.WHAT) or "", MAX_WORDS, views.WHAT)
    if not what:
        raise Refusal("A few words are enough: what happens next?", field=views.WHAT)
    day = promised_day(chosen.get(views.DAY), context.today, views.DAY)
    if day is None:
        raise Refusal("A next step has a day.", field=views.DAY)
    return step_of_deal(row, context.member.user_id, what, day)


def step_of_deal(row: OpportunityRow, owner_id: str, what: str, day: date) -> FollowUp:
    """Return what somebody promises as the next step of a deal: to its customer, as far as that is known."""
    return FollowUp(owner_id=owner_id, who=row.account or row.name, what=what, due_on=day)


FEATURE = Feature(
    name="deal_step",
    actions=routes(Act.SEE_WORK_OF, {views.OPEN: open_form}),
    views=routes(Act.SEE_WORK_OF, {views.SAVE: save}),
    sections=(Section(Surface.DEAL, 20, on_card, Act.SEE_WORK_OF),),
)
