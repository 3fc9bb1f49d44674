"""How likely one open deal is won in time, by its age and by the phase of the period (forecasts.md §2.3).

P(win by T | open at age a) = Σ h_won(a + i)·m(i)·S(i − 1), with separate hazards by age for winning and losing
and the period's multipliers m for the days i ahead. Ages beyond the longest win ever seen have half a win
imputed to all the days observed there: their chance is small and not nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sales.pipeline.cycle import MIN_CLOSED, TAIL_WINS, Cycle


@dataclass(frozen=True)
class Hazards:
    """Daily chances by age in whole days, of being won and of being lost, given open so far.

    Past the last age seen a deal is won at the rate `tail` and never lost.
    """

    won: tuple[float, ...]
    lost: tuple[float, ...]
    tail: float

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

    Half a win says little of a tail that a few deals have just come into: it is spread over as many days at least as
    thirty deals would take to the longest win. Use the plain estimate (`delayed_entry=False`) for forecasts: see
    `snapshot_of`.
    """
    won, lost = [0.0] * len(cycle.share_won), [0.0] * len(cycle.share_won)
    watched = max(1, cycle.tail_days, MIN_CLOSED * cycle.longest_win)
    tail = TAIL_WINS / watched if cycle.won else 0.0
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
