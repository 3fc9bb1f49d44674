"""A forecast: P(hit) of one goal with what it rests on, and why in the words a person reads."""

from dataclasses import dataclass, replace
from datetime import date

from sales.goals.forecast.calibration import Calibration
from sales.goals.forecast.phase import Phases
from sales.goals.forecast.reach import Reach, reach
from sales.goals.forecast.weights import EVEN, LEAST_WEIGHED, Weights
from sales.language.dates.period import Period
from sales.language.figures import (
    Spell,
    chance_percent,
    decimals,
    inflected,
    long_day,
    number,
    percent,
    plural,
    whole_number,
)

NARROW = 0.25  # a gap this much smaller than the largest gets a grid of its own, to be told as finely

FLAT = 0.05  # multipliers closer to 1 than this are no phase worth a sentence


@dataclass(frozen=True)
class Basis:
    """What a figure rests on: the dates and counts of its inputs.

    `own` events of the rep in `own_days`, `team` events of `reps` reps since `since`; `to_come` is how many
    the rep's rate brings by the end. `open_deals` of the rep's, of which `open_wins` should be won in time;
    `new_wins` from deals not open yet; `closed` deals behind the hazards by age, 0 where there are too few. `shrunk`
    open deals are counted at the mean win, `typical`, as somebody typed more for them and nothing stands behind it.
    """

    since: date
    own: int
    own_days: int
    team: int
    reps: int
    is_shared: bool
    phases: Phases
    to_come: float
    open_deals: int = 0
    open_wins: float = 0.0
    new_wins: float = 0.0
    closed: int = 0
    shrunk: int = 0
    typical: float = 0.0


@dataclass(frozen=True)
class Forecast:
    """The chance of one goal on one day. Amounts are in the goal's unit. `what` happens to what it counts,
    and `event` is one of those, in words.

    `chance` is P(hit) in 0..1; None where there is not enough yet, and `not_yet` says why. `floor` and
    `survival` are what it is made of, as `weights` say; without opening dates there is only the floor.
    `uncorrected` is what the model alone says where `resolved` earlier forecasts put `chance` right, else None and 0.
    """

    target: float
    done: float
    period: Period
    today: date
    what: str = "won"
    event: str = "win"
    chance: float | None = None
    floor: float | None = None
    survival: float | None = None
    weights: Weights = EVEN
    not_yet: str = ""
    basis: Basis | None = None
    uncorrected: float | None = None
    resolved: int = 0

    @property
    def gap(self) -> float:
        """Return what is missing to the target; 0 once it is reached."""
        return max(0.0, self.target - self.done)

    @property
    def is_blended(self) -> bool:
        return self.survival is not None

    @property
    def reach(self) -> Reach | None:
        """Return the word for it, None where there is no figure."""
        return None if self.chance is None else reach(self.chance)

    @property
    def figure(self) -> str:
        """Return P(hit) as people read it ("38%", "<1%"); empty where there is no figure."""
        return "" if self.chance is None else chance_percent(self.chance)

    def calibrated(self, found: Calibration) -> "Forecast":
        """Return the forecast with its chance put right by how earlier ones came out."""
        if self.chance is None:
            return self
        right = found.of(self.chance)
        return replace(self, chance=right, uncorrected=self.chance, resolved=found.resolved)

    def why(self, spell: Spell = whole_number) -> tuple[str, ...]:
        """Return the arithmetic in plain words, a line for each step; `spell` writes an amount of the goal."""
        return why_lines(self, spell)


def why_lines(found: Forecast, spell: Spell) -> tuple[str, ...]:
    """Return a line for each step of a forecast; `spell` writes an amount of the goal."""
    target, label = spell(found.target), found.period.label
    if found.not_yet:
        return (found.not_yet,)
    if found.done >= found.target:
        return (f"{spell(found.done)} of {target} is {found.what}: the target is reached.",)
    if found.basis is None:
        return (f"{label} ended on {long_day(found.period.end)}, {spell(found.gap)} short.",)
    missing = f"{spell(found.done)} of {target} is {found.what}; {spell(found.gap)} is missing."
    lines = [missing, _rate(found.basis, found), *_phase(found.basis)]
    if found.floor is not None:
        lines.append(f"From that rate alone the chance is {chance_percent(found.floor)}.")
    raw = found.chance if found.uncorrected is None else found.uncorrected
    if found.survival is not None and raw is not None:
        lines += [_open(found.basis), *_shrunk(found.basis, spell)]
        lines.append(f"From open and new deals the chance is {chance_percent(found.survival)}.")
        lines.append(_together(found.weights, raw))
    if found.uncorrected is not None and found.chance is not None:
        past = f"{number(found.resolved)} of the team's earlier forecasts came out"
        lines.append(f"Put right by how {past}, it is {chance_percent(found.chance)}.")
    return tuple(lines)


def _together(weights: Weights, chance: float) -> str:
    if not weights.are_learned:
        so_far = inflected(weights.resolved, "has", "have")
        return (
            f"The mean of both is {chance_percent(chance)}. Both weigh the same until {LEAST_WEIGHED} of the team's "
            f"forecasts have come out; {number(weights.resolved)} {so_far} so far."
        )
    told = f"{number(weights.resolved)} of the team's forecasts came out"
    open_deals, rate = percent(weights.survival), percent(1 - weights.survival)
    return (
        f"By how {told}, open and new deals weigh {open_deals} and the rate alone {rate}: "
        f"together {chance_percent(chance)}."
    )


def _rate(basis: Basis, found: Forecast) -> str:
    since = f"since {long_day(basis.since)}"
    coming = f"about {number(basis.to_come)} more by {long_day(found.period.end)}"
    team = plural(basis.team, found.event)
    if not basis.own_days:
        return f"Nothing of this rep is on record yet, so the team's rate holds: {team} {since}, {coming}."
    own = f"{plural(basis.own, found.event)} in {plural(basis.own_days, 'day')} on record"
    if basis.reps == 1:
        return f"{own}, {since}: {coming}."
    if basis.is_shared:
        alike = (
            f"the {basis.reps} reps' counts differ no more than chance makes them, so one rate holds for all"
        )
        return f"{own}; {alike}: {coming}."
    return f"{own}, leaning on the team's {team} of {basis.reps} reps {since}: {coming}."


def _phase(basis: Basis) -> tuple[str, ...]:
    multipliers = basis.phases.multipliers
    if all(abs(each - 1) < FLAT for each in multipliers):
        return ()
    first, second, third = (decimals(each, 2) for each in multipliers)
    return (f"The thirds of a {basis.phases.kind} bring {first}, {second} and {third} of an even pace.",)


def _shrunk(basis: Basis, spell: Spell) -> tuple[str, ...]:
    if not basis.shrunk:
        return ()
    deals, counts = plural(basis.shrunk, "open deal"), inflected(basis.shrunk, "counts", "count")
    return (
        f"{deals} {counts} as a typical one, {spell(basis.typical)}: the larger value was typed, and nothing else "
        "stands behind it yet.",
    )


def _open(basis: Basis) -> str:
    return (
        f"By the age of {plural(basis.open_deals, 'open deal')}, {number(basis.open_wins)} should be won in "
        f"time, and {number(basis.new_wins)} of deals not open yet ({plural(basis.closed, 'closed deal')} "
        f"{inflected(basis.closed, 'tells', 'tell')} how long it takes)."
    )
