"""A team's goals as one target: what they have in common, and amounts no single goal may hold."""

from datetime import date

import pytest

from sales.goals.goal import MAX_TARGET, Goal, Metric, Target
from sales.goals.outcome import TeamOutcome, target_of
from sales.goals.team_progress import as_one
from sales.language.dates.period import PeriodKind, quarter, span

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
