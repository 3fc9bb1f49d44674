"""What is counted of a draft: the golden texts, and what is no word, no sentence and no request."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.craft.pitch.draft import read_draft
from sales.craft.pitch.english import is_english
from sales.craft.pitch.measure import focus, measured
from sales.craft.pitch.remark import pitch_check
from sales.craft.pitch.syllables import syllables
from sales.craft.pitch.worn_phrase import product_words_in, worn_in

SELF = (
    "We are the leading provider of innovative logistics solutions. Our product brings us and our partners an edge. "
    "I believe my managers and our consultants can support you. Could we have 15 minutes on your calendar?"
)
THEM = (
    "Your Leeds depot lost two trucks in August. Storm repairs cost most depots four days each. "
    "Granary Road cut that to one day with a spare yard. Would that help you this winter?"
)


def of(text):
    return measured(read_draft(text))


def test_the_golden_texts():
    ours, theirs = of(SELF), of(THEM)
    assert (ours.words, round(ours.grade, 1), round(ours.self_focus, 2), ours.share_begun) == (
        36,
        6.6,
        0.77,
        0.75,
    )
    assert (ours.firm, ours.me, ours.them) == (6, 2, 2)
    assert (theirs.words, round(theirs.grade, 1), round(theirs.self_focus, 2), theirs.share_begun) == (
        33,
        1.9,
        0.17,
        0,
    )


@pytest.mark.parametrize(
    ("word", "count"),
    [("we", 1), ("are", 1), ("table", 2), ("wanted", 2), ("walked", 1), ("boxes", 2), ("hopes", 1), ("science", 2),
     ("idea", 3), ("radio", 3), ("million", 2), ("every", 2), ("warehouse", 2), ("management", 3), ("15", 1),
     ("state-of-the-art", 4), ("organisation", 5), ("you're", 1), ("ž", 1)],
)  # fmt: skip
def test_syllables(word, count):
    assert syllables(word) == count


def test_what_is_no_word_counts_for_nothing():
    text = "Your depot runs:\n```\nwe(our, us)\n```\n`our` <@U3> <https://a.example|our site> :tada: 🚚 dana@a.example"
    assert read_draft(text).words == ["your", "depot", "runs"]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Dr. Poe left at 6.30 a.m. yesterday. He is back.", 2),
        ("We met J. Smith of Acme Inc. in May. Then nothing.", 2),
        ("Hi Dana,\n\nYour yard is full.\n- one gate\n- two gates", 4),
        ("It grew by 3.5 points, e.g. in Leeds! Really?! Yes…", 3),
        ("no end at all", 1),
    ],
)
def test_sentences(text, sentences):
    assert len(read_draft(text).sentences) == sentences


def test_a_greeting_is_no_beginning():
    found = of("Hi Dana, we saw your yard. And our trucks came. Dana, I called. In May we wrote.")
    assert [one.text for one in found.begun_with_self] == [
        "Hi Dana, we saw your yard.",
        "And our trucks came.",
    ]


@pytest.mark.parametrize(
    ("text", "asks", "questions"),
    [
        ("Did the night shift get its trucks back?", 1, 1),
        ("Did they come back? Could we talk on Friday?", 1, 2),
        ("Let me know. Or call. Or book a slot.", 3, 0),
        ("Please write back. Would Thursday suit you?", 2, 1),
        ("You could ask him how. He called in May.", 0, 0),
        ("We would love to get on your calendar.", 1, 0),
    ],
)
def test_what_is_asked_for(text, asks, questions):
    found = of(text)
    assert (found.asks, len(found.questions)) == (asks, questions)


def test_the_us_is_no_us():
    assert of("The US office and us.").firm == 1
    assert of("Let's see what we'll do; it's ours.").firm == 2


def test_worn_phrases_are_quoted_as_they_stand():
    assert [one.words for one in worn_in("I’m Just Checking In, hope this finds you well!!".replace("’", "'"))] == [
        "Just Checking In", "hope this finds you well", "!!"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("What kind of pallets do you run? A new kind of gate, and that is kind of you.", []),
        ("It is kind of late, and we sort of know.", ["kind of", "sort of"]),
        ("A turnkey contract for your yard.", []),
        ("A turnkey solution for your yard.", ["turnkey solution"]),
    ],
)
def test_words_of_the_trade_are_not_worn(text, found):
    assert [one.words for one in worn_in(text)] == found


def test_software_is_talk_of_the_product_where_it_is_ours():
    assert product_words_in("Your payroll software has four modules.") == []
    assert product_words_in("Our software, and our modules.") == ["software", "modules"]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        (SELF, True),
        ("Leeds depot: call on Thursday?", True),
        ("Ihr Lager in Leeds hat im August zwei Lastwagen verloren. Würde Ihnen das helfen?", False),
        ("Vaše skladišče v Leedsu je avgusta izgubilo dva tovornjaka.", False),
        ("Votre dépôt de Leeds a perdu deux camions en août.", False),
        ("Su depósito de Leeds perdió dos camiones en agosto, y los suyos?", False),
        ("Il vostro deposito ha perso due camion per la tempesta", False),
        ("Ваш склад в Лидсе потерял два грузовика", False),
        ("リーズの倉庫", False),
        (
            "Leedsin varastonne menetti elokuussa kaksi kuorma-autoa myrskyssä, auttaisiko lisäpiha teitä",
            False,
        ),
    ],
)
def test_english_alone_is_read(text, english):
    assert is_english(read_draft(text).words) is english


@given(st.text(max_size=300))
def test_any_text_is_counted(text):
    """Whatever is typed: either it has no word, or every figure is one and the score lies on its scale."""
    draft = read_draft(text)
    if not draft.is_empty:
        found = measured(draft)
        assert 0 < found.self_focus < 1
        assert 0 <= found.share_begun <= 1
        assert sum(len(one.words) for one in draft.sentences) == found.words
        assert 0 <= pitch_check(found).score <= 100


@given(st.integers(0, 50), st.integers(0, 50))
def test_focus_is_even_where_both_are(own, theirs):
    assert (focus(own, theirs) > 0.5) == (own > theirs)
    assert focus(own, own) == 0.5


def test_a_book_is_counted_at_once():
    """Thousands of words, and forty thousand of one sign: nothing here grows faster than the text."""
    assert of("We lost two trucks in the storm and our yard is sure of it. " * 357).words == 4998
    assert of("we " + "!! " * 13_000).worn
    assert of("worth a " * 5_000).words == 10_000
