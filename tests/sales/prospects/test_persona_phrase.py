"""A persona in words: each part says what it is about, and what does not is asked (#34)."""

import pytest

from sales.prospects.persona import Persona
from sales.prospects.persona_phrase import begun, read_persona
from sales.refusal import Refusal


@pytest.mark.parametrize(
    "typed",
    [
        "CFO: wants cash by December; worries about surprises; says it is not in the budget",
        "CFO\nwants: cash by December\nworries: surprises\nsays: it is not in the budget",
        "CFO wants cash by December; she fears surprises; objections: it is not in the budget",
        "CFO; goals cash by December; pains surprises; says it is not in the budget;",
    ],
)
def test_parts_are_placed_by_what_they_begin_with(typed):
    found = read_persona(typed)
    assert found.role == "CFO"
    assert found.said == {
        "goals": "cash by December",
        "pains": "surprises",
        "objections": "it is not in the budget",
    }


def test_a_role_alone_says_nothing():
    assert read_persona("Depot manager") == ("Depot manager", {})
    assert read_persona("Head of needs analysis").said == {}


def test_the_same_twice_is_kept_together():
    assert read_persona("CFO: wants cash; wants calm").said == {"goals": "cash; calm"}


def test_other_words_for_it():
    assert read_persona("CFO: also Treasurer; wants cash").said["also"] == "Treasurer"


def test_what_is_said_again_takes_the_place_of_what_was_said():
    held = Persona(role="CFO", goals="cash", pains="surprises")
    now = read_persona("cfo: wants calm").of(held)
    assert (now.role, now.goals, now.pains) == ("CFO", "calm", "surprises")


def test_what_cannot_be_placed_is_asked_and_stands_in_the_form():
    with pytest.raises(Refusal, match="cash by December"):
        read_persona("CFO: cash by December")
    assert (begun("CFO: cash by December").role, begun("CFO: cash by December").goals) == (
        "CFO",
        "cash by December",
    )
