"""Scoring: what may be said of chances, and from which outcomes on (mechanism 37).

Learned only when there is enough: 100 outcomes, some of each sort, and chances that are better than the average for
cases the model has not seen. Until then the stated profile and shrunk rates are all there is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sales.goals.forecast.calibration import calibration
from sales.prospects.score.drift import Drift, drift
from sales.prospects.score.fact import DatedCase, LeakyField, fields_of, leaky, learnable
from sales.prospects.score.model import DecidedCase, ScoreModel, learned
from sales.prospects.score.trial import Trial, judged, put_right, unseen

SCORING_VERSION = 1  # raise it whenever the same outcomes teach something else: versions are never compared
LEAST_OUTCOMES = 100  # below it the shrunk rate is the better guess (forecasts.md §4.4)
LEAST_OF_EACH = 10  # won, and lost; one of each for every tenth of the trial
MOST_CASES = 3000  # the latest; older ones were another market's


class ScoringState(StrEnum):
    """Whether there is a model, and why there is none."""

    TOO_FEW = "too_few"
    ONE_SIDED = "one_sided"  # nearly all were won, or nearly all lost
    NO_FACTS = "no_facts"  # nothing that was known in time differs between them
    NO_BETTER = "no_better"  # the average does as well
    LEARNED = "learned"


class ScoreBasis(StrEnum):
    """What the outcomes are of."""

    DEALS = "deal"
    LEADS = "lead"


@dataclass(frozen=True)
class Scoring:
    """What a team's outcomes teach: a `model` where they are enough, its `trial`, and which facts were left out.

    `facts` are those that were looked at, also where they tell nothing. `drift` is how what was decided lately came out
    beside all before it; None where that is too little.
    """

    state: ScoringState
    basis: ScoreBasis
    cases: int
    won: int
    model: ScoreModel | None = None
    trial: Trial | None = None
    left_out: tuple[LeakyField, ...] = ()
    facts: tuple[str, ...] = ()
    drift: Drift | None = None

    @property
    def average(self) -> float | None:
        """The share that was won; None where nothing is decided yet."""
        return self.won / self.cases if self.cases else None

    @property
    def missing(self) -> int:
        """How many outcomes there are too few."""
        return max(0, LEAST_OUTCOMES - self.cases)


def scoring(cases: Sequence[DatedCase], basis: ScoreBasis, today: date) -> Scoring:
    """Return what outcomes teach by what was known in time, as of a day."""
    latest = latest_of(cases)
    late = tuple(leaky(latest))
    return replace(scored(learnable(latest, late), basis, late), drift=drift(latest, late, today))


def on_another_day(found: Scoring, cases: Sequence[DatedCase], today: date) -> Scoring:
    """Return what the same outcomes teach as of another day: only what counts as lately is another then."""
    return replace(found, drift=drift(latest_of(cases), found.left_out, today))


def latest_of(cases: Sequence[DatedCase]) -> list[DatedCase]:
    """Return the cases that are learned from, the earliest decided first."""
    return sorted(cases, key=lambda one: one.decided_on)[-MOST_CASES:]


def scored(
    cases: Sequence[DecidedCase], basis: ScoreBasis = ScoreBasis.DEALS, left_out: tuple[LeakyField, ...] = ()
) -> Scoring:
    """Return what outcomes teach."""
    won = sum(one.won for one in cases)
    found = Scoring(ScoringState.TOO_FEW, basis, len(cases), won, left_out=left_out)
    if found.missing:
        return found
    if min(won, len(cases) - won) < LEAST_OF_EACH:
        return replace(found, state=ScoringState.ONE_SIDED)
    fields = fields_of(cases)
    model = learned(cases, fields)
    if not model.fields:
        return replace(found, state=ScoringState.NO_FACTS)
    found, tries = replace(found, facts=model.names), unseen(cases, fields, near=model)
    trial = judged(put_right(tries))
    right = calibration([one.resolved for one in tries])
    if right is not None:
        model = replace(model, shift=right.shift, slope=right.slope, resolved=right.resolved)
    if not trial.tells:
        return replace(found, state=ScoringState.NO_BETTER, trial=trial)
    return replace(found, state=ScoringState.LEARNED, model=model, trial=trial)
