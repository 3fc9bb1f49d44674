"""The win plan of a kept deal: its next step, what could stop it, and who decides (mechanism 75)."""

import json

from handlers.audit.halve.game import board_meant, shown
from handlers.coming_day import coming_day
from handlers.context import Context
from handlers.followups import followup
from handlers.followups.followup.entry import promised_day
from handlers.pipeline.deal_step import step_of_deal
from handlers.pipeline.opportunity.close import in_place
from handlers.pipeline.opportunity.lookup import own
from handlers.place import Place
from handlers.remembered import remember
from handlers.reply import Reply
from messages.audit import halve as views
from sales.audit.halving import HalvingBoard, PickedDeal
from sales.language.typed_text import clean
from sales.pipeline.obstacle import DealObstacle
from sales.refusal import Refusal
from storage.pipeline.beside import with_history
from storage.pipeline.deal_contact import name_decider
from storage.pipeline.deal_facts import facts_of_deal
from storage.pipeline.obstacle import add_obstacle
from storage.pipeline.opportunity import OpportunityRow, Typed
from storage.row_image import Touched


async def open_form(context: Context) -> Reply:
    """Open the form for one kept deal, with what it lacks."""
    one, _ = await deal_meant(context, context.request.value)
    row = await own(context, one.pick.opportunity_id)
    private = json.dumps({"about": context.request.value, "place": Place.of(context.request.body)})
    return Reply(view=views.form(one, await facts_of_deal(context.scope, row), private))


async def deal_meant(context: Context, value: str) -> tuple[PickedDeal, HalvingBoard]:
    halving_id, pick_id = value.split(":")
    board = await board_meant(context, halving_id)
    for one in board.deals:
        if one.id == int(pick_id):
            return one, board
    raise Refusal(views.refused("gone"))


async def save(context: Context) -> Reply:
    """Store what was filled in, as one thing that can be taken back, and show the halving again."""
    kept = json.loads(context.request.private)
    one, board = await deal_meant(context, kept["about"])
    row = await own(context, one.pick.opportunity_id)
    steps = await next_step(context, row)
    beside = [*await obstacle(context, row), *await decision_maker(context, row)]
    if not steps and not beside:
        asked = [field for field in views.ASKED if field in context.request.values]
        raise Refusal(views.refused("nothing_said"), field=asked[0])
    by = Typed(context.member.user_id, context.now, context.today)
    told = await with_history(context.scope, [touched for _, touched in beside], by)
    said = views.planned(row.name, [what for what, _ in (*steps, *beside)])
    undo = await remember(context, f"Plan for {row.name}", *[touched for _, touched in steps], *told)
    message = await shown(context, board, noted=views.PlanNoted(said, undo.id))
    return in_place(Reply(say=message, home=True), Place.kept(kept["place"]))


async def next_step(context: Context, row: OpportunityRow) -> list[tuple[str, Touched]]:
    """Store the follow-up that belongs to the deal.

    Raises:
        Refusal: without a day, or for one that is over.
    """
    chosen = context.request.values.get(views.STEP_DAY)
    what, day = typed(context, views.STEP), promised_day(chosen, context.today, views.STEP_DAY)
    if not what:
        return []
    if day is None:
        raise Refusal(views.refused("day_needed"), field=views.STEP_DAY)
    wanted = step_of_deal(row, context.member.user_id, what, day)
    return [("step", Touched(await followup.commit(context, wanted, row.id)))]


async def obstacle(context: Context, row: OpportunityRow) -> list[tuple[str, Touched]]:
    chosen = context.request.values.get(views.OBSTACLE_DAY)
    what, day = typed(context, views.OBSTACLE), coming_day(chosen, context.today, views.OBSTACLE_DAY)
    if not what:
        return []
    wanted = DealObstacle(opportunity_id=row.id, what=what, owner_id=context.member.user_id, due_on=day)
    return [("obstacle", Touched(await add_obstacle(context.scope, wanted)))]


async def decision_maker(context: Context, row: OpportunityRow) -> list[tuple[str, Touched]]:
    name = typed(context, views.DECIDER)
    if not name:
        return []
    return [("decider", await name_decider(context.scope, row.id, name))]


def typed(context: Context, field: str) -> str:
    return clean(context.request.values.get(field) or "", views.LONGEST, field)
