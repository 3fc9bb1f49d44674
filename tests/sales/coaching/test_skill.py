"""Skills: what a touch takes, what a card trains, and which one is to be practised next (71)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.coaching.drill.card import Deck, StoredCard
from sales.coaching.drill.memory import Memory
from sales.coaching.drill.practice import Practice
from sales.coaching.drill.starters import stored_starters
from sales.coaching.skill import (
    LEAST_TOUCHES,
    Skill,
    SkillTouches,
    focus_on,
    skill_matrix,
    skill_of_card,
    skill_used,
)
from sales.followups.activity import ActivityKind

TODAY = date(2026, 9, 14)
CALL, EMAIL, MEETING = ActivityKind.CALL, ActivityKind.EMAIL, ActivityKind.MEETING


def card(number, question):
    return StoredCard(id=number, deck=Deck.TECHNIQUE, question=question, answer="Ask.")


CARDS = [card(1, "You call a depot for the first time."), card(2, "Your e-mail brings no answer.")]


def matrix(*touches, cards=(), memories=None):
    return skill_matrix(touches, cards or CARDS, memories or {}, TODAY)


def called(count, outcome="spoke"):
    return SkillTouches(CALL, count, outcome, outcome)


def mailed(count, outcome=""):
    return SkillTouches(EMAIL, count, outcome, outcome)


@pytest.mark.parametrize(
    ("question", "skill"),
    [
        ("On the phone you hear, “Just send me an e-mail.”", Skill.CALLING),
        ("Your email was answered by a call: what now?", Skill.EMAIL),
        ("On LinkedIn somebody accepts your invitation.", Skill.SOCIAL),
        ("At an industry event you stand beside somebody.", Skill.NETWORKING),
        ("You may give a talk of ten minutes.", Skill.SPEAKING),
        ("You would like a referral. What do you say?", Skill.REFERRAL),
        ("The buyers talk about a fair price.", None),
        ("In any event they want 15 percent off.", None),
        ("They recalled the offer.", None),
    ],
)
def test_a_card_trains_the_skill_that_its_situation_names_first(question, skill):
    assert skill_of_card(question) is skill


def test_each_skill_has_a_card_of_ours():
    assert {skill_of_card(one.question) for one in stored_starters()} >= set(Skill)


@pytest.mark.parametrize(
    ("kind", "words", "skill"),
    [
        (CALL, "a talk at the trade fair", Skill.CALLING),
        (ActivityKind.MESSAGE, "", Skill.SOCIAL),
        (ActivityKind.REFERRAL_ASK, "", Skill.REFERRAL),
        (MEETING, "at the trade show in Graz", Skill.NETWORKING),
        (MEETING, "gave a talk at the trade show", Skill.SPEAKING),
        (MEETING, "Lockside", None),
        (ActivityKind.SERVICE, "a call at an event", None),
        (ActivityKind.PROPOSAL, "by e-mail", None),
    ],
)
def test_what_an_activity_takes(kind, words, skill):
    assert skill_used(kind, words) is skill


def test_a_share_is_told_from_twenty_touches_on():
    assert matrix(called(LEAST_TOUCHES - 1)).uses[0].share is None
    assert matrix(called(LEAST_TOUCHES)).uses[0].share == 1.0


def test_calls_that_say_nothing_are_in_no_yield():
    use = matrix(called(30, ""), called(19)).uses[0]
    assert (use.touches, use.told, use.answers) == (49, 19, None)
    assert matrix(called(30, ""), called(10), called(10, "no answer")).uses[0].answers == 0.5


def test_much_used_is_due_and_little_answered_goes_before_it():
    assert matrix(mailed(60, "they replied"), called(40)).due.skill is Skill.EMAIL
    assert matrix(mailed(60, "they replied"), called(40, "no answer")).due.skill is Skill.CALLING
    assert matrix(mailed(60, "they replied"), called(10, "no answer")).due.skill is Skill.EMAIL


def test_nothing_is_due_of_a_skill_without_cards_or_whose_cards_are_remembered():
    assert matrix(called(40), cards=[card(2, "Your e-mail brings no answer.")]).due is None
    fresh, old = (memory(TODAY - timedelta(days=days)) for days in (1, 60))
    assert matrix(called(40), memories={"card:1": fresh}).due is None
    assert matrix(called(40), memories={"card:1": old}).due.skill is Skill.CALLING


def memory(on):
    return Memory(stability=5, difficulty=5, first_on=on, reviewed_on=on, due_on=on + timedelta(days=5))


def test_what_is_due_brings_its_cards_first():
    due = matrix(mailed(60)).due
    practice = Practice(stored_starters(), {}, TODAY, focus=[focus_on(due, "You e-mail a lot lately.")])
    first = practice.new[0]
    assert skill_of_card(first.question) is Skill.EMAIL
    assert practice.focus_of(first).why == "You e-mail a lot lately."


@given(
    st.lists(
        st.builds(
            lambda kind, times, said: SkillTouches(kind, times, said, said),
            st.sampled_from(list(ActivityKind)),
            st.integers(1, 500),
            st.sampled_from(["", "spoke", "no answer", "they replied", "gave a talk at a fair"]),
        )
    )
)
def test_shares_are_all_there_is_and_no_more_is_answered_than_told(touches):
    found = matrix(*touches)
    assert sum(one.touches for one in found.uses) == found.touches
    assert all(0 <= one.answered <= one.told <= one.touches for one in found.uses)
    if found.is_enough:
        assert sum(one.share for one in found.uses) == pytest.approx(1.0)
    else:
        assert found.due is None
