"""Closing a goal: asked once more in a form, and the list it stood in is shown again without it."""

import json
from functools import partial

from handlers.ahead import ahead, answered_ahead
from handlers.context import Context, prefetch
from handlers.goals.goal.change import listed, meant, named, seen, told
from handlers.goals.goal.entry import label_of, says_a_goal, set_line, work_out_line
from handlers.goals.goal.news import note
from handlers.goals.goal.owner import Owner, whose
from handlers.place import Place
from handlers.reply import Reply
from messages.goals import goal as views
from sales.goals.goal import GoalState
from sales.refusal import Refusal
from storage.goals import goal as queries
from storage.row_image import image


async def close_ahead(context: Context) -> Reply | None:
    """Return the goals there are, each with a button; None where the line sets one, which is worked out."""
    owner, said = await whose(context)
    reply = await offered_to_close(context, owner, said)
    if reply is None:
        await work_out_line(context, owner, said)
    return reply


async def close_or_set(context: Context) -> Reply:
    """`/goal close`: the goals there are, each with a button; closing asks once more.

    "/goal close 5 deals in october" closes no goal but deals: it sets one, unless there is one that says so.
    """
    owner, said = await whose(context)
    return await offered_to_close(context, owner, said) or await set_line(context, owner, said)


close = answered_ahead(close_ahead, close_or_set)


async def offered_to_close(context: Context, owner: Owner, said: str) -> Reply | None:
    """Return the goals that a line may close, each with a button; None where it says a goal of its own.

    Raises:
        Refusal: if words were said that mean neither.
    """
    try:
        found = await meant(context, owner, said)
    except Refusal:
        found = []
        if not says_a_goal(said, owner):
            raise
    if not found and said and says_a_goal(said, owner):
        return None
    return Reply(say=views.choose(found, "close") if found else views.goals([], owner.shown))


async def ask_close(context: Context) -> Reply:
    """Close… beside a goal: it asks once more, and remembers the list that it stood in."""
    row, owner = await named(context, context.request.value)
    label = label_of(row, owner)
    if row.state is GoalState.CLOSED:
        return Reply(say=views.already_closed(row, label))
    place = Place.of(context.request.body)
    return Reply(view=views.close_form(row, label, json.dumps([row.id, place])))


def to_close(context: Context) -> tuple[str, Place | None]:
    """Return which goal the form closes, and where the list stands that it came from."""
    goal_id, place = json.loads(context.request.private)
    return str(goal_id), Place.kept(place)


async def work_out_others(context: Context) -> None:
    """Work out the chances of the goals that are left beside the one that is closed."""
    row, owner = await named(context, to_close(context)[0])
    found = await seen(context, owner)
    await told(context, owner, [one for one in found if one.goal_id != row.id])


@prefetch(partial(ahead, ask=work_out_others))
async def close_one(context: Context) -> Reply:
    """The goal is closed: the list it stood in is shown again without it."""
    goal_id, place = to_close(context)
    row, owner = await named(context, goal_id)
    label = label_of(row, owner)
    said = image(row)
    closed = await queries.close_goal(context.scope, row, context.member.user_id, context.now)
    if closed is not None:
        await note(context, owner, row, closed, "closed", said)
    say = views.already_closed(row, label) if closed is None else views.closed(row, label, owner.shown)
    if place is None:
        return Reply(say=say, home=True)
    return Reply(say=say, edit=await listed(context, owner), edit_at=place, home=True)
