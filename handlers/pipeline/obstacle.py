"""Obstacles of a deal: what could stop it, who sees to it by when, and that it is out of the way (mechanism 24)."""

from handlers.coming_day import coming_day
from handlers.context import Context
from handlers.feature import Feature, Look, Section, Shown, Surface, routes
from handlers.nudges.reassignment import WorkReassigned
from handlers.pipeline.opportunity.lookup import answer, own
from handlers.pipeline.opportunity.news import typed
from handlers.pipeline.opportunity.on_card import changed_on_card, form_of
from handlers.pipeline.opportunity.shown import deal_card, facts_in
from handlers.reply import Reply
from messages.pipeline import obstacle as views
from messages.pipeline.opportunity import FormOfDeal
from sales.language.typed_text import clean
from sales.people.permission import Act
from sales.pipeline.obstacle import DealObstacle, cleared
from sales.pipeline.opportunity import CLOSED, MAX_WORDS, stage_on
from sales.refusal import Refusal
from sales.value import changed
from storage.people.member import find_member
from storage.pipeline.beside import with_history
from storage.pipeline.obstacle import add_obstacle, change_obstacle, find_obstacle, obstacles_of
from storage.pipeline.people_named import names_for
from storage.row_image import Touched, image

OWNER = ("owner_id",)


async def on_card(look: Look) -> Shown | None:
    """What could stop the deal, and the way to name something; nothing once it is closed."""
    facts = facts_in(look)
    if stage_on(facts.deal, look.today) in CLOSED:
        return None
    owners = await names_for(look.scope, look.member.user_id, [one.owner_id for one in facts.obstacles])
    return Shown(views.lines(facts.obstacles, owners, look.today), [views.way(facts.deal)])


async def open_form(context: Context) -> Reply:
    row = await own(context, int(context.request.value))
    return Reply(view=views.form(row.owner_id or context.member.user_id, form_of(context, row)))


async def save(context: Context) -> Reply:
    """The form was submitted."""
    kept = FormOfDeal.read(context.request.private)
    row = await own(context, kept.deal_id)
    said = await filled_in(context, row.id)
    named = [Touched(await add_obstacle(context.scope, said))]
    touched = await with_history(context.scope, named, typed(context))
    return await changed_on_card(
        context, row, views.named(said), f"obstacle of {row.name}", touched, kept.place
    )


async def filled_in(context: Context, deal_id: int) -> DealObstacle:
    """Return the obstacle that a form names.

    Raises:
        Refusal: naming the field at fault.
    """
    chosen = context.request.values
    what = clean(chosen.get(views.WHAT) or "", MAX_WORDS, views.WHAT)
    if not what:
        raise Refusal("A few words are enough: what could stop it?", field=views.WHAT)
    due_on = coming_day(chosen.get(views.DUE), context.today, views.DUE)
    owner = await find_member(context.scope, chosen.get(views.OWNER) or context.member.user_id)
    if owner is None:
        raise Refusal("I have not met them yet. Choose somebody of your team.", field=views.OWNER)
    return DealObstacle(opportunity_id=deal_id, what=what, owner_id=owner.user_id, due_on=due_on)


async def clear(context: Context) -> Reply:
    """Something is out of the way; a second click changes nothing."""
    found = await find_obstacle(context.scope, int(context.request.value))
    if found is None:
        raise Refusal("That obstacle is not there any more. Show the deal again to see what is.")
    row = await own(context, found.opportunity_id)
    if found.cleared_on is not None:
        return answer(context, await deal_card(context, row))
    gone = await change_obstacle(context.scope, found, cleared(found, context.today))
    touched = await with_history(context.scope, [gone], typed(context))
    summary = f"obstacle of {row.name} out of the way"
    return await changed_on_card(context, row, views.cleared(found), summary, touched)


async def hear_reassigned(context: Context, news: WorkReassigned) -> None:
    """Let whoever takes over see to what stands in the way."""
    for row in await obstacles_of(context.scope, news.old.user_id):
        before = image(row, OWNER)
        await change_obstacle(context.scope, row, changed(DealObstacle, row, owner_id=news.new.user_id))
        news.touched.append(Touched(row, before, columns=OWNER))


FEATURE = Feature(
    name="obstacle",
    hears={WorkReassigned: hear_reassigned},
    actions=routes(Act.SEE_WORK_OF, {views.OPEN: open_form, views.CLEAR: clear}),
    views=routes(Act.SEE_WORK_OF, {views.SAVE: save}),
    sections=(Section(Surface.DEAL, 40, on_card, Act.SEE_WORK_OF),),
)
