"""Names one letter off: always found by one of the halves that the index has, and nothing else is near."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.language.names.descent import comparable
from sales.language.names.near import beginnings, halves, is_near, may_begin, may_end, nearest

LETTERS = "abcdeé ß"
NAMES = st.text(LETTERS, min_size=3, max_size=12).map(comparable).filter(lambda name: len(name) >= 3)


@st.composite
def slips(draw):
    """A name, and what it is with one letter more, less, another or two changed about."""
    name = draw(NAMES)
    at, letter = draw(st.integers(0, len(name) - 1)), draw(st.sampled_from("abcdeé"))
    kind = draw(st.sampled_from(["more", "less", "other", "about"]))
    if kind == "about":
        slip = name[:at] + name[at : at + 2][::-1] + name[at + 2 :]
    else:
        slip = name[:at] + ("" if kind == "less" else letter) + name[at + (kind != "more") :]
    return name, comparable(slip)


@given(slips())
def test_a_slip_leaves_a_half_by_which_the_name_is_found(pair):
    name, slip = pair
    if is_near(slip, name):
        begin, end = halves(name)
        assert begin in may_begin(slip) or end in may_end(slip)


@given(slips())
def test_being_near_goes_both_ways(pair):
    name, slip = pair
    assert is_near(name, slip) == is_near(slip, name)
    assert not is_near(name, name)


@pytest.mark.parametrize(
    ("typed", "known", "near"),
    [
        ("acmee", "acme", True),
        ("globx", "globex", True),
        ("vandelai", "vandelay", True),
        ("recdwood", "redwood", True),
        ("reddwod", "redwood", False),
        ("acme 1", "acme 2", False),
        ("acme", "acme", False),
    ],
)
def test_near_is_one_letter_or_two_changed_about(typed, known, near):
    assert is_near(typed, known) is near


def test_the_longest_name_that_is_near_is_meant():
    known = {comparable(name): name for name in ("Redwood", "Redwood Transport")}
    typed = beginnings("redwod transport fri visit")
    assert nearest(typed, known) == ("redwod transport", ["Redwood Transport"])
    assert nearest(beginnings("nobody fri visit"), known) == ("", [])
