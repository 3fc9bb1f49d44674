"""A team's goals as one target, its reps in order of their names, and what a day's digest leaves to the week's."""

from datetime import date

import pytest

from sales.goals.goal import MAX_TARGET, Goal, Metric, Target, target_in
from sales.goals.outcome import TeamOutcome, target_of
from sales.goals.pace import pace
from sales.goals.progress import TargetProgress
from sales.goals.team_progress import RepProgress, TeamProgress, as_one, by_name, of_a_day
from sales.language.dates.period import PeriodKind, quarter, span
from sales.people.calendar import WorkCalendar

Q3 = quarter(3, 2026)
GOAL = Goal(
    owner_id="U1",
    metric=Metric.REVENUE,
    target=MAX_TARGET,
    currency="EUR",
    period_kind=Q3.kind,
    starts_on=Q3.start,
    ends_on=Q3.end,
    objective="Win the north",
    reason="The CEO said so",
)


def test_a_teams_target_has_no_owner_and_tells_nobodys_reasons():
    together = as_one(GOAL, 2 * MAX_TARGET)
    assert type(together) is Target
    assert together.model_dump() == {
        "metric": Metric.REVENUE,
        "activity_kind": None,
        "target": 2 * MAX_TARGET,  # what one goal may hold at most, twice
        "currency": "EUR",
        "period_kind": PeriodKind.QUARTER,
        "starts_on": Q3.start,
        "ends_on": Q3.end,
    }


@pytest.mark.parametrize("target", [0, MAX_TARGET + 1])
def test_one_persons_target_has_limits(target):
    with pytest.raises(ValueError, match="target"):
        Goal.model_validate({**GOAL.model_dump(), "target": target})


def test_what_a_team_aimed_for_is_of_the_period_its_own_year_has():
    first, last = date(2026, 5, 1), date(2026, 7, 31)
    ended = TeamOutcome(
        metric=Metric.ACTIVITIES,
        activity="call",
        currency="USD",
        starts_on=first,
        ends_on=last,
        goals=2,
        target=80,
        attained=90,
        settled_on=date(2026, 8, 1),
    )
    aimed = target_of(ended, span(first, last, fiscal_year_start=2))
    assert (aimed.period_kind, aimed.activity_kind, aimed.target) == (PeriodKind.QUARTER, "call", 80)


TODAY = date(2026, 9, 21)
Q4 = quarter(4, 2026)


def standing(period=Q3, actual=10_000_00):
    goal = target_in(period, Metric.REVENUE, 50_000_00)
    return TargetProgress(goal, pace(actual, goal.target, period, TODAY, WorkCalendar()))


def test_reps_stand_by_name_whatever_their_numbers():
    reps = [RepProgress("Zoë", standing(actual=1)), RepProgress("ana", standing(actual=49_000_00))]
    assert [one.rep for one in by_name(reps)] == ["ana", "Zoë"]
    assert [one.rep for one in by_name(reversed(reps))] == ["ana", "Zoë"]


def test_a_days_digest_leaves_what_comes_later_to_the_weeks():
    seen = of_a_day([TeamProgress(standing(), 2, None, 2), TeamProgress(standing(Q4, 0), 2, None, 2)])
    assert [one.standing.label for one in seen] == ["Q3 2026"]
