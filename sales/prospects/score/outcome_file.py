"""Files of outcomes: deals that were won or lost, with whatever a table says of them (mechanism 37).

A file has no days by which what came with the outcome could be told. So a column that tells nearly every outcome by
itself is left out and named, exact doubles count once, and who sold it is no fact.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from sales.goals.forecast.score import brier
from sales.prospects.score.model import DecidedCase, levels_of
from sales.prospects.score.scoring import LEAST_OF_EACH, LEAST_OUTCOMES, MOST_CASES
from sales.prospects.score.trial import auc, unseen
from sales.refusal import Refusal

WON = frozenset({"won", "win", "closed won", "closedwon", "gewonnen"})
LOST = frozenset({"lost", "loss", "closed lost", "closedlost", "verloren"})
MOSTLY = 0.9  # of a column's values are outcomes in the one that says them
TELLS_ALL = 0.97  # of the outcomes, which nothing known beforehand does
WAYS = 3  # to deal the cases out into tenths; the mean of them hardly moves any more

SOLD_BY = re.compile(r"seller|owner|\brep\b|agent|salesperson|sales person|\buser\b", re.I)
ON_PAPER = re.compile(
    r"size|employ|headcount|revenue|turnover|growth|sector|industr|locat|region|countr|product|segment", re.I
)
RELATION = re.compile(
    r"att|client|customer|partner|posit|statement|source|strat|relation|loyal|refer|bought", re.I
)


@dataclass(frozen=True)
class OutcomeFile:
    """What a table says of deals that came to an end: the cases, each once, and how many rows were what else.

    `names` are the columns that may be looked at; `telling` those that tell nearly every outcome by themselves.
    """

    cases: tuple[DecidedCase, ...]
    names: tuple[str, ...]
    telling: tuple[str, ...]
    rows: int
    doubles: int
    open_rows: int

    @property
    def won(self) -> int:
        return sum(one.won for one in self.cases)

    @property
    def base_brier(self) -> float:
        """The Brier score of giving each the share that was won."""
        rate = self.won / len(self.cases)
        return rate * (1 - rate)

    @property
    def groups(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What may be looked at, in three parts: what a firm is, how it stands to us, and all there is."""
        return (
            ("Firmographics: size and kind", tuple(one for one in self.names if ON_PAPER.search(one))),
            ("Attitude, relation, source", tuple(one for one in self.names if RELATION.search(one))),
            ("All but who sold it", self.names),
        )


@dataclass(frozen=True)
class GroupScore:
    """How far some columns tell who is won, on cases that were not fitted to."""

    name: str
    columns: tuple[str, ...]
    auc: float
    brier: float


def read_outcomes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> OutcomeFile:
    """Return what a table says of outcomes, of its last 3,000 rows that have one.

    Raises:
        Refusal: where no column says won or lost, or there are too few of either to learn from.
    """
    names = [" ".join(one.split()) for one in header]
    every = [tuple(field.strip() for field in row) for row in rows]
    whole = [row for row in every if len(row) == len(names)]
    place = outcome_column(whole, len(names))
    if place is None:
        raise Refusal("No column says of each row whether it was won or lost.", example="status: won, lost")
    ended = [row for row in whole if outcome(row[place]) is not None]
    once = list(dict.fromkeys(ended))[-MOST_CASES:]
    kept = [name for at, name in enumerate(names) if name and at != place and not SOLD_BY.search(name)]
    cases = tuple(
        DecidedCase(
            {name: value for name, value in zip(names, row, strict=True) if name in kept},
            outcome(row[place]) is True,
        )
        for row in once
    )
    require_enough(cases)
    telling = tuple(name for name in kept if tells_all(cases, name))
    looked_at = tuple(name for name in kept if name not in telling)
    return OutcomeFile(
        cases, looked_at, telling, len(every), len(ended) - len(dict.fromkeys(ended)), len(every) - len(ended)
    )


def outcome(said: str) -> bool | None:
    """Return whether a word says that something was won; None for what is no end."""
    word = said.strip().casefold()
    return True if word in WON else False if word in LOST else None


def outcome_column(rows: Sequence[Sequence[str]], columns: int) -> int | None:
    """Return which column says whether a row was won or lost; the last such one, None where there is none."""
    for at in range(columns - 1, -1, -1):
        said = [outcome(row[at]) for row in rows if row[at]]
        if said and {True, False} <= set(said) and sum(one is not None for one in said) >= MOSTLY * len(said):
            return at
    return None


def require_enough(cases: Sequence[DecidedCase]) -> None:
    """Refuse what is too little to learn from.

    Raises:
        Refusal: saying how much there is, and how much it takes.
    """
    won = sum(one.won for one in cases)
    if len(cases) < LEAST_OUTCOMES or min(won, len(cases) - won) < LEAST_OF_EACH:
        raise Refusal(
            f"There are {len(cases)} different outcomes, {won} of them won. It takes {LEAST_OUTCOMES}, and "
            f"{LEAST_OF_EACH} of each, to tell anything."
        )


def tells_all(cases: Sequence[DecidedCase], name: str) -> bool:
    """Say whether a column tells nearly every outcome by itself, as what was written down after it does."""
    levels = levels_of(cases, name).values()
    won, every = sum(one.won for one in cases), len(cases)
    right = sum(max(one.won, one.cases - one.won) for one in levels) / every
    return right >= TELLS_ALL > max(won, every - won) / every


def scored_groups(found: OutcomeFile) -> list[GroupScore]:
    """Return how far each part of a file's columns tells; of a part without columns nothing.

    All of a part's columns are looked at, however few the outcomes are: it is the file that is tried.
    """
    scores = []
    for name, columns in found.groups:
        if columns:
            tries = [
                [one.resolved for one in unseen(found.cases, columns, seed, len(columns))]
                for seed in range(WAYS)
            ]
            scores.append(GroupScore(name, columns, fmean(map(auc, tries)), fmean(map(brier, tries))))
    return scores
