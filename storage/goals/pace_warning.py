"""What an early warning is decided on: how a rep's goals stood at the ends of the last weeks (mechanism 12)."""

from datetime import date
from typing import NamedTuple

from sales.goals.burn_up import BurnUpPoint
from sales.goals.lead_measures import Week
from sales.goals.pace_warning import is_early, may_be_warned_of, weeks_under
from sales.goals.progress import GoalProgress
from sales.goals.runway.estimate import Runway
from sales.goals.runway.outlook import has_runway
from storage.goals.forecast.chance import with_chances
from storage.goals.goal import GoalRow
from storage.goals.lead_measures import week_of
from storage.goals.progress import goal_progress, week_ends
from storage.goals.runway import outlooks
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.scope import Scope


class BelowPlan(NamedTuple):
    """A goal below plan while there is time: the ends of its weeks below it, and what helps.

    `runway` is None for a goal that has none, `week` where nothing says what this week asks for.
    """

    standing: GoalProgress
    spell: list[BurnUpPoint]
    runway: Runway | None
    week: Week | None


async def below_plan(
    scope: Scope, rows: list[GoalRow], member: MemberRow, team: TeamRow, today: date
) -> list[BelowPlan]:
    """Return which of a rep's goals have been below plan for two weeks, as far as there is time to act on it."""
    found = []
    for row, standing in zip(rows, await goal_progress(scope, rows, team, today), strict=True):
        if not (spell := await weeks_below(scope, standing, team, today)):
            continue
        ahead = (await outlooks(scope, [row], member, team, today))[0] if has_runway(row, today) else None
        runway = ahead.runway if ahead is not None else None
        (with_chance,) = await with_chances(scope, [standing], team, today)
        if is_early(with_chance, runway):
            week = await week_of(scope, row, member, team, today, ahead)
            found.append(BelowPlan(with_chance, spell, runway, week))
    return found


async def weeks_below(scope: Scope, standing: GoalProgress, team: TeamRow, today: date) -> list[BurnUpPoint]:
    """Return the ends of the weeks that a goal which runs below plan was so in a row; empty for fewer than two."""
    if not may_be_warned_of(standing):
        return []
    return weeks_under(await week_ends(scope, standing, team, today))
