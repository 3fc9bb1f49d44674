"""One's own promises: kept, late, moved or missed, why they slipped, and what one's Friday is worth (mechanism 59).

For whoever made them, and for nobody else: who is judged by it would promise less, or late.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import comb
from typing import NamedTuple

from sales.followups.followup import FollowUp, FollowUpState, Owes
from sales.followups.slip import SlipReason
from sales.language.dates.instants import local_date
from sales.language.dates.weekday import FRIDAY

LOOK_BACK = 90  # days: a quarter; how somebody promised before that is how they were
LEAST = 10  # promises for one day of the week; fewer are no habit
SELDOM = 0.1  # of promises that come later: nobody calls that a habit
SURE = 0.95  # probability from which on a habit is more than chance
A_WEEK = 7  # days: what comes within them is named by its weekday
FIRST_DAYS = 7  # of a month: one Friday lies in them


class PromiseOutcome(StrEnum):
    """What became of a promise. Late is one that was kept after its day, moved one that was kept on a later one."""

    KEPT = "kept"
    LATE = "late"
    MOVED = "moved"
    MISSED = "missed"


class DayHabit(NamedTuple):
    """What promises for a day of the week come to: of so many, how many came later, and on which weekday most of them.

    `later_on` is None where they come on no day in particular; `times` are then all that came later.
    """

    weekday: int
    promised: int
    late: int
    later_on: int | None
    times: int

    @property
    def kept(self) -> int:
        return self.promised - self.late

    @property
    def is_one(self) -> bool:
        """Whether they come later so often that it is no chance.

        With `late` of n late, the share is above SELDOM with the probability that of n + 1 draws at SELDOM at most
        `late` hit (a uniform prior; Gelman et al., Bayesian Data Analysis, 2.4).
        """
        draws = self.promised + 1
        below = sum(
            comb(draws, hits) * SELDOM**hits * (1 - SELDOM) ** (draws - hits) for hits in range(self.late + 1)
        )
        return below >= SURE


@dataclass(frozen=True)
class PromiseRecord:
    """What became of somebody's promises of the last days; `habits` are of the weekdays with enough of them.

    `slips` says how often each reason was given for those that came later, the commonest first; `unsaid` for how many
    none was. `missed` are those whose day is over, the oldest first.
    """

    counts: Counter[PromiseOutcome]
    missed: Sequence[FollowUp]
    habits: Sequence[DayHabit]
    slips: Sequence[tuple[SlipReason, int]]
    unsaid: int

    @property
    def judged(self) -> int:
        """Return how many promises were kept or not by now."""
        return self.counts.total()

    @property
    def habit(self) -> DayHabit | None:
        """Return the habit that shows the most, None where days hold."""
        return max(
            (one for one in self.habits if one.is_one), key=lambda one: one.late / one.promised, default=None
        )


def came_later(followup: FollowUp) -> bool:
    """Say whether a promise was put off to a later day; of what was moved before days were kept, that is taken so."""
    return followup.moves > 0 and (followup.promised_on is None or followup.due_on > followup.promised_on)


def outcome(followup: FollowUp, today: date, zone: str) -> PromiseOutcome | None:
    """Return what became of a promise; None of what is to come, and of what was dropped, which is honest."""
    if followup.state is FollowUpState.DROPPED:
        return None
    if followup.state is FollowUpState.OPEN:
        return PromiseOutcome.MISSED if followup.due_on < today else None
    if followup.settled_at is not None and local_date(followup.settled_at, zone) > followup.due_on:
        return PromiseOutcome.LATE
    return PromiseOutcome.MOVED if came_later(followup) else PromiseOutcome.KEPT


def promise_record(followups: Iterable[FollowUp], today: date, zone: str) -> PromiseRecord:
    """Return what became of the promises that somebody made themselves, as their days are counted in their zone."""
    mine = [one for one in followups if one.owes is Owes.ME]
    found = [(one, outcome(one, today, zone)) for one in mine]
    slipped = [
        one
        for one, became in found
        if came_later(one) or became in (PromiseOutcome.LATE, PromiseOutcome.MISSED)
    ]
    slips = Counter(one.slip for one in slipped if one.slip is not None)
    missed = sorted(
        (one for one, became in found if became is PromiseOutcome.MISSED), key=lambda one: one.due_on
    )
    return PromiseRecord(
        counts=Counter(became for _, became in found if became is not None),
        missed=missed,
        habits=habits([one for one, became in found if became is not None], zone),
        slips=slips.most_common(),
        unsaid=len(slipped) - slips.total(),
    )


def habits(promises: Iterable[FollowUp], zone: str) -> list[DayHabit]:
    """Return what promises for each weekday come to, by the day they were first for, where there are enough."""
    days: defaultdict[int, list[int | None]] = defaultdict(list)
    for one in promises:
        first = one.promised_on if one.moves else one.due_on
        if first is not None:
            ended = local_date(one.settled_at, zone) if one.settled_at is not None else None
            days[first.weekday()].append((ended - first).days if ended is not None else None)
    return [habit(weekday, late) for weekday, late in sorted(days.items()) if len(late) >= LEAST]


def habit(weekday: int, late: Sequence[int | None]) -> DayHabit:
    """Return what promises for a weekday come to that were kept so many days after it, None of what is open still."""
    later = [one for one in late if one is None or one > 0]
    near = Counter((weekday + one) % A_WEEK for one in later if one is not None and one < A_WEEK)
    later_on, times = near.most_common(1)[0] if near else (0, 0)
    is_one_day = times * 2 > len(later)
    return DayHabit(
        weekday, len(late), len(later), later_on if is_one_day else None, times if is_one_day else len(later)
    )


def is_told(day: date) -> bool:
    """Say whether a habit is brought up on a day: the first Friday of a month, as oftener it would be nagging."""
    return day.weekday() == FRIDAY and day.day <= FIRST_DAYS
