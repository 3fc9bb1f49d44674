"""Scoring: learned only when there is enough, tried on what it has not seen, and drift said."""

from datetime import date, timedelta
from random import Random

import pytest

from sales.goals.forecast.score import Resolved
from sales.prospects.score.fact import DatedCase, KnownFact
from sales.prospects.score.model import DecidedCase, learned
from sales.prospects.score.news import news
from sales.prospects.score.record import kept
from sales.prospects.score.scoring import ScoreBasis, ScoringState, on_another_day, scored, scoring
from sales.prospects.score.trial import FOLDS, auc, folds, judged, put_right, tried, unseen

TODAY = date(2026, 9, 14)


def cases(
    won: int, lost: int, seed: int = 1, days: int = 300, last: int = 3, **facts: str
) -> list[DatedCase]:
    """Cases that came to an end in so many days up to `last` ones ago."""
    drawn = Random(seed)
    found = []
    for number in range(won + lost):
        on = TODAY - timedelta(days=last + drawn.randrange(days))
        known = {name: KnownFact(value) for name, value in facts.items()}
        found.append(DatedCase(known, on - timedelta(days=30), on, number < won))
    return found


def told_apart(last: int = 3) -> list[DatedCase]:
    return [
        *cases(60, 12, 1, last=last, source="Referral", sector="Logistics"),
        *cases(10, 70, 2, last=last, source="Cold list", sector="Retail"),
    ]


def test_under_a_hundred_nothing_is_learned():
    some = [*cases(40, 9, source="Referral"), *cases(0, 50, source="Cold list")]
    found = scoring(some, ScoreBasis.DEALS, TODAY)
    assert (found.state, found.cases, found.won, found.missing) == (ScoringState.TOO_FEW, 99, 40, 1)
    assert found.model is None
    assert (
        scoring([*some, *cases(0, 1, source="Cold list")], ScoreBasis.DEALS, TODAY).state
        is ScoringState.LEARNED
    )


def test_nearly_all_lost_or_won_teaches_nothing():
    for won, lost in ((0, 150), (9, 141), (141, 9), (150, 0)):
        found = scoring(cases(won, lost, source="Web form"), ScoreBasis.DEALS, TODAY)
        assert (found.state, found.model, found.trial) == (ScoringState.ONE_SIDED, None, None)


def test_nothing_known_in_time_teaches_nothing():
    found = scoring(cases(60, 60), ScoreBasis.DEALS, TODAY)
    assert found.state is ScoringState.NO_FACTS


def test_ends_drawn_by_lot_are_no_better_than_the_base_rate():
    drawn = Random(37)
    some = [
        DecidedCase(
            {name: drawn.choice("abcd") for name in ("source", "sector", "size")}, drawn.random() < 0.4
        )
        for _ in range(200)
    ]
    found = scored(some)
    assert found.state is ScoringState.NO_BETTER
    assert found.model is None
    assert found.trial is not None
    assert found.trial.brier > found.trial.average_brier - 0.01


def test_what_can_be_told_apart_is_learned_and_scored_on_what_it_has_not_seen():
    found = scoring(told_apart(), ScoreBasis.DEALS, TODAY)
    assert found.state is ScoringState.LEARNED
    assert found.model is not None
    assert found.trial is not None
    assert found.trial.tells
    assert found.trial.cases == 152
    assert found.trial.brier < found.trial.average_brier - 0.05
    assert found.trial.auc > 0.8
    assert sum(one.size for one in found.trial.bins) == 152
    assert found.drift is not None
    assert not found.drift.is_off


def test_the_same_outcomes_teach_the_same():
    assert scoring(told_apart(), ScoreBasis.DEALS, TODAY) == scoring(told_apart(), ScoreBasis.DEALS, TODAY)


def test_what_the_outcome_told_is_left_out_and_said():
    some = [
        DatedCase(
            {**one.facts, "cause": KnownFact("price", one.decided_on)},
            one.entered_on,
            one.decided_on,
            one.won,
        )
        for one in told_apart()
    ]
    found = scoring(some, ScoreBasis.DEALS, TODAY)
    assert [one.name for one in found.left_out] == ["cause"]
    assert found.model is not None
    assert "cause" not in found.model.names


def test_a_market_that_turned_has_drifted():
    turned = [
        *cases(3, 32, 3, days=50, source="Referral", sector="Logistics"),
        *cases(28, 4, 4, days=50, source="Cold list", sector="Retail"),
    ]
    found = scoring([*told_apart(last=70), *turned], ScoreBasis.DEALS, TODAY)
    assert found.drift is not None
    assert found.drift.is_off
    assert found.drift.is_worse
    assert (found.drift.cases, found.drift.won) == (67, 31)


def test_fewer_won_than_luck_explains_is_a_drift_too():
    found = scoring(
        [*cases(60, 60, 1, last=70, source="Web form"), *cases(2, 38, 2, days=50, source="Web form")],
        ScoreBasis.DEALS,
        TODAY,
    )
    assert found.drift is not None
    assert found.drift.is_off
    assert found.drift.expected == pytest.approx(20, abs=1)


def test_of_a_handful_lately_nothing_is_said():
    found = scoring(
        [*told_apart(last=70), *cases(1, 18, days=50, source="Referral")], ScoreBasis.DEALS, TODAY
    )
    assert found.drift is None


