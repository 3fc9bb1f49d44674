"""What is said of a goal's chance: P(hit), what moved it since a day, and what would move it most.

Every part comes from running the model again, so it can be explained, and the same record gives the same words.
"""

from dataclasses import dataclass, replace
from datetime import date

from sales.goals.forecast.calibration import Calibration
from sales.goals.forecast.drivers import Moved, worth_saying
from sales.goals.forecast.forecast import Forecast
from sales.goals.forecast.what_if import Move
from sales.goals.lead_measures import Week
from sales.language.figures import chance_percent

LOOK_BACK = 7  # days; "since last week" (mechanism 5)
QUIET_AFTER = 14  # days without a logged contact; then a call is news to the customer
MOST_DRIVERS = 2  # the two that moved it most; the rest is in `/why`


@dataclass(frozen=True)
class GoalChance:
    """P(hit) of a goal as it stands. `since` is the day it is compared with, None where there was no figure then.

    `before` is the chance on that day, in 0..1. `best` is what would raise it most, about deals of these
    `names`. `week` is what this week asks for, None where nothing is asked or nothing tells.
    """

    forecast: Forecast
    since: date | None = None
    before: float | None = None
    moved: tuple[Moved, ...] = ()
    best: Move | None = None
    names: tuple[str, ...] = ()
    week: Week | None = None

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
    def drivers(self) -> tuple[Moved, ...]:
        """Return what moved the chance most, at most two things, the largest first."""
        return worth_saying(self.moved)[:MOST_DRIVERS]

    @property
    def action(self) -> Move | None:
        """Return what would raise the chance most, if the figure people read would change."""
        if self.best is None or chance_percent(self.best.chance) == self.forecast.figure:
            return None
        return self.best

    @property
    def figure_before(self) -> str:
        """Return the earlier chance as people read it; empty where there was none."""
        return "" if self.before is None else chance_percent(self.before)

    @property
    def is_settled(self) -> bool:
        """Return whether there is nothing left to say: the target is reached."""
        return self.forecast.done >= self.forecast.target
