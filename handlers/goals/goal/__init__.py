"""Goals: list, set, edit, close, and look back."""

from handlers.context import Context, prefetch
from handlers.feature import Feature
from handlers.goals.forecast import warmed
from handlers.goals.goal import change, entry, news
from handlers.goals.goal.change import close, edit, listed, picked, told
from handlers.goals.goal.entry import set_form, set_line
from handlers.goals.goal.owner import Owner, owner_of, whose
from handlers.reply import Reply
from messages.goals import goal as views
from messages.goals.goal import GoalRecord
from messages.goals.outcome import of_chance
from storage.goals import goal as queries
from storage.goals.outcome import reviews
from storage.goals.progress import goal_progress

__all__ = ["FEATURE", "close", "edit", "history", "set_form", "show", "with_chances"]

RECORDS = 10


@prefetch(warmed)
async def show(context: Context) -> Reply:
    """`/goal`: the goals and their chances; with words or the number of one, that goal; else a new one."""
    owner, said = await whose(context)
    if not said:
        return Reply(say=await listed(context, owner))
    there = await picked(context, owner, said)
    return Reply(say=await told(context, owner, there)) if there else await set_line(context, owner, said)


async def history(context: Context) -> Reply:
    """`/goal history`: every goal, closed and ended ones too, and what each said since when."""
    owner, _ = await whose(context)
    return await records(context, owner)


async def open_history(context: Context) -> Reply:
    """The History button; its value names somebody else as the owner."""
    return await records(context, await owner_of(context, context.request.value or context.member.user_id))


async def records(context: Context, owner: Owner) -> Reply:
    rows = await queries.goals_of(context.scope, owner.member.user_id, RECORDS)
    changes = await queries.goal_history(context.scope, [row.id for row in rows])
    ended = await reviews(context.scope, owner.team, changes)
    found = [
        GoalRecord(
            standing,
            news.dated(changes[standing.goal_id], owner.team, context.zone),
            of_chance(ended[standing.goal_id]) if standing.goal_id in ended else "",
        )
        for standing in await goal_progress(context.scope, rows, owner.team, owner.today)
    ]
    return Reply(say=views.history(found, owner.shown))


@prefetch(warmed)
async def weigh(context: Context) -> Reply:
    """An input of one of the two forms told what was chosen or typed."""
    view = context.request.body.get("view") or {}
    if view.get("callback_id") == views.CHANGE:
        return await change.weigh(context)
    return await entry.weigh(context)


FEATURE = Feature(
    actions={
        views.FORM: entry.open_form,
        views.EDIT: change.open_edit,
        views.CLOSE: change.close_one,
        views.REMOVE: change.remove,
        views.RETARGET: change.retarget,
        views.HISTORY: open_history,
        **dict.fromkeys(views.TELLING, weigh),
    },
    views={views.SET: entry.save, views.CHANGE: change.save_change},
    renderers={news.KIND: news.told},
)
