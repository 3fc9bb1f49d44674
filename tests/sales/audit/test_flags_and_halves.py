"""Rules that flag, what a cut changes, and halves: each on a record small enough to count by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.audit.cut import impacts
from sales.audit.flags import BY_CHANCE, RULES, flags_by_month, likely_on, month_ends, open_on
from sales.audit.halve import (
    Chooser,
    HalveDeal,
    half_of,
    halved_by_quarter,
    halving_period,
    most_kept,
    priced,
)
from sales.goals.forecast.record import DealRecord
from sales.pipeline.opportunity import Stage
from tests.sales.goals.test_backtest import sample

FIRST = date(2024, 1, 1)


def quick(count=80, rep="Ana"):
    """A deal every fourth day, won after 20 days, and every fifth of them still open to this day."""
    for at in range(count):
        opened = FIRST + timedelta(days=4 * at)
        is_open = at % 5 == 0
        closed = None if is_open else opened + timedelta(days=20)
        yield DealRecord(rep, "A", opened, closed, Stage.OPEN if is_open else Stage.WON, 1000.0)


def test_a_deal_older_than_any_win_is_flagged_and_a_young_one_is_not():
    """By the cycle as known on the day (#20): each flagged one was never won, while age alone flags winners."""
    found = flags_by_month(list(quick()))
    assert [one.day for one in found][:2] == [date(2024, 6, 30), date(2024, 7, 31)]
    (flagged, thirty, sixty, _) = found[-1].by_rule
    assert flagged.won == 0
    assert 0 < flagged.deals < found[-1].every.deals
    assert thirty.deals >= sixty.deals > 0
    assert RULES[0] is BY_CHANCE


def test_what_came_later_is_unknown_on_the_day():
    deals = list(quick())
    day = date(2024, 7, 31)
    later = [
        deal._replace(closed_on=day + timedelta(days=1), stage=Stage.LOST) if deal.closed_on is None else deal
        for deal in deals
    ]
    before = next(one for one in flags_by_month(deals) if one.day == day)
    after = next(one for one in flags_by_month(later) if one.day == day)
    assert [one.deals for one in before.by_rule] == [one.deals for one in after.by_rule]
    assert {deal.opened_on for deal in open_on(deals, day)} == {
        deal.opened_on for deal in open_on(later, day)
    }


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 900))
def test_month_ends_are_all_there_are_before_the_last_day(first, days):
    last = first + timedelta(days=days)
    every = [first + timedelta(days=at) for at in range(days)]
    assert list(month_ends(first, last)) == [one for one in every if (one + timedelta(days=1)).day == 1]


def test_likely_value_of_the_dead_is_nothing():
    day = date(2025, 12, 31)
    assert likely_on(list(quick()), day).likely == 0
    assert likely_on(list(quick()), day).paper == 16 * 1000


def test_of_too_short_a_record_there_is_nothing_to_say():
    assert flags_by_month([]) == []
    assert flags_by_month(list(quick(9))) == []
    assert halved_by_quarter(priced(list(quick(9)), {})) == []
    assert impacts(list(quick(9)), 1) == ()


@pytest.mark.large
def test_a_cut_of_what_will_not_close_moves_less_than_one_by_age():
    """The chance before and after (#74): the cycle's rule changes less than “older than 30 days”."""
    by_chance, by_thirty, *_ = impacts(sample(days=460), 1)
    assert by_chance.mean < by_thirty.mean
    assert by_chance.within > by_thirty.within
    for one in (by_chance, by_thirty):
        assert one.greatest.change == max(case.change for case in one.cases)
        assert 0 <= one.deals <= 1
        assert all(case.left_out <= case.open for case in one.cases)
        assert all(case.before == case.after for case in one.cases if not case.left_out)


deals_to_halve = st.lists(
    st.builds(
        HalveDeal,
        st.integers(),
        st.floats(0, 1),
        st.floats(0, 1e9),
        st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    ),
    max_size=12,
    unique_by=lambda deal: deal.key,
)


@given(deals_to_halve, st.sampled_from(list(Chooser)), st.randoms())
def test_half_at_most_is_kept_and_none_left_is_better(deals, chooser, shuffler):
    """Half at most (#21), rounded down, whoever chooses and in whatever order the deals come."""
    kept = half_of(deals, chooser)
    assert len(kept) == most_kept(len(deals)) <= len(deals) / 2
    if chooser is Chooser.MODEL and kept:
        left = [deal.worth for deal in deals if deal.key not in kept]
        assert min(deal.worth for deal in deals if deal.key in kept) >= max(left)
    shuffled = list(deals)
    shuffler.shuffle(shuffled)
    assert half_of(shuffled, chooser) == kept


def test_a_halving_is_looked_at_again_when_enough_of_a_quarter_is_over():
    assert halving_period(date(2026, 9, 14), 1).end == date(2026, 9, 30)
    assert halving_period(date(2026, 9, 20), 1).end == date(2026, 12, 31)
    assert halving_period(date(2026, 9, 14), 2).end == date(2026, 10, 31)


def test_each_choosers_half_holds_its_share_of_what_was_won():
    """Of two open deals of a rep one is won (#21): it is the newer and the cheaper, so the dearest half missed it."""
    day = date(2024, 9, 30)
    closed = [one for one in quick(60) if one.closed_on is not None]
    young = DealRecord("Bo", "A", day - timedelta(days=5), day + timedelta(days=15), Stage.WON, 500.0)
    dead = DealRecord("Bo", "A", day - timedelta(days=200), None, Stage.OPEN, 9000.0)
    until = DealRecord("Cy", "A", date(2024, 12, 1), date(2024, 12, 31), Stage.LOST, 0.0)
    (found,) = [one for one in halved_by_quarter(priced([*closed, young, dead, until], {})) if one.day == day]
    assert (found.won, found.deals, found.until) == (500.0, 2, date(2024, 12, 31))
    assert found.shares == {Chooser.MODEL: 1.0, Chooser.DEAREST: 0.0, Chooser.NEWEST: 1.0}
    assert found.at_random == 0.5


def test_a_price_is_the_list_price_then_what_the_record_has_then_the_mean_win():
    bare = DealRecord("Bo", "B", FIRST, None, Stage.OPEN, 0.0)
    own = bare._replace(value=70.0)
    won = bare._replace(stage=Stage.WON, value=300.0, closed_on=FIRST)
    assert [one.price for one in priced([bare, own, won], {})] == [300.0, 70.0, 300.0]
    assert [one.price for one in priced([bare, own], {"B": 40})] == [40, 40]
