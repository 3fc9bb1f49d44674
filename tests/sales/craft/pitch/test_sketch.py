"""Sketches: the same text with another name on it is the same, another text is not, and no word is kept."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sales.craft.pitch.draft import read_draft
from sales.craft.pitch.sketch import (
    PitchSketch,
    is_for_many,
    is_same_text,
    likeness,
    sectors_of,
    sketch_of,
)

MERGED = "Dear {}, we save firms like yours a day a month. Would a short call on Thursday suit {}?"
OTHER = "Your Leeds depot lost two trucks in August. Storm repairs cost most depots four days each. Would that help?"


def sketch(text, *names):
    return sketch_of(read_draft(text), names)


def test_another_name_makes_no_other_text():
    one, other = (
        sketch(MERGED.format("Acme Works", "Acme"), "Acme Works"),
        sketch(MERGED.format("Bay", "Bay"), "Bay"),
    )
    assert likeness(one, other) == 1
    assert not is_same_text(one, sketch(OTHER))


def test_a_word_changed_is_the_same_text_and_half_of_it_another():
    words = OTHER.split()
    assert is_same_text(sketch(OTHER), sketch(OTHER.replace("August", "October")))
    assert not is_same_text(sketch(OTHER), sketch(" ".join(words[: len(words) // 2]) + " " + MERGED))


def test_too_short_to_tell():
    assert sketch("Shall we talk on Thursday?") == ""
    assert not is_same_text("", "")


def test_nothing_of_the_text_can_be_read():
    assert not any(word.strip(".?").lower() in sketch(OTHER) for word in OTHER.split() if len(word) > 3)


def test_sectors_are_counted_once_each():
    kept = [
        PitchSketch(owner_id="U1", on=date(2026, 9, 1), account_key="a", sector=one, hashes=sketch(OTHER))
        for one in ("Retail", "retail ", "Ports", "Food")
    ]
    kept[-1].hashes = sketch(MERGED.format("Bay", "Bay"))
    assert sectors_of(sketch(OTHER), "Mining", kept) == ["Mining", "Retail", "Ports"]
    assert is_for_many(["a", "b", "c"])
    assert not is_for_many(["a", "b"])


@given(
    st.lists(
        st.sampled_from(["red", "yard", "gate", "truck", "depot", "snow", "week", "call"]),
        min_size=12,
        max_size=80,
    )
)
def test_likeness_is_a_share_and_goes_both_ways(words):
    text = " ".join(words)
    one, other = sketch(text), sketch(OTHER)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)
    assert not one or likeness(one, one) == 1
