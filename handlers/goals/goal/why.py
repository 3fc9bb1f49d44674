"""`/why` of a goal: the arithmetic of its pace and its chance, and each input with its source and date."""

from handlers.context import Ask
from handlers.goals import forecast
from handlers.goals.goal.change import meant
from handlers.goals.goal.owner import Owner, whose
from handlers.reply import Reply
from messages.goals import goal as messages
from sales.goals.goal import Metric
from sales.goals.progress import GoalStanding, Inputs
from sales.language.dates.instants import local_date
from storage.goals import goal as goals
from storage.goals.forecast import inputs as grounds
from storage.people import member as members
from storage.people.leave import leave_of


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
    standing = await forecast.explained(ask.scope, found[0], owner.team, owner.today, owner.member.zone)
    return Reply(say=messages.why(standing, await inputs(ask, owner, standing), owner.shown))


async def inputs(ask: Ask, owner: Owner, standing: GoalStanding) -> Inputs:
    """Return where each input of a goal's figures comes from, and as of when."""
    scope, goal, today = ask.scope, standing.goal, owner.today
    changes = (await goals.history(scope, [standing.goal_id]))[standing.goal_id]
    last = changes[-1]
    setter = await members.member(scope, last.changed_by)
    counted = await grounds.counted(scope, goal, today)
    deals = goal.metric is not Metric.ACTIVITIES
    return Inputs(
        set_by="" if setter is None else setter.name,
        set_on=local_date(last.changed_at, owner.member.zone),
        counted=counted.rows,
        first=goal.starts_on,
        last_gain=counted.newest,
        last_what=counted.name,
        changed_on=await grounds.changed_on(scope, owner.team.zone) if deals else None,
        holidays=owner.team.country or "",
        leave=sum(
            (min(one.last, goal.ends_on) - max(one.first, goal.starts_on)).days + 1
            for one in await leave_of(scope, goal.owner_id, goal.starts_on)
            if one.first <= goal.ends_on
        ),
        today=today,
    )
