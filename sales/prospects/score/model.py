"""The model: how likely a case is won by what is known of it, and which of that says so (mechanism 37).

A ridge logistic regression over one-hot facts, with as many of them as the outcomes can carry.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import getitem
from typing import NamedTuple

from sales.distributions import chi_square_above
from sales.goals.forecast.calibration import Calibration
from sales.prospects.score.logistic import alike, fitted, logistic

PENALTY = 5.0  # of the ridge: C = .2, in the middle of what was measured to be best (.1 to .3)
MOST_FIELDS = 8  # while there are fewer than ten wins, or losses, for each parameter
EVENTS_PER_PARAMETER = 10
LEAST_OF_LEVEL = 5  # cases; what is rarer is taken together
UNKNOWN = ""  # nobody said it, or too late
RARE = "\N{HORIZONTAL ELLIPSIS}"  # what is rare, together
LEAST_REASON = 0.1  # log odds; what moves a chance less, by some 2 points, is no reason
MOST_REASONS = 3
MOST_STRONGEST = 6


class DecidedCase(NamedTuple):
    """Something that was won or lost, and what was known of it in time, by the name of the fact."""

    facts: Mapping[str, str]
    won: bool


class LevelCount(NamedTuple):
    """Of so many cases so many were won."""

    won: int
    cases: int


@dataclass(frozen=True)
class LevelEffect:
    """What one value of a fact adds to the log odds, beside the average of all cases; and what it is learned from."""

    weight: float
    won: int
    cases: int


@dataclass(frozen=True)
class FieldEffect:
    """What the values of one fact add."""

    name: str
    levels: Mapping[str, LevelEffect]

    def level_of(self, facts: Mapping[str, str]) -> str:
        """Return under which value a case is counted; what nobody knows is no rare value."""
        value = facts.get(self.name, UNKNOWN)
        return value if value in self.levels or value == UNKNOWN else RARE

    @property
    def weights(self) -> "WeightTable":
        """What each value adds; nothing where none like it was seen."""
        rare = self.levels.get(RARE)
        found = WeightTable({value: effect.weight for value, effect in self.levels.items()})
        found.otherwise = rare.weight if rare is not None else 0.0
        return found


class WeightTable(dict[str, float]):
    """Weights by value; of another value it is `otherwise`, and of one that nobody knows nothing."""

    otherwise = 0.0

    def __missing__(self, value: str) -> float:
        return self.otherwise if value != UNKNOWN else 0.0


@dataclass(frozen=True)
class ScoreReason:
    """One fact that moves a chance, up where `weight` is above 0: its value, and of how many like it were won."""

    field: str
    value: str
    weight: float
    won: int
    cases: int

    @property
    def is_known(self) -> bool:
        """Whether the fact is known of the case at all."""
        return self.value != UNKNOWN


@dataclass(frozen=True)
class ScoreModel:
    """What so many cases taught; `base` are the log odds of one about which nothing is out of the ordinary."""

    base: float
    fields: tuple[FieldEffect, ...]
    won: int
    cases: int
    shift: float = 0.0
    slope: float = 1.0
    resolved: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The facts it looks at, in its order."""
        return tuple(one.name for one in self.fields)

    @cached_property
    def weights(self) -> tuple[WeightTable, ...]:
        """What each value of each fact adds, in the order of `names`; many leads are judged by it."""
        return tuple(one.weights for one in self.fields)

    def start_at(self, places: Mapping[tuple[str, str], int]) -> list[float]:
        """Return the intercept and the weight of each column, from which a model of nearly the same cases is found."""
        known = {
            (one.name, value): effect.weight for one in self.fields for value, effect in one.levels.items()
        }
        return [self.base, *(known.get(column, 0.0) for column in places)]

    @property
    def calibration(self) -> Calibration | None:
        """How its chances are put right; None where too few came out to tell."""
        return Calibration(self.shift, self.slope, self.resolved) if self.resolved else None

    def chance(self, facts: Mapping[str, str]) -> float:
        """Return how likely a case is won, strictly between 0 and 1."""
        return self.chance_of([facts.get(name, UNKNOWN) for name in self.names])

    def chance_of(self, values: Sequence[str]) -> float:
        """Return the same by its values in the order of `names`."""
        return self.chance_by(sum(map(getitem, self.weights, values)))

    def chance_by(self, odds: float) -> float:
        """Return the same by what its values add together, as it is kept beside a lead."""
        return logistic(self.shift + self.slope * (self.base + odds))

    @property
    def strongest(self) -> list[ScoreReason]:
        """What moves chances most, whatever the case."""
        return strongest_of(self.fields, MOST_STRONGEST)

    def reasons(self, facts: Mapping[str, str], most: int = MOST_REASONS) -> list[ScoreReason]:
        """Return what moves a case's chance most, the strongest first; none where nothing is out of the ordinary."""
        found = []
        for one in self.fields:
            effect = one.levels.get(one.level_of(facts))
            if effect is not None and effect.cases >= LEAST_OF_LEVEL and abs(effect.weight) >= LEAST_REASON:
                value = facts.get(one.name, UNKNOWN)
                found.append(ScoreReason(one.name, value, effect.weight, effect.won, effect.cases))
        return sorted(found, key=lambda one: (-abs(one.weight), one.field))[:most]


