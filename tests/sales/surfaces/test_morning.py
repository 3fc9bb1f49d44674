"""Mornings: the note comes once quiet hours are over, with room for each person's own minutes."""

from datetime import time

from hypothesis import assume, given
from hypothesis import strategies as st

from sales.people.hours import check_quiet_hours, fits
from sales.people.team import Team
from sales.refusal import Refusal
from sales.surfaces.morning import MORNING_AT, morning_at

CLOCKS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))


def test_it_comes_at_half_past_eight_where_nothing_is_against_it():
    assert morning_at(Team(name="Field")) == MORNING_AT
    assert morning_at(Team(name="Field", quiet_until=time(9, 0))) == time(9, 5)


@given(CLOCKS, CLOCKS)
def test_it_never_comes_in_quiet_hours(quiet_from, quiet_until):
    try:
        check_quiet_hours(quiet_from, quiet_until)
    except Refusal:
        assume(False)
    assert fits(
        morning_at(Team(name="Field", quiet_from=quiet_from, quiet_until=quiet_until)),
        quiet_from,
        quiet_until,
    )
