"""Strategies in words: kind, if, then, and steps whose day is sure, or that are asked about (#13, #14)."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.craft.plan import MOST_STEPS, SalesMotion
from sales.craft.plan_phrase import StrategyWords, begun, read_strategy, says_strategy
from sales.craft.plan_step import StepReader, UndatedStep, read_steps, steps_in
from sales.refusal import Refusal

NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)  # a Monday
TODAY = date(2026, 9, 14)
READER = StepReader(NOW, "Europe/Ljubljana", TODAY, ["Alder Yard"])


def steps(text, again=None):
    found = read_steps(steps_in(text, READER), "Referral plan", READER, again)
    return [(one.who, one.what, one.when.day) for one in found]


@pytest.mark.parametrize(
    ("typed", "motion", "cue", "action", "listed"),
    [
        (
            "referral: if a client thanks us then ask for one name; steps: list ten by wed, ask two by fri",
            SalesMotion.REFERRAL,
            "a client thanks us",
            "ask for one name",
            ("list ten by wed, ask two by fri",),
        ),
        (
            "Referrals when they renew, ask for a name. Steps: call Ada by fri",
            SalesMotion.REFERRAL,
            "they renew",
            "ask for a name",
            ("call Ada by fri",),
        ),
        (
            "win back - if a lost deal turns one then call them\ncall ten by fri\ncall five by thu",
            SalesMotion.WIN_BACK,
            "a lost deal turns one",
            "call them",
            ("call ten by fri", "call five by thu"),
        ),
        (
            "outbound if a firm hires then call the founder; call ten by fri",
            SalesMotion.OUTBOUND,
            "a firm hires",
            "call the founder",
            ("call ten by fri",),
        ),
        (
            "existing customers: if a year is over then offer the second module",
            SalesMotion.EXISTING,
            "a year is over",
            "offer the second module",
            (),
        ),
        ("partners: if asked then ask back", SalesMotion.PARTNER, "asked", "ask back", ()),
        ("a trade fair: if it is near then go", SalesMotion.EVENT, "it is near", "go", ()),
    ],
)
def test_what_a_line_says(typed, motion, cue, action, listed):
    assert read_strategy(typed) == StrategyWords(motion, cue, action, listed)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("banana: if x then y", "motion"),
        ("if x then y", "motion"),
        ("referral", "cue"),
        ("referral: ask everybody", "cue"),
        ("referral: if then", "cue"),
        ("referral: if x then", "cue"),
        ("", "motion"),
    ],
)
def test_what_lacks_something_is_asked_for_by_name(typed, field):
    with pytest.raises(Refusal) as refused:
        read_strategy(typed)
    assert refused.value.field == field


def test_what_could_not_be_read_stands_in_the_form():
    found = begun("banana: if x then y; steps: call by fri")
    assert found.motion is None
    assert found.steps == ("call by fri",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "list ten by wed, ask two by fri",
            [("Referral plan", "list ten", 16), ("Referral plan", "ask two", 18)],
        ),
        ("call Ada, Ben and Cy by fri", [("Referral plan", "call Ada, Ben and Cy", 18)]),
        ("ask two by Fri, 25 Sep", [("Referral plan", "ask two", 25)]),
        ("meet partner 01 by 15 sep", [("Referral plan", "meet partner 01", 15)]),
        ("call Alder Yard by thu", [("Alder Yard", "call", 17)]),
        (
            "- list ten by wed\n2. ask two on fri",
            [("Referral plan", "list ten", 16), ("Referral plan", "ask two", 18)],
        ),
        ("send 1,000 flyers by today", [("Referral plan", "send 1,000 flyers", 14)]),
        ("", []),
    ],
)
def test_steps_and_their_days(text, expected):
    assert [(who, what, day.day) for who, what, day in steps(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "list ten",
        "list ten by blursday",
        "list ten by 1 september",
        "list ten by 30 february",
        "by fri",
        "list ten by wed, ask two",
        "call wed or thu",
        "list ten yesterday",
    ],
)
def test_a_day_that_is_not_sure_is_asked_for(text):
    """What was typed is said again, and nothing comes of it."""
    with pytest.raises(Refusal) as refused:
        steps(text)
    assert refused.value.field == "steps"
    assert text.rpartition(", ")[2] in refused.value.text or "by fri" in text


def test_a_day_is_chosen_in_a_tap():
    """The line is typed again with the day in the place of what nobody could read."""
    said = StrategyWords(SalesMotion.EVENT, "x", "y")
    with pytest.raises(UndatedStep) as undated:
        steps(
            "list ten by blursday, ask two by fri",
            lambda found: said._replace(steps=tuple(found)).typed,
        )
    days = [date(2026, 9, 15), date(2026, 9, 18), date(2026, 9, 21)]
    readings = undated.value.offering(days, TODAY, READER.zone).readings
    assert [one.label for one in readings] == ["Tue 15 Sep", "Fri 18 Sep"]
    again = read_strategy(readings[0].typed)
    assert [what for _, what, _ in steps("\n".join(again.steps))] == ["list ten", "ask two"]


def test_what_comes_again_is_read_as_that():
    (found,) = read_steps(["call ten partners every friday"], "Partner plan", READER)
    assert found.repeats is not None


def test_more_steps_than_anybody_keeps_are_refused():
    with pytest.raises(Refusal, match=str(MOST_STEPS)):
        read_steps([f"call {number} by fri" for number in range(MOST_STEPS + 1)], "x", READER)


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("if they thank us then ask", True),
        ("referral: if they thank us then ask", True),
        ("a call with Acme on Friday", False),
        ("if only", False),
        ("", False),
    ],
)
def test_a_line_that_means_a_strategy(typed, is_one):
    assert says_strategy(typed) is is_one


WORDS = st.text("abc äß<>*&", min_size=1, max_size=40).map(lambda one: f"w {one} w".strip())


@given(motion=st.sampled_from(SalesMotion), cue=WORDS, action=WORDS)
def test_what_is_typed_again_reads_the_same(motion, cue, action):
    said = read_strategy(f"{motion.value.replace('_', '-')}: if {cue} then {action}; steps: go by fri")
    assert said.motion is motion
    assert read_strategy(said.typed) == said


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read_or_asked_about(text):
    """Nothing else is raised, and no step has a day that is over."""
    try:
        said = read_strategy(text)
        found = read_steps(steps_in(text, READER), "x", READER)
    except Refusal:
        return
    assert said.cue
    assert all(one.when.day >= TODAY and one.what for one in found)
