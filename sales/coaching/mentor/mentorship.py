"""Mentorships: who was proposed to whom for which topic, and what came of it."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from enum import StrEnum

from sqlmodel import Field, SQLModel

from sales.coaching.diagnosis.light import LightMeasure
from sales.language.dates.instants import Instant
from sales.nudges.schedule import SPREAD, ScheduleSpec
from sales.people.member import Member
from sales.people.team import Team

MENTOR = "mentor"


PROPOSED_AT = time(10, 30)
TUESDAY = 1  # Mondays look ahead, Wednesdays tell of floors, Thursdays of lights, Fridays look back
REST = timedelta(days=28)  # a proposal a month to one person, whatever became of it
MENTOR_REST = timedelta(
    days=28
)  # a colleague is asked for one talk a month, so that nobody pays for being good
WORTH_ASKING = timedelta(days=7)


class MentorNote(StrEnum):
    """What a message of this kind is: one kind, so that one box ends them all."""

    PROPOSAL = "proposal"  # to the rep
    QUESTION = "question"  # to the colleague
    ANSWER = "answer"  # to the rep: what the colleague said
    OUTCOME = "outcome"  # to the rep: did it help
    OFF_TO_REP = "off_to_rep"  # the colleague called the talk off
    OFF_TO_MENTOR = "off_to_mentor"  # the rep did


class MentorState(StrEnum):
    """How far a mentorship is."""

    PROPOSED = "proposed"  # to the rep, who has not answered
    DECLINED = "declined"  # by the rep; the colleague never hears of it
    WITHDRAWN = "withdrawn"  # one of the two left the team before the other was asked
    ASKED = "asked"  # the rep said yes
    TURNED_DOWN = "turned_down"  # by the colleague
    AGREED = "agreed"
    CALLED_OFF = "called_off"  # by either, before the talk
    HELPED = "helped"
    NO_HELP = "no_help"
    NOT_HELD = "not_held"


REACHED_COLLEAGUE = frozenset(MentorState) - {
    MentorState.PROPOSED,
    MentorState.DECLINED,
    MentorState.WITHDRAWN,
}
OUTCOMES = frozenset({MentorState.HELPED, MentorState.NO_HELP, MentorState.NOT_HELD})


class Mentorship(SQLModel):
    """One proposal: to `rep_id`, of `mentor_id`, for what a light measures. `slot_at` is when they talk.

    An agreed one without a slot is between the two of them.
    """

    rep_id: str
    mentor_id: str
    team_id: int
    measure: LightMeasure
    state: MentorState = MentorState.PROPOSED
    proposed_on: date
    asked_on: date | None = None
    slot_at: Instant | None = Field(default=None)


def mentor_spec(team: Team, member: Member) -> ScheduleSpec:
    """Return when a colleague may be proposed to a rep: Tuesday mornings, or the first day their team works."""
    day = (
        TUESDAY if team.workdays >> TUESDAY & 1 else next(one for one in range(7) if team.workdays >> one & 1)
    )
    on = member.active and member.is_rep
    return ScheduleSpec(MENTOR, member.user_id, member.zone, PROPOSED_AT, 1 << day, SPREAD, on)


def may_be_proposed(before: Iterable[Mentorship], today: date) -> bool:
    """Say whether somebody may be proposed a colleague again, whatever became of the proposals before."""
    return all(today - one.proposed_on >= REST for one in before)


def resting(asked: Iterable[Mentorship], today: date) -> set[str]:
    """Return the colleagues who gave, or were asked for, their twenty minutes lately."""
    return {
        one.mentor_id
        for one in asked
        if one.state in REACHED_COLLEAGUE and today - (one.asked_on or one.proposed_on) < MENTOR_REST
    }