@pytest.mark.parametrize("seed", range(5))
def test_stable_markets_are_left_alone(seed):
    """The look is taken each month: what luck alone does must stay unsaid."""
    drawn = Random(seed)
    some = [
        DatedCase(
            {"source": KnownFact(source)},
            on - timedelta(days=30),
            on,
            drawn.random() < (0.6 if source == "Referral" else 0.2),
        )
        for number in range(300)
        for source in [drawn.choice(("Referral", "Cold list"))]
        for on in [TODAY - timedelta(days=number + 1)]
    ]
    found = scoring(some, ScoreBasis.DEALS, TODAY)
    assert found.drift is not None
    assert not found.drift.is_off


# how it is tried


def test_tenths_have_as_many_won_as_each_other():
    won = [number % 3 == 0 for number in range(100)]
    dealt = folds(won, 1)
    counts = [sum(held == fold for held in dealt) for fold in range(FOLDS)]
    wins = [sum(held == fold and one for held, one in zip(dealt, won, strict=True)) for fold in range(FOLDS)]
    assert max(counts) - min(counts) <= 1
    assert max(wins) - min(wins) <= 1
    assert folds(won, 1) == dealt
    assert folds(won, 2) != dealt


def test_each_case_is_judged_once_by_the_others():
    some = [DecidedCase({"source": "a" if number % 2 else "b"}, number % 3 == 0) for number in range(60)]
    tries = unseen(some, ["source"])
    assert len(tries) == 60
    assert sum(one.won for one in tries) == 20


def test_from_two_hundred_on_chances_are_put_right_by_those_of_other_tenths():
    some = [
        DecidedCase({"source": source}, number < won)
        for source, won in (("a", 140), ("b", 10))
        for number in range(150)
    ]
    tries = unseen(some, ["source"])
    right = put_right(tries)
    assert right != tries
    assert judged(right).brier <= judged(tries).brier + 0.001
    few = unseen(some[::2], ["source"])
    assert put_right(few) == few  # 150 are too few to put anything right by


def test_how_often_the_one_that_was_won_had_the_higher_chance():
    assert auc([Resolved("", 0.9, True), Resolved("", 0.1, False)]) == 1
    assert auc([Resolved("", 0.1, True), Resolved("", 0.9, False)]) == 0
    assert auc([Resolved("", 0.5, True), Resolved("", 0.5, False)]) == 0.5
    assert auc([Resolved("", 0.5, True)]) == 0.5
    mixed = [
        Resolved("", 0.8, True),
        Resolved("", 0.4, True),
        Resolved("", 0.6, False),
        Resolved("", 0.2, False),
    ]
    assert auc(mixed) == 0.75


def test_a_trial_says_whether_it_is_more_than_luck():
    some = [DecidedCase({"source": "a" if number % 2 else "b"}, number % 2 == 0) for number in range(100)]
    assert tried(some, ["source"]).tells
    assert not tried(
        [DecidedCase({"source": "ab"[number // 2 % 2]}, number % 2 == 0) for number in range(100)], ["source"]
    ).tells


# what is kept, and what changed


@pytest.mark.parametrize("some", [told_apart(), cases(3, 4), cases(0, 150, source="Web form")])
def test_what_is_kept_reads_as_it_was(some):
    found = scoring(some, ScoreBasis.LEADS, TODAY)
    said = kept(found, 7, TODAY)
    assert (said.month, said.cases, said.basis) == (date(2026, 9, 1), found.cases, ScoreBasis.LEADS)
    assert said.scoring == found


def test_what_another_version_said_is_no_comparison():
    said = kept(scoring(told_apart(), ScoreBasis.DEALS, TODAY), 7, TODAY)
    said.version += 1
    assert said.scoring is None
    said.version -= 1
    said.content = "{"
    assert said.scoring is None


def test_what_changed_is_a_count_where_nothing_else_did():
    before = scored(
        [DecidedCase({"source": "a" if number % 2 else "b"}, number % 2 == 0) for number in range(120)]
    )
    same = news(before, before)
    assert (same.more, same.is_any) == (0, False)


def test_a_value_that_turned_is_told_with_its_counts():
    before = scoring(told_apart(last=40), ScoreBasis.DEALS, TODAY)
    now = scoring(
        [*told_apart(last=40), *cases(0, 60, 5, days=30, source="Referral", sector="Logistics")],
        ScoreBasis.DEALS,
        TODAY,
    )
    found = news(before, now)
    assert found.more == 60
    assert found.is_any
    first = next(one for one in found.moved if one.value == "Referral")
    assert first.moved < 0
    assert (first.before, first.since) == ((60, 72), (60, 132))


def test_a_first_model_is_news_in_itself():
    found = news(
        scoring(cases(20, 20, source="Web form"), ScoreBasis.DEALS, TODAY),
        scoring(told_apart(), ScoreBasis.DEALS, TODAY),
    )
    assert found.is_any
    assert (found.taken_in, found.dropped, found.moved) == ((), (), ())


def test_a_model_of_few_cases_says_no_chance_of_nothing():
    model = learned([DecidedCase({}, number < 3) for number in range(12)], [])
    assert model.chance({"anything": "at all"}) == pytest.approx(0.25)
    assert model.reasons({"anything": "at all"}) == []


def test_the_same_outcomes_teach_the_same_on_another_day_but_for_what_is_lately():
    some, later = told_apart(last=0), TODAY + timedelta(days=40)
    found = scoring(some, ScoreBasis.DEALS, TODAY)
    again = on_another_day(found, some, later)
    assert again == scoring(some, ScoreBasis.DEALS, later)
    assert again.model is found.model
    assert again.drift != found.drift
