"""Progress: a target, or a goal, as it stands on a day, for whoever shows it."""

from dataclasses import dataclass, field
from datetime import date

from sales.goals.goal import Goal, Target
from sales.goals.goal_chance import GoalChance
from sales.goals.pace import Pace
from sales.goals.starting_balance import StartingBalance
from sales.goals.status import Status, StatusWord, is_in_doubt, status


@dataclass(frozen=True)
class TargetProgress:
    """A target, a team's or one that is still being typed, how far it is and at what pace.

    `chance` is P(hit), None where nobody asked for it or the period is over. Where it `asks_start`, nobody said yet
    what was won before it was set, and no figure of it says where it stands.
    """

    goal: Target
    pace: Pace
    chance: GoalChance | None = None
    asks_start: bool = field(default=False, kw_only=True)

    @property
    def attained(self) -> int:
        """Return what counts towards the target so far, in the goal's unit."""
        return int(self.pace.actual)

    @property
    def gap(self) -> int:
        """Return what is missing to the target; 0 once it is reached."""
        return max(0, self.goal.target - self.attained)

    @property
    def label(self) -> str:
        """Return how people call the period: "Q4 2017"."""
        return self.pace.period.label

    @property
    def is_upcoming(self) -> bool:
        """Return whether the period has not begun."""
        return self.pace.today < self.pace.period.start

    @property
    def status(self) -> Status:
        """Return where the goal stands, in the one word that every surface says."""
        if self.asks_start and not self.pace.is_reached:
            return Status(StatusWord.START_ASKED, 0)
        return status(self.pace, self.chance.forecast.chance if self.chance is not None else None)

    @property
    def may_fall_short(self) -> bool:
        """Return whether the target may have to be talked about, begun or not; never once it is reached."""
        chance = self.chance.forecast.chance if self.chance is not None else None
        return not self.pace.is_reached and is_in_doubt(chance)

    @property
    def is_behind(self) -> bool:
        """Return whether less is there than should be by now."""
        return self.status.word is StatusWord.BEHIND


@dataclass(frozen=True)
class GoalProgress(TargetProgress):
    """A stored goal, how far it got and at what pace. `goal_id` is what buttons carry.

    `set_late` is the day it was set where that was well into its period.
    """

    goal: Goal
    goal_id: int = field(kw_only=True)
    set_late: date | None = field(default=None, kw_only=True)

    @property
    def objective(self) -> str:
        """Return the company's aim that the goal serves; empty where none was named."""
        return self.goal.objective


@dataclass(frozen=True)
class ProgressInputs:
    """Where the inputs of a goal's figures come from.

    `counted` rows from `first` on count towards it, the newest of `last_gain` about `last_what`; `before` is what was
    there already. `changed_on` is when any deal was last written down, None where deals say nothing. `holidays` is the
    country whose are left out, by name, and `leave` are calendar days off.
    """

    set_by: str
    set_on: date
    counted: int
    first: date
    last_gain: date | None
    last_what: str
    changed_on: date | None
    holidays: str
    leave: int
    today: date
    before: tuple[StartingBalance, ...] = ()
