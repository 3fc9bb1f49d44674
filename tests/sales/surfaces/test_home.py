"""Who is shown what changes on App Home."""

from datetime import timedelta

import pytest

from sales.surfaces.home import in_view_lately, worth_noting
from tests.known import T0

HOUR, YEAR = timedelta(hours=1), timedelta(days=365)


@pytest.mark.parametrize(
    ("ago", "lately"),
    [(timedelta(), True), (8 * HOUR - timedelta(seconds=1), True), (8 * HOUR, False), (-YEAR, True)],
)
def test_home_follows_for_a_working_day_whatever_the_clock_did_since(ago, lately):
    assert in_view_lately(T0 - ago, T0) is lately


@pytest.mark.parametrize(
    ("ago", "noted"),
    [(timedelta(), False), (HOUR - timedelta(seconds=1), False), (HOUR, True), (-timedelta(seconds=1), True)],
)
def test_a_look_is_noted_once_an_hour_and_one_ahead_of_time_is_put_right(ago, noted):
    assert worth_noting(T0 - ago, T0) is noted


def test_whoever_never_had_it_in_view_is_shown_nothing_until_they_do():
    assert not in_view_lately(None, T0)
    assert worth_noting(None, T0)
