"""Days and times as reps say them, on Tuesday 22 September 2026, 10:00 in New York."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sales.language.dates.instants import local_instant
from sales.language.dates.spoken.circumstances import Customs, DateForm, Facing
from sales.language.dates.spoken.reading import PastDate, SeveralDays, find_when
from sales.language.figures import day_and_time, long_day
from sales.refusal import Refusal

NOW = datetime(2026, 9, 22, 14, 0, tzinfo=UTC)
TODAY = date(2026, 9, 22)
ZONE = "America/New_York"


def said(text, **how):
    """The day and time found, as Rainmaker says them back; None where no day is named."""
    when = find_when(text, NOW, ZONE, **how)
    return when and day_and_time(when.day, when.at, TODAY, ZONE)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fri 3pm", "Fri 25 Sep, 15:00"),
        ("Friday", "Fri 25 Sep"),
        ("tomorrow at 9", "Wed 23 Sep, 09:00"),
        ("next tue 14:30", "Tue 29 Sep, 14:30"),
        ("next fri", "Fri 2 Oct"),
        ("in 2 weeks", "Tue 6 Oct"),
        ("in a couple of days", "Thu 24 Sep"),
        ("in 3 business days", "Fri 25 Sep"),
        ("2 weeks from friday", "Fri 9 Oct"),
        ("26 sep", "Sat 26 Sep"),
        ("9/26", "Sat 26 Sep"),
        ("26/9", "Sat 26 Sep"),
        ("26.9.", "Sat 26 Sep"),
        ("sept 26th, 2026", "Sat 26 Sep"),
        ("2026-09-26 15:00", "Sat 26 Sep, 15:00"),
        ("the 26th", "Sat 26 Sep"),
        ("end of month", "Wed 30 Sep"),
        ("eow", "Fri 25 Sep"),
        ("mid october", "Fri 16 Oct"),
        ("eod", "Tue 22 Sep"),
        ("friday eod", "Fri 25 Sep"),
        ("eod friday", "Fri 25 Sep"),
        ("tonight", "Tue 22 Sep, 18:00"),
        ("this afternoon", "Tue 22 Sep, 14:00"),
        ("this morning", "Tue 22 Sep"),
        ("monday morning", "Mon 28 Sep, 09:00"),
        ("tomorrow evening at 7", "Wed 23 Sep, 19:00"),
        ("in an hour", "Tue 22 Sep, 11:00"),
        ("in half an hour", "Tue 22 Sep, 10:30"),
        ("fri at 3", "Fri 25 Sep, 15:00"),
        ("fri 3:15", "Fri 25 Sep, 15:15"),
        ("fri 03:15", "Fri 25 Sep, 03:15"),
        ("fri 3-4pm", "Fri 25 Sep, 15:00"),
        ("fri 11-1pm", "Fri 25 Sep, 11:00"),
        ("fri 12am", "Fri 25 Sep, 00:00"),
        ("fri 3pm CET", "Fri 25 Sep, 09:00"),
        ("3pm", "Tue 22 Sep, 15:00"),
        ("9am", "Wed 23 Sep, 09:00"),
        ("tuesday", "Tue 29 Sep"),
        ("tue 3pm", "Tue 22 Sep, 15:00"),
        ("tue 9am", "Tue 29 Sep, 09:00"),
        ("this tuesday", "Tue 22 Sep"),
        ("5 jan", "Tue 5 Jan 2027"),
        ("29 feb", "Tue 29 Feb 2028"),
        ("meet Acme friday re pricing at 3pm", "Fri 25 Sep, 15:00"),
        ("tomorrow: prepare the 3pm demo", "Wed 23 Sep"),
        ("as said last friday, call tomorrow", "Wed 23 Sep"),
    ],
)
def test_a_day_reads_as_people_mean_it(typed, meant):
    assert said(typed) == meant


NO_DAYS = (
    "may|mar|2 meetings|Q4|24k|now|second"
    "|Sun Microsystems|Friday's deck|from Monday|I sat with Dana|monday.com"
    "|<@U123fri> hi|:sun: x|http://x.com/fri|24/7|13/13"
    "|dec|in december|at 9 Main Street|version 1.2.3|the 3rd call"
)


@pytest.mark.parametrize("words", [*re.split(r"\|", NO_DAYS), "", "\0"])
def test_ordinary_words_name_no_day(words):
    assert said(words) is None


@pytest.mark.parametrize(
    ("typed", "likely"),
    [
        ("Fri 18 Sep", "Fri 25 Sep"),
        ("18 sep", "Fri 25 Sep"),
        ("9/12", "Wed 9 Dec"),
        ("yesterday", "Wed 23 Sep"),
        ("last friday", "Fri 25 Sep"),
        ("3 days ago", "Sat 26 Sep"),
        ("today 9am", "Wed 23 Sep, 09:00"),
        ("2025-01-02", "Thu 24 Sep"),
    ],
)
def test_a_day_that_is_over_is_refused_with_the_likely_one(typed, likely):
    with pytest.raises(PastDate) as refused:
        find_when(f"Acme {typed}", NOW, ZONE)
    meant = refused.value.suggestion
    assert day_and_time(meant.day, meant.at, TODAY, ZONE) == likely
    assert refused.value.text.endswith(f"is in the past. Did you mean {likely}?")
    assert said(refused.value.example) == likely


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("31 feb", "There is no 31 Feb"),
        ("Mon 25 Sep", "is a Friday, not a Monday"),
        ("in 9 years", "five years"),
        ("in 999 weeks", "five years"),
        ("2020-01-01", "five years"),
    ],
)
def test_a_day_that_cannot_be_is_refused(typed, words):
    with pytest.raises(Refusal, match=words):
        find_when(typed, NOW, ZONE)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("yesterday", "Mon 21 Sep"),
        ("friday", "Fri 18 Sep"),
        ("tuesday", "Tue 22 Sep"),
        ("last tuesday", "Tue 15 Sep"),
        ("18 sep", "Fri 18 Sep"),
        ("28 dec", "Sun 28 Dec 2025"),
        ("3 days ago", "Sat 19 Sep"),
    ],
)
def test_facing_back_a_day_is_the_latest_one(typed, meant):
    assert said(typed, facing=Facing.BACK) == meant


def test_the_month_comes_first_where_both_orders_can_be_meant():
    assert said("10/9") == "Fri 9 Oct"


def test_the_end_of_the_quarter_follows_the_fiscal_year():
    assert said("end of quarter") == "Wed 30 Sep"
    assert said("end of quarter", customs=Customs(fiscal_year_start=2)) == "Sat 31 Oct"


def test_the_words_can_be_cut_from_the_sentence():
    sentence = "follow up with Acme on Friday about pricing at 3pm"
    when = find_when(sentence, NOW, ZONE)
    assert when.form is DateForm.WEEKDAY
    assert when.cut_from(sentence) == "follow up with Acme about pricing"


def test_a_time_the_clocks_skip_is_still_an_instant():
    before = datetime(2026, 3, 6, 15, tzinfo=UTC)
    when = find_when("sun 02:30", before, ZONE)
    assert when.at == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)


def test_the_day_is_the_local_one_across_the_date_line():
    when = find_when("tomorrow", datetime(2026, 9, 22, 23, 30, tzinfo=UTC), "Pacific/Auckland")
    assert when.day == date(2026, 9, 24)


@settings(deadline=None)
@given(days=st.integers(0, 1500), minute=st.integers(0, 1439), timed=st.booleans())
def test_a_day_said_back_reads_as_itself(days, minute, timed):
    day = TODAY + timedelta(days=days + 1)
    spoken = long_day(day, TODAY)
    if timed:
        wall = datetime.combine(day, time(minute // 60, minute % 60))
        at = local_instant(ZONE, wall.time(), day)
        assume(
            at.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None) == wall
        )  # in spring an hour of clocks is left out
        spoken = f"{spoken}, {minute // 60:02}:{minute % 60:02}"
    when = find_when(f"Acme {spoken} send it", NOW, ZONE)
    assert day_and_time(when.day, when.at, TODAY, ZONE) == spoken


WORDS = re.findall(
    r"\S+",
    "fri monday next last 3pm at 9 in 2 weeks 26 sep 31 feb 9/9/99 99/99 eod end of month tonight the 3rd 0 "
    "999 years ago from now may 00:00 24:00 12.13. 2026-13-45 , : – morning hour utc yesterday half an mid",
)


@settings(deadline=None)
@given(
    text=st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join),
    hours=st.integers(-200_000, 200_000),
    facing=st.sampled_from(Facing),
)
def test_whatever_is_typed_is_a_day_none_or_a_refusal(text, hours, facing):
    now = NOW + timedelta(hours=hours)
    with suppress(Refusal):
        when = find_when(text, now, ZONE, facing=facing)
        if when is not None:
            assert all(0 <= start < end <= len(text) for start, end in when.spans)
            assert when.at is None or when.at.tzinfo is UTC
            assert facing is Facing.BACK or when.at is None or when.at >= now


@pytest.mark.parametrize(
    ("typed", "today", "meant"),
    [
        ("in 1 month", date(2026, 1, 31), date(2026, 2, 28)),
        ("in a year", date(2024, 2, 29), date(2025, 2, 28)),
        ("in 13 months", date(2026, 12, 31), date(2028, 1, 31)),
        ("2 months ago", date(2026, 4, 30), date(2026, 2, 28)),
        ("in a fortnight", date(2026, 12, 25), date(2027, 1, 8)),
        ("the day before yesterday", date(2026, 3, 1), date(2026, 2, 27)),
    ],
)
def test_counting_keeps_to_the_days_that_a_month_has(typed, today, meant):
    when = find_when(typed, local_instant(ZONE, time(12), today), ZONE, facing=Facing.BACK)
    assert when is not None
    assert when.day == meant


def test_a_day_that_its_month_does_not_have_is_asked_about_with_the_two_beside_it():
    with pytest.raises(SeveralDays) as asked:
        find_when("Acme 31 sep 3pm send it", NOW, ZONE)
    assert asked.value.text.startswith("There is no 31 Sep.")
    assert [one.typed for one in asked.value.readings] == [
        "Acme Wed 30 Sep, 15:00 send it",
        "Acme Thu 1 Oct, 15:00 send it",
    ]
