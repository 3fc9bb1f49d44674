"""Plans: how somebody means to reach a goal, as several strategies of if and then with dated steps (13, 14).

A step is a follow-up. A plan stands once two strategies have a step each; until then the goal has none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from sqlmodel import Field, SQLModel

from sales.followups.followup import FollowUpState, StoredFollowUp
from sales.goals.goal import SHORT, Goal, GoalState, Metric
from sales.language.names.match import unaccented

PLAN_CHECK_IN = "plan_check_in"

LEAST_STRATEGIES = 2  # one way to find customers is a risk; mechanism 14
MOST_STRATEGIES = 10  # of one goal; whoever has more has no plan but a list
MOST_STEPS = 20  # of one strategy at once; more are added as these are done
MAX_HALF = 300  # characters of the if, and of the then
QUARTER = 91  # days: what a plan is for where several goals run


class SalesMotion(StrEnum):
    """The ways in which a rep comes to customers; the brief of a plan names each strategy by one."""

    REFERRAL = "referral"
    EVENT = "event"
    WIN_BACK = "win_back"
    OUTBOUND = "outbound"
    PARTNER = "partner"
    INBOUND = "inbound"
    EXISTING = "existing"


LABELS = {
    SalesMotion.REFERRAL: "Referral",
    SalesMotion.EVENT: "Event",
    SalesMotion.WIN_BACK: "Win-back",
    SalesMotion.OUTBOUND: "Outbound",
    SalesMotion.PARTNER: "Partner",
    SalesMotion.INBOUND: "Inbound",
    SalesMotion.EXISTING: "Existing customers",
}


class Strategy(SQLModel):
    """One way to a goal: what is waited for (`cue`, behind the if) and what is done then (`action`)."""

    goal_id: int
    owner_id: str
    motion: SalesMotion
    cue: str = Field(min_length=1, max_length=MAX_HALF)
    action: str = Field(min_length=1, max_length=MAX_HALF)


class StoredStrategy(Strategy):
    """A strategy with the id that buttons carry."""

    id: int


def with_whom(motion: SalesMotion) -> str:
    """Return whom a step is with that names nobody: "Referral plan"."""
    return f"{LABELS[motion]} plan"


@dataclass(frozen=True)
class PlannedStrategy:
    """A strategy with its steps, the earliest first; what was dropped is none any more."""

    strategy: StoredStrategy
    steps: Sequence[StoredFollowUp] = ()

    @property
    def open(self) -> list[StoredFollowUp]:
        return [one for one in self.steps if one.state is FollowUpState.OPEN]

    @property
    def done(self) -> list[StoredFollowUp]:
        return [one for one in self.steps if one.state is FollowUpState.DONE]

    @property
    def counts(self) -> bool:
        """Say whether it is more than an intention: it has a dated step, to do or done."""
        return bool(self.steps)


@dataclass(frozen=True)
class Plan:
    """The strategies for one goal, in the order in which they were written down."""

    strategies: Sequence[PlannedStrategy] = ()

    @property
    def counting(self) -> list[PlannedStrategy]:
        return [one for one in self.strategies if one.counts]

    @property
    def stands(self) -> bool:
        """Say whether it is a plan: at least two strategies, each with a dated step."""
        return len(self.counting) >= LEAST_STRATEGIES

    @property
    def steps(self) -> list[StoredFollowUp]:
        """Return all steps, the earliest first."""
        return in_time(step for one in self.strategies for step in one.steps)

    @property
    def open(self) -> list[StoredFollowUp]:
        return [one for one in self.steps if one.state is FollowUpState.OPEN]

    @property
    def done(self) -> int:
        return sum(one.state is FollowUpState.DONE for one in self.steps)

    @property
    def only_motion(self) -> SalesMotion | None:
        """Return the motion that all of several strategies share; None where there are two ways, or one strategy."""
        motions = {one.strategy.motion for one in self.strategies}
        return next(iter(motions)) if len(motions) == 1 and len(self.strategies) > 1 else None

    def late(self, today: date) -> list[StoredFollowUp]:
        """Return the open steps whose day is over."""
        return [one for one in self.open if one.due_on < today]

    def is_over(self, today: date) -> bool:
        """Say whether all its days are behind and something is still open: then it needs new ones."""
        return bool(self.open) and all(one.due_on < today for one in self.open)

    def due_by(self, last: date) -> list[StoredFollowUp]:
        """Return the open steps that are due until a day, late ones included."""
        return [one for one in self.open if one.due_on <= last]


NO_PLAN = Plan()
AnyGoal = TypeVar("AnyGoal", bound=Goal)
AnyStrategy = TypeVar("AnyStrategy", bound=Strategy)
AnyStep = TypeVar("AnyStep", bound=StoredFollowUp)


def in_time(steps: Iterable[AnyStep]) -> list[AnyStep]:
    """Return steps in the order in which they are due."""
    return sorted(steps, key=lambda one: (one.due_on, one.due_at is None, one.due_at, one.id))


def same_strategy(wanted: Strategy, others: Iterable[AnyStrategy]) -> AnyStrategy | None:
    """Return the strategy that says the same already, however it is spelled; None where none does."""
    said = spelled(wanted)
    return next((one for one in others if one.goal_id == wanted.goal_id and spelled(one) == said), None)


def spelled(one: Strategy) -> tuple[SalesMotion, str, str]:
    return one.motion, plain(one.cue), plain(one.action)


def plain(text: str) -> str:
    return " ".join(unaccented(text).split()).strip(" .,;:!")


def wants_plan(goal: Goal, today: date) -> bool:
    """Say whether a goal is asked for a plan: one that goes on for more than a week.

    What is aimed for in a day or a week is a step already, and so are so many calls: they are what a plan consists of.
    """
    runs = goal.state is GoalState.OPEN and goal.ends_on >= today
    return runs and goal.metric is not Metric.ACTIVITIES and length(goal) > max(SHORT)


def length(goal: Goal) -> int:
    """Return how many days a goal has."""
    return (goal.ends_on - goal.starts_on).days + 1


def is_covered(goal: Goal, standing: Iterable[Goal]) -> bool:
    """Say whether a plan that stands serves a goal: its own, or that of another goal for which it is a part of the way.

    A month's number is reached by the same steps as the quarter's, and five deals by the steps to their revenue.
    """
    return any(one.starts_on <= goal.ends_on and goal.starts_on <= one.ends_on for one in standing)


def goal_of_plan(
    goals: Sequence[AnyGoal], today: date, planned: Iterable[int], ids: Sequence[int]
) -> int | None:
    """Return the id of the goal that a plan is for where nothing says which; None without a goal.

    What runs goes before what is to come, a goal with strategies before one without, one that is asked for a plan
    before others, money before counts, then the one nearest to a quarter. `ids` are those of the goals.
    """
    with_plan = frozenset(planned)
    metrics = list(Metric)

    def place(found: tuple[int, AnyGoal]) -> tuple[bool, bool, bool, int, int, int]:
        goal_id, goal = found
        return (
            goal.starts_on > today,
            goal_id not in with_plan,
            not wants_plan(goal, today),
            metrics.index(goal.metric),
            abs(length(goal) - QUARTER),
            goal_id,
        )

    return min(zip(ids, goals, strict=True), key=place)[0] if goals else None


def week_later(step: StoredFollowUp, today: date, ends_on: date) -> date:
    """Return what a late step's new day begins with: its weekday in the first week in which that lies ahead.

    Not beyond the goal's last day, as long as that is still to come.
    """
    weeks = max(0, (today - step.due_on).days // 7 + 1)
    later = step.due_on + timedelta(weeks=weeks)
    return max(min(later, ends_on), min(later, today + timedelta(days=1)))


def is_too_late(step: StoredFollowUp, goal: Goal) -> bool:
    """Say whether a step is due only once its goal's period is over."""
    return step.due_on > goal.ends_on


class PlanState(StrEnum):
    """Where a plan stands, in the one word that every surface says."""

    NONE = "none"  # nothing is written down
    BEGUN = "begun"  # not two strategies with a step yet
    RUNS = "runs"
    OVER = "over"  # all its days are behind, and something is open
    DONE = "done"


def state_of(plan: Plan, today: date) -> PlanState:
    """Return where a plan stands on a day."""
    if not plan.stands:
        return PlanState.BEGUN if plan.strategies else PlanState.NONE
    if plan.is_over(today):
        return PlanState.OVER
    return PlanState.RUNS if plan.open else PlanState.DONE
