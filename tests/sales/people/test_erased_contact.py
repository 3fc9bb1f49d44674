"""Who was erased is known again by name or address, in any spelling; and nothing of them can be read."""

from datetime import date

import pytest

from sales.people.erased_contact import ErasedContacts, told_erased, without_again
from sales.people.pseudonym import name_mark

DAY = date(2026, 3, 3)
KNOWN = ErasedContacts("s", {name_mark("s", one): DAY for one in ("Dana Röe", "dana@alder.example")})


@pytest.mark.parametrize(
    ("names", "on"),
    [
        (("dana roe", ""), DAY),
        (("Somebody", "Dana@Alder.example"), DAY),
        (("Dana Poe", "dana@birch.example"), None),
        (("", ""), None),
    ],
)
def test_they_are_known_by_name_or_address(names, on):
    assert KNOWN.on(names) == on
    assert ErasedContacts().on(names) is None


def test_another_secret_knows_nobody():
    assert ErasedContacts("t", KNOWN.days).on(("Dana Röe",)) is None


@pytest.mark.parametrize(
    ("typed", "rest", "said"),
    [
        ("--again Dana Roe at Alder", "Dana Roe at Alder", True),
        ("Dana Roe --again", "Dana Roe", True),
        ("--again another: Dana", "another: Dana", True),
        ("Dana --againer", "Dana --againer", False),
        ("Dana Roe", "Dana Roe", False),
    ],
)
def test_the_word_that_takes_them_again(typed, rest, said):
    assert without_again(typed) == (rest, said)


def test_what_is_said_has_no_name():
    assert told_erased(DAY) == "was erased on Tue 3 Mar 2026; --again takes them"
