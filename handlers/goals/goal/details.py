"""A goal's arithmetic with its chart, what can be done about it, and the goals a list had no room for."""

from dataclasses import replace

from handlers.ahead import answered_ahead
from handlers.context import Context, Handler
from handlers.goals.goal import change, close
from handlers.goals.goal.change import named, picked, seen
from handlers.goals.goal.owner import Owner, owner_of, whose
from handlers.reply import Reply
from messages.blocks import Message
from messages.goals import goal as views
from sales.goals.progress import GoalProgress
from sales.language.typed_text import shorten
from sales.refusal import Refusal
from storage.goals.goal_chance import explained_with_week, member_chances
from storage.goals.progress import burn_up_of, goal_progress


async def details_of(context: Context) -> Reply:
    """Show the arithmetic of the goal that was pressed."""
    owner, standing = await pressed(context)
    found = await explained_with_week(context.scope, standing, owner.member, owner.team, owner.today)
    if context.request.is_on_home:  # no message may stand there, and no chart may stand in a form
        return Reply(view=views.details(found))
    points = await burn_up_of(context.scope, found, owner.team, owner.today)
    return Reply(say=views.drawn_details(found, points))


async def pressed(context: Context) -> tuple[Owner, GoalProgress]:
    """Return whose goal was pressed, and how it stands."""
    row, owner = await named(context, context.request.value)
    (standing,) = await goal_progress(context.scope, [row], owner.team, owner.today)
    return owner, standing


async def drawn(context: Context, owner: Owner, standing: GoalProgress) -> Message:
    """Return a goal's chart, with its line."""
    (found,) = await member_chances(context.scope, [standing], owner.member, owner.team, owner.today)
    points = await burn_up_of(context.scope, standing, owner.team, owner.today)
    return views.chart(found, points)


async def chart_command(context: Context) -> Reply:
    """`/goal chart Q3`: the goal that the words mean, drawn; without words the first.

    Raises:
        Refusal: if no goal has the words.
    """
    owner, said = await whose(context)
    if said:
        found = await picked(context, owner, said)
    else:
        found = await seen(context, owner)
    if not found and said:
        raise Refusal(f"None of the goals says “{shorten(said)}”. See them all first.", example="/goal")
    return Reply(say=await drawn(context, owner, found[0]) if found else views.goals([], owner.shown))


async def every(context: Context) -> Reply:
    """Show all goals; the button's value names somebody else as their owner."""
    owner = await owner_of(context, context.request.value or context.member.user_id)
    found = await seen(context, owner)
    shown = await member_chances(context.scope, found, owner.member, owner.team, owner.today)
    return Reply(view=views.every_goal(shown))


open_details = answered_ahead(details_of)
show_chart = answered_ahead(chart_command)
open_every = answered_ahead(every)

READING: dict[str, Handler] = {views.DETAILS: details_of}
CHANGING: dict[str, Handler] = {views.EDIT: change.open_edit, views.CLOSE: close.ask_close}


async def read_ahead(context: Context) -> Reply | None:
    """Answer what only reads; None for what changes a goal."""
    act, chosen = chosen_in(context)
    return await READING[act](chosen) if act in READING else None


async def act_on(context: Context) -> Reply:
    """An answer chosen from the three dots beside a goal."""
    act, chosen = chosen_in(context)
    return await {**READING, **CHANGING}[act](chosen)


menu = answered_ahead(read_ahead, act_on)


def chosen_in(context: Context) -> tuple[str, Context]:
    """Return which answer was chosen, and the request as a button of its own would have made it."""
    act, _, goal_id = context.request.value.partition("|")
    return act, replace(context, request=replace(context.request, value=goal_id))
