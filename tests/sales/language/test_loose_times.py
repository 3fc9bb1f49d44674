"""Times that are such only beside a day, and what hedges a day: on Monday 14 September 2026, 11:00 in Ljubljana."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.language.dates.instants import place
from sales.language.dates.spoken.circumstances import Facing
from sales.language.dates.spoken.reading import SeveralDays, find_when
from sales.language.figures import day_and_time
from tests.linear import grows_linearly

NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
TODAY = date(2026, 9, 14)
ZONE = "Europe/Ljubljana"


def said(text, **how):
    """The day found as Rainmaker says it back, and what is left of the sentence."""
    when = find_when(text, NOW, ZONE, **how)
    return when and (day_and_time(when.day, when.at, TODAY, ZONE), when.cut_from(text))


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("14.30", "14:30"),
        ("1430", "14:30"),
        ("0900", "09:00"),
        ("930", "09:30"),
        ("930am", "09:30"),
        ("930-10", "09:30"),
        ("15 uhr", "15:00"),
        ("5p", "17:00"),
        ("9a", "09:00"),
        ("9-10", "09:00"),
        ("2-3", "14:00"),
        ("13-14", "13:00"),
        ("from 9 to 11", "09:00"),
        ("between 2 and 3", "14:00"),
        ("2pm to 3:30", "14:00"),
        ("half nine", "09:30"),
        ("half 4", "16:30"),
        ("ten to five", "16:50"),
        ("20 to 4", "15:40"),
        ("noonish", "12:00"),
        ("after lunch", "13:00"),
        ("around 4", "16:00"),
        ("b4 noon", "12:00"),
    ],
)
def test_a_loose_time_is_one_beside_a_day_on_either_side_of_it(typed, at):
    assert said(f"thu {typed} call") == (f"Thu 17 Sep, {at}", "call")
    assert said(f"{typed} thu call") == (f"Thu 17 Sep, {at}", "call")


@pytest.mark.parametrize(
    ("typed", "at"),
    [("tomorrow morning 9", "09:00"), ("9 tomorrow morning", "09:00"), ("tomorrow afternoon 3", "15:00")],
)
def test_a_number_beside_a_part_of_the_day_is_its_hour(typed, at):
    assert said(f"{typed} call") == (f"Tue 15 Sep, {at}", "call")


@pytest.mark.parametrize(
    "task",
    [
        "send version 14.30",
        "price 1430",
        "rate it 9-10",
        "1500 leads list",
        "1500 usd quote",
        "930 seats",
        "2-3 demos",
        "2-pager",
        "50/50 split",
        "10% off",
    ],
)
def test_the_same_figures_away_from_the_day_or_counting_something_are_the_task(task):
    assert said(f"thu send {task}") == ("Thu 17 Sep", f"send {task}")
    assert said(f"thu {task}") == ("Thu 17 Sep", task)


@pytest.mark.parametrize(
    "typed", ["thu 10 to 4 call", "thu midnight call", "monday week call", "friday next: call"]
)
def test_what_can_be_two_times_or_days_is_asked_about(typed):
    with pytest.raises(SeveralDays) as asked:
        find_when(typed, NOW, ZONE)
    assert len(asked.value.alternatives) == 2


@pytest.mark.parametrize(
    "typed",
    [
        "late friday",
        "sometime friday",
        "at some point fri",
        "friday latest",
        "fri at the latest",
        "friday at some point",
        "fri if possible",
        "fri coming",
        "friday this week",
        "this week friday",
        "b4 fri",
    ],
)
def test_what_hedges_a_day_belongs_to_it(typed):
    assert said(f"{typed} send x") == ("Fri 18 Sep", "send x")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("in a week or so", "Mon 21 Sep"),
        ("week of 28 sep", "Mon 28 Sep"),
        ("w/c 28 sep", "Mon 28 Sep"),
        ("fortnight today", "Mon 28 Sep"),
        ("nxt wk wed", "Wed 23 Sep"),
        ("later today", "Mon 14 Sep"),
    ],
)
def test_weeks_in_few_letters(typed, meant):
    found = said(f"{typed} call")
    assert found is not None
    assert found[0].startswith(meant)
    assert found[1] == "call"


def test_a_time_is_loose_only_for_what_is_to_come():
    assert said("yesterday 1430", facing=Facing.BACK) == ("Sun 13 Sep", "1430")
    assert said("12k closes 30 oct 1500", closing=True) == ("Fri 30 Oct", "12k closes 1500")


@given(hour=st.integers(13, 23), minute=st.sampled_from((0, 15, 30, 45)), ahead=st.integers(1, 6))
def test_a_time_in_four_figures_is_that_time(hour, minute, ahead):
    day = TODAY + timedelta(days=ahead)
    if hour == 20:
        hour = 19  # 2030 may be a year
    when = find_when(f"{day:%A} {hour:02d}{minute:02d} call", NOW, ZONE)
    assert when is not None
    assert when.at == datetime(day.year, day.month, day.day, hour, minute, tzinfo=place(ZONE))


@pytest.mark.parametrize(
    "unit",
    [
        "thu 9-",
        "10 to ",
        "half ",
        "from 9 to ",
        "1430-",
        "9 in the ",
        "between 2 and ",
        "~4 ",
        "9 or ",
        "9/ ",
        "thu 9 or ",
        "thu 9, ",
        "at 3 or 4, ",
    ],
)
def test_hostile_times_take_no_more_work_than_their_length(unit):
    assert grows_linearly(lambda text: find_when(text, NOW, ZONE), unit)
