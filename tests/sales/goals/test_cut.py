"""Cutting deals: what the chance would be without them, by the model run again (mechanism 74)."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sales.goals.forecast.cut import chance_without
from sales.goals.forecast.question import ForecastRecord, Question
from sales.goals.forecast.record import DealRecord
from sales.goals.forecast.snapshot import snapshot_on
from sales.goals.goal import Metric, target_in
from sales.language.dates.period import PeriodKind, period_containing
from sales.pipeline.opportunity import Stage

TODAY = date(2026, 9, 14)
PERIOD = period_containing(PeriodKind.QUARTER, TODAY + timedelta(30))
CLOSED = [
    DealRecord("Ana", None, TODAY - timedelta(300 + n), TODAY - timedelta(300 + n - 5 - n % 100), stage, 3_000_00)
    for n, stage in ((n, Stage.LOST if n % 5 < 2 else Stage.WON) for n in range(200))
]  # fmt: skip


def a_deal(age, value=3_000_00):
    return DealRecord("Ana", None, TODAY - timedelta(age), None, Stage.OPEN, value)


def asked(deals, target=60_000_00):
    known = snapshot_on([*CLOSED, *deals], TODAY)
    goal = target_in(PERIOD, Metric.REVENUE, target, "USD")
    return Question(ForecastRecord(known, None), "Ana", goal, target, 0, PERIOD, TODAY, 1)


def test_letting_go_what_is_older_than_any_win_costs_next_to_nothing():
    dead, young = [a_deal(160) for _ in range(6)], a_deal(20, 30_000_00)
    question = asked([*dead, young])
    before = chance_without(question, ())
    assert before == question.answer().chance
    assert before - chance_without(question, dead) < 0.02
    assert before - chance_without(question, [young]) > 0.05


@given(ages=st.lists(st.integers(0, 200), min_size=1, max_size=6), count=st.integers(0, 6))
@settings(max_examples=25)
def test_a_cut_never_raises_the_chance(ages, count):
    deals = [a_deal(age) for age in ages]
    question = asked(deals)
    assert chance_without(question, deals[:count]) <= chance_without(question, ()) + 1e-9


def test_of_deals_alike_only_as_many_are_left_out_as_are_cut():
    question = asked([a_deal(20, 30_000_00)] * 2)
    chances = [chance_without(question, [a_deal(20, 30_000_00)] * count) for count in range(3)]
    assert chances[0] > chances[1] > chances[2]


def test_without_a_figure_there_is_none_to_compare():
    known = snapshot_on([a_deal(20)], TODAY)
    goal = target_in(PERIOD, Metric.REVENUE, 1_000_00, "USD")
    question = Question(ForecastRecord(known, None), "Ana", goal, 1_000_00, 0, PERIOD, TODAY, 1)
    assert chance_without(question, [a_deal(20)]) is None
