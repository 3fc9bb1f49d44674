"""Which lead a line begins with: the longest name wins, and what stands behind it is kept."""

from datetime import UTC, datetime

import pytest

from sales.prospects.lead import Lead
from sales.prospects.named_lead import beginnings, longest_match, spoken_with

T0 = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
LEADS = [
    Lead(name="Dana Roe", account="Alder Yard", came_at=T0),
    Lead(name="Dana Roe", account="Birch", came_at=T0),
    Lead(name="Dana", account="Cedar", came_at=T0),
    Lead(name="Elm & Sons", came_at=T0),
]


@pytest.mark.parametrize(
    ("typed", "firms", "rest"),
    [
        ("Dana Roe no budget", ["Alder Yard", "Birch"], "no budget"),
        ("Dana Roe at Birch, no budget", ["Birch"], "no budget"),
        ("dana roe, Alder Yard", ["Alder Yard"], ""),
        ("Dana wrong size", ["Cedar"], "wrong size"),
        ("Dana because of the size", ["Cedar"], "the size"),
        ("“Dana Roe” Birch", ["Birch"], ""),
        ("Elm & Sons: too small", [None], "too small"),
        ("Birch – no budget", ["Birch"], "no budget"),
        ("Zoe", [], ""),
    ],
)
def test_the_longest_name_wins(typed, firms, rest):
    found, left = longest_match(LEADS, beginnings(typed))
    assert ([one.account for one in found], left) == (firms, rest)


@pytest.mark.parametrize(
    ("who", "words", "sure", "maybe"),
    [
        ("Dana Roe", "spoke", ["Alder Yard", "Birch"], []),  # a namesake at each: as it was typed
        ("Birch", "spoke", ["Birch"], []),
        ("Dana Roe at Birch", "spoke", ["Birch"], []),
        ("Alder", "no answer", ["Alder Yard"], []),
        ("elm", "", [None], []),  # Elm & Sons, the firm itself
        ("dana", "", ["Cedar"], []),  # a whole name beats a beginning
        ("Al", "", [], []),  # no whole word
        ("Zoe", "", [], []),
    ],
)
def test_who_was_spoken_with_is_told_by_as_much_of_a_name_as_tells_it(who, words, sure, maybe):
    found = spoken_with(LEADS, who, words)
    assert ([one.account for one in found.sure], [one.account for one in found.maybe]) == (sure, maybe)


def test_a_first_name_that_two_have_is_nobodys():
    two = [Lead(name=name, account="Oak", came_at=T0) for name in ("Eva Roe", "Eva Poe")]
    assert spoken_with(two, "eva", "").sure == ()
    assert list(spoken_with(two, "eva", "").maybe) == two
