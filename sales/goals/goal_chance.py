"""What is said of a goal's chance: P(hit), what moved it since a day, and what would move it most.

Every part comes from running the model again, so it can be explained, and the same record gives the same words.
"""

from dataclasses import dataclass, replace
from datetime import date

from sales.goals.forecast.calibration import Calibration
from sales.goals.forecast.drivers import Moved, PointChange, in_points
from sales.goals.forecast.forecast import Forecast
from sales.goals.forecast.what_if import Move
from sales.goals.lead_measures import Week
from sales.language.figures import chance_percent, whole_percent

LOOK_BACK = 7  # days; "since last week" (mechanism 5)
QUIET_AFTER = 14  # days without a logged contact; then a call is news to the customer
MOST_DRIVERS = 2  # the two that moved it most; the others are "the rest", and each is in `/why`
LEAST_POINTS = 3  # of a chance, as shown, that an action must be worth


@dataclass(frozen=True)
class GoalChance:
    """P(hit) of a goal as it stands. `since` is the day it is compared with, None where there was no figure then.

    `before` is the chance on that day, in 0..1. `best` is what would raise it most, about deals of these
    `names`. `week` is what this week asks for, None where nothing is asked or nothing tells. `is_beyond` says that
    more is missing than can be opened in time.
    """

    forecast: Forecast
    since: date | None = None
    before: float | None = None
    moved: tuple[Moved, ...] = ()
    best: Move | None = None
    names: tuple[str, ...] = ()
    week: Week | None = None
    is_beyond: bool = False

    def calibrated(self, found: Calibration | None) -> "GoalChance":
        """Return every chance in it put right by how earlier forecasts came out; as it is with None."""
        if found is None:
            return self
        now = self.forecast.calibrated(found)
        best = self.best
        if best is not None and now.chance is not None:
            to = found.of(best.chance)
            best = replace(best, chance=to, gain=to - now.chance)
        return replace(
            self,
            forecast=now,
            before=None if self.before is None else found.of(self.before),
            moved=tuple(
                replace(one, before=found.of(one.before), after=found.of(one.after)) for one in self.moved
            ),
            best=best,
        )

    @property
    def changes(self) -> tuple[PointChange, ...]:
        """Return what moved the chance, in points that add up to the difference of the two figures."""
        if self.before is None or self.forecast.chance is None:
            return ()
        return in_points(self.moved, whole_percent(self.forecast.chance) - whole_percent(self.before))

    @property
    def drivers(self) -> tuple[PointChange, ...]:
        """Return what moved the chance most, at most two things, the largest first."""
        largest = sorted(self.changes, key=lambda one: -abs(one.points))
        return tuple(one for one in largest if one.points)[:MOST_DRIVERS]

    @property
    def rest(self) -> int:
        """Return the points that the two largest changes leave to the others."""
        return sum(one.points for one in self.changes) - sum(one.points for one in self.drivers)

    @property
    def points(self) -> int:
        """Return what the best action is worth, in points of the chance as it is shown; 0 without one."""
        if self.best is None or self.forecast.chance is None:
            return 0
        return whole_percent(self.best.chance) - whole_percent(self.forecast.chance)

    @property
    def action(self) -> Move | None:
        """Return what would raise the chance most, if it is worth doing."""
        return self.best if self.points >= LEAST_POINTS else None

    @property
    def figure_before(self) -> str:
        """Return the earlier chance as people read it; empty where there was none."""
        return "" if self.before is None else chance_percent(self.before)

    @property
    def is_settled(self) -> bool:
        """Return whether there is nothing left to say: the target is reached."""
        return self.forecast.done >= self.forecast.target
