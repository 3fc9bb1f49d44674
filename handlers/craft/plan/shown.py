"""Which goal a plan is of, and how it is shown to its owner and their manager."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.context import Context
from handlers.goals.goal.change import named_by, seen
from handlers.goals.goal.entry import label_of
from handlers.goals.goal.owner import Owner, owner_of
from messages.blocks import Message
from messages.craft.plan import page as views
from messages.craft.plan.page import PlanPage
from messages.formatting import Mrkdwn
from sales.craft.plan import Plan, goal_of_plan
from sales.craft.plan_record import plans_apart
from sales.goals.goal import GoalState
from sales.language.typed_text import shorten
from sales.refusal import Refusal
from storage.craft import plan as queries
from storage.goals import goal as goals
from storage.goals.goal import GoalRow

OTHERS = "Plans of others are for their manager or an admin."
GONE = "That strategy is not in your plan any more. `/plan` shows those there are."


def no_goal(owner: Owner | None = None) -> Refusal:
    """Return the refusal that says that a plan is for a goal, and how to set one."""
    if owner is not None and owner.shown is not None:
        return Refusal(
            f"{owner.member.name} has no goal that runs, and a plan is for a goal.", example="/goal set"
        )
    return Refusal(
        "You have no goal that runs, and a plan is for one. Set the goal first; `/plan past` shows earlier plans.",
        example="/goal 120k this quarter",
    )


async def me(context: Context) -> Owner:
    """Return the asking person as the owner of a plan.

    Raises:
        Refusal: if they are in no team.
    """
    return await owner_of(context, context.member.user_id)


async def open_goals(context: Context, owner: Owner) -> list[GoalRow]:
    """Return the goals that somebody can have a plan for, as far as the asking person may see them."""
    rows = await goals.open_goals(context.scope, owner.member.user_id, owner.today)
    return rows if owner.shown is None else await goals.for_others(context.scope, rows)


async def goal_meant(context: Context, owner: Owner, said: str = "") -> GoalRow:
    """Return the goal that words name, else the one a plan is for where nothing says which.

    Raises:
        Refusal: without a goal, and for words that none of them has.
    """
    rows = await open_goals(context, owner)
    if not rows:
        raise no_goal(owner)
    if said:
        found = named_by(said, await seen(context, owner), owner)
        if not found:
            raise Refusal(f"None of the goals says “{shorten(said)}”. See them all first.", example="/goal")
        rows = [row for row in rows if row.id in {one.goal_id for one in found}]
    plans = await queries.plans_for(context.scope, owner.member.user_id, [row.id for row in rows])
    planned = [goal_id for goal_id, plan in plans.items() if plan.strategies]
    meant = goal_of_plan(rows, owner.today, planned, [row.id for row in rows])
    return next(row for row in rows if row.id == meant)


async def own_goal(context: Context, goal_id: int) -> GoalRow:
    """Return a goal of the asking person's that a plan can still be made for.

    Raises:
        Refusal: if there is none by that id, or it is closed or over.
    """
    row = await goals.find_goal(context.scope, goal_id)
    if row is None or row.owner_id != context.member.user_id:
        raise Refusal("That goal is not there, or not yours. See yours with `/goal`.")
    if row.state is GoalState.CLOSED or row.ends_on < context.today:
        raise Refusal(
            "That goal is closed or over, so its plan stays as it is. `/plan` shows the plan of now."
        )
    return row


async def page_of(context: Context, owner: Owner, goal: GoalRow) -> PlanPage:
    """Return the plan for a goal as it is shown."""
    plan = await queries.plan_for(context.scope, goal)
    ended = await queries.ended_plans(context.scope, owner.today)
    return replace(
        shown(owner, goal, plan, context.zone),
        record=plans_apart(ended),
        others=await other_plans(context, owner, goal),
    )


async def other_plans(context: Context, owner: Owner, goal: GoalRow) -> list[str]:
    """Return the names of the other goals of somebody that have a plan."""
    rows = [row for row in await open_goals(context, owner) if row.id != goal.id]
    plans = await queries.plans_for(context.scope, owner.member.user_id, [row.id for row in rows])
    return [
        views.goal_name(row, label_of(row, owner), owner.today) for row in rows if plans[row.id].strategies
    ]


def shown(owner: Owner, goal: GoalRow, plan: Plan, zone: str) -> PlanPage:
    """Return a plan as it is shown, without what is said below it."""
    return PlanPage(goal, goal.id, label_of(goal, owner), plan, owner.today, zone, owner.shown)


async def page(
    context: Context, owner: Owner, goal: GoalRow, note: Mrkdwn | str = "", undo_id: int | None = None
) -> Message:
    """Return the page of a plan as it stands."""
    return views.page(await page_of(context, owner, goal), note, undo_id)


async def past(context: Context, owner: Owner) -> Message:
    """Return the plans of periods that are over."""
    rows: Sequence[GoalRow] = await queries.goals_with_plans(
        context.scope, owner.member.user_id, owner.today, views.MOST_SHOWN
    )
    if owner.shown is not None:
        rows = await goals.for_others(context.scope, rows)
    plans = await queries.plans_for(context.scope, owner.member.user_id, [row.id for row in rows])
    return views.past([shown(owner, row, plans[row.id], context.zone) for row in rows], owner.shown)
