"""Referrals: a customer who is content is asked for one introduction, and what comes of it is followed (mechanism 42).

Asks, introductions and deals are counted; who was asked, or is not to be, is left alone for a year.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from pydantic import model_validator
from sqlmodel import Field, SQLModel

from sales.distributions import share_interval
from sales.followups.activity import ActivityKind
from sales.language.names.match import folded
from sales.language.typed_text import MAX_NAME

AFTER_WIN = timedelta(
    days=14
)  # what was bought has begun to work by then, and nobody has forgotten who sold it
AFTER_HAPPY = timedelta(days=14)  # the next time one speaks; at once it would be a bill for the kind word
WIN_IS_NEWS = timedelta(days=90)  # after that it is no reason by itself any more
HAPPY_IS_NEWS = timedelta(days=28)
SAID_AGAIN = timedelta(days=14)  # in the morning; between, it stands on Home
LEFT_ALONE = timedelta(days=365)  # who was asked, or is not to be
COUNTED_OVER = timedelta(days=365)
LEAST_ASKS = 10  # of fewer no rate is claimed
SOURCE = "Referral"  # of the lead that an introduction is
IS_REFERRAL = re.compile(r"\b(?:referr\w*|referal\w*|introduc\w+|intro|word of mouth|recommend\w*)\b", re.I)

# Words of a customer who is content. "Happy to talk" is a phrase, and "not happy" the opposite.
_HAPPY = re.compile(
    r"(?<!\w)(?:(?:very |really |so |quite |extremely )?(?:happy|pleased|satisfied|delighted|thrilled|excited)"
    r"(?! (?:to|hour|medium|path)\b)|loves?(?= (?:it|us|the|our|how|working)\b)|loved (?=it|the|our|how)"
    r"|(?:great|excellent|glowing|fantastic|wonderful) (?:feedback|review|results?)|raving|recommends? us"
    r"|would recommend|couldn['’]?t be happier|impressed)(?!\w)",
    re.I,
)
_DENIED = re.compile(
    r"(?<!\w)(?:not|n['’]t|isn['’]?t|aren['’]?t|wasn['’]?t|never|less than|hardly|un(?=happy|satisfied)|if|would be"
    r"|will be|to make (?:them|him|her))(?: \w+){0,2}\s*$",
    re.I,
)


class ReferralState(StrEnum):
    ASKED = "asked"
    INTRODUCED = "introduced"
    DECLINED = "declined"  # they would rather not
    LEFT_OUT = "left_out"  # the rep would rather not ask them


class ReferralCause(StrEnum):
    """Why somebody was asked."""

    WIN = "win"
    HAPPY = "happy"
    OWN = "own"  # the rep's own idea


class Referral(SQLModel):
    """One customer who was asked for an introduction, when, and what came of it.

    `who` is the customer, or somebody there; `deal_id` the win that led to it. An introduction names whom, and is a
    lead from then on, `lead_id`. Days are the rep's own.
    """

    owner_id: str
    who: str = Field(min_length=1, max_length=MAX_NAME)
    on: date
    state: ReferralState = ReferralState.ASKED
    cause: ReferralCause = ReferralCause.OWN
    deal_id: int | None = None
    answered_on: date | None = None
    introduced: str = Field(default="", max_length=MAX_NAME)
    lead_id: int | None = None

    @model_validator(mode="after")
    def an_introduction_names_somebody(self) -> "Referral":
        if (self.state is ReferralState.INTRODUCED) != bool(self.introduced):
            raise ValueError("An introduction says to whom.")
        return self


class StoredReferral(Referral):
    """A referral with the id that buttons carry."""

    id: int


class RecentWin(NamedTuple):
    """A deal that was won: of which customer, on which day, and who there was spoken to, empty where nobody knows."""

    deal_id: int
    customer: str
    on: date
    contact: str = ""


class NotedTalk(NamedTuple):
    """What was noted of a conversation with somebody."""

    who: str
    on: date
    words: str
    kind: ActivityKind = ActivityKind.CALL


class ReferralAsk(NamedTuple):
    """Whom to ask, and why now: a win so many days ago, or the happy words of theirs."""

    who: str
    cause: ReferralCause
    on: date
    contact: str = ""
    deal_id: int | None = None
    words: str = ""


def happy_words(text: str) -> str:
    """Return the words by which a note says that somebody is content; empty where none do, or they are denied."""
    for found in _HAPPY.finditer(text):
        if _DENIED.search(text[: found.start()]) is None:
            return found.group().strip()
    return ""


def whom_to_ask(
    wins: Iterable[RecentWin], notes: Iterable[NotedTalk], known: Iterable[Referral], today: date
) -> list[ReferralAsk]:
    """Return whom to ask for an introduction today: who was happy two weeks ago, then who bought two weeks ago.

    Each customer once; nobody who was asked within a year, or is not to be.
    """
    left_alone = {folded(one.who) for one in known if today - one.on < LEFT_ALONE}
    happy = [
        ReferralAsk(note.who, ReferralCause.HAPPY, note.on, words=said)
        for note in sorted(notes, key=lambda one: one.on, reverse=True)
        if AFTER_HAPPY <= today - note.on <= HAPPY_IS_NEWS and (said := happy_words(note.words))
    ]
    won = [
        ReferralAsk(win.customer, ReferralCause.WIN, win.on, win.contact, win.deal_id)
        for win in sorted(wins, key=lambda one: (one.on, one.deal_id))
        if AFTER_WIN <= today - win.on <= WIN_IS_NEWS
    ]
    found: dict[str, ReferralAsk] = {}
    for ask in (*happy, *won):
        key = folded(ask.who)
        if key in left_alone:
            continue
        there = found.get(key)
        if there is None:
            found[key] = ask
        elif ask.deal_id is not None and there.deal_id is None:
            found[key] = there._replace(deal_id=ask.deal_id, contact=there.contact or ask.contact)
    return list(found.values())


def to_say_in_morning(asks: Iterable[ReferralAsk], said_on: date | None, today: date) -> list[ReferralAsk]:
    """Return which asks a morning names: each when it opens, and every two weeks that it stands open.

    `said_on` is the day of the note before, None where there was none of late.
    """

    def turn(ask: ReferralAsk, day: date) -> int:
        opens = ask.on + (AFTER_HAPPY if ask.cause is ReferralCause.HAPPY else AFTER_WIN)
        return (day - opens) // SAID_AGAIN

    return [ask for ask in asks if said_on is None or turn(ask, said_on) != turn(ask, today)]


def is_left_alone(known: Iterable[Referral], who: str, today: date) -> Referral | None:
    """Return what was asked of somebody within a year; None where nothing was."""
    same = [one for one in known if folded(one.who) == folded(who) and today - one.on < LEFT_ALONE]
    return max(same, key=lambda one: one.on, default=None)


class Introduced(NamedTuple):
    """A lead that came by a referral, on which day: whether it is a deal by now, and whether that is won."""

    lead_id: int
    on: date
    is_deal: bool = False
    is_won: bool = False


class ReferralCount(NamedTuple):
    """So many asks, introductions, deals and wins; `waiting` were asked and nothing was heard of them since."""

    asked: int
    introduced: int
    deals: int
    won: int
    declined: int
    waiting: Sequence[StoredReferral]

    @property
    def claims_a_rate(self) -> bool:
        """Whether asks are enough to say how many lead to an introduction; who introduces unasked tells nothing."""
        return self.asked >= LEAST_ASKS and self.introduced <= self.asked

    @property
    def interval(self) -> tuple[float, float]:
        """Between which shares of asks introductions lie with 95%."""
        return share_interval(self.introduced, self.asked)


def is_by_referral(source: str | None) -> bool:
    """Say whether a lead's source is that somebody introduced them."""
    return source is not None and IS_REFERRAL.search(source) is not None


def count_referrals(
    referrals: Iterable[StoredReferral], leads: Iterable[Introduced], today: date
) -> ReferralCount:
    """Return what the asks of a year came to. Each lead that came by a referral is an introduction, asked for or not.

    Whom somebody would rather not ask is no ask.
    """
    asks = [
        one for one in referrals if one.state is not ReferralState.LEFT_OUT and today - one.on < COUNTED_OVER
    ]
    came = {one.lead_id: one for one in leads if today - one.on < COUNTED_OVER}
    lost_sight = sum(one.state is ReferralState.INTRODUCED and one.lead_id is None for one in asks)
    return ReferralCount(
        asked=len(asks),
        introduced=len(came) + lost_sight,
        deals=sum(one.is_deal for one in came.values()),
        won=sum(one.is_won for one in came.values()),
        declined=sum(one.state is ReferralState.DECLINED for one in asks),
        waiting=sorted(
            (one for one in asks if one.state is ReferralState.ASKED), key=lambda one: (one.on, one.id)
        ),
    )
