"""What may be undone, to the second, and how it is said otherwise."""

from datetime import timedelta

import pytest

from sales.refusal import Refusal
from sales.undo import UNDO_FOR, may_undo
from tests.known import T0


def test_within_ten_minutes_it_may():
    may_undo("5 calls", T0, None, T0)
    may_undo("5 calls", T0, None, T0 + UNDO_FOR)


@pytest.mark.parametrize(
    ("undone_at", "later", "said"),
    [
        (T0, timedelta(), "“5 calls” is undone already."),
        (None, UNDO_FOR + timedelta(seconds=1), "“5 calls” was 10 minutes ago; undo works for 10 minutes."),
        (None, timedelta(hours=3), "“5 calls” was 3 hours ago"),
    ],
)
def test_otherwise_it_says_why_not(undone_at, later, said):
    with pytest.raises(Refusal) as refused:
        may_undo("5 calls", T0, undone_at, T0 + later)
    assert said in refused.value.text
