"""The scoreboard's rules: the usual guesses, when a period is settled, and when nothing may be claimed yet."""

from datetime import date, timedelta

import pytest

from sales.goals.backtest import methods
from sales.goals.backtest.design import BacktestCase
from sales.goals.backtest.methods import Moment, noisy_run_rate, stage_weighted
from sales.goals.forecast.luck import luck_of_amount
from sales.goals.forecast.record import DealRecord, Gain, past_of
from sales.goals.forecast.snapshot import mix, snapshot_on
from sales.goals.scoreboard.baselines import rivals_in_counts, rivals_in_deals
from sales.goals.scoreboard.board import calibration_of, scoreboard
from sales.goals.scoreboard.chance_alone import luck_in_counts, luck_in_deals
from sales.goals.scoreboard.statement import SaidForecast, can_settle
from sales.language.dates.period import quarter
from sales.people.calendar import WorkCalendar
from sales.pipeline.opportunity import Stage

Q4 = quarter(4, 2017)


def deals(reps=4, weeks=40):
    """Each rep wins a deal in most weeks and loses one in others; the last three weeks' are still open."""
    first = date(2017, 2, 6)
    for rep in range(reps):
        for week in range(weeks):
            opened = first + timedelta(weeks=week, days=rep)
            stage = Stage.LOST if (week + rep) % 3 == 0 else Stage.WON
            closed = opened + timedelta(days=20 + 3 * rep)
            if closed > date(2017, 11, 15):
                stage, closed = Stage.OPEN, None
            yield DealRecord(f"R{rep}", "GTX", opened, closed, stage, 1_000_00.0 + 100 * week)


@pytest.mark.parametrize(
    "today", [date(2017, 10, 1), date(2017, 10, 2), date(2017, 11, 15), date(2017, 12, 30)]
)
@pytest.mark.parametrize("target", [5_000_00.0, 9_000_00.0, 12_000_00.0, 90_000_00.0])
def test_the_usual_guesses_are_those_of_the_backtest(today, target):
    known = snapshot_on(deals(), today)
    for rep in ("R0", "R3"):
        done = sum(gain.amount for gain in known.book.wins if gain.rep == rep and gain.on >= Q4.start)
        day = (today - Q4.start).days
        moment = Moment(
            known,
            [BacktestCase(rep, Q4, day, 1.0, target, done, hit=False)],
            known.ahead(Q4),
            known.ahead(Q4),
        )
        found = rivals_in_deals(known, rep, target, done, Q4)
        assert found.run_rate == methods.run_rate(moment)[0]
        assert found.soft == pytest.approx(noisy_run_rate(moment)[0])
        assert found.stages == stage_weighted(moment)[0]


def test_before_a_period_begins_a_run_rate_is_undecided():
    known = snapshot_on(deals(), date(2017, 9, 1))
    found = rivals_in_deals(known, "R0", 1_000_00.0, 0.0, Q4)
    assert (found.run_rate, found.soft) == (0.5, 0.5)
    assert rivals_in_counts(10, 0, Q4, date(2017, 9, 1)) == (0.5, 0.5, None)


@pytest.mark.parametrize(("done", "said"), [(0, 0.0), (49, 0.0), (50, 1.0), (100, 1.0)])
def test_counts_are_carried_on_evenly(done, said):
    half = Q4.start + timedelta(days=45)  # 46 of 92 days
    found = rivals_in_counts(100, done, Q4, half)
    assert found.run_rate == said
    assert 0 <= found.soft <= 1
    assert found.stages is None


def test_deals_count_as_one_each_where_a_goal_counts_deals():
    known = snapshot_on(deals(), date(2017, 11, 15))
    open_deals = len(known.book.open_deals["R0"])
    rate = known.cycle.won / known.cycle.closed
    reach = 4 + rate * open_deals
    assert rivals_in_deals(known, "R0", reach - 0.1, 4, Q4, in_deals=True).stages == 1
    assert rivals_in_deals(known, "R0", reach + 0.1, 4, Q4, in_deals=True).stages == 0


def test_a_period_is_settled_once_a_whole_working_day_came_after_it():
    calendar = WorkCalendar()
    friday = date(2017, 9, 29)
    assert not can_settle(friday, date(2017, 10, 1), calendar)
    assert can_settle(friday, date(2017, 10, 2), calendar)


def said(goal, chance, hit, rep="R0", rate=0.0, stages=None):
    return SaidForecast(goal, rep, Q4.end, 100, chance, chance, rate, rate, stages, hit)


def test_nothing_is_claimed_of_few_goals_however_many_days_they_were_forecast():
    found = scoreboard([said(goal, 0.5, True) for goal in range(9) for _ in range(90)], 3, Q4.end)
    assert found.ours is None
    assert found.not_yet.startswith("Not enough yet: 9 goals with forecasts have come to an end, of the 10")
    assert scoreboard([]).not_yet.startswith("Not enough yet: no goal with forecasts has")
    assert "1 goal with forecasts has" in scoreboard([said(1, 0.5, True)]).not_yet


def test_a_target_changed_under_way_is_another_goal():
    changed = [said(1, 0.5, True)._replace(target=target) for target in range(10)]
    assert scoreboard(changed).goals == 10


def test_a_rival_is_scored_only_on_what_it_has_an_opinion_of():
    each = [said(goal, 0.9, True, f"R{goal}", 0.0, 0.0 if goal < 4 else None) for goal in range(12)]
    found = scoreboard(each)
    assert [rival.count for rival in found.rivals] == [12, 12, 4]
    assert [rival.brier for rival in found.rivals] == [1, 1, 1]
    assert found.ours.brier.value == pytest.approx(0.01)
    assert found.rivals[0].verdict == "better"
    same = scoreboard([said(goal, 0.5, goal % 2 == 0, f"R{goal}", 0.5) for goal in range(12)])
    assert same.rivals[0].verdict == "not to be told apart"
    assert len(same.rivals) == 2


def test_chances_are_put_right_from_twenty_goals_and_two_hundred_forecasts():
    many = [said(goal, 0.8, goal % 2 == 0, f"R{goal}") for goal in range(20) for _ in range(10)]
    assert calibration_of(many).of(0.8) == pytest.approx(0.5, abs=0.05)
    assert calibration_of(many[:-10]) is None
    assert calibration_of([one for one in many if one.goal_id < 19] * 2) is None


def test_a_result_is_compared_with_what_the_record_before_the_period_expected():
    before = Q4.start - timedelta(days=1)
    known = snapshot_on(deals(), before)
    found = luck_in_deals(known, "R0", 5_000_00, Q4, 1)
    coming = known.ahead(Q4).wins_to_come("R0")
    assert found == luck_of_amount(5_000_00, coming, mix(known.wins, "R0"))
    assert found.actual < found.expected
    assert 0 < found.share < 1
    assert luck_in_deals(known, "R0", 9, Q4, 1, in_deals=True).expected == pytest.approx(coming.mean)
    late = snapshot_on(deals(), date(2017, 3, 1))
    assert luck_in_deals(late, "R0", 5_000_00, quarter(2, 2017), 1) is None


def test_counts_are_compared_with_what_the_record_before_expected():
    before = Q4.start - timedelta(days=1)
    gains = [Gain("R0", before - timedelta(days=day), 2.0) for day in range(90)]
    found = luck_in_counts(past_of(gains, before), "R0", 150, Q4, 1)
    assert found.expected == pytest.approx(184, rel=0.05)
    assert found.actual < found.expected
    assert luck_in_counts(None, "R0", 150, Q4, 1) is None
    assert luck_in_counts(past_of(gains[:10], before), "R0", 150, Q4, 1) is None
