"""Recognition: behaviour worth saying aloud, seldom and fairly, of whoever wants to be named (mechanism 7).

What luck makes is no reason: a goal that was reached is told with the work behind it, and not without any.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlmodel import Field, SQLModel

from sales.distributions import share_interval
from sales.nudges.schedule import ScheduleSpec
from sales.people.team import Team

PUBLIC = (
    "recognition"  # the choice not to be mentioned in public, kept beside the kinds that are switched off
)
CHOICE = "recognition_choice"  # the job that chooses before the digest is made

LEAST_KEPT = 5  # commitments; keeping one or two is no behaviour yet (mechanism 7)
LEAST_CONVERSATIONS = 5
LEAST_DEBRIEFS = 3  # answered within `DEBRIEFS_OF`, and none left out
LEAST_BEFORE = 8  # commitments in the weeks before; fewer tell nothing of what is usual
DEBRIEFS_OF = timedelta(days=28)
WEEKS_BEFORE = 4
WEEK = timedelta(days=7)
REST = timedelta(
    days=20
)  # nobody is named in two weeks of three: three of six at the most, and others in between
GOAL_FRESH = timedelta(days=28)  # a goal that was reached longer ago is no news
BEFORE_DIGEST = timedelta(minutes=10)


class Behaviour(StrEnum):
    """What somebody is recognised for: something everybody can choose to do, never a number that luck makes."""

    KEPT_ALL = "kept_all"
    NEXT_STEPS = "next_steps"
    DEBRIEFS = "debriefs"
    KEPT_MORE = "kept_more"
    GOAL_REACHED = "goal_reached"


IN_ORDER = {one: number for number, one in enumerate(Behaviour)}


class Deed(SQLModel):
    """Who did what, how often: promises, conversations or debriefs; for a goal the promises kept on the way.

    `before` is what they did in a usual week before, for a goal the activities logged on the way.
    """

    user_id: str = Field(max_length=40)
    behaviour: Behaviour
    times: int
    before: int = 0
    goal_id: int | None = None


class Share(NamedTuple):
    """How many of how many: commitments kept of those due, conversations that left a next step of those held."""

    done: int = 0
    of: int = 0


class Work(NamedTuple):
    """What one person did in a week: what they promised, held and lost with a debrief, and what was usual before.

    `before` are their commitments of the four weeks before; `debriefs` the losses of four weeks that were answered.
    """

    user_id: str
    kept: Share = Share()
    steps: Share = Share()
    debriefs: Share = Share()
    is_debrief_new: bool = False
    before: Share = Share()


class ReachedGoal(NamedTuple):
    """A goal that was reached lately, and what was done on the way to it."""

    user_id: str
    goal_id: int
    kept: int
    logged: int


def deeds_of(work: Iterable[Work], goals: Iterable[ReachedGoal] = ()) -> list[Deed]:
    """Return everything people did that is worth copying; whether it is said is chosen among it."""
    found = [deed for one in work for deed in deeds_in(one)]
    reached = [
        one for one in goals if one.kept or one.logged
    ]  # without any work on record nothing can be copied
    return found + [
        Deed(
            user_id=one.user_id,
            behaviour=Behaviour.GOAL_REACHED,
            times=one.kept,
            before=one.logged,
            goal_id=one.goal_id,
        )
        for one in reached
    ]


def deeds_in(one: Work) -> list[Deed]:
    """Return what one person's week holds; at least five of a thing, so that it is behaviour and not one day."""
    found = []
    if one.kept.of >= LEAST_KEPT and one.kept.done == one.kept.of:
        found.append(Deed(user_id=one.user_id, behaviour=Behaviour.KEPT_ALL, times=one.kept.of))
    if one.steps.of >= LEAST_CONVERSATIONS and one.steps.done == one.steps.of:
        found.append(Deed(user_id=one.user_id, behaviour=Behaviour.NEXT_STEPS, times=one.steps.of))
    answered = one.debriefs.of >= LEAST_DEBRIEFS and one.debriefs.done == one.debriefs.of
    if answered and one.is_debrief_new:
        found.append(Deed(user_id=one.user_id, behaviour=Behaviour.DEBRIEFS, times=one.debriefs.of))
    if is_better(one):
        usual = one.before.done // WEEKS_BEFORE
        deed = Deed(user_id=one.user_id, behaviour=Behaviour.KEPT_MORE, times=one.kept.done, before=usual)
        found.append(deed)
    return found


def is_better(one: Work) -> bool:
    """Say whether somebody kept clearly more than in their own weeks before: by the share and by the count.

    The intervals of both shares lie apart (Wilson, 95% each), so that one good week of three promises is none.
    """
    if one.kept.done < LEAST_KEPT or one.before.of < LEAST_BEFORE:
        return False
    apart = share_interval(*one.kept)[0] > share_interval(*one.before)[1]
    return apart and one.kept.done > -(-one.before.done // WEEKS_BEFORE)


def chosen(deeds: Sequence[Deed], named: Mapping[str, date], told: Collection[int], week: date) -> list[Deed]:
    """Return what is said of a week: one behaviour and one goal at most, of two people.

    `named` says in which week somebody was named last; who was never, or longest ago, comes first. Nobody is named
    for a behaviour twice in three weeks. `told` are the goals that were said already.
    """

    def turn(one: Deed) -> tuple[date, int, int, str]:
        return named.get(one.user_id, date.min), IN_ORDER[one.behaviour], -one.times, one.user_id

    goals = [one for one in deeds if one.goal_id is not None and one.goal_id not in told]
    found = sorted(goals, key=turn)[:1]
    taken = {one.user_id for one in found}
    rested = [
        one
        for one in deeds
        if one.goal_id is None and one.user_id not in taken and week - named.get(one.user_id, date.min) > REST
    ]
    return sorted(rested, key=turn)[:1] + found


def choice_spec(team: Team, team_id: int) -> ScheduleSpec:
    """Return when it is chosen who is named: shortly before a team's weekly digest, where there is one."""
    minutes = team.digest_at.hour * 60 + team.digest_at.minute - BEFORE_DIGEST // timedelta(minutes=1)
    at = time(*divmod(max(0, minutes), 60))
    on = team.digest_channel is not None
    return ScheduleSpec(CHOICE, str(team_id), team.zone, at, 1 << team.digest_weekday, 0, on)
