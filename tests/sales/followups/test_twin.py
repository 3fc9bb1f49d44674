"""Twins: the same promise typed twice, in the same words or in ones that are alike."""

import pytest

from sales.followups.twin import Twin, twin_words

ROI = "email them the ROI sheet"


@pytest.mark.parametrize(
    ("typed", "twin"),
    [
        (ROI, Twin.SAME),
        ("Email them  the roi sheet", Twin.SAME),
        ("email them roi sheet", Twin.ALIKE),
        ("email them an ROI sheet.", Twin.ALIKE),
        ("email them the price list", None),
        ("call them", None),
    ],
)
def test_words_that_promise_the_same(typed, twin):
    assert twin_words(typed, ROI) is twin


def test_articles_alone_are_alike_to_nothing():
    assert twin_words("the", "a") is None
