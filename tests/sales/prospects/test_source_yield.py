"""Sources: rates that lean on one another, ranked only where more than luck shows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.prospects.source_yield import SourcedCase, SourceVerdict, source_yields

DAY = date(2026, 5, 4)


def cases(source, won, lost, *, took=30, value=0, touches=0):
    return [
        SourcedCase(
            source, number < won, DAY - timedelta(days=took), DAY, value if number < won else 0, touches
        )
        for number in range(won + lost)
    ]


def by_name(found):
    return {one.name: one for one in found.yields}


def test_what_differs_beyond_luck_is_ranked():
    found = source_yields([*cases("Referral", 13, 38), *cases("Joint past", 154, 109)])
    assert found.verdict is SourceVerdict.RANKED
    assert [one.name for one in found.yields] == ["Joint past", "Referral"]
    past = by_name(found)["Joint past"]
    assert past.rate == pytest.approx(0.58, abs=0.01)
    assert past.low < past.rate < past.high
    assert past.low > by_name(found)["Referral"].high
    assert past.side == "above"


def test_what_is_alike_is_not_ranked_and_stands_by_name():
    found = source_yields([*cases("Web form", 20, 30), *cases("Event", 23, 27)])
    assert found.verdict is SourceVerdict.NOT_APART
    assert [one.name for one in found.yields] == ["Event", "Web form"]
    assert "cannot be told apart" in found.why()[0]
    assert {one.side for one in found.yields} == {""}


def test_a_small_source_leans_on_the_rest():
    found = by_name(source_yields([*cases("Web form", 40, 60), *cases("Event", 2, 0)]))
    assert found["Event"].rate < 0.6
    assert found["Event"].high - found["Event"].low > found["Web form"].high - found["Web form"].low
    assert found["Web form"].rate == pytest.approx(0.4, abs=0.02)


def test_one_source_is_compared_with_nothing():
    found = source_yields(cases("Web form", 30, 30))
    assert found.verdict is SourceVerdict.ONE
    assert [(one.won, one.closed) for one in found.yields] == [(30, 60)]


def test_all_lost_has_a_rate_above_nothing():
    found = source_yields([*cases("Web form", 0, 40), *cases("Event", 0, 30)])
    assert found.verdict is SourceVerdict.ALL_LOST
    assert all(0 < one.rate < one.high < 0.2 for one in found.yields)
    assert all(one.days is None and one.touches_a_win is None for one in found.yields)
    assert source_yields(cases("Web form", 9, 0)).verdict is SourceVerdict.ALL_WON


def test_nothing_is_nothing():
    found = source_yields(cases("", 20, 20))
    assert (found.verdict, found.yields, found.unnamed, found.closed) == (SourceVerdict.NOTHING, (), 40, 0)
    assert source_yields([]).verdict is SourceVerdict.NOTHING


def test_too_few_are_not_compared():
    found = source_yields([*cases("Web form", 4, 4), *cases("Event", 5, 2)])
    assert found.verdict is SourceVerdict.TOO_FEW
    assert len(found.yields) == 2


def test_letter_case_makes_no_other_source():
    found = source_yields([*cases("Web form", 10, 10), *cases("web  Form ", 3, 3)])
    assert [(one.name, one.closed) for one in found.yields] == [("Web form", 26)]


def test_how_long_it_took_what_it_brought_and_what_it_cost():
    found = by_name(source_yields([
        *cases("Event", 10, 10, took=20, value=16_000_00, touches=4),
        *cases("Web form", 10, 10, took=90, value=4_000_00, touches=1),
    ]))  # fmt: skip
    assert (found["Event"].days, found["Web form"].days) == (20, 90)
    assert (found["Event"].value_a_case, found["Web form"].value_a_case) == (8_000_00, 2_000_00)
    assert found["Event"].touches_a_win == 8
    assert found["Web form"].touches_a_win is None  # 20 touches tell nothing


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.booleans()), max_size=80))
def test_every_rate_lies_in_its_range_and_no_case_is_lost(drawn):
    found = source_yields([SourcedCase(source, won, DAY, DAY) for source, won in drawn])
    assert sum(one.closed for one in found.yields) == len(drawn)
    assert sum(one.won for one in found.yields) == sum(won for _, won in drawn)
    for one in found.yields:
        assert 0 <= one.low <= one.rate <= one.high <= 1
