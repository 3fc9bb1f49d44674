"""The reality check: from which share on it is asked, and what two numbers can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.craft.evidence import LEAST_TOUCHES, MAIL_LINE, InboxCheck, mail_share, read_counts, read_line
from sales.followups.activity import ActivityKind
from sales.refusal import Refusal

FIELDS = ("received", "answered")


def test_mails_and_proposals_are_mail_and_what_is_no_touch_is_none():
    found = mail_share(
        {ActivityKind.EMAIL: 40, ActivityKind.PROPOSAL: 5, ActivityKind.CALL: 5, ActivityKind.REFERRAL_ASK: 9}
    )
    assert (found.mails, found.touches) == (45, 50)
    assert found.is_over(MAIL_LINE)
    assert not found.is_over(90)


@given(st.integers(0, 400), st.integers(0, 400), st.integers(1, 100))
def test_it_is_asked_only_over_the_line_and_of_enough(mails, calls, line):
    found = mail_share({ActivityKind.EMAIL: mails, ActivityKind.CALL: calls})
    assert found.is_over(line) == (mails + calls >= LEAST_TOUCHES and mails / (mails + calls) > line / 100)
    assert 0 <= found.share <= 1


def test_it_is_asked_once():
    assert InboxCheck().may_be_asked
    assert not InboxCheck(asked_on="2026-09-14").may_be_asked
    assert not InboxCheck(received=40, answered=2).may_be_asked


def test_nought_of_nought_is_no_share():
    assert InboxCheck(received=0, answered=0).share is None
    assert InboxCheck().share is None
    assert InboxCheck(received=40, answered=2).share == 0.05


@pytest.mark.parametrize(
    ("received", "answered", "field"),
    [("2", "40", "answered"), ("-3", "0", "received"), ("many", "2", "received"), ("4", "", "answered"),
     ("1.5", "1", "received"), ("10001", "1", "received")],
)  # fmt: skip
def test_numbers_that_cannot_be(received, answered, field):
    with pytest.raises(Refusal) as refused:
        read_counts(received, answered, FIELDS)
    assert refused.value.field == field


def test_numbers_as_they_are_typed():
    assert read_counts(" 140 ", "2", FIELDS) == (140, 2)
    assert read_line(" 85 % ", "share") == 85
    with pytest.raises(Refusal):
        read_line("0", "share")
