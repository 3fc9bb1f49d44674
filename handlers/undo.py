"""Undo: the button on a confirmation, and `/rainmaker undo` for the last action."""

from handlers.context import Ask
from handlers.feature import Feature
from handlers.reply import Reply
from messages import undo as told
from storage import undo as undoing


async def command(ask: Ask) -> Reply:
    """Take back the person's last action."""
    action = await undoing.undo_last(ask.scope, ask.member.user_id, ask.now)
    return Reply(say=told.undone(action.summary), home=True)


async def button(ask: Ask) -> Reply:
    """Take back the action a confirmation was about; its message then says so."""
    action = await undoing.undo(ask.scope, ask.member.user_id, int(ask.request.value), ask.now)
    undone = told.undone(action.summary)
    if ask.request.body.get("view"):
        return Reply(say=undone, home=True)
    return Reply(edit=undone, home=True)


FEATURE = Feature(actions={told.UNDO: button})
