"""Typed text that is cut: at a sentence where one fits, never longer than it may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.language.typed_text import shorten_at_sentence

TEXT = "Say it once. If you cannot show it, leave it out. Then ask."


@pytest.mark.parametrize(
    ("limit", "kept"),
    [
        (len(TEXT), TEXT),
        (len(TEXT) - 1, "Say it once. If you cannot show it, leave it out. …"),
        (30, "Say it once. …"),
        (12, "Say it once…"),
    ],
)
def test_a_text_ends_behind_a_sentence(limit, kept):
    assert shorten_at_sentence(TEXT, limit) == kept


def test_a_first_word_that_is_a_sentence_is_too_little():
    assert shorten_at_sentence("Yes. What they told you one bad week costs comes first.", 40).startswith(
        "Yes. What they told you"
    )


@given(st.text(st.sampled_from("ab .?!”"), max_size=60), st.integers(2, 60))
def test_it_fits(text, limit):
    assert len(shorten_at_sentence(text, limit)) <= limit
