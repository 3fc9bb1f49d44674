"""Tallies: counted on from one another or from nothing, they come to what reading deal by deal comes to."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sales.goals.forecast.book import tally_on
from sales.goals.forecast.record import DealRecord
from sales.goals.forecast.snapshot import snapshot_of
from sales.pipeline.cycle import LONGEST_AGE, cycle_of
from sales.pipeline.opportunity import Stage
from sales.pipeline.tally import tally_of
from tests.sales.plain_record import agrees, plain_book, plain_cycle

TODAY = date(2026, 9, 14)
REPS = ("Ana", "Ben", "Cleo")


def near(days: int) -> date:
    return TODAY - timedelta(days)


DAYS = st.none() | st.integers(-20, 60).map(near) | st.integers(LONGEST_AGE - 5, LONGEST_AGE + 40).map(near)
RECORDS = st.lists(
    st.builds(
        DealRecord,
        st.sampled_from(REPS),
        st.sampled_from(["GTX", "MG", None]),
        DAYS,
        DAYS,
        st.sampled_from(Stage),
        st.integers(0, 6).map(lambda value: value * 100.0),
    ),
    max_size=40,
)


@given(RECORDS)
@settings(max_examples=80, deadline=None)
def test_counts_say_what_the_deals_say_one_by_one(deals: Sequence[DealRecord]) -> None:
    tally = tally_on(deals, TODAY)
    agrees(snapshot_of(tally), deals)
    plain = plain_cycle(plain_book(deals, TODAY).spans, TODAY, delayed_entry=True)
    assert cycle_of(tally.spans, TODAY) == plain


@given(st.lists(RECORDS, min_size=2, max_size=5))
@settings(max_examples=60, deadline=None)
def test_counting_on_is_counting_anew(several: Sequence[Sequence[DealRecord]]) -> None:
    before = None
    for deals in several:
        columns = dict(tally_on(deals, TODAY).columns)
        if before is not None:  # one owner's deals stay as they are
            columns |= {rep: held for rep, held in before.columns.items() if rep == REPS[0]}
        found = tally_of(columns, TODAY, before=before)
        assert found == tally_of(columns, TODAY)
        before = found


@given(st.lists(RECORDS, min_size=1, max_size=4))
@settings(max_examples=30, deadline=None)
def test_one_who_has_what_several_had_is_told_the_same(several: Sequence[Sequence[DealRecord]]) -> None:
    deals = [deal for some in several for deal in some]
    together = [deal._replace(rep="together") for deal in deals]
    agrees(snapshot_of(tally_on(deals, TODAY), together="together"), together)


def test_another_day_or_currency_is_counted_from_nothing() -> None:
    deals = [DealRecord("Ana", None, near(30), near(9), Stage.WON, 100)]
    first = tally_on(deals, TODAY)
    earlier = tally_of(first.columns, near(20), before=first)
    assert (earlier.since, dict(earlier.totals.open)) == (0, {10: 1})
    assert tally_of(first.columns, TODAY, "EUR", first).totals.win_days == {}
