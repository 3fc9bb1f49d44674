"""Another target for a goal that is there already: what it says now is told beside what it said till then."""

from handlers.context import Context
from handlers.goals.goal.news import note
from handlers.goals.goal.owner import Owner
from messages.blocks import Message
from messages.goals import goal as views
from sales.goals.goal import Goal
from sales.value import changed
from storage.goals import goal as queries
from storage.goals.forecast.chance import with_chances
from storage.goals.goal import GoalRow
from storage.goals.progress import goal_progress
from storage.row_image import image


async def retarget(
    context: Context,
    owner: Owner,
    row: GoalRow,
    label: str,
    target: int,
    reason: str,
    *,
    way_back: bool = False,
) -> Message:
    """Give a goal a target and the reason for it; with the `way_back` where nobody was asked before."""
    before, said, was = views.aim(row, label), image(row), (row.target, row.reason)
    wanted = changed(Goal, row, target=target, reason=reason)
    change = await queries.change_goal(context.scope, row, wanted, context.member.user_id, context.now)
    if change is None:
        return views.unchanged(row, label)
    await note(context, owner, row, change, "changed", said)
    standings = await goal_progress(context.scope, [row], owner.team, owner.today)
    (standing,) = await with_chances(context.scope, standings, owner.team, owner.today)
    return views.changed(standing, before, owner.shown, was if way_back else None)
