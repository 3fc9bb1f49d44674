"""One-on-ones: who of a team is worth a talk this week, and about what.

A reason is something to talk about, never a verdict: what is good counts as well as what is missing, everybody is
measured by the same few rules whatever their tenure (mechanism 64), and nobody is put in an order of who is best. The
same record gives the same names.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sales.goals.goal import Metric
from sales.goals.progress import GoalProgress
from sales.goals.status import StatusWord

MOST_TALKS = 5  # a week holds no more that are worth their time (mechanism 6)
MOST_LOOKED_AT = 12  # whose chance is worked out before five are chosen
LOOK_BACK = 7  # days
OVERDUE_FROM = 3  # promises whose day is over; one or two are a busy week (mechanism 54)
IDLE_FROM = 14  # days without a deal opened: half of what mechanism 64 calls drifting, early enough to ask
USUAL_FROM = 4  # things logged in three weeks, after which a week without any is a change (mechanism 63)
SLIPPING_FROM = 5  # working days behind the plan: a week
WINS_FROM = 2  # in a week; worth saying (mechanisms 7, 82)
LOW_CHANCE = 0.1


class TalkReason(StrEnum):
    """What a talk may be about."""

    REACHED = "reached"
    WINS = "wins"
    BEHIND = "behind"
    SLIPPING = "slipping"  # a week or more behind the plan, and likely all the same
    UNLIKELY = "unlikely"  # behind, and nearly out of reach: the target is worth a word too
    PROMISES = "promises"
    NO_GOAL = "no_goal"
    IDLE = "idle"
    QUIET = "quiet"


WEIGHTS: dict[TalkReason, int] = {
    TalkReason.UNLIKELY: 4,
    TalkReason.BEHIND: 3,
    TalkReason.PROMISES: 2,
    TalkReason.NO_GOAL: 2,
    TalkReason.IDLE: 2,
    TalkReason.REACHED: 2,
    TalkReason.WINS: 2,
    TalkReason.SLIPPING: 1,
    TalkReason.QUIET: 1,
}
GOOD = frozenset({TalkReason.REACHED, TalkReason.WINS})
# What a rep's figures say themselves.
IN_THE_FIGURES = frozenset({TalkReason.BEHIND, TalkReason.SLIPPING, TalkReason.UNLIKELY})


@dataclass(frozen=True)
class RepWeek:
    """A rep as they stand and what became of the last seven days.

    `goal` is the one that decides, None without any that others may see; `goals` are all of those. `overdue` counts
    promises whose day is over, `idle` days since a deal was opened, None where none ever was. `logged` is what they did
    in the week, `usual` in the three weeks before it. `away` are those on leave today.
    """

    user_id: str
    name: str
    goals: tuple[GoalProgress, ...] = ()
    overdue: int = 0
    idle: int | None = None
    logged: int = 0
    usual: int = 0
    wins: int = 0
    away: bool = False

    @property
    def goal(self) -> GoalProgress | None:
        """Return the goal that decides: of those that run one that won deals bring, the one that ends first."""
        running = [one for one in self.goals if not one.is_upcoming]
        return min(
            running,
            key=lambda one: (one.goal.metric is not Metric.REVENUE, one.goal.ends_on, one.goal_id),
            default=None,
        )


class Talk(NamedTuple):
    """A rep who is worth a talk, and about what, the weightiest first; each with its count, 0 where it has none."""

    rep: RepWeek
    reasons: tuple[tuple[TalkReason, int], ...]

    @property
    def weight(self) -> int:
        return sum(WEIGHTS[reason] for reason, _ in self.reasons)

    @property
    def is_good_news(self) -> bool:
        return any(reason in GOOD for reason, _ in self.reasons)


def looked_at(people: Sequence[RepWeek]) -> list[RepWeek]:
    """Return those whose chance is worth working out before it is decided who is worth a talk."""
    return [talk.rep for talk in in_order(people, have_goals(people))[:MOST_LOOKED_AT]]


def worth_a_talk(people: Sequence[RepWeek], most: int = MOST_TALKS) -> list[Talk]:
    """Return who is worth a talk and why, those with most to talk about first; some at most, whatever the team's size.

    One place is kept for good news where there is any: a manager who only brings what is missing is soon avoided
    (mechanism 82).
    """
    found = in_order(people, have_goals(people))
    first = found[:most]
    if first and not any(one.is_good_news for one in first):
        good = next((one for one in found[most:] if one.is_good_news), None)
        if good is not None:
            first[-1] = good
    return first


def shared_out(teams: Sequence[Sequence[Talk]], most: int = MOST_TALKS) -> list[list[Talk]]:
    """Return the talks of several teams of one manager, some in all: each team's first, then the weightiest.

    A team whose people give something to talk about is never shown as one in which nothing stands out.
    """
    first = [(at, 0) for at, talks in enumerate(teams) if talks]
    others = [(at, place) for at, talks in enumerate(teams) for place in range(1, len(talks))]
    others.sort(key=lambda one: -teams[one[0]][one[1]].weight)
    kept = {*first, *others[: max(0, most - len(first))]}
    return [
        [talk for place, talk in enumerate(talks) if (at, place) in kept] for at, talks in enumerate(teams)
    ]


def have_goals(people: Iterable[RepWeek]) -> bool:
    """Say whether a team works with goals at all, so that having none is a matter to talk about."""
    return any(one.goals for one in people)


def in_order(people: Iterable[RepWeek], goals: bool) -> list[Talk]:
    """Return those who have something to talk about; whoever is away is left in peace."""
    talks = [Talk(one, tuple(reasons(one, goals))) for one in people if not one.away]
    return sorted(
        (one for one in talks if one.reasons),
        key=lambda one: (-one.weight, share_missing(one.rep), one.rep.name.casefold(), one.rep.user_id),
    )


def share_missing(rep: RepWeek) -> float:
    """Return how a rep's result lies beside what should be there by now: the lower, the more there is to talk about."""
    return rep.goal.pace.ratio if rep.goal is not None else 1.0


def reasons(rep: RepWeek, goals: bool) -> list[tuple[TalkReason, int]]:
    """Return what a talk with a rep may be about, the weightiest first."""
    found = [*of_goal(rep, goals)]
    if rep.wins >= WINS_FROM:
        found.append((TalkReason.WINS, rep.wins))
    if rep.overdue >= OVERDUE_FROM:
        found.append((TalkReason.PROMISES, rep.overdue))
    if rep.idle is not None and rep.idle >= IDLE_FROM:
        found.append((TalkReason.IDLE, rep.idle))
    if not rep.logged and rep.usual >= USUAL_FROM:
        found.append((TalkReason.QUIET, 0))
    return sorted(found, key=lambda one: -WEIGHTS[one[0]])


def of_goal(rep: RepWeek, goals: bool) -> list[tuple[TalkReason, int]]:
    """Return what a rep's goal gives to talk about, by the one word that every surface says of it."""
    if rep.goal is None:
        return [(TalkReason.NO_GOAL, 0)] if goals and not rep.goals else []
    word, chance = rep.goal.status.word, rep.goal.chance
    if word is StatusWord.REACHED:
        return [(TalkReason.REACHED, 0)]
    if word is not StatusWord.BEHIND:
        slips = rep.goal.status.is_running and rep.goal.status.days <= -SLIPPING_FROM
        return [(TalkReason.SLIPPING, 0)] if slips else []
    figure = chance.forecast.chance if chance is not None else None
    return [(TalkReason.UNLIKELY if figure is not None and figure < LOW_CHANCE else TalkReason.BEHIND, 0)]
