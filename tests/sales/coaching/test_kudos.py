"""Kudos: what somebody did in a line, and a few a day (7)."""

import pytest

from sales.coaching.kudos import LONGEST_DEED, MOST_A_DAY, check_room, read_deed
from sales.refusal import Refusal


@pytest.mark.parametrize(
    ("typed", "deed"),
    [
        ("for calling back", "for calling back"),
        ("  For: calling back.", "for calling back"),
        ("thanks for calling back", "for calling back"),
        ("calling\nback", "calling back"),
        ("forwarding the offer", "forwarding the offer"),
        ("for forty calls", "for forty calls"),
    ],
)
def test_a_deed_is_read_with_the_word_that_joins_it(typed, deed):
    assert read_deed(typed) == deed


@pytest.mark.parametrize("typed", ["", " for ", "for .", "x" * (LONGEST_DEED + 1)])
def test_nothing_and_too_much_are_refused(typed):
    with pytest.raises(Refusal):
        read_deed(typed)


def test_a_channel_has_room_for_a_few():
    check_room(MOST_A_DAY - 1, "Ben")
    with pytest.raises(Refusal, match="Ben yourself"):
        check_room(MOST_A_DAY, "Ben")
