"""A check's record: right by what was lost, and silent by itself once it foretells nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.audit.check import CheckRecord, is_retired


@pytest.mark.parametrize(
    ("resolved", "won", "retired"),
    [
        (29, 29, False),  # too few to say anything
        (30, 30, True),
        (30, 18, True),  # as often as the others
        (30, 15, True),  # fewer, and chance makes as much
        (30, 13, False),  # surely fewer than six in ten
        (300, 165, True),  # chance makes as much one time in twenty
        (300, 160, False),
        (334, 0, False),
        (30, 0, False),
    ],
)
def test_a_check_retires_from_thirty_on_unless_its_deals_were_surely_won_less_often(resolved, won, retired):
    record = CheckRecord(resolved, won, others=1_000, others_won=600)
    assert is_retired(record) is retired
    assert record.right == resolved - won


@given(
    resolved=st.integers(30, 500),
    share=st.floats(0, 1),
    others=st.integers(0, 5_000),
    of_others=st.floats(0, 1),
)
def test_fewer_wins_never_make_a_check_retire(resolved, share, others, of_others):
    won = round(resolved * share)
    rest = {"others": others, "others_won": round(others * of_others)}
    if won and is_retired(CheckRecord(resolved, won - 1, **rest)):
        assert is_retired(CheckRecord(resolved, won, **rest))
