"""News of scoring: what a model says otherwise than the one of the month before (mechanism 37)."""

from dataclasses import dataclass

from sales.prospects.score.model import RARE, FieldEffect, LevelCount, LevelEffect, ScoreModel
from sales.prospects.score.scoring import Scoring

LEAST_MOVED = 0.2  # log odds, some 5 points of a chance around one half
MOST_NEWS = 3


@dataclass(frozen=True)
class LevelNews:
    """A value of a fact that counts for more or less than it did: the weights, and what they were learned from."""

    field: str
    value: str
    was: float
    now: float
    before: LevelCount
    since: LevelCount

    @property
    def moved(self) -> float:
        return self.now - self.was


@dataclass(frozen=True)
class ScoringNews:
    """What is another than the month before: the state itself, facts taken in and dropped, values that moved.

    `more` is how many outcomes there are more, below 0 where more became too old than came.
    """

    before: Scoring
    now: Scoring
    taken_in: tuple[str, ...]
    dropped: tuple[str, ...]
    moved: tuple[LevelNews, ...]

    @property
    def more(self) -> int:
        return self.now.cases - self.before.cases

    @property
    def is_any(self) -> bool:
        """Whether anything is worth telling beside a count."""
        turned = self.before.state is not self.now.state
        return turned or bool(self.taken_in or self.dropped or self.moved)


def news(before: Scoring, now: Scoring) -> ScoringNews:
    """Return what changed between two months."""
    old, new = _effects(before.model), _effects(now.model)
    both = before.model is not None and now.model is not None
    moved = [one for name in sorted(old.keys() & new.keys()) for one in _moved(old[name], new[name])]
    return ScoringNews(
        before,
        now,
        tuple(sorted(new.keys() - old.keys())) if both else (),
        tuple(sorted(old.keys() - new.keys())) if both else (),
        tuple(sorted(moved, key=lambda one: (-abs(one.moved), one.field, one.value))[:MOST_NEWS]),
    )


def _effects(model: ScoreModel | None) -> dict[str, FieldEffect]:
    return {one.name: one for one in model.fields} if model is not None else {}


def _moved(old: FieldEffect, new: FieldEffect) -> list[LevelNews]:
    """Return the values that both know and that moved; what is rare together is another thing each month."""
    found = []
    for value in sorted((old.levels.keys() & new.levels.keys()) - {RARE}):
        was, now = old.levels[value], new.levels[value]
        if abs(now.weight - was.weight) >= LEAST_MOVED:
            found.append(LevelNews(old.name, value, was.weight, now.weight, _count(was), _count(now)))
    return found


def _count(effect: LevelEffect) -> LevelCount:
    return LevelCount(effect.won, effect.cases)
