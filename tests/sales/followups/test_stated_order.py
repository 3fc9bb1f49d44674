"""What a line may ask of an open follow-up, however it is put."""

import pytest

from sales.followups.stated_order import LISTS, stated_order
from tests.linear import grows_linearly


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("Acme done", ("done", "Acme")),
        ("Acme contract is done!", ("done", "Acme contract")),
        ("complete Acme", ("done", "Acme")),
        ("cancel Acme", ("drop", "Acme")),
        ("Acme cancelled", ("drop", "Acme")),
        ("push Acme to next friday", ("move", "Acme to next friday")),
        ("Acme snooze 2 days", ("move", "Acme 2 days")),
        ("Acme move to thursday", ("move", "Acme to thursday")),
        ("Acme fri send the deck", None),
        ("push the pricing with Acme friday", None),
    ],
)
def test_an_order_is_found_at_either_end(typed, order):
    assert stated_order(typed) == order


def test_a_list_is_asked_for_in_a_word():
    assert all(LISTS.fullmatch(word) for word in ("ls", "show", "all", "mine", "show all"))
    assert not LISTS.fullmatch("show Acme the deck fri")


@pytest.mark.parametrize("piece", ["a ", "move to ", "is done ", "push a to "])
def test_nothing_hangs(piece):
    assert grows_linearly(stated_order, piece, short=2_500)
