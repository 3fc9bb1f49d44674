"""Drafts of cards: an objection that a team heard three times in a month asks for a good answer (73)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlmodel import Field, SQLModel

from sales.coaching.drill.card import REVIEWED_IN, Deck, DrillCard
from sales.coaching.pack import LOOKED_AT
from sales.nudges.schedule import EVERY_DAY, SPREAD, ScheduleSpec
from sales.people.team import Team
from sales.pipeline.debrief import Cause

CARD_DRAFT = "card_draft"
AGAIN_AND_AGAIN = 3  # losses by one cause; mechanism 73
A_MONTH = timedelta(days=30)
ANSWERED = timedelta(days=180)  # so long a written card is given the time to work; it is reviewed then

# How a customer says it: where its owner's own words begin.
SAID_AS: Mapping[Cause, str] = {
    Cause.PRICE: "“Your price is too high,” says the buyer. What do you say?",
    Cause.COMPETITOR: "“We take the other supplier,” says the buyer. What do you ask?",
    Cause.TIMING: "“Not now, it is not the time for it,” says the buyer. What do you ask?",
    Cause.NO_DECISION: "“We leave everything as it is,” says the buyer. What do you say?",
    Cause.FIT: "“It does not do what we need,” says the buyer. What do you ask?",
}


class DraftState(StrEnum):
    """What became of a draft."""

    OPEN = "open"
    WRITTEN = "written"
    DECLINED = "declined"


class CardDraft(SQLModel):
    """An objection that a team lost `count` deals on within a month, as of a day; of nobody in particular."""

    team_id: int
    cause: Cause
    count: int = Field(ge=1)
    on: date
    state: DraftState = DraftState.OPEN


class HeardAgain(NamedTuple):
    """A cause, and how many losses of a month it decided."""

    cause: Cause
    losses: int


def heard_again(
    causes: Iterable[Cause | None], drafts: Iterable[CardDraft], today: date
) -> HeardAgain | None:
    """Return what asks for a card: of what was heard three times, the most frequent that no draft was made of lately.

    A draft that became a card rests for half a year, any other for a month.
    """
    resting = {one.cause for one in drafts if today - one.on <= rest_of(one)}
    order = list(SAID_AS)
    found = [
        HeardAgain(cause, count)
        for cause, count in Counter(one for one in causes if one is not None and one in SAID_AS).items()
        if count >= AGAIN_AND_AGAIN and cause not in resting
    ]
    return min(found, key=lambda one: (-one.losses, order.index(one.cause)), default=None)


def rest_of(draft: CardDraft) -> timedelta:
    return ANSWERED if draft.state is DraftState.WRITTEN else A_MONTH


def begun(draft: CardDraft, today: date) -> DrillCard:
    """Return what stands in the form of a draft; its answer is its owner's to write."""
    return DrillCard.model_construct(
        deck=Deck.OBJECTIONS,
        question=SAID_AS[draft.cause],
        answer="",
        why="",
        review_by=today + REVIEWED_IN,
    )


def draft_spec(team: Team, team_id: int) -> ScheduleSpec:
    """Return when it is seen what a team heard again and again: every night, before its manager's morning."""
    return ScheduleSpec(CARD_DRAFT, str(team_id), team.zone, LOOKED_AT, EVERY_DAY, SPREAD, enabled=True)
