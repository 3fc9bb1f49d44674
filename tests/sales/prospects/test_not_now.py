"""Not now: which words put something off, and until when (#40)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.prospects.not_now import put_off_until, puts_off

SAID = date(2026, 9, 14)
LATER = timedelta(days=90)


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("not now, until 1 December", date(2026, 12, 1)),
        ("not now, again on 1 December", date(2026, 12, 1)),
        ("not yet, call back in spring", date(2027, 3, 1)),
        ("too early, next quarter", date(2026, 10, 1)),
        ("not now until october", date(2026, 10, 1)),
        ("ask again in March", date(2027, 3, 1)),
        ("not before Sept. 2027", date(2027, 9, 1)),
        ("not yet, they may buy", SAID + LATER),
        ("budget comes in Q2", date(2027, 4, 1)),
        ("not this year, next year", date(2027, 1, 1)),
        ("not now", SAID + LATER),
        ("timing", SAID + LATER),
        ("", SAID + LATER),
    ],
)
def test_the_day_is_the_one_that_was_named(words, until):
    assert put_off_until(words, SAID, LATER) == until


@pytest.mark.parametrize(
    "words", ["not now", "Not yet.", "too early for them", "ask again in March", "later"]
)
def test_words_that_put_off(words):
    assert puts_off(words)


@pytest.mark.parametrize("words", ["price", "no budget", "went to a competitor", "wrong person", ""])
def test_words_that_do_not(words):
    assert not puts_off(words)


@given(st.text(max_size=60))
def test_whatever_was_typed_it_is_a_later_day(words):
    assert put_off_until(words, SAID, LATER) > SAID
