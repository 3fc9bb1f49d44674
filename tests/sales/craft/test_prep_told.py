"""Who is told in one line, and what tells nothing (#17)."""

import pytest

from sales.craft.prep.person_told import PersonTold, read_person, written
from sales.craft.prep.told_nothing import answers_nothing, tells_nothing
from sales.pipeline.deal_contact import DealContact


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Dana Poe", PersonTold("Dana Poe")),
        ("Dana Poe, CFO", PersonTold("Dana Poe", "CFO")),
        (" Dana Poe (CFO) ", PersonTold("Dana Poe", "CFO")),
        ("Dana Poe, CFO, decides", PersonTold("Dana Poe", "CFO", decides=True)),
        ("Dana Poe, she decides.", PersonTold("Dana Poe", "", decides=True)),
        ("Dana Poe, Head of Finance, Europe", PersonTold("Dana Poe", "Head of Finance, Europe")),
        ("", PersonTold("")),
    ],
)
def test_a_line_says_who_it_is_and_what_they_are(typed, told):
    assert read_person(typed) == told


def test_what_stands_in_the_form_reads_as_it_was():
    one = DealContact(opportunity_id=1, name="Dana Poe", role="CFO, Europe")
    assert read_person(written(one)) == PersonTold("Dana Poe", "CFO, Europe")


@pytest.mark.parametrize("text", ["dunno", "No.", "n/a", "I don't know", "tbd", "???", "None", ""])
def test_that_says_nothing(text):
    assert tells_nothing(text)


@pytest.mark.parametrize("text", ["no forklift until May", "40 hours", "Nothing arrives before ten", "Legal"])
def test_that_says_something(text):
    assert not tells_nothing(text)


@pytest.mark.parametrize(
    ("text", "nothing"), [("?", True), ("dunno yet", True), ("no", False), ("Yes.", False)]
)
def test_a_no_answers_a_question(text: str, nothing: bool) -> None:
    assert answers_nothing(text) is nothing
    assert tells_nothing(text)
