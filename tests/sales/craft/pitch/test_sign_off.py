"""Sign-offs: regards and signature are no words of a draft, what only looks like them is, and so is a postscript."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.craft.pitch.draft import read_draft
from sales.craft.pitch.sign_off import without_sign_off
from sales.craft.pitch.worn_phrase import product_words_in

SIGNED = """Would that help you?

{}
Ana Kovač
Head of Sales, Spare Yards Ltd.
+44 20 7946 0000"""


def sentences(text):
    return [one.text for one in read_draft(text).sentences]


@pytest.mark.parametrize(
    "regards",
    ["Best regards,", "Kind regards", "Best,", "Thanks", "Thank you so much!", "With best wishes", "Yours sincerely,",
     "All the best,", "Cheers", "--", "Talk soon,"],
)  # fmt: skip
def test_a_signature_is_no_words(regards):
    assert sentences(SIGNED.format(regards)) == ["Would that help you?"]
    assert product_words_in(" ".join(one.prose for one in read_draft(SIGNED.format(regards)).sentences)) == []


@pytest.mark.parametrize(
    "end", ["Best regards, Ana Kovač, Head of Sales", "Thanks.", "Kind regards Dr. A. Poe"]
)
def test_on_one_line_too(end):
    assert sentences(f"Your gate froze. Would that help you? {end}") == [
        "Your gate froze.",
        "Would that help you?",
    ]


def test_a_postscript_is_of_the_draft():
    text = SIGNED.format("Best regards") + "\n\nP.S. The gate opens in May. Shall I come?"
    assert sentences(text)[1:] == ["P.S.", "The gate opens in May.", "Shall I come?"]


@pytest.mark.parametrize(
    "text",
    [
        "Best practice in Leeds is this.",
        "Which day suits you best? Best on Thursday.",
        "We spoke in May. Thanks Dana. I call on you.",
        "We met.\nMany thanks for your time.",
        "Thanks, Ana",
    ],
)
def test_what_only_begins_so_stays(text):
    assert without_sign_off(text) == text


def test_thanks_on_the_way_take_nothing_with_them():
    assert sentences("Hi Dana,\n\nThanks!\nYour yard is full\n\nWould a gate help?") == [
        "Hi Dana,",
        "Your yard is full",
        "Would a gate help?",
    ]


@given(st.lists(st.sampled_from(["Best,", "Ana", "We lost two.", "\n", " ", "?", "Thanks", "--", "P.S. so"])))
def test_the_text_keeps_its_length_and_is_read_the_same_twice(parts):
    text = "".join(parts)
    once = without_sign_off(text)
    assert len(once) == len(text)
    assert all(new in (old, "\n") for old, new in zip(text, once, strict=True))
