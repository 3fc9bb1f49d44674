"""The retrospective: which quarter, which targets moved, which answers were late, which leads were left (11)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sales.coaching.retrospective import is_late, is_left, quarter_before, read_change, targets_moved
from sales.goals.goal import GoalChange, GoalState
from sales.pipeline.price_cut import DiscountRequest, DiscountState
from sales.refusal import Refusal

END = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("day", "fiscal_year_start", "label"),
    [
        (date(2026, 9, 30), 1, "Q2 2026"),
        (date(2026, 10, 1), 1, "Q3 2026"),
        (date(2027, 1, 4), 1, "Q4 2026"),
    ],
)
def test_the_quarter_that_ended_last(day: date, fiscal_year_start: int, label: str) -> None:
    assert quarter_before(day, fiscal_year_start).label == label


def test_a_fiscal_year_of_february_ends_its_quarters_with_april() -> None:
    assert quarter_before(date(2026, 5, 4), 2).end == date(2026, 4, 30)


def change(on: int, target: int) -> GoalChange:
    return GoalChange(
        goal_id=1,
        changed_at=datetime(2026, 7, 1, tzinfo=UTC) + timedelta(days=on),
        changed_by="U3",
        target=target,
        starts_on=date(2026, 7, 1),
        ends_on=END,
        state=GoalState.OPEN,
    )


def test_a_target_that_is_said_again_did_not_move() -> None:
    first, end = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)
    assert targets_moved([[change(0, 60), change(9, 60)]], first, end) == 0
    assert targets_moved([[change(0, 60), change(9, 90), change(20, 60)]], first, end) == 2
    assert targets_moved([[change(0, 60), change(95, 90)]], first, end) == 0


@pytest.mark.parametrize(
    ("asked", "answered", "state", "late"),
    [
        (date(2026, 9, 28), None, DiscountState.OPEN, True),
        (date(2026, 9, 28), date(2026, 9, 29), DiscountState.GRANTED, False),
        (date(2026, 9, 1), date(2026, 9, 4), DiscountState.REFUSED, False),
        (date(2026, 9, 1), date(2026, 9, 5), DiscountState.GRANTED, True),
        (date(2026, 9, 30), date(2026, 10, 1), DiscountState.GRANTED, True),
        (date(2026, 9, 1), None, DiscountState.WITHDRAWN, False),
        (date(2026, 10, 1), None, DiscountState.OPEN, False),
    ],
)
def test_an_answer_is_late_after_three_days_or_the_close(
    asked: date, answered: date | None, state: DiscountState, late: bool
) -> None:
    request = DiscountRequest(
        opportunity_id=1,
        asked_by="U1",
        asked_on=asked,
        wish_minor=900,
        from_minor=1000,
        stood_minor=1000,
        currency="USD",
        worth="two hours a day",
        state=state,
        answered_on=answered,
    )
    assert is_late(request, END) is late


@pytest.mark.parametrize(("called", "left"), [(None, True), (13, False), (14, True)])
def test_a_lead_is_left_after_a_fortnight(called: int | None, left: bool) -> None:
    came = datetime(2026, 9, 1, tzinfo=UTC)
    touched = came + timedelta(days=called) if called is not None else None
    assert is_left(came, touched, came + timedelta(days=20)) is left


def test_a_change_that_says_nothing_is_refused() -> None:
    with pytest.raises(Refusal):
        read_change(" \u200b ", "change")
