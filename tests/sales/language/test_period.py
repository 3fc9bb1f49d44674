"""Periods: what they are called, what follows what, and what people type."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.language.dates.deadline import named_period
from sales.language.dates.period import (
    Period,
    PeriodKind,
    custom_period,
    fiscal_year,
    fiscal_year_of,
    next_period,
    period_containing,
    previous_period,
    quarter,
    span,
)
from sales.language.dates.period_phrase import parse_period
from sales.refusal import Refusal

TODAY = date(2017, 9, 20)
NAMED = st.sampled_from([PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.FISCAL_YEAR])
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("kind", "starts", "label", "first", "last"),
    [
        (PeriodKind.MONTH, 1, "September 2017", date(2017, 9, 1), date(2017, 9, 30)),
        (PeriodKind.QUARTER, 1, "Q3 2017", date(2017, 7, 1), date(2017, 9, 30)),
        (PeriodKind.FISCAL_YEAR, 1, "2017", date(2017, 1, 1), date(2017, 12, 31)),
        (PeriodKind.MONTH, 7, "September 2017", date(2017, 9, 1), date(2017, 9, 30)),
        (PeriodKind.QUARTER, 7, "Q1 FY2018", date(2017, 7, 1), date(2017, 9, 30)),
        (PeriodKind.FISCAL_YEAR, 7, "FY2018", date(2017, 7, 1), date(2018, 6, 30)),
        (PeriodKind.QUARTER, 2, "Q3 FY2018", date(2017, 8, 1), date(2017, 10, 31)),
        (PeriodKind.FISCAL_YEAR, 12, "FY2017", date(2016, 12, 1), date(2017, 11, 30)),
    ],
)
def test_periods_around_20_september_2017(kind, starts, label, first, last):
    assert period_containing(kind, TODAY, starts) == Period(kind, first, last, label)


def test_a_quarter_may_run_across_the_new_year():
    period = period_containing(PeriodKind.QUARTER, date(2018, 1, 15), 12)
    assert (period.start, period.end, period.label) == (date(2017, 12, 1), date(2018, 2, 28), "Q1 FY2018")


def test_a_custom_period_around_a_day_is_refused():
    with pytest.raises(Refusal, match="first and last day"):
        period_containing(PeriodKind.CUSTOM, TODAY)


def test_custom_periods_are_called_by_their_dates():
    assert custom_period(date(2017, 10, 1), date(2017, 12, 15)).label == "1 Oct – 15 Dec 2017"
    assert custom_period(date(2017, 11, 1), date(2018, 1, 15)).label == "1 Nov 2017 – 15 Jan 2018"
    assert custom_period(date(2017, 11, 1), date(2017, 11, 1)).label == "1 Nov 2017"
    assert custom_period(date(2017, 10, 1), date(2017, 12, 15)).days == 76


def test_a_period_that_ends_before_it_starts_is_refused_with_the_mend():
    with pytest.raises(Refusal) as refused:
        custom_period(date(2017, 12, 15), date(2017, 10, 1))
    assert refused.value.example == "1 Oct 2017 to 15 Dec 2017"


def test_a_span_that_has_a_common_name_gets_it():
    assert span(date(2017, 10, 1), date(2017, 12, 31)).label == "Q4 2017"
    assert span(date(2017, 10, 1), date(2017, 12, 31), 7).label == "Q2 FY2018"
    assert span(date(2017, 10, 2), date(2017, 12, 31)).kind is PeriodKind.CUSTOM


def test_custom_periods_follow_each_other_at_equal_length():
    period = custom_period(date(2017, 10, 1), date(2017, 10, 10))
    assert next_period(period) == custom_period(date(2017, 10, 11), date(2017, 10, 20))
    assert previous_period(next_period(period)) == period


def test_a_period_holds_both_of_its_ends():
    period = quarter(4, 2017)
    assert period.holds(date(2017, 10, 1))
    assert period.holds(date(2017, 12, 31))
    assert not period.holds(date(2018, 1, 1))


@given(kind=NAMED, day=DAYS, starts=st.integers(1, 12))
def test_periods_tile_the_calendar(kind, day, starts):
    period = period_containing(kind, day, starts)
    after, before = next_period(period, starts), previous_period(period, starts)
    assert period.holds(day)
    assert after.start - period.end == period.start - before.end == timedelta(days=1)
    assert previous_period(after, starts) == next_period(before, starts) == period


@given(day=DAYS, starts=st.integers(1, 12))
def test_a_fiscal_year_is_called_by_the_year_in_which_it_ends(day, starts):
    year = fiscal_year_of(day, starts)
    assert fiscal_year(year, starts).holds(day)
    assert fiscal_year(year, starts).end.year == year
    quarters = [quarter(number, year, starts) for number in (1, 2, 3, 4)]
    assert quarters[0].start == fiscal_year(year, starts).start
    assert quarters[3].end == fiscal_year(year, starts).end
    assert sum(one.holds(day) for one in quarters) == 1


@given(kind=NAMED, day=DAYS, starts=st.integers(1, 12))
def test_every_label_can_be_typed_back(kind, day, starts):
    period = period_containing(kind, day, starts)
    assert parse_period(period.label, TODAY, starts) == period


@given(first=DAYS, length=st.integers(0, 700))
def test_every_custom_label_can_be_typed_back(first, length):
    period = custom_period(first, first + timedelta(length))
    if length:
        assert parse_period(period.label, TODAY) == span(period.start, period.end)


PIECES = st.sampled_from(["this", "next", "last", "the", "of", "in", "fiscal", "fy", "year", "month"]) | (
    st.sampled_from(
        ["quarter", "q1", "q4", "18", "'17", "2017", "2018", "0", "31", "29", "1st", "feb", "dec"]
    )
    | st.sampled_from(["sept.", "today", "to", "-", "..", "–", "from", "and", "2017-02-30", "9999", "0000"])
)
TYPED = st.text(max_size=40) | st.lists(PIECES, max_size=7).map(" ".join) | st.lists(PIECES).map("".join)


@given(text=TYPED, day=DAYS, starts=st.integers(1, 12))
def test_any_text_is_a_period_or_none(text, day, starts):
    try:
        period = parse_period(text, day, starts)
    except Refusal:
        return
    assert period is None or period.start <= period.end


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("this quarter", "Q3 2017"),
        ("next month", "October 2017"),
        ("the next quarter", "Q4 2017"),
        ("last year", "2016"),
        ("this fiscal year", "2017"),
        ("q4", "Q4 2017"),
        ("Q1", "Q1 2018"),
        ("Q3", "Q3 2017"),
        ("Q1 2018", "Q1 2018"),
        ("2017Q4", "Q4 2017"),
        ("q1 '18", "Q1 2018"),
        ("september", "September 2017"),
        ("August", "August 2018"),
        ("for sept. 2016", "September 2016"),
        ("2017-10", "October 2017"),
        ("2018", "2018"),
        ("FY18", "2018"),
        ("1 oct to 15 dec 2017", "1 Oct – 15 Dec 2017"),
        ("from October 1st until December 15th, 2017", "1 Oct – 15 Dec 2017"),
        ("Oct 1 - Dec 15", "1 Oct – 15 Dec 2017"),
        ("2017-10-01..2017-12-15", "1 Oct – 15 Dec 2017"),
        ("1 nov to 15 jan", "1 Nov 2017 – 15 Jan 2018"),
        ("30 dec 2017 to 2 jan", "30 Dec 2017 – 2 Jan 2018"),
        ("15 nov to 3 jan 2018", "15 Nov 2017 – 3 Jan 2018"),
        ("between january and march", "Q1 2018"),
        ("today to 31 dec", "20 Sep – 31 Dec 2017"),
        ("1 aug to 20 sep", "1 Aug – 20 Sep 2017"),
        ("1 aug to 19 sep", "1 Aug – 19 Sep 2018"),
    ],
)
def test_what_people_type(text, label):
    period = parse_period(text, TODAY)
    assert period is not None
    assert period.label == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("q4", "Q4 FY2018"),
        ("q1 2018", "Q1 FY2018"),
        ("2018", "FY2018"),
        ("this year", "FY2018"),
        ("2017Q4", "Q4 FY2017"),
        ("october to december", "Q2 FY2018"),
        ("september", "September 2017"),
    ],
)
def test_what_people_type_where_the_year_starts_in_july(text, label):
    period = parse_period(text, TODAY, 7)
    assert period is not None
    assert period.label == label


@pytest.mark.parametrize(
    "text", ["", "banana", "q5", "2017-13", "31 feb to 3 mar 2017", "9999", "sept 17", "1/2 to 3/4", "next"]
)
def test_what_names_no_period(text):
    assert parse_period(text, TODAY) is None


def test_two_dates_the_wrong_way_round_are_refused():
    with pytest.raises(Refusal, match="earlier date first"):
        parse_period("15 dec 2017 to 1 oct 2017", date(2017, 9, 20))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("next week", date(2026, 9, 21), date(2026, 9, 27)),
        ("this wk", date(2026, 9, 14), date(2026, 9, 20)),
        ("oct-dec", date(2026, 10, 1), date(2026, 12, 31)),
        ("21-25 sept", date(2026, 9, 21), date(2026, 9, 25)),
        ("thu to mon", date(2026, 9, 17), date(2026, 9, 21)),
        ("tomorrow and wed", date(2026, 9, 15), date(2026, 9, 16)),
        ("this quater", date(2026, 7, 1), date(2026, 9, 30)),
        ("nxt quarter", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_periods_of_people_who_type_fast(text, first, last):
    period = parse_period(text, date(2026, 9, 14))
    assert period is not None
    assert (period.start, period.end) == (first, last)


def test_a_month_is_read_in_the_persons_tongue():
    period = parse_period("oktober", date(2026, 9, 14), locale="de-DE")
    assert period is not None
    assert period.label == "October 2026"


def test_a_span_begins_before_the_weekday_it_ends_on():
    period = parse_period("fri to thu", date(2026, 9, 14))
    assert period is not None
    assert (period.start, period.end) == (date(2026, 9, 18), date(2026, 9, 24))


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("by end of november", date(2026, 9, 14), date(2026, 11, 30)),
        ("until 18 dec", date(2026, 9, 14), date(2026, 12, 18)),
        ("next quarter", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_is_named_by_its_end_too(words, first, last):
    assert named_period(words, date(2026, 9, 14)) == span(first, last)


def test_where_only_the_end_matters_a_period_that_has_begun_is_whole():
    begun = named_period("rest of the quarter", date(2026, 9, 14), whole=True)
    assert begun == quarter(3, 2026)
