"""Which deal a few letters mean: never the wrong one, and never one that is only spelled alike."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sales.language.names.match import Match, fold, match


def found(asked, *deals):
    return match(asked, deals, lambda deal: [deal])


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("GTXPro", "GTX Pro"),
        ("Café Noir", "cafe  noir"),
        ("STRASSE", "Straße"),
        ("Acme, Inc.", "acme inc"),
        ("Ａｃｍｅ", "acme"),
        ("🚀", " 🚀 "),
    ],
)
def test_the_same_name_written_differently_folds_alike(left, right):
    assert fold(left) == fold(right)


@pytest.mark.parametrize(
    ("left", "right"), [("🚀", "🌙"), ("किताब", "कतब"), ("Acme 1", "Acme 2"), ("й", "и")]
)
def test_different_names_stay_different(left, right):
    assert fold(left) != fold(right)


def test_the_whole_name_beats_a_beginning():
    assert found("acme", "Acme rollout", "ACME") == Match("ACME")


@pytest.mark.parametrize("asked", ["acm", "Corp", "corp eu", "acmecorp"])
def test_a_beginning_of_the_name_or_of_a_later_word_is_enough_where_it_is_unique(asked):
    assert found(asked, "Borealis", "Acme Corp EU") == Match("Acme Corp EU")


def test_several_that_fit_are_all_offered_in_order():
    assert found("acme", "Acme b", "Acme a", "Zeta") == Match(maybe=("Acme b", "Acme a"))
    assert found("acme", "Acme", "ACME").maybe == ("Acme", "ACME")


def test_a_close_spelling_is_offered_and_never_sure():
    answer = found("Acmee", "Acme", "Borealis")
    assert answer == Match(maybe=("Acme",), is_guess=True)
    assert not answer.found


@pytest.mark.parametrize("asked", ["", "   ", "\u200b", "Quantum"])
def test_nothing_alike_is_nothing(asked):
    answer = found(asked, "Acme", "Borealis")
    assert (answer.sure, answer.maybe, answer.found) == (None, (), False)


@given(st.text(max_size=30), st.lists(st.text(max_size=30), max_size=6))
def test_what_is_sure_is_the_name_or_begins_a_word_of_it(asked, deals):
    answer = found(asked, *deals)
    if answer.sure is not None:
        assert fold(asked) in fold(answer.sure)
    assert all(deal in deals for deal in answer.maybe)


@example("0\x80\u0300")  # an accent behind what is no letter
@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(name):
    assert fold(fold(name)) == fold(name)
