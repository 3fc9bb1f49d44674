"""The model: which facts it looks at, what it says of cases, and the reasons it gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.prospects.score.model import (
    MOST_FIELDS,
    RARE,
    UNKNOWN,
    DecidedCase,
    LevelCount,
    chosen,
    learned,
    levels_of,
    most_fields,
)


def cases(won: int, lost: int, **facts: str) -> list[DecidedCase]:
    return [DecidedCase(facts, number < won) for number in range(won + lost)]


SOURCES = [
    *cases(60, 20, source="Referral", sector="Food"),
    *cases(20, 60, source="Cold list", sector="Food"),
]


def test_a_fact_that_tells_moves_the_chance_and_one_that_does_not_is_left_out():
    model = learned(SOURCES, ["source", "sector"])
    assert model.names == ("source",)
    assert model.chance({"source": "Referral"}) > 0.6
    assert model.chance({"source": "Cold list"}) < 0.4
    assert model.chance({"source": "Referral"}) < 60 / 80  # a ridge leans towards the average


def test_a_value_never_seen_and_one_that_is_not_known_say_nothing():
    model = learned(SOURCES, ["source"])
    assert model.chance({"source": "Trade fair"}) == pytest.approx(0.5)
    assert model.chance({}) == pytest.approx(0.5)
    assert model.reasons({"source": "Trade fair"}) == []


def test_chances_of_all_cases_come_to_what_was_won():
    model = learned(SOURCES, ["source"])
    assert sum(model.chance(one.facts) for one in SOURCES) == pytest.approx(80, abs=1e-4)


def test_rare_values_are_taken_together():
    some = [*SOURCES, *cases(3, 0, source="Fax"), *cases(2, 1, source="Radio")]
    assert levels_of(some, "source") == {
        "Referral": LevelCount(60, 80),
        "Cold list": LevelCount(20, 80),
        RARE: LevelCount(5, 6),
    }
    model = learned(some, ["source"])
    assert model.chance({"source": "Fax"}) == model.chance({"source": "Telegram"})
    assert model.chance({"source": "Fax"}) != model.chance({})


def test_a_handful_of_rare_values_and_of_unknown_ones_says_nothing():
    some = [*SOURCES, *cases(2, 2, source="Fax"), *cases(4, 0)]
    model = learned(some, ["source"])
    assert model.reasons({"source": "Fax"}) == model.reasons({}) == []


def test_what_nobody_knows_is_a_value_of_its_own():
    some = [*cases(30, 10, sector="Food"), *cases(10, 30)]
    model = learned(some, ["sector"])
    (reason,) = model.reasons({})
    assert (reason.value, reason.is_known, reason.won, reason.cases) == (UNKNOWN, False, 10, 40)
    assert reason.weight < 0


def test_reasons_are_three_at_most_and_the_strongest_first():
    names = "abcde"
    some = [
        DecidedCase({name: "yes" if (number >> place) & 1 else "no" for place, name in enumerate(names)}, won)
        for number in range(32)
        for won in [True] * number.bit_count() + [False] * (5 - number.bit_count())
    ]
    model = learned(some, list(names))
    reasons = model.reasons(dict.fromkeys(names, "yes"))
    assert len(reasons) == 3
    assert [abs(one.weight) for one in reasons] == sorted((abs(one.weight) for one in reasons), reverse=True)
    assert all(one.won / one.cases > 0.5 for one in reasons)


def test_eight_facts_at_most_while_there_are_under_ten_wins_for_each_parameter():
    levels = {f"f{place}": {"a": LevelCount(50, 100), "b": LevelCount(50, 100)} for place in range(12)}
    assert most_fields(levels, 100, 200) == MOST_FIELDS
    assert most_fields(levels, 119, 1_000) == MOST_FIELDS
    assert most_fields(levels, 120, 1_000) == 12
    assert most_fields(levels, 880, 1_000) == 12  # losses count as wins do: the fewer of both
    assert most_fields(levels, 881, 1_000) == MOST_FIELDS


def test_the_facts_that_tell_most_are_chosen():
    levels = {
        "noise": {"a": LevelCount(50, 100), "b": LevelCount(50, 100)},
        "little": {"a": LevelCount(55, 100), "b": LevelCount(45, 100)},
        "much": {"a": LevelCount(80, 100), "b": LevelCount(20, 100)},
    }
    assert chosen(levels, 1) == ["much"]
    assert chosen(levels, 2) == ["little", "much"]


FACTS = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["x", "y", "z", ""]))
SEEN = st.lists(st.builds(DecidedCase, FACTS, st.booleans()), min_size=12, max_size=80).filter(
    lambda some: len({one.won for one in some}) == 2
)


@given(SEEN, FACTS)
def test_a_chance_is_one_and_its_reasons_add_up_to_it(some, facts):
    model = learned(some, ["a", "b", "c"])
    assert 0 < model.chance(facts) < 1
    assert model.chance(facts) == model.chance_of([facts.get(name, "") for name in model.names])
    assert sum(model.chance(one.facts) for one in some) == pytest.approx(
        sum(one.won for one in some), abs=1e-3
    )
