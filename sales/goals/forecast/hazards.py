"""How likely one open deal is won in time, by its age and by the phase of the period (forecasts.md §2.3).

P(win by T | open at age a) = Σ h_won(a + i)·m(i)·S(i − 1), with separate hazards by age for winning and losing
and the period's multipliers m for the days i ahead. Ages beyond the longest win ever seen have half a win
imputed to all the days observed there: their chance is small and not nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sales.pipeline.cycle import LONGEST_AGE, TAIL_WINS, Cycle

BIN_DAYS = 7  # a segment's hazards are told apart by week of age (forecasts.md §2.3)
SEGMENT_WEIGHT = 100.0  # person-days of the team's in each week of age; 50–200 fit alike (forecasts.md §2.3)
LEAST_SEGMENT = 30  # closes a segment needs to be told apart; with fewer it is "team" (forecasts.md §2.3)
TEAM = "team"


@dataclass(frozen=True)
class Hazards:
    """Daily chances by age in whole days, of being won and of being lost, given open so far; `label` is whose.

    Past the last age seen a deal is won at the rate `tail` and never lost.
    """

    won: tuple[float, ...]
    lost: tuple[float, ...]
    tail: float
    label: str = TEAM

    def at(self, age: int) -> tuple[float, float]:
        """Return the chances of being won and of being lost at an age in days."""
        if age >= len(self.won):
            return self.tail, 0.0
        return self.won[age], self.lost[age]


@dataclass(frozen=True)
class Window:
    """The days ahead: a multiplier for each from tomorrow on, and the first that counts (0 is tomorrow).

    A period still to come begins later; what is won before it counts elsewhere.
    """

    multipliers: tuple[float, ...]
    first: int = 0


@dataclass(frozen=True)
class DealChances:
    """The chances of open deals in one window. Asking again for an age costs nothing."""

    hazards: Hazards
    window: Window
    _known: dict[tuple[int, float, bool], float] = field(default_factory=dict, repr=False, compare=False)

    def of(self, age: int, *, readiness: float = 1.0, kept: bool = False) -> float:
        """Return P(won in the window | open at `age` days), in 0..1.

        `readiness` multiplies the chance of being won on each day, `kept` supposes that it is never lost.
        """
        key = min(age, len(self.hazards.won)), readiness, kept
        if key not in self._known:
            self._known[key] = self._chance(*key)
        return self._known[key]

    def new_wins(self, share_won: Sequence[float]) -> float:
        """Return how many of deals opened one a day, from tomorrow on, are won in the window.

        `share_won` is F_won by age: Σ over days t in the window of m(t)·F_won(age of the oldest by t).
        """
        total = 0.0
        for day, multiplier in enumerate(self.window.multipliers):
            if day >= self.window.first:
                total += multiplier * share_won[min(day, len(share_won) - 1)]
        return total

    def _chance(self, age: int, readiness: float, kept: bool) -> float:
        still, total = 1.0, 0.0
        for day, multiplier in enumerate(self.window.multipliers):
            won, lost = self.hazards.at(age + day + 1)
            lost = 0.0 if kept else lost
            won = min(won * multiplier * readiness, 1 - lost)
            if day >= self.window.first:
                total += still * won
            still *= 1 - won - lost
            if still <= 0:
                break
        return min(1.0, total)


def hazards_of(cycle: Cycle) -> Hazards:
    """Return the hazards by age of a cycle, exact by day, with the empty tail filled in.

    Use the plain estimate (`delayed_entry=False`) for forecasts: see `known_on`.
    """
    won, lost = [0.0] * len(cycle.share_won), [0.0] * len(cycle.share_won)
    tail = TAIL_WINS / max(1.0, cycle.tail_days) if cycle.won else 0.0
    for age in range(len(won)):
        before = cycle.open_at(age - 1)
        if before <= 1e-12:
            won[age] = tail
            continue
        won[age] = max(0.0, cycle.won_by(age) - cycle.won_by(age - 1)) / before
        lost[age] = min(1 - won[age], max(0.0, cycle.lost_by(age) - cycle.lost_by(age - 1)) / before)
        if age > cycle.longest_win:
            won[age] = min(tail, 1 - lost[age])
    return Hazards(tuple(won), tuple(lost), tail)


class Lived(NamedTuple):
    """How a deal of a segment lived: days open so far, and won, lost (False) or open (None)."""

    days: int
    won: bool | None


def segment_hazards(
    name: str, deals: Iterable[Lived], team: Iterable[Lived], pool: Hazards, weight: float = SEGMENT_WEIGHT
) -> Hazards:
    """Return the hazards of a segment, leaning on the team's: h = (d + k·h_team)/(n + k) by week of age.

    `pool` are the team's hazards by day, whose shape within a week is kept; `team` are all its deals. With
    fewer than 30 closes of its own the segment is not told apart: the team's hazards come back.
    """
    own, everybody = _Weeks.of(deals), _Weeks.of(team)
    if sum(own.won) + sum(own.lost) < LEAST_SEGMENT:
        return pool
    won = [h * own.ratio(own.won, everybody.won, everybody, age, weight) for age, h in enumerate(pool.won)]
    lost = [
        h * own.ratio(own.lost, everybody.lost, everybody, age, weight) for age, h in enumerate(pool.lost)
    ]
    capped = tuple(min(h, 1.0) for h in won)
    return Hazards(capped, tuple(min(h, 1 - w) for h, w in zip(lost, capped, strict=True)), pool.tail, name)


class _Weeks(NamedTuple):
    """Wins, losses and days at risk by week of age."""

    won: list[int]
    lost: list[int]
    days: list[int]

    @classmethod
    def of(cls, deals: Iterable[Lived]) -> "_Weeks":
        length = LONGEST_AGE // BIN_DAYS + 1
        weeks = cls(*([0] * length for _ in range(3)))
        ended = [0] * length
        for deal in deals:
            week, rest = divmod(min(max(0, deal.days), LONGEST_AGE), BIN_DAYS)
            ended[week] += 1
            weeks.days[week] += rest + 1
            if deal.won is not None and deal.days <= LONGEST_AGE:
                (weeks.won if deal.won else weeks.lost)[week] += 1
        beyond = 0
        for week in reversed(range(length)):
            weeks.days[week] += BIN_DAYS * beyond
            beyond += ended[week]
        return weeks

    def ratio(
        self, own: Sequence[int], team: Sequence[int], everybody: "_Weeks", age: int, weight: float
    ) -> float:
        """Return how the segment's hazard in a week of age compares with the team's; 1 where none tells."""
        week = age // BIN_DAYS
        if not everybody.days[week] or not team[week]:
            return 1.0
        pooled = team[week] / everybody.days[week]
        return (own[week] + weight * pooled) / (self.days[week] + weight) / pooled
