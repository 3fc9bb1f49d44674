"""The sales cycle: published figures, small cases worked by hand, and laws that hold for any history."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.pipeline.cycle import Cycle, DealSpan, cycle_as_of

YEAR_END = date(2017, 12, 31)
DAY = date(2017, 1, 2)
EVER = 10_000  # days: every win there is comes sooner
SHARES = {"t50": 0.5, "t60": 0.6, "t70": 0.7, "t80": 0.8, "t90": 0.9}


def closed(age: int, won: bool, opened: date = DAY) -> DealSpan:
    return DealSpan(opened, opened + timedelta(age), won)


def closed_by(cycle: Cycle, share: float) -> int | None:
    """The least age by which a share of all deals has closed either way; None if it never does."""
    return next((age for age, still in enumerate(cycle.share_open) if still <= 1 - share + 1e-12), None)


def still_open(age: int, today: date) -> DealSpan:
    return DealSpan(today - timedelta(age), None, None)


@pytest.mark.parametrize("as_of", ["2017-06-30", "2017-09-01", "2017-09-20", "2017-12-31"])
@pytest.mark.parametrize("entry", [False, True])
def test_the_published_cycle_as_it_was_known(spans, golden, as_of, entry):
    published = golden["cycle_as_of"][as_of]["entry_2017_03_01" if entry else "plain"]
    cycle = cycle_as_of(spans, date.fromisoformat(as_of), delayed_entry=entry)
    assert round(cycle.won_eventually, 4) == published["F_won"]
    assert round(cycle.share_lost[-1], 4) == published["F_lost"]
    assert {name: cycle.days_for(share) for name, share in SHARES.items()} == {
        name: published[name] for name in SHARES
    }
    last_day = YEAR_END - timedelta(days=cycle.days_for(0.8))
    assert last_day.isoformat() == published["last_create_2017_12_31_p80"]


def test_the_published_kaplan_meier_curve(spans, golden):
    cycle = cycle_as_of(spans, YEAR_END, delayed_entry=False)
    assert closed_by(cycle, 0.5) == golden["km"]["median"]
    assert closed_by(cycle, 0.8) == golden["km"]["p80"]
    assert closed_by(cycle, 0.9) is None
    assert round(cycle.share_open[-1], 5) == golden["km"]["plateau"]
    assert {age: round(cycle.open_at(int(age)), 4) for age in golden["km"]["S"]} == golden["km"]["S"]


def test_the_published_aalen_johansen_curve(spans, golden):
    cycle = cycle_as_of(spans, YEAR_END, delayed_entry=False)
    assert (cycle.won, cycle.lost, cycle.open) == (golden["won"], golden["lost"], golden["engaging"])
    assert round(cycle.won_eventually, 6) == golden["aj"]["F_won_inf"]
    assert round(cycle.share_lost[-1], 4) == golden["aj"]["F_lost_inf"]
    assert {age: round(cycle.won_by(int(age)), 4) for age in golden["aj"]["F_won"]} == golden["aj"]["F_won"]
    days = {share: cycle.days_for(float(share)) for share in golden["aj"]["runway_days"]}
    assert days == golden["aj"]["runway_days"]


def test_the_published_chances_by_age(spans):
    cycle = cycle_as_of(spans, YEAR_END, delayed_entry=False)
    ever = {
        0: 0.519,
        30: 0.486,
        60: 0.463,
        75: 0.425,
        90: 0.349,
        105: 0.216,
        120: 0.095,
        130: 0.030,
        139: 0.0,
    }
    assert {age: round(cycle.win_within(age, EVER), 3) for age in ever} == ever
    month = {0: 0.219, 14: 0.068, 60: 0.241, 75: 0.304, 105: 0.206, 120: 0.095}
    assert {age: round(cycle.win_within(age, 30), 3) for age in month} == month


def test_beyond_the_longest_win_nothing_is_won(spans):
    cycle = cycle_as_of(spans, YEAR_END, delayed_entry=False)
    assert cycle.longest_win == 138
    assert cycle.win_within(200, 30) == 0


def test_closed_deals_alone_would_call_the_cycle_short(spans, golden):
    cycle = cycle_as_of(spans, YEAR_END, delayed_entry=False)
    assert closed_by(cycle, 0.5) > golden["cycle_closed"]["p50"]


def test_five_deals_by_hand():
    today = DAY + timedelta(10)
    deals = [closed(2, True), closed(2, False), closed(4, True), still_open(4, today), still_open(10, today)]
    cycle = cycle_as_of(deals, today, delayed_entry=False)
    assert cycle.open_at(1) == 1
    assert cycle.won_by(2) == pytest.approx(1 / 5)
    assert cycle.lost_by(2) == pytest.approx(1 / 5)
    assert cycle.won_by(4) == pytest.approx(1 / 5 + 3 / 5 * 1 / 3)  # one censored at 4 is still at risk there
    assert cycle.share_open[-1] == pytest.approx(2 / 5)
    assert cycle.days_for(0.5) == 2
    assert cycle.days_for(0.51) == 4
    assert cycle.win_within(2, 2) == pytest.approx(1 / 3)
    assert cycle.longest_win == 4
    assert cycle.tail_days == 6


def test_delayed_entry_by_hand():
    start = date(2017, 3, 1)
    deals = [
        DealSpan(start - timedelta(5), start + timedelta(5), True),  # under observation from age 5, won at 10
        DealSpan(start - timedelta(1), start + timedelta(19), False),  # from age 1, lost at 20
        DealSpan(start, start + timedelta(3), False),  # from the day it opened, lost at 3
        DealSpan(start, start, False),  # lost on the day it opened, with which the record begins
    ]
    cycle = cycle_as_of(deals, start + timedelta(60))
    assert (cycle.won, cycle.lost, cycle.open) == (1, 3, 0)
    assert cycle.lost_by(0) == pytest.approx(1 / 2)
    assert cycle.lost_by(3) == pytest.approx(1 / 2 + 1 / 2 * 1 / 2)
    assert cycle.won_by(10) == pytest.approx(1 / 4 * 1 / 2)
    assert cycle.share_open[-1] == pytest.approx(0)


def test_what_is_not_known_yet_does_not_count():
    today = DAY + timedelta(20)
    known = [closed(5, True), closed(9, False), still_open(20, today)]
    later = [
        closed(40, True),
        DealSpan(today + timedelta(1), None, None),
        closed(2, True, today + timedelta(1)),
    ]
    open_instead = [still_open(20, today)]
    assert cycle_as_of(known + later, today) == cycle_as_of(known + open_instead, today)


def test_nothing_closed_is_no_cycle():
    cycle = cycle_as_of([], DAY)
    assert (cycle.won_eventually, cycle.share_open[-1], closed_by(cycle, 0.5)) == (0, 1, None)
    assert cycle.days_for(0.8) is None
    assert cycle.share_in_time(30) == 0
    assert cycle.win_within(10, 30) == 0
    assert not cycle.has_history


def test_history_is_thirty_closes_and_a_win():
    today = DAY + timedelta(90)
    assert not cycle_as_of([closed(5, True)] * 29, today).has_history
    assert cycle_as_of([closed(5, True)] * 30, today).has_history
    assert not cycle_as_of([closed(5, False)] * 40, today).has_history


def test_a_deal_won_on_the_day_it_opened_counts():
    cycle = cycle_as_of([closed(0, True), closed(0, False)], DAY + timedelta(5), delayed_entry=False)
    assert cycle.won_by(0) == pytest.approx(0.5)
    assert cycle.win_within(0, 5) == 0


def test_a_deal_that_closes_before_it_opens_is_refused():
    with pytest.raises(ValueError, match="closes before"):
        cycle_as_of([closed(-1, True)], DAY + timedelta(5))


def test_a_deal_forgotten_for_decades_does_not_stretch_the_curve():
    today = DAY + timedelta(90)
    cycle = cycle_as_of([closed(5, True), still_open(20_000, today)], today, delayed_entry=False)
    assert cycle.won_by(5) == pytest.approx(0.5)
    assert len(cycle.share_won) <= 3651


HISTORIES = st.lists(
    st.tuples(st.integers(0, 200), st.integers(0, 150), st.sampled_from([True, False, None])), max_size=60
).map(
    lambda rows: [
        DealSpan(DAY + timedelta(start), None if won is None else DAY + timedelta(start + age), won)
        for start, age, won in rows
    ]
)


@given(deals=HISTORIES, days=st.integers(0, 400), entry=st.booleans())
def test_won_lost_and_open_are_all_there_is(deals, days, entry):
    cycle = cycle_as_of(deals, DAY + timedelta(days), delayed_entry=entry)
    for age in range(-1, 420):
        total = cycle.won_by(age) + cycle.lost_by(age) + cycle.open_at(age)
        assert total == pytest.approx(1, abs=1e-9)
        assert cycle.won_by(age) >= cycle.won_by(age - 1) >= 0
        assert cycle.lost_by(age) >= cycle.lost_by(age - 1) >= 0
        assert -1e-12 <= cycle.open_at(age) <= cycle.open_at(age - 1)


@given(
    deals=HISTORIES, days=st.integers(0, 400), entry=st.booleans(), shares=st.tuples(*[st.floats(0, 1)] * 2)
)
def test_more_certainty_takes_more_days(deals, days, entry, shares):
    cycle = cycle_as_of(deals, DAY + timedelta(days), delayed_entry=entry)
    low, high = cycle.days_for(min(shares)), cycle.days_for(max(shares))
    assert (low is None) == (high is None) == (cycle.won_eventually == 0)
    if low is not None:
        assert 0 <= low <= high <= cycle.longest_win


@given(deals=HISTORIES, days=st.integers(0, 400), age=st.integers(0, 300), ahead=st.integers(0, 300))
def test_chances_are_chances(deals, days, age, ahead):
    cycle: Cycle = cycle_as_of(deals, DAY + timedelta(days))
    assert 0 <= cycle.win_within(age, ahead) <= cycle.win_within(age, ahead + 1) <= 1
    assert cycle.win_within(age, ahead) <= cycle.win_within(age, EVER) + 1e-12
