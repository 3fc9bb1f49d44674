"""A leaderboard shows the next above and below, of three at least (7)."""

from hypothesis import given
from hypothesis import strategies as st

from sales.coaching.leaderboard import BoardPlace, neighbours


def places(*shares):
    return [BoardPlace(f"U{number}", f"Rep {number}", share) for number, share in enumerate(shares)]


def test_neighbours_are_the_next_above_and_below():
    found = neighbours(places(0.25, 0.05, 0.35, 0.15), "U0")
    assert (found.above.user_id, found.ahead, found.below.user_id, found.behind) == ("U2", 10, "U3", 10)


def test_the_first_and_the_last_have_one():
    assert neighbours(places(0.3, 0.2, 0.1), "U0").above is None
    assert neighbours(places(0.3, 0.2, 0.1), "U2").below is None


def test_of_two_it_is_none_nor_for_who_is_not_on_it():
    assert neighbours(places(0.3, 0.2), "U0") is None
    assert neighbours(places(0.3, 0.2, 0.1), "U9") is None


@given(st.lists(st.floats(0, 3), min_size=3, max_size=12))
def test_who_is_above_me_has_me_below(shares):
    every = places(*shares)
    for one in every:
        found = neighbours(every, one.user_id)
        if found.above is not None:
            assert neighbours(every, found.above.user_id).below.user_id == one.user_id
            assert found.ahead >= 0
