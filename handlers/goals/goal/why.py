"""`/why` of a goal: the arithmetic of its pace and its chance, and each input with its source and date."""

from handlers.context import Context
from handlers.goals.goal.change import meant
from handlers.goals.goal.owner import typed, whose
from handlers.reply import Reply
from messages.goals import goal as views
from storage.goals.forecast.chance import explained_chance
from storage.goals.progress import inputs


async def why(context: Context) -> Reply:
    """Answer for the one goal the words mean, or ask which.

    Raises:
        Refusal: if no goal has the words, or the goals are somebody's that the asking person may not see.
    """
    owner, said = await whose(context)
    found = await meant(context, owner, said)
    if not found:
        return Reply(say=views.goals([], owner.shown))
    if len(found) > 1:
        return Reply(say=views.which_why(found, typed(owner)))
    standing = await explained_chance(context.scope, found[0], owner.team, owner.today, owner.member.zone)
    known = await inputs(context.scope, standing, owner.team, context.zone, owner.today)
    return Reply(say=views.why(standing, known, owner.shown))
