"""Goals handed over: what is reached stays whose it is, what is missing goes on with whoever takes over."""

from datetime import date

from handlers.context import Context
from handlers.goals.goal.news import tell
from handlers.goals.goal.owner import Owner
from handlers.nudges.reassignment import WorkReassigned
from messages.people.handover import goal_reason
from sales.goals.goal import MAX_TARGET, Goal, GoalState, Metric, duplicate_of
from sales.goals.hand_over import parted
from sales.language.dates.instants import local_date
from sales.undo import UNDO_FOR
from sales.value import changed
from storage.goals import goal as queries
from storage.goals.attainment import attained_of
from storage.goals.goal import GoalRow
from storage.people.member import MemberRow
from storage.people.team import TeamRow, find_team
from storage.row_image import Touched, image


async def hear_reassigned(context: Context, news: WorkReassigned) -> None:
    """Hand over what is missing of each open goal; together both aim for what was aimed for before."""
    old_team = await find_team(context.scope, news.old.team_id)
    new_team = await find_team(context.scope, news.new.team_id)
    if new_team is None or not news.with_goals:
        return
    today = local_date(context.now, news.old.zone)
    rows = [
        row
        for row in await queries.open_goals(context.scope, news.old.user_id, today)
        if row.metric is not Metric.REVENUE or row.currency == new_team.currency
    ]
    for row, done in zip(rows, await attained_of(context.scope, rows, today), strict=True):
        parts = parted(row, done)
        if parts is None:
            continue
        await keep(context, news, row, parts.kept, old_team)
        await take(context, news, row, parts.given, local_date(context.now, news.new.zone))
        news.moved["goals"] += 1


async def keep(
    context: Context, news: WorkReassigned, found: GoalRow, kept: int, team: TeamRow | None
) -> None:
    """Leave its owner a goal of what they reached; one of nothing is closed."""
    row = await queries.find_goal(context.scope, found.id)
    assert row is not None
    before = image(row)
    left = {"target": kept} if kept else {"state": GoalState.CLOSED}
    because = goal_reason("kept", news.new.name)
    change = await queries.change_goal(
        context.scope, row, changed(Goal, row, **left), context.member.user_id, context.now, because
    )
    assert change is not None
    news.touched.extend([Touched(row, before), Touched(change)])
    if team is not None and is_told(news.old, context):
        owner = Owner(news.old, team, local_date(context.now, news.old.zone), news.old.user_id)
        await tell(context, owner, change, after=UNDO_FOR)


async def take(context: Context, news: WorkReassigned, of: GoalRow, given: int, today: date) -> None:
    """Add what is missing to the same goal of whoever takes over, or set it for them."""
    because = goal_reason("taken", news.old.name)
    wanted = changed(
        Goal,
        of,
        owner_id=news.new.user_id,
        target=given,
        state=GoalState.OPEN,
        reason=because,
        ramps_from=None,
    )
    found = duplicate_of(wanted, await queries.open_goals(context.scope, news.new.user_id, today))
    by = context.member.user_id, context.now
    if found is None:
        row = await queries.add_goal(context.scope, wanted, *by)
        change = await queries.latest_goal_change(context.scope, row.id)
        news.touched.extend([Touched(row), Touched(change)])
        return
    there = await queries.find_goal(context.scope, found.id)
    assert there is not None
    before = image(there)
    more = changed(Goal, there, target=min(there.target + given, MAX_TARGET))
    noted = await queries.change_goal(context.scope, there, more, *by, because)
    if noted is not None:
        news.touched.extend([Touched(there, before), Touched(noted)])


def is_told(owner: MemberRow, context: Context) -> bool:
    """Say whether somebody hears that a goal of theirs is another: who is here, and did not do it."""
    return owner.active and owner.user_id != context.member.user_id
