"""Five questions at most, never one that was answered, first what nobody knows of the deal (#16)."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sales.craft.prep.question import (
    ASKS,
    MOST_ASKED,
    MOST_GAPS,
    SAME,
    DealAnswer,
    DiscoveryQuestion,
    Gap,
    gap_key,
    question_in,
    to_ask,
)
from sales.craft.starters import STARTERS
from sales.language.names.match import name_key

TODAY = date(2026, 9, 14)
LIBRARY = [DiscoveryQuestion(f"entry:{one}", f"Question number {one}, what of it?") for one in range(1, 9)]


def answer(key, question="What was asked?"):
    return DealAnswer(opportunity_id=1, key=key, question=question, says="Forty", by="U1", on=TODAY)


def test_what_nobody_knows_of_a_deal_goes_first():
    asked = to_ask(set(Gap), LIBRARY, [])
    assert [one.key for one in asked[:MOST_GAPS]] == [gap_key(one) for one in list(Gap)[:MOST_GAPS]]
    assert [one.key for one in asked[MOST_GAPS:]] == ["entry:1", "entry:2"]


def test_a_library_that_is_short_leaves_room_for_more_of_the_deal():
    assert [one.key for one in to_ask(set(Gap), LIBRARY[:1], [])] == [
        "gap:need", "gap:waiting", "gap:authority", "entry:1", "gap:budget",
    ]  # fmt: skip


def test_the_same_words_by_another_key_were_asked_too():
    held = [answer("entry:77", "question number 2 – what of it")]
    assert "entry:2" not in [one.key for one in to_ask(set(), LIBRARY, held)]


def test_what_ours_asks_in_other_words_is_asked_once():
    leave_it = DiscoveryQuestion(SAME[Gap.WAITING], "What happens if you leave this as it is?")
    assert leave_it not in to_ask({Gap.WAITING}, [leave_it], [])
    assert leave_it not in to_ask(set(), [leave_it], [answer(gap_key(Gap.WAITING))])
    assert leave_it in to_ask(set(), [leave_it], [])


def test_what_is_the_same_in_our_library_is_there():
    assert set(SAME.values()) <= {one.key for one in STARTERS}


def test_of_an_entry_the_question_alone_is_asked():
    found = question_in(
        "entry:1", "The last time", "When did it go wrong,\nand who saw it? Ask for one case. Then?"
    )
    assert found == ("entry:1", "When did it go wrong, and who saw it?", "Ask for one case. Then?")


def test_an_entry_without_a_question_mark_is_asked_by_its_title():
    assert question_in("entry:1", "Who signs", "Find out who signs.").text == "Who signs?"


@given(
    gaps=st.sets(st.sampled_from(Gap)),
    library=st.lists(st.sampled_from(LIBRARY), max_size=8),
    done=st.sets(st.sampled_from([*(one.key for one in LIBRARY), *(gap_key(one) for one in Gap)])),
)
def test_never_more_than_five_none_twice_and_none_that_was_answered(gaps, library, done):
    asked = to_ask(gaps, library, [answer(key) for key in done])
    assert len(asked) <= MOST_ASKED
    assert len({name_key(one.text) for one in asked}) == len(asked)
    assert not {one.key for one in asked} & done


@given(gaps=st.sets(st.sampled_from(Gap)), gone=st.integers(0, 4))
def test_answering_one_keeps_the_others(gaps, gone):
    before = to_ask(gaps, LIBRARY, [])
    one = before[gone % len(before)]
    left = to_ask(
        gaps - {gap for gap in Gap if gap_key(gap) == one.key}, LIBRARY, [answer(one.key, one.text)]
    )
    assert set(before) - {one} <= set(left)


def test_every_gap_has_a_question_of_its_own():
    assert set(ASKS) == set(Gap)
    assert all(said.endswith("?") and len(said) < 120 for said in ASKS.values())
