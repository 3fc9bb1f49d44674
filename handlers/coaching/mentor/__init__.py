"""Mentors: the colleague who is clearly strongest on a rep's red light, for twenty minutes (mechanism 72)."""

from handlers.coaching.mentor import asked, outcome, proposal
from handlers.feature import Feature, Job, Kind, Record, Subject, routes
from messages.coaching import mentor as views
from sales.coaching.mentor.mentorship import MENTOR, MENTOR_ANSWER, MENTOR_ASKED, mentor_spec
from sales.nudges.kind import NudgeKind
from sales.nudges.schedule import CatchUp
from sales.people.permission import Act
from storage.coaching.mentor import MentorshipRow

FEATURE = Feature(
    name="mentor",
    actions=routes(
        Act.OWN_WORK,
        {
            views.YES: proposal.yes,
            views.NO: proposal.no,
            views.SLOT: asked.take,
            views.BETWEEN: asked.between,
            views.NOT_NOW: asked.not_now,
            views.OUTCOME: outcome.answer,
        },
    ),
    jobs=(Job(MENTOR, CatchUp.LEVEL, proposal.decide, of=Subject.MEMBER, spec=mentor_spec, accounts=False),),
    kinds=(
        Kind(
            NudgeKind(
                MENTOR,
                "A colleague to learn from",
                "once a month at most: who is clearly better at what holds you back",
                for_reps=True,
                order=36,
            ),
            proposal.render,
        ),
        Kind(
            NudgeKind(
                MENTOR_ASKED,
                "Asked for twenty minutes",
                "when a colleague would like to learn something from you",
                news=True,
                for_reps=True,
                order=37,
            ),
            asked.render,
        ),
        Kind(
            NudgeKind(
                MENTOR_ANSWER,
                "What a colleague answered",
                "what became of the twenty minutes you asked for",
                news=True,
                for_reps=True,
                mutable=False,
                order=38,
            ),
            outcome.render,
        ),
    ),
    records=(Record(MentorshipRow, exported=True, erased="rep_id"),),
)
