"""How follow-ups repeat: which day comes next, how it is said, and that nothing is lost where it is stored."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.followups.followup_phrase import Incomplete, read_followup
from sales.followups.recurrence import LAST, RepeatPattern, day_of_month, nth_weekday, read_stored
from sales.refusal import Refusal

NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
HERE = "Europe/Ljubljana"
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))

UNTIL = st.none() | DAYS
AT = st.none() | st.builds(time, st.integers(0, 23), st.integers(0, 59))
NTH = st.sampled_from([1, 2, 3, 4, LAST])
PATTERNS = st.one_of(
    st.tuples(st.integers(1, 52), st.just(False), st.integers(0, 6), st.just(0), AT, UNTIL),
    st.tuples(st.integers(1, 12), st.just(True), st.integers(1, 31), st.just(0), AT, UNTIL),
    st.tuples(st.integers(1, 12), st.just(True), st.integers(0, 6), NTH, AT, UNTIL),
).map(RepeatPattern._make)


def first_of(pattern: RepeatPattern, day: date) -> date:
    if not pattern.monthly:
        return day + timedelta(days=(pattern.on - day.weekday()) % 7)
    return nth_weekday(day, pattern.on, pattern.nth) if pattern.nth else day_of_month(day, pattern.on)


@given(PATTERNS)
def test_what_is_stored_is_read_back(pattern):
    assert read_stored(pattern.stored()) == pattern


@given(PATTERNS, DAYS, st.integers(0, 400))
def test_the_next_day_is_later_on_the_pattern_and_not_over(pattern, day, late):
    first = first_of(pattern, day)
    today = first + timedelta(days=late)
    following = pattern._replace(until=None).after(first, today)
    assert following > first
    assert following >= today
    assert first_of(pattern, following) == following
    assert pattern._replace(until=following - timedelta(days=1)).after(first, today) is None


@pytest.mark.parametrize(
    ("typed", "words", "first", "what"),
    [
        ("globex every friday pipeline check", "every Friday", date(2026, 9, 18), "pipeline check"),
        ("globex pipeline check every fri", "every Friday", date(2026, 9, 18), "pipeline check"),
        ("Acme every other tues sync", "every other Tuesday", date(2026, 9, 15), "sync"),
        ("Acme fortnightly on tues sync", "every other Tuesday", date(2026, 9, 15), "sync"),
        ("Acme weekly on friday sync", "every Friday", date(2026, 9, 18), "sync"),
        ("Acme on fridays sync", "every Friday", date(2026, 9, 18), "sync"),
        ("Acme sync fri weekly", "every Friday", date(2026, 9, 18), "sync"),
        ("Acme every 3 weeks on wed sync", "every 3 weeks on Wednesday", date(2026, 9, 16), "sync"),
        ("Acme every month on 1 oct send it", "every month on the 1st", date(2026, 10, 1), "send it"),
        ("Acme quarterly from 1 oct send it", "every 3 months on the 1st", date(2026, 10, 1), "send it"),
        (
            "Acme every last friday of the month send it",
            "every month on the last Friday",
            date(2026, 9, 25),
            "send it",
        ),
        (
            "Acme first monday of every month send it",
            "every month on the first Monday",
            date(2026, 10, 5),
            "send it",
        ),
        (
            "Acme every thu until 31 oct check in",
            "every Thursday until Sat 31 Oct 2026",
            date(2026, 9, 17),
            "check in",
        ),
    ],
)
def test_a_pattern_is_read_from_a_sentence(typed, words, first, what):
    draft = read_followup(typed, NOW, HERE, ["Acme"])
    assert (draft.repeats.words, draft.when.day, draft.what) == (words, first, what)


def test_the_time_is_kept_with_the_pattern():
    draft = read_followup("Acme every fri 3pm call", NOW, HERE)
    assert draft.repeats.at == time(15)


@pytest.mark.parametrize(
    "typed",
    ["Acme fri send the weekly report", "Acme on weds send it", "Acme fri send each team the monthly plan"],
)
def test_what_is_only_called_weekly_comes_once(typed):
    assert read_followup(typed, NOW, HERE, ["Acme"]).repeats is None


def test_what_may_be_called_weekly_or_come_weekly_is_asked_about():
    with pytest.raises(Refusal) as asked:
        read_followup("Acme fri weekly call", NOW, HERE, ["Acme"])
    again, once = (read_followup(one.typed, NOW, HERE) for one in asked.value.readings)
    assert (again.repeats.words, again.what) == ("every Friday", "call")
    assert (once.repeats, once.what) == (None, "weekly call")


def test_weekly_without_a_day_asks_for_one_and_stays_weekly():
    with pytest.raises(Incomplete) as missing:
        read_followup("Acme send the report every week until 31 oct", NOW, HERE, ["Acme"])
    draft = read_followup(missing.value.on("Tue 15 Sep 2026"), NOW, HERE)
    assert draft.repeats.words == "every Tuesday until Sat 31 Oct 2026"
    assert draft.what == "send the report"


@pytest.mark.parametrize(
    "typed", ["Acme every day call", "Acme daily call", "Acme every 90 weeks on fri call"]
)
def test_what_cannot_repeat_so_is_refused(typed):
    with pytest.raises(Refusal):
        read_followup(typed, NOW, HERE)


def test_how_often_is_said_twice_without_doubt():
    draft = read_followup("Acme weekly on thursdays review", NOW, HERE, ["Acme"])
    assert draft.what == "review"
    assert draft.repeats == RepeatPattern(1, False, 3)
    other = read_followup("Acme every 2 weeks on fridays sync", NOW, HERE, ["Acme"])
    assert other.repeats == RepeatPattern(2, False, 4)


@pytest.mark.parametrize("typed", ["Acme monthly on mondays sync", "Acme every fri till xmas status"])
def test_a_pattern_or_an_end_that_is_not_read_is_no_task(typed):
    with pytest.raises(Refusal) as refused:
        read_followup(typed, NOW, HERE, ["Acme"])
    assert refused.value.text.endswith(("?", "”."))


@given(times=st.integers(1, 20), weeks=st.sampled_from(["for {} weeks", "x{}", "{} times"]))
def test_it_comes_as_often_as_was_said(times, weeks):
    draft = read_followup(f"Acme every friday {weeks.format(times)} sync", NOW, HERE, ["Acme"])
    assert draft.what == "sync"
    assert draft.repeats is not None
    assert draft.repeats.until is not None
    days = (draft.repeats.until - draft.when.day).days
    assert days // 7 + 1 == times
