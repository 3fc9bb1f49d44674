"""Ramps in words: what each month of a growing target asks for."""

from datetime import date

from messages.formatting import Mrkdwn, words
from messages.goals.goal.amounts import amount
from sales.goals.goal import Target
from sales.goals.ramp import months_of
from sales.goals.suggestion import unit_of
from sales.language.dates.period import Period
from sales.language.figures import MONTHS


def growing(goal: Target, started: date, period: Period, *, known: bool = True) -> Mrkdwn:
    """Return how a target grows; its months only where the target is `known`."""
    months = months_of(goal.target, started, period, unit_of(goal)) if known else []
    told = [(MONTHS[one.first.month - 1], amount(goal, one.target)) for one in months]
    return words("goals/goal/goal", "ramp", months=told, target=amount(goal, goal.target))
