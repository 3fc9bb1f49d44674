"""Names found by descent are exactly those that reading every name finds, however names and texts are made."""

from bisect import bisect_right
from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sales.language.names.descent import Descent, comparable, in_word
from sales.language.names.mention import sure_name

# Few letters, so that names meet: prefixes of each other, possessives, signs, letters with odd capitals, marks, emoji.
LETTERS = st.sampled_from(list("aAbBß ẞsS  iIıİ\u0345\u0301é  '’-.+&_1٣Ⅷ中🙂\u200d\t\n(),"))
WORDS = st.sampled_from(
    ["Acme", "acme", "Acme Corp", "Corp", "Acme's", "C++", "O’Neil", "3M", "a", "the", "Straße"]
)
NAMES = st.lists(st.one_of(WORDS, st.text(LETTERS, min_size=1, max_size=6)), max_size=12)
PARTS = st.one_of(
    WORDS, st.text(LETTERS, max_size=6), st.sampled_from([" ", "  ", "'s ", "’s", ", ", "STRASSE", "x"])
)


def looked_up(text: str, names: Sequence[str]) -> tuple[list[str], int]:
    """Return the names that a descent finds, and the rounds it took."""
    ordered, descent, rounds = sorted(map(comparable, names)), Descent(text), 0
    while asked := descent.asked:
        before = {rest: bisect_right(ordered, rest) for rest in asked}
        descent.learn({rest: ordered[at - 1] if at else None for rest, at in before.items()})
        rounds += 1
    return [name for name in names if comparable(name) in descent.found], rounds


@pytest.mark.large
@given(NAMES, st.lists(PARTS, max_size=8).map("".join))
@example(["a", "ab", "abc", "a b", "A"], "abc a b ab's")
@example(["Acme"], "_Acme")
@example(["ı"], "i aıa ı")
@example(["Straße", "STRASSE"], "call strasse and STRAßE")
@example(["C++", "C"], "c++, c+ C")
@settings(max_examples=200)
def test_a_sentence_is_about_the_same_name(names: list[str], text: str) -> None:
    found, _ = looked_up(text, names)
    assert sure_name(text, found) == sure_name(text, names)
    for start in range(len(text)):  # what is cut out of a sentence between two words is read just the same
        if not start or not (in_word(text[start - 1]) and in_word(text[start])):
            assert sure_name(text[start:], found) == sure_name(text[start:], names)


@given(NAMES, st.lists(PARTS, max_size=8).map("".join))
def test_nothing_is_found_that_is_not_there(names: list[str], text: str) -> None:
    for name in looked_up(text, names)[0]:
        assert comparable(name)
        assert comparable(name) in comparable(text)


def test_names_of_one_word_and_many_that_begin_with_it_take_a_few_looks() -> None:
    names = [f"Acme {number}" for number in range(20_000)] + ["Acme"]
    assert looked_up("call acme about pricing", names) == (["Acme"], 2)
    found, rounds = looked_up("call Acme 19999 about acme 7 on friday", names)
    assert (sorted(found), rounds) == (["Acme", "Acme 19999", "Acme 7"], 2)


def test_a_text_of_no_words_asks_nothing() -> None:
    assert not Descent("").asked
    assert not Descent(" \n ").asked
