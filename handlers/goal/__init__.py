"""Goals: list, set, edit, close, and look back."""

from handlers.ask import Ask
from handlers.feature import Feature
from handlers.goal import changing, news, setting
from handlers.goal.changing import close, edit, listed
from handlers.goal.owner import Owner, owner_of, whose
from handlers.goal.setting import set_form, set_line
from handlers.goal.standing import stand, standings, standings_of
from handlers.reply import Reply
from messages import goal as messages
from messages.goal import Record
from storage import goal as goals

__all__ = ["FEATURE", "close", "edit", "history", "set_form", "show", "standings", "standings_of"]

RECORDS = 10


async def show(ask: Ask) -> Reply:
    """`/goal`: the goals and their pace; with a line of words, a new goal."""
    owner, said = await whose(ask)
    return await set_line(ask, owner, said) if said else Reply(say=await listed(ask, owner))


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
    found = [
        Record(standing, news.dated(changes[standing.goal_id], owner.team, ask.zone))
        for standing in await stand(ask.scope, rows, owner.team, owner.today)
    ]
    return Reply(say=messages.history(found, owner.shown))


FEATURE = Feature(
    actions={
        messages.FORM: setting.open_form,
        messages.EDIT: changing.open_edit,
        messages.CLOSE: changing.close_one,
        messages.REMOVE: changing.remove,
        messages.RETARGET: changing.retarget,
        messages.HISTORY: open_history,
    },
    views={messages.SET: setting.save, messages.CHANGE: changing.save_change},
    renderers={news.KIND: news.told},
)
