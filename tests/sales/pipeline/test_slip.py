"""A value far above all others is asked about, with what was probably meant."""

import pytest

from sales.pipeline.opportunity_phrase import DealAction, DealDraft
from sales.pipeline.slip import likely_value, slip_of

LARGEST = 200_000_00


def draft(dollars, **more):
    return DealDraft(DealAction.CREATE, "Acme", None, dollars * 100, currency="USD", **more)


@pytest.mark.parametrize(
    ("typed", "dollars", "labels"),
    [
        ("24m", 24_000_000, ["Acme, $24,000", "Acme, $24,000,000"]),
        ("2500000", 2_500_000, ["Acme, $250,000", "Acme, $2,500,000"]),
        ("$2,000,000", 2_000_000, ["Acme, $200,000", "Acme, $2,000,000"]),
        ("10 trillion", 10**13, ["Acme, $10,000,000,000,000"]),
    ],
)
def test_ten_times_the_largest_deal_is_asked_about(typed, dollars, labels):
    question = slip_of(draft(dollars), LARGEST, f"acme {typed}")
    assert [one.label for one in question.readings] == labels
    assert question.text.endswith("?")
    assert question.readings[-1].typed.endswith("as typed")


@pytest.mark.parametrize(
    ("dollars", "largest"), [(1_999_999, LARGEST), (1_200_000, LARGEST), (24_000_000, 0)]
)
def test_less_or_a_first_deal_is_not(dollars, largest):
    assert slip_of(draft(dollars), largest, "acme 24m") is None


def test_a_likely_value_is_one_that_would_not_be_asked_about():
    for value in (24_000_000_00, 2_500_000_00, 9_999_999_999_00):
        for in_millions in (True, False):
            likely = likely_value(value, LARGEST, in_millions=in_millions)
            assert likely is None or slip_of(draft(likely // 100), LARGEST, "") is None
