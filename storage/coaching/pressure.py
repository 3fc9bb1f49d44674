"""Pressure: whether the chance of a goal fell sharply late in its period, and what small step there is."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sales.coaching.pressure import (
    UNLIKELY,
    Fall,
    PastChance,
    SmallStep,
    StepSort,
    compared_days,
    fall,
    is_late,
)
from sales.goals.forecast.question import Question
from sales.goals.goal import Metric
from sales.goals.progress import GoalProgress
from storage.followups.followup import due_through
from storage.goals.attainment import attained_of
from storage.goals.calibration import team_calibration
from storage.goals.forecast.chance import measure_of, with_chances
from storage.goals.forecast.memo import worked
from storage.goals.forecast.reader import Reader
from storage.goals.forecast.snapshot import MOST_COMPARED, deals_in
from storage.goals.goal import GoalRow
from storage.goals.progress import goal_progress
from storage.people.team import TeamRow
from storage.pipeline.opportunity import open_deals
from storage.scope import Scope


class UnderPressure(NamedTuple):
    """A goal whose chance fell late in its period, and how."""

    standing: GoalProgress
    fall: Fall


async def under_pressure(
    scope: Scope, row: GoalRow, team: TeamRow, today: date, told_on: date | None
) -> UnderPressure | None:
    """Return how the chance of a goal fell since it was told of last; None where it did not, or it is early."""
    (standing,) = await goal_progress(scope, [row], team, today)
    period = standing.pace.period
    if not is_late(period, today) or standing.pace.is_reached or standing.asks_start:
        return None
    days = compared_days(period, today, told_on)
    if not days:
        return None
    (standing,) = await with_chances(scope, [standing], team, today)
    now = standing.chance.forecast.chance if standing.chance is not None else None
    if now is None or now > UNLIKELY:
        return None
    found = fall(await past_chances(scope, standing, team, today, days), PastChance(today, now))
    return UnderPressure(standing, found) if found is not None else None


async def past_chances(
    scope: Scope, standing: GoalProgress, team: TeamRow, today: date, days: Sequence[date]
) -> list[PastChance]:
    """Return the chance of a goal on earlier days, as known then, towards what it aims for today.

    None with very many deals: reading them again for each day would let somebody wait.
    """
    reader, right = Reader(scope, team, today), await team_calibration(scope, team)
    now = await reader.question(standing)
    if now.record.known is not None and deals_in(now.record.known) > MOST_COMPARED:
        return []
    goal, found = standing.goal, list[PastChance]()
    for day in days:
        done = sum(await attained_of(scope, [measure_of(goal, goal.owner_id)], day))
        asked = await reader.asked(goal, [goal.owner_id], done, standing.pace.period, day)
        chance = (await worked(scope, Question.answer, asked)).chance
        if chance is not None:
            found.append(PastChance(day, right.of(chance) if right is not None else chance))
    return found


async def small_step(scope: Scope, standing: GoalProgress, today: date) -> SmallStep:
    """Return one thing that can be done today: about the deal that would close the gap, a promise, or a talk."""
    goal = standing.goal
    if goal.metric is Metric.ACTIVITIES:
        return SmallStep(StepSort.ACTIVITY)
    if goal.metric is Metric.OPPORTUNITIES_CREATED:
        return SmallStep(StepSort.NEW)
    deals = await open_deals(scope, goal.owner_id, today)
    if deals:
        nearest = min(deals, key=lambda one: (one.value_minor < standing.gap, -one.value_minor, one.id))
        return SmallStep(StepSort.DEAL, nearest.name)
    promised = await due_through(scope, goal.owner_id, today)
    return SmallStep(StepSort.PROMISE, promised[0].who) if promised else SmallStep(StepSort.TALK)