def strongest_of(fields: Sequence[FieldEffect], most: int) -> list[ScoreReason]:
    """Return the values that move a chance most, whatever the case: of what is rare together nothing is said."""
    every = [
        ScoreReason(one.name, value, effect.weight, effect.won, effect.cases)
        for one in fields
        for value, effect in one.levels.items()
        if value not in (UNKNOWN, RARE) and abs(effect.weight) >= LEAST_REASON
    ]
    return sorted(every, key=lambda one: (-abs(one.weight), one.field, one.value))[:most]


def learned(
    cases: Sequence[DecidedCase],
    fields: Sequence[str],
    most: int | None = None,
    near: "ScoreModel | None" = None,
) -> ScoreModel:
    """Return what cases teach by some of these facts: `most` of them, or as many as the outcomes carry.

    `near` is what nearly the same cases taught: the answer is the same, and found sooner.

    Raises:
        ValueError: where all or none were won.
    """
    won = sum(one.won for one in cases)
    levels = {name: count for name in fields if len(count := levels_of(cases, name)) > 1}
    kept = chosen(levels, most_fields(levels, won, len(cases)) if most is None else most)
    places = placed(kept, levels)
    rows = ((columns_of(one.facts, kept, levels, places), one.won) for one in cases)
    start = near.start_at(places) if near is not None else None
    intercept, *weights = fitted(alike(rows), len(places), PENALTY, start)
    effects = []
    for name in kept:
        counts = levels[name]
        raw = {value: weights[places[name, value]] for value in counts}
        usual = sum(raw[value] * count.cases for value, count in counts.items()) / len(cases)
        intercept += usual
        effects.append(
            FieldEffect(
                name, {value: LevelEffect(raw[value] - usual, *counts[value]) for value in sorted(counts)}
            )
        )
    return ScoreModel(intercept, tuple(effects), won, len(cases))


def levels_of(cases: Iterable[DecidedCase], name: str) -> dict[str, LevelCount]:
    """Return the values of a fact with their outcomes, those that are rare together; what nobody knows is apart."""
    found: dict[str, list[int]] = {}
    for one in cases:
        count = found.setdefault(one.facts.get(name, UNKNOWN), [0, 0])
        count[0] += one.won
        count[1] += 1
    kept = {
        value: LevelCount(*count)
        for value, count in found.items()
        if count[1] >= LEAST_OF_LEVEL or value == UNKNOWN
    }
    rare = [count for value, count in found.items() if value not in kept]
    if rare:
        kept[RARE] = LevelCount(sum(won for won, _ in rare), sum(every for _, every in rare))
    return kept


def most_fields(levels: Mapping[str, Mapping[str, LevelCount]], won: int, cases: int) -> int:
    """Return how many facts the outcomes carry: all with ten wins and losses a parameter, else eight."""
    parameters = sum(len(counts) - 1 for counts in levels.values())
    return len(levels) if min(won, cases - won) >= EVENTS_PER_PARAMETER * parameters else MOST_FIELDS


def chosen(levels: Mapping[str, Mapping[str, LevelCount]], most: int) -> list[str]:
    """Return the facts that tell most by themselves, in order of names: those whose χ² chance gives least often."""
    return sorted(sorted(levels, key=lambda name: (*_by_chance(levels[name]), name))[:most])


def _by_chance(counts: Mapping[str, LevelCount]) -> tuple[float, float]:
    won, cases = sum(one.won for one in counts.values()), sum(one.cases for one in counts.values())
    rate = won / cases
    if not 0 < rate < 1:
        return 1.0, 0.0
    statistic = sum(
        (one.won - one.cases * rate) ** 2 / (one.cases * rate * (1 - rate)) for one in counts.values()
    )
    return chi_square_above(statistic, len(counts) - 1), -statistic


def placed(
    names: Sequence[str], levels: Mapping[str, Mapping[str, LevelCount]]
) -> dict[tuple[str, str], int]:
    """Return the column of each value of each fact."""
    every = [(name, value) for name in names for value in sorted(levels[name])]
    return {one: place for place, one in enumerate(every)}


def columns_of(
    facts: Mapping[str, str],
    names: Sequence[str],
    levels: Mapping[str, Mapping[str, LevelCount]],
    places: Mapping[tuple[str, str], int],
) -> tuple[int, ...]:
    """Return the columns that hold of a case, in ascending order; none for a value that no column is of."""
    found = []
    for name in names:
        value = facts.get(name, UNKNOWN)
        place = places.get((name, value if value in levels[name] or value == UNKNOWN else RARE))
        if place is not None:
            found.append(place)
    return tuple(found)
