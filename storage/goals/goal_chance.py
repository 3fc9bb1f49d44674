"""Goals with their chances: a figure for each of several; for one also what moved it, what would, and this week."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sales.goals.advice import may_be_advised
from sales.goals.progress import GoalProgress
from sales.goals.runway.outlook import Outlook, has_runway
from storage.goals.forecast import chance
from storage.goals.goal import GoalRow, find_goal
from storage.goals.lead_measures import week_of
from storage.goals.progress import goal_progress
from storage.goals.runway import outlooks
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.scope import Scope

EXPLAINED = 5  # goals, as many as a list shows; each asks the model a dozen times


async def member_chances(
    scope: Scope, standings: Sequence[GoalProgress], member: MemberRow, team: TeamRow, today: date
) -> list[GoalProgress]:
    """Return one member's goals with P(hit) of each; those that an action could bring nearer are explained.

    Which those are no other goal changes: one more for calls takes no advice away from revenue.
    """
    explained = [one for one in standings if may_be_advised(one)][:EXPLAINED]
    ids = {one.goal_id for one in explained}
    rest = [one for one in standings if one.goal_id not in ids]
    found = {one.goal_id: one for one in await chance.with_chances(scope, rest, team, today)}
    for one in explained:
        found[one.goal_id] = await explained_with_week(scope, one, member, team, today)
    return [found[one.goal_id] for one in standings]


async def explained_with_week(
    scope: Scope, standing: GoalProgress, member: MemberRow, team: TeamRow, today: date
) -> GoalProgress:
    """Return a member's goal with P(hit), what moved it, what would move it most, and what this week asks for.

    To open deals is advised as the runway has it: as many as it asks of this week, and none where more are missing
    than can be opened in time.
    """
    row = await find_goal(scope, standing.goal_id)
    ahead: Outlook | None = None
    if row is not None and has_runway(row, today):
        (ahead,) = await standing_outlooks(scope, [row], member, team, today)
    by = ahead.runway.last_create_on if ahead is not None else None
    week = await week_of(scope, row, member, team, today, ahead) if row is not None and standing.gap else None
    beyond = ahead is not None and ahead.is_beyond
    count = 0 if beyond else week.left if week is not None else None
    found = await chance.explained_chance(scope, standing, team, today, member.zone, by, count)
    if found.chance is None or found.chance.is_settled:
        return found
    return replace(found, chance=replace(found.chance, week=week, is_beyond=beyond))


async def standing_outlooks(
    scope: Scope, rows: Sequence[GoalRow], member: MemberRow, team: TeamRow, today: date
) -> list[Outlook]:
    """Return the outlook of each of one member's goals, with how it stands as every surface says it."""
    found = await outlooks(scope, rows, member, team, today)
    standings = await chance.with_chances(scope, await goal_progress(scope, rows, team, today), team, today)
    return [replace(one, standing=standing) for one, standing in zip(found, standings, strict=True)]
