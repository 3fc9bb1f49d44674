"""The part plans have in surfaces: a line beside goals, and on App Home where one is missing or its days are over."""

from collections.abc import Sequence

from handlers.craft.plan.shown import shown
from handlers.feature import Look, Shown
from handlers.goals.goal.beside import goals_in
from handlers.goals.goal.owner import Owner
from messages.craft.plan import page as views
from messages.craft.plan.page import PlanPage
from sales.craft.plan import PlanState, is_covered, wants_plan
from storage.craft.plan import plans_for
from storage.goals.goal import GoalRow, open_goals
from storage.scope import Scope

MOST_LINES = 2  # goals whose plan is spoken of beside them; `/plan` has the others
ASKS = frozenset({PlanState.NONE, PlanState.BEGUN, PlanState.OVER})


async def beside_goals(look: Look) -> Shown | None:
    """Where the plans for the goals that are shown stand; of those without any the first is asked about."""
    about = goals_in(look)
    ids = {one.goal_id for one in about.goals}
    pages = [one for one in await pages_of(look.scope, about.owner, look.member.zone) if one.goal_id in ids]
    first = next((one for one in pages if one.state is PlanState.NONE), None)
    found = [one for one in pages if one is first or one.state is not PlanState.NONE][:MOST_LINES]
    return Shown([views.beside_goal(one) for one in found]) if found else None


async def on_home(look: Look) -> Shown | None:
    """The first goal without a plan, or with one whose days are over; a plan that runs says nothing here."""
    if look.team is None or not look.member.is_rep:
        return None
    owner = Owner(look.member, look.team, look.today, None)
    found = [one for one in await pages_of(look.scope, owner, look.member.zone) if one.state in ASKS]
    return Shown([views.beside_goal(found[0])]) if found else None


async def pages_of(scope: Scope, owner: Owner, zone: str) -> list[PlanPage]:
    """Return the plans that somebody's goals have or are asked for, those that run first.

    A goal that the plan of another serves is asked for none of its own.
    """
    rows = await open_goals(scope, owner.member.user_id, owner.today)
    plans = await plans_for(scope, owner.member.user_id, [row.id for row in rows])
    standing = [row for row in rows if plans[row.id].stands]
    spoken_of: Sequence[GoalRow] = [
        row
        for row in rows
        if plans[row.id].strategies or (wants_plan(row, owner.today) and not is_covered(row, standing))
    ]
    return [shown(owner, row, plans[row.id], zone) for row in spoken_of]
