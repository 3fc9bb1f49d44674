"""Goals: list, set, edit, close, and look back."""

from handlers.context import Ask, prepared_by
from handlers.feature import Feature
from handlers.goals.forecast import warmed
from handlers.goals.goal import change as changing
from handlers.goals.goal import entry as setting
from handlers.goals.goal import news
from handlers.goals.goal.change import close, edit, listed, picked, told
from handlers.goals.goal.entry import set_form, set_line
from handlers.goals.goal.owner import Owner, owner_of, whose
from handlers.reply import Reply
from messages.goals import goal as messages
from messages.goals import outcome as review
from messages.goals.goal import Record
from storage.goals import goal as goals
from storage.goals.outcome import reviews
from storage.goals.progress import stand

__all__ = ["FEATURE", "close", "edit", "history", "set_form", "show", "with_chances"]

RECORDS = 10


@prepared_by(warmed)
async def show(ask: Ask) -> Reply:
    """`/goal`: the goals and their chances; with words or the number of one, that goal; else a new one."""
    owner, said = await whose(ask)
    if not said:
        return Reply(say=await listed(ask, owner))
    there = await picked(ask, owner, said)
    return Reply(say=await told(ask, owner, there)) if there else await set_line(ask, owner, said)


async def history(ask: Ask) -> Reply:
    """`/goal history`: every goal, closed and ended ones too, and what each said since when."""
    owner, _ = await whose(ask)
    return await records(ask, owner)


async def open_history(ask: Ask) -> Reply:
    """The History button; its value names somebody else as the owner."""
    return await records(ask, await owner_of(ask, ask.request.value or ask.member.user_id))


async def records(ask: Ask, owner: Owner) -> Reply:
    rows = await goals.goals_of(ask.scope, owner.member.user_id, RECORDS)
    changes = await goals.history(ask.scope, [row.id for row in rows if row.id is not None])
    ended = await reviews(ask.scope, owner.team, changes)
    found = [
        Record(
            standing,
            news.dated(changes[standing.goal_id], owner.team, ask.zone),
            review.of_chance(ended[standing.goal_id]) if standing.goal_id in ended else "",
        )
        for standing in await stand(ask.scope, rows, owner.team, owner.today)
    ]
    return Reply(say=messages.history(found, owner.shown))


@prepared_by(warmed)
async def weigh(ask: Ask) -> Reply:
    """An input of one of the two forms told what was chosen or typed."""
    view = ask.request.body.get("view") or {}
    if view.get("callback_id") == messages.CHANGE:
        return await changing.weigh(ask)
    return await setting.weigh(ask)


FEATURE = Feature(
    actions={
        messages.FORM: setting.open_form,
        messages.EDIT: changing.open_edit,
        messages.CLOSE: changing.close_one,
        messages.REMOVE: changing.remove,
        messages.RETARGET: changing.retarget,
        messages.HISTORY: open_history,
        **dict.fromkeys(messages.TELLING, weigh),
    },
    views={messages.SET: setting.save, messages.CHANGE: changing.save_change},
    renderers={news.KIND: news.told},
)
