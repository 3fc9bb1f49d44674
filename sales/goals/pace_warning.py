"""The early warning: below plan at the end of two full weeks running, while deals can still be opened (mechanism 12).

It comes once for each goal and spell, a spell being the weeks in a row that ended below plan. Where the runway is short
its own alerts speak, so that nothing is said twice.
"""

from collections.abc import Sequence
from datetime import date, time, timedelta

from sales.goals.burn_up import BurnUpPoint
from sales.goals.progress import GoalProgress
from sales.goals.runway.estimate import Runway
from sales.goals.runway.warning import THRESHOLDS
from sales.goals.status import StatusWord
from sales.nudges.schedule import SPREAD, ScheduleSpec
from sales.people.member import Member
from sales.people.team import Team

PACE_CHECK = "pace_check"
PACE_WARNING = "pace_warning"
PACE_CHECK_AT = time(9, 5)  # with the runway's check: what both find comes as one message

LEAST_WEEKS = 2  # one week below plan happens to everybody
NEARLY = 0.9  # of the plan; what is nearer to it is a day or two, and no news
LEAST_LEFT = 5  # working days of a period whose goal has no runway: a week to do something in
A_WEEK = timedelta(days=7)


def full_weeks(start: date, end: date, today: date) -> list[date]:
    """Return the Sundays that ended a whole week between two days before today, the oldest first."""
    first = start + timedelta(days=-start.weekday() % 7)  # the first Monday
    sunday, found = first + timedelta(days=6), list[date]()
    while sunday < today and sunday <= end:
        found.append(sunday)
        sunday += A_WEEK
    return found


def is_under(point: BurnUpPoint) -> bool:
    """Say whether a goal stood clearly below its plan on a day."""
    return point.done < NEARLY * point.planned


def weeks_under(ends: Sequence[BurnUpPoint]) -> list[BurnUpPoint]:
    """Return the ends of weeks below plan in a row up to the last one; empty for fewer than two."""
    spell: list[BurnUpPoint] = []
    for end in reversed(ends):
        if not is_under(end):
            break
        spell.insert(0, end)
    return spell if len(spell) >= LEAST_WEEKS else []


def may_be_warned_of(standing: GoalProgress) -> bool:
    """Return whether a goal runs below plan by now, whatever its weeks were."""
    found = standing.pace
    runs = found.period.holds(found.today) and not found.is_reached and not standing.asks_start
    return runs and found.actual < NEARLY * found.expected * found.target


def is_early(standing: GoalProgress, runway: Runway | None) -> bool:
    """Return whether a warning helps: the goal is behind by its chance too, and there is time to act on it.

    `runway` is None for a goal that has none.
    """
    if standing.status.word is not StatusWord.BEHIND:
        return False
    if runway is None:
        return standing.pace.remaining >= LEAST_LEFT
    return runway.working_days_left > max(THRESHOLDS)


def pace_check_spec(team: Team, member: Member) -> ScheduleSpec:
    """Return when a rep's pace is looked at: every working morning, on their own clock."""
    on = member.active and member.is_rep
    return ScheduleSpec(PACE_CHECK, member.user_id, member.zone, PACE_CHECK_AT, team.workdays, SPREAD, on)
