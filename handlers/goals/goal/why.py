"""`/why` of a goal: the arithmetic of its pace and its chance, and each input with its source and date."""

from handlers.context import Context
from handlers.goals.goal.change import named_by, seen
from handlers.goals.goal.owner import typed, whose
from handlers.reply import Reply
from messages.goals import goal as views
from sales.language.figures import listed
from sales.language.typed_text import shorten
from sales.refusal import Refusal
from storage.goals.forecast.chance import explained_chance
from storage.goals.progress import inputs


def unknown(context: Context, said: str) -> Refusal:
    """Return the refusal of words that name no goal and nothing else that is explained."""
    words = listed([*context.declared.explained, "a goal by its words"], last="or")
    return Refusal(
        f"None of the goals says “{shorten(said)}”. `/why` answers for {words}.", example="/why lights"
    )


async def why(context: Context) -> Reply:
    """Answer for the one goal the words mean, or ask which.

    Raises:
        Refusal: if no goal has the words, naming what else can be explained; or if the goals are somebody's that the
            asking person may not see.
    """
    owner, said = await whose(context)
    goals = await seen(context, owner)
    found = named_by(said, goals, owner)
    if goals and not found:
        raise unknown(context, said)
    if not found:
        return Reply(say=views.goals([], owner.shown))
    if len(found) > 1:
        return Reply(say=views.which_why(found, typed(owner)))
    standing = await explained_chance(context.scope, found[0], owner.team, owner.today, owner.member.zone)
    known = await inputs(context.scope, standing, owner.team, context.zone, owner.today)
    return Reply(say=views.why(standing, known, owner.shown))
