"""Whom a name in a file stands for: in either order of first and last name, where exactly one goes by it."""

import pytest

from sales.people.directory import Directory
from sales.people.pseudonym import FORMER, name_mark, pseudonym_of

HERE = [("U1", "Ana Kovač", "ana@x.example"), ("U2", "Ben Ito", None), ("U3", "Jan van der Berg", None)]


@pytest.mark.parametrize(
    ("written", "who"),
    [
        ("Kovač, Ana", "U1"),
        ("KOVAC ANA", "U1"),
        ("Kovač,Ana", "U1"),
        ("Ito Ben", "U2"),
        ("van der Berg, Jan", "U3"),
        ("Berg Jan van der", "U3"),
        ("van der Berg Jan", "U3"),
        ("Kovač", None),
        ("Ana K.", None),
        (", Ana", None),
    ],
)
def test_a_name_may_have_its_last_part_first(written: str, who: str | None) -> None:
    assert Directory(HERE).find(written) == who


def test_a_name_that_two_may_go_by_is_nobodys() -> None:
    people = Directory([("U1", "Paul James", None), ("U2", "Paul James", None), ("U3", "James Paul", None)])
    assert people.find("James, Paul") is None
    assert people.find("James Paul") == people.find("Paul, James") == "U3"


def test_whoever_was_forgotten_is_known_again_in_either_order() -> None:
    gone = pseudonym_of("a1")
    people = Directory(HERE[1:], [("salt", name_mark("salt", "Ana Kovač"), gone)])
    assert people.find("Kovač, Ana") == people.find("Kovač Ana") == gone
    assert people.shown("Kovač, Ana") == FORMER
