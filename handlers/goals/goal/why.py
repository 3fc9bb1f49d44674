"""`/why` of a goal: the arithmetic of its pace and its chance, and each input with its source and date."""

from handlers.context import Ask
from handlers.goals.goal.change import meant
from handlers.goals.goal.owner import whose
from handlers.reply import Reply
from messages.goals import goal as messages
from storage.goals.forecast.chance import explained
from storage.goals.progress import inputs


async def why(ask: Ask) -> Reply:
    """Answer for the one goal the words mean, or ask which.

    Raises:
        Refusal: if no goal has the words, or the goals are somebody's that the asking person may not see.
    """
    owner, said = await whose(ask)
    found = await meant(ask, owner, said)
    if not found:
        return Reply(say=messages.goals([], owner.shown))
    if len(found) > 1:
        return Reply(say=messages.which_why(found))
    standing = await explained(ask.scope, found[0], owner.team, owner.today, owner.member.zone)
    known = await inputs(ask.scope, standing, owner.team, owner.member.zone, owner.today)
    return Reply(say=messages.why(standing, known, owner.shown))
