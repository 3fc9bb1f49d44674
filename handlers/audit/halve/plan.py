"""The win plan of a kept deal: its next step, what could stop it, and who decides (mechanism 75)."""

import json
from datetime import date

from handlers.audit.halve.game import board_meant, shown
from handlers.context import Context
from handlers.followups import followup
from handlers.pipeline.opportunity.lookup import own
from handlers.place import Place
from handlers.remembered import remember
from handlers.reply import Reply
from messages.audit import halve as views
from sales.audit.halving import HalvingBoard, PickedDeal
from sales.followups.followup import FollowUp
from sales.language.typed_text import clean
from sales.pipeline.deal_contact import DealContact
from sales.pipeline.obstacle import DealObstacle
from sales.refusal import Refusal
from storage.pipeline.deal_contact import add_contact
from storage.pipeline.deal_facts import facts_of_deal
from storage.pipeline.obstacle import add_obstacle
from storage.pipeline.opportunity import OpportunityRow
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
    done = [
        *await next_step(context, row),
        *await obstacle(context, row),
        *await decision_maker(context, row),
    ]
    if not done:
        asked = [field for field in views.ASKED if field in context.request.values]
        raise Refusal(views.refused("nothing_said"), field=asked[0])
    said = views.planned(row.name, [what for what, _ in done])
    undo = await remember(context, f"Plan for {row.name}", *[touched for _, touched in done])
    message = await shown(context, board, noted=views.PlanNoted(said, undo.id))
    place = Place(*kept["place"]) if kept["place"] else None
    return Reply(edit=message, edit_at=place, home=True) if place else Reply(say=message, home=True)


async def next_step(context: Context, row: OpportunityRow) -> list[tuple[str, Touched]]:
    """Store the follow-up that belongs to the deal.

    Raises:
        Refusal: without a day, or for one that is over.
    """
    what, day = typed(context, views.STEP), chosen_day(context, views.STEP_DAY)
    if not what:
        return []
    if day is None:
        raise Refusal(views.refused("day_needed"), field=views.STEP_DAY)
    wanted = FollowUp(owner_id=context.member.user_id, who=row.account or row.name, what=what, due_on=day)
    return [("step", Touched(await followup.commit(context, wanted, row.id)))]


async def obstacle(context: Context, row: OpportunityRow) -> list[tuple[str, Touched]]:
    what, day = typed(context, views.OBSTACLE), chosen_day(context, views.OBSTACLE_DAY)
    if not what:
        return []
    wanted = DealObstacle(opportunity_id=row.id, what=what, owner_id=context.member.user_id, due_on=day)
    return [("obstacle", Touched(await add_obstacle(context.scope, wanted)))]


async def decision_maker(context: Context, row: OpportunityRow) -> list[tuple[str, Touched]]:
    name = typed(context, views.DECIDER)
    if not name:
        return []
    wanted = DealContact(opportunity_id=row.id, name=name, decides=True)
    return [("decider", Touched(await add_contact(context.scope, wanted)))]


def typed(context: Context, field: str) -> str:
    return clean(context.request.values.get(field) or "", views.LONGEST, field)


def chosen_day(context: Context, field: str) -> date | None:
    """Return the day that was chosen, if any.

    Raises:
        Refusal: for one that is over.
    """
    found = context.request.values.get(field)
    day = date.fromisoformat(found) if found else None
    if day is not None and day < context.today:
        raise Refusal(views.refused("day_over"), field=field)
    return day
