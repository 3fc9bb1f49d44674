"""Cards past their review day: whoever looks after one is asked whether it is still true (mechanism 69).

It is asked on the next working day, and once more two weeks later; after that it stands past its day in the decks, and
nobody is asked again until it has another one.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, time, timedelta
from typing import NamedTuple

from sqlmodel import SQLModel

from sales.coaching.drill.card import DrillCard, StoredCard, stale
from sales.nudges.schedule import SPREAD, ScheduleSpec
from sales.people.member import Member
from sales.people.team import Team

CARD_REVIEW = "card_review"
DECIDED_AT = time(4, 0)  # before any morning note, in which it stands where one comes
NAMED = 5  # cards in one message; more is a pile
MOST_ASKED = 2
ASKED_AGAIN = timedelta(days=14)


class CardReview(SQLModel):
    """Somebody was asked on a day of a card that was to be looked at again by another."""

    user_id: str
    card_id: int
    review_by: date
    asked_on: date


class TeamReaders(NamedTuple):
    """Who is in a team or manages it, and who of them manages it, as long as they are here."""

    everybody: Collection[str]
    managers: Collection[str]


def review_spec(team: Team, member: Member) -> ScheduleSpec:
    """Return when it is decided whether somebody is asked: early on their team's working days, on their own clock."""
    return ScheduleSpec(
        CARD_REVIEW, member.user_id, member.zone, DECIDED_AT, team.workdays, SPREAD, member.active
    )


def keepers(card: DrillCard, readers: TeamReaders) -> Collection[str]:
    """Return who keeps a card true: its owner, and once they are in the team no more, who manages that."""
    if card.for_id is not None:
        return (card.for_id,)
    return (card.owner_id,) if card.owner_id in readers.everybody and card.owner_id else readers.managers


def past_its_day(cards: Iterable[StoredCard], asked: Sequence[CardReview], today: date) -> list[StoredCard]:
    """Return the cards that somebody is asked of today, the one that waits longest first."""
    return [one for one in stale(cards, today) if may_be_asked(days_asked(one, asked), today)]


def open_questions(cards: Iterable[StoredCard], asked: Sequence[CardReview], today: date) -> list[StoredCard]:
    """Return the cards that somebody was asked of and that are past that day still."""
    return [one for one in stale(cards, today) if days_asked(one, asked)]


def days_asked(card: StoredCard, asked: Iterable[CardReview]) -> list[date]:
    """Return on which days somebody was asked of a card since it has the review day that is past."""
    return [one.asked_on for one in asked if one.card_id == card.id and one.review_by == card.review_by]


def may_be_asked(before: Collection[date], today: date) -> bool:
    """Say whether somebody may be asked of a card that they were asked of on these days."""
    return len(before) < MOST_ASKED and all(today - one >= ASKED_AGAIN for one in before)
