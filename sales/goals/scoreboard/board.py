"""The scoreboard: how good the forecasts were beside the usual guesses, said also where they were worse.

Forecasts of one rep hang together, so intervals draw whole reps again; and the days of one goal do too, so it is
goals that are counted before anything is claimed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sales.goals.forecast.calibration import Calibration, calibration
from sales.goals.forecast.score import Interval, Resolved, Score, brier, difference, score
from sales.goals.forecast.weights import ResolvedHalves, Weights, weights_of
from sales.goals.scoreboard.statement import SaidForecast
from sales.language.figures import plural

LEAST_GOALS = 10  # resolved; the outcome of fewer is mostly luck, whoever forecast them
LEAST_REPS = 5  # below it drawing reps again tells nothing, so there is no interval and no verdict
LEAST_TO_CALIBRATE = 20  # goals: 200 daily forecasts of three goals are three outcomes

RUN_RATE = "Linear run-rate, yes or no"
SOFT = "Linear run-rate with chance in it"
STAGES = "Stage-weighted pipeline"


@dataclass(frozen=True)
class Rival:
    """Another way to guess, scored on the forecasts it has an opinion on.

    `apart` is our Brier score minus theirs on those, below 0 where ours is better.
    """

    name: str
    count: int
    brier: float
    apart: Interval
    is_told_apart: bool

    @property
    def verdict(self) -> str:
        """Return "better", "worse" or "not to be told apart", of ours beside this one."""
        if not self.is_told_apart:
            return "not to be told apart"
        return "better" if self.apart.value < 0 else "worse"


@dataclass(frozen=True)
class Scoreboard:
    """A team's resolved forecasts, scored. `not_yet` says why there is no score, empty where there is one.

    `waiting` goals are not resolved yet; the first of their periods ends on `next_end`.
    """

    forecasts: int
    goals: int
    reps: int
    reached: int
    since: date | None
    until: date | None
    waiting: int
    next_end: date | None
    ours: Score | None = None
    rivals: tuple[Rival, ...] = ()
    not_yet: str = ""

    @property
    def has_intervals(self) -> bool:
        return self.reps >= LEAST_REPS


def scoreboard(said: Sequence[SaidForecast], waiting: int = 0, next_end: date | None = None) -> Scoreboard:
    """Return the scoreboard of resolved forecasts, of which none was certain when it was made."""
    goals = {(one.goal_id, one.target, one.ends_on): one.hit for one in said}
    reps = {one.rep for one in said}
    ends = sorted({one.ends_on for one in said})
    found = Scoreboard(
        len(said),
        len(goals),
        len(reps),
        sum(goals.values()),
        ends[0] if ends else None,
        ends[-1] if ends else None,
        waiting,
        next_end,
        not_yet=_not_yet(len(goals)),
    )
    if found.not_yet:
        return found
    ours = score(resolved(said, lambda one: one.shown))
    rivals = tuple(
        _rival(name, said, guess, has_intervals=found.has_intervals) for name, guess in _GUESSES.items()
    )
    return Scoreboard(
        **{**vars(found), "ours": ours, "rivals": tuple(rival for rival in rivals if rival is not None)}
    )


def calibration_of(said: Sequence[SaidForecast]) -> Calibration | None:
    """Return how to put chances right by these forecasts; None before 200 of them, of 20 goals, are resolved."""
    if len({(one.goal_id, one.target, one.ends_on) for one in said}) < LEAST_TO_CALIBRATE:
        return None
    return calibration(resolved(said, lambda one: one.chance))


def weights_by(said: Sequence[SaidForecast]) -> Weights:
    """Return how much each half of a chance weighs after these forecasts, of goals that had both."""
    return weights_of(
        [
            ResolvedHalves((one.goal_id, one.target, one.ends_on), one.floor, one.survival, one.hit)
            for one in said
            if one.floor is not None and one.survival is not None
        ]
    )


def blended_anew(said: Sequence[SaidForecast], weights: Weights) -> list[SaidForecast]:
    """Return forecasts with the chance that the same halves give by other weights."""
    return [
        one
        if one.floor is None or one.survival is None
        else one._replace(chance=weights.of(one.floor, one.survival))
        for one in said
    ]


def resolved(said: Sequence[SaidForecast], chance: Callable[[SaidForecast], float]) -> list[Resolved]:
    """Return forecasts with what came of them, as one of those who guess said them."""
    return [Resolved(one.rep, chance(one), one.hit) for one in said]


_GUESSES: dict[str, Callable[[SaidForecast], float | None]] = {
    RUN_RATE: lambda one: one.run_rate,
    SOFT: lambda one: one.soft,
    STAGES: lambda one: one.stages,
}


def _rival(
    name: str,
    said: Sequence[SaidForecast],
    guess: Callable[[SaidForecast], float | None],
    *,
    has_intervals: bool,
) -> Rival | None:
    same = [(one, theirs) for one in said if (theirs := guess(one)) is not None]
    if not same:
        return None
    ours = resolved([one for one, _ in same], lambda one: one.shown)
    other = [Resolved(one.rep, theirs, one.hit) for one, theirs in same]
    apart = difference(ours, other)
    return Rival(name, len(same), brier(other), apart, has_intervals and apart.leaves_out_zero)


def _not_yet(goals: int) -> str:
    if goals >= LEAST_GOALS:
        return ""
    have = plural(goals, "goal with forecasts has", "goals with forecasts have")
    have = have if goals else "no goal with forecasts has"
    return f"Not enough yet: {have} come to an end, of the {LEAST_GOALS} it takes to tell skill from luck."
