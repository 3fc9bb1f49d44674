"""Mentors: the colleague who is clearly strongest on a rep's red light, for twenty minutes (mechanism 72)."""

from collections.abc import Mapping
from datetime import datetime

from handlers.coaching.mentor import asked, called_off, outcome, proposal
from handlers.feature import Feature, Job, Kind, Record, Rendered, Renderer, Subject, routes
from messages.coaching import mentor as views
from sales.coaching.mentor.mentorship import MENTOR, MentorNote, mentor_spec
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.schedule import CatchUp
from sales.people.permission import Act
from storage.coaching.mentor import MentorshipRow
from storage.nudges.ledger.rows import DeliveryRow
from storage.scope import Scope

RENDERERS: Mapping[str, Renderer] = {
    MentorNote.PROPOSAL: proposal.render,
    MentorNote.QUESTION: asked.render,
    MentorNote.ANSWER: outcome.render,
    MentorNote.OUTCOME: outcome.render,
    MentorNote.OFF_TO_REP: called_off.render,
    MentorNote.OFF_TO_MENTOR: called_off.render,
}


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """One of the messages, as things stand when it leaves."""
    return await RENDERERS[delivery.intent["note"]](scope, delivery, now)


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
            views.OFF: called_off.call_off,
        },
    ),
    jobs=(Job(MENTOR, CatchUp.LEVEL, proposal.decide, of=Subject.MEMBER, spec=mentor_spec, accounts=False),),
    kinds=(
        Kind(
            NudgeKind(
                MENTOR,
                "Twenty minutes among colleagues",
                "once a month at most: a colleague to learn from, or one who asks for you",
                news=True,
                for_reps=True,
                topic=Topic.PRACTICE,
                order=36,
            ),
            render,
        ),
    ),
    records=(Record(MentorshipRow, exported=True, erased="rep_id"),),
)
