"""Drift: whether what was decided lately came as all before it said, or the market is another by now (mechanism 37)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from sales.prospects.score.fact import DatedCase, LeakyField, fields_of, learnable
from sales.prospects.score.model import ScoreModel, learned
from sales.prospects.score.trial import TriedCase, judged

LATELY = timedelta(days=60)
LEAST_LATELY = 20  # outcomes; of fewer a handful more or less is luck
LEAST_BEFORE = 80  # outcomes that the earlier model is made of, which are fewer than all there are
LEAST_OF_BOTH = 5  # won, and lost, before
FAR_OFF = 2.576  # standard deviations, which luck alone exceeds 1 time in 100: this is looked at each month


@dataclass(frozen=True)
class Drift:
    """What a model of all that was decided before a day said of what was decided since.

    `expected` is how many of the `cases` it took for won, give or take `spread` by luck; `brier` is of its chances,
    `average_brier` of the share that was won before. `is_worse` where that share was better by more than luck.
    """

    since: date
    cases: int
    won: int
    expected: float
    spread: float
    brier: float
    average_brier: float
    is_worse: bool

    @property
    def is_off(self) -> bool:
        """Whether what holds lately is something else: luck explains neither how many were won nor which."""
        return self.is_worse or abs(self.won - self.expected) > FAR_OFF * self.spread


def drift(cases: Sequence[DatedCase], without: Sequence[LeakyField], today: date) -> Drift | None:
    """Return how what was decided in the last 60 days came out beside what all before it says; None of too little."""
    since = today - LATELY
    before = learnable([one for one in cases if one.decided_on <= since], without)
    lately = learnable([one for one in cases if one.decided_on > since], without)
    won = sum(one.won for one in before)
    if len(lately) < LEAST_LATELY or len(before) < LEAST_BEFORE:
        return None
    if min(won, len(before) - won) < LEAST_OF_BOTH:
        return None
    model, average = learned(before, fields_of(before)), won / len(before)
    tried = [TriedCase(0, model.chance(one.facts), average, one.won) for one in lately]
    return compared(model, tried, since)


def compared(model: ScoreModel, lately: Sequence[TriedCase], since: date) -> Drift:
    """Return what a model said of cases beside what came of them."""
    found = judged(lately)
    return Drift(
        since,
        len(lately),
        sum(one.won for one in lately),
        sum(one.chance for one in lately),
        sqrt(sum(one.chance * (1 - one.chance) for one in lately)),
        found.brier,
        found.average_brier,
        bool(model.fields) and found.apart.low > 0,
    )
