"""The trial: how good a model's chances are for cases it has not seen, beside the average alone (mechanism 37).

Each tenth of the cases is judged by what the other nine taught: the choice of facts, the weights and, from 200 on, how
chances are put right. So nothing is praised for having been learned by heart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import sqrt
from random import Random
from typing import NamedTuple

from sales.distributions import NORMAL_95
from sales.goals.forecast.calibration import calibration
from sales.goals.forecast.score import Bin, Interval, Resolved, brier, reliability
from sales.prospects.score.model import DecidedCase, ScoreModel, learned

FOLDS = 10
SEED = 1  # any fixed number; figures that flicker are not believed


class TriedCase(NamedTuple):
    """A case with the chance that others gave it, the share of those others that was won, and what came."""

    fold: int
    chance: float
    average: float
    won: bool

    @property
    def resolved(self) -> Resolved:
        return Resolved("", self.chance, self.won)

    @property
    def gained(self) -> float:
        """By how much its chance is nearer to what came than the average: less error of Brier's where below 0."""
        return (self.chance - self.won) ** 2 - (self.average - self.won) ** 2


@dataclass(frozen=True)
class Trial:
    """How chances did: Brier beside that of the average, and bins of a tenth with what was said and what came.

    `apart` is Brier less the average's, with its 95% interval; `auc` how often, of two cases of which one was won, that
    one had the higher chance, ½ by luck.
    """

    cases: int
    brier: float
    average_brier: float
    apart: Interval
    auc: float
    bins: tuple[Bin, ...]

    @property
    def tells(self) -> bool:
        """Whether the chances are better than the average by more than luck."""
        return self.apart.high < 0


def tried(cases: Sequence[DecidedCase], fields: Sequence[str], seed: int = SEED) -> Trial:
    """Return how good a model of these facts is for cases it has not seen.

    Raises:
        ValueError: with fewer than two won or two lost, as none could be left out.
    """
    return judged(put_right(unseen(cases, fields, seed)))


def unseen(
    cases: Sequence[DecidedCase],
    fields: Sequence[str],
    seed: int = SEED,
    most: int | None = None,
    near: ScoreModel | None = None,
) -> list[TriedCase]:
    """Return each case with the chance given by a model of those that are not in its tenth.

    `near` is a model of all of them: no chance is another with it, and each is found sooner.
    """
    dealt = folds([one.won for one in cases], seed)
    found: list[TriedCase] = []
    for fold in range(FOLDS):
        others = [one for one, held in zip(cases, dealt, strict=True) if held != fold]
        model = learned(others, fields, most, near)
        average = model.won / model.cases
        found += [
            TriedCase(fold, model.chance(one.facts), average, one.won)
            for one, held in zip(cases, dealt, strict=True)
            if held == fold
        ]
    return found


def folds(won: Sequence[bool], seed: int) -> list[int]:
    """Return the tenth that each case is in; wins and losses are spread evenly over them."""
    draw, found, dealt = Random(seed), [0] * len(won), 0
    for which in (True, False):
        places = [place for place, one in enumerate(won) if one is which]
        draw.shuffle(places)
        for place in places:
            found[place], dealt = dealt % FOLDS, dealt + 1
    return found


def put_right(cases: Sequence[TriedCase]) -> list[TriedCase]:
    """Return cases with their chances put right by how those of the other tenths came out, where these are enough."""
    found: list[TriedCase] = []
    for fold in range(FOLDS):
        held = [one for one in cases if one.fold == fold]
        right = calibration([one.resolved for one in cases if one.fold != fold])
        found += held if right is None else [one._replace(chance=right.of(one.chance)) for one in held]
    return found


def judged(cases: Sequence[TriedCase]) -> Trial:
    """Return how good chances were, and whether by more than luck."""
    gains = [one.gained for one in cases]
    mean = sum(gains) / len(gains)
    spread = sqrt(sum((one - mean) ** 2 for one in gains) / (len(gains) - 1) / len(gains))
    half = NORMAL_95 * spread
    resolved = [one.resolved for one in cases]
    return Trial(
        cases=len(cases),
        brier=brier(resolved),
        average_brier=brier(Resolved("", one.average, one.won) for one in cases),
        apart=Interval(mean, mean - half, mean + half),
        auc=auc(resolved),
        bins=reliability(resolved),
    )


def auc(cases: Iterable[Resolved]) -> float:
    """Return how often, of two cases one of which was won, that one had the higher chance; equal ones count half.

    ½ where all or none were won.
    """
    below, pairs, won = 0, 0.0, 0
    for _, some in groupby(sorted(cases, key=lambda one: one.chance), key=lambda one: one.chance):
        hits = [one.hit for one in some]
        lost = hits.count(False)
        pairs += (len(hits) - lost) * (below + lost / 2)
        below, won = below + lost, won + len(hits) - lost
    return pairs / (won * below) if won and below else 0.5
