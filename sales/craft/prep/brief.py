"""The brief: what is ready before a talk, and what is not, green or amber, each with the day it was learned (15-17).

Four things make somebody visibly prepared: who they talk to, why now, what it is worth to them, and what stands in the
way. Each is green where it is known and was learned within 90 days; nothing is made up for what nobody knows.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sales.craft.library import EntryKey, EntryKind, LibraryEntry, Occasion, StoredEntry, entries_for
from sales.craft.persona_entry import persona_of
from sales.craft.prep.facts import PrepFacts, ReasonKind
from sales.craft.prep.question import DiscoveryQuestion, Gap, answer_to, question_in, to_ask
from sales.prospects.account_fact import FRESH
from sales.prospects.can_will import BuyingQuestion
from sales.prospects.persona import Persona

POINTS = 3  # more than three nobody remembers in a talk
OBJECTIONS = 2  # that are likely enough to have an answer ready
MOST_QUESTIONS = 30  # of a library that are looked through for five that are open


class BriefTopic(StrEnum):
    """What has to be known before a talk, in the order of a brief."""

    WHO = "who"
    WHY_NOW = "why_now"
    VALUE = "value"
    OBSTACLES = "obstacles"


class BriefLack(StrEnum):
    """What keeps a line of a brief from being green."""

    NOTHING = "nothing"  # nobody said anything
    NO_DECIDER = "no_decider"  # who decides is not among those who are named
    NO_ROLE = "no_role"  # what whoever decides is there is not known
    OVERDUE = "overdue"  # an obstacle should have been out of the way
    OLD = "old"  # learned more than 90 days ago


class BriefLight(NamedTuple):
    """One line of a brief: what it lacks, None where it is green, and the day it was learned, None where unknown."""

    topic: BriefTopic
    lack: BriefLack | None = None
    on: date | None = None

    @property
    def is_green(self) -> bool:
        return self.lack is None


class PrepBrief(NamedTuple):
    """What somebody reads before a talk: the lights over what is known, what to say, what to ask, what to expect."""

    known: PrepFacts
    lights: Sequence[BriefLight]
    points: Sequence[LibraryEntry]
    questions: Sequence[DiscoveryQuestion]
    proposition: LibraryEntry | None = None
    objections: Sequence[LibraryEntry] = ()

    @property
    def ready(self) -> int:
        """How many of the four lines are green."""
        return sum(one.is_green for one in self.lights)

    @property
    def worth_their_time(self) -> str:
        """What is in it for them, as the meeting was promised; empty where nobody said."""
        return self.known.promise.worth if self.known.promise is not None else ""

    def is_green(self, topic: BriefTopic) -> bool:
        return any(one.is_green for one in self.lights if one.topic is topic)


def brief_of(known: PrepFacts, library: Sequence[StoredEntry], today: date) -> PrepBrief:
    """Return the brief of what is known on a day, with what a team's library has for this role and sector."""
    occasion = occasion_of(known)
    if not known.personas:
        known = known._replace(personas=cards_of_ours(library, occasion))

    def best(kind: EntryKind, most: int) -> list[StoredEntry]:
        return [one.entry for one in entries_for(library, kind, occasion, most)]

    asked = [
        question_in(f"starter:{one.starter}" if one.starter else one.key, one.title, one.text)
        for one in best(EntryKind.QUESTION, MOST_QUESTIONS)
    ]
    return PrepBrief(
        known,
        lights(known, today),
        best(EntryKind.TALKING_POINT, POINTS),
        to_ask(gaps(known), asked, known.answers),
        next(iter(best(EntryKind.VALUE_PROPOSITION, 1)), None),
        best(EntryKind.OBJECTION, OBJECTIONS),
    )


def cards_of_ours(library: Sequence[StoredEntry], occasion: Occasion) -> list[tuple[str, Persona]]:
    """Return the persona of a library for one of the titles spoken to, where the team has no card of its own."""
    for one in entries_for(library, EntryKind.PERSONA, occasion, 1):
        if EntryKey.ROLE in one.fits:
            return [(one.entry.title, persona_of(one.entry))]
    return []


def occasion_of(known: PrepFacts) -> Occasion:
    """Return what a talk is about, as a library compares it."""
    supplier = answer_to(known.answers, Gap.SUPPLIER)
    pains = [card.pains for _, card in known.personas if card.pains]
    return Occasion(
        roles=[one.who.role for one in known.contacts if one.who.role],
        sector=known.sector,
        pain=" ".join([*pains, *filter(None, [known.worth, known.said.says if known.said else ""])]),
        competitor=supplier.says if supplier is not None else "",
    )


def lights(known: PrepFacts, today: date) -> tuple[BriefLight, ...]:
    """Return the four lines of a brief on a day, in their order."""
    return (
        aged(_who(known), today),
        aged(_why_now(known), today),
        aged(BriefLight(BriefTopic.VALUE, None if known.worth else BriefLack.NOTHING, known.worth_on), today),
        aged(_obstacles(known, today), today),
    )


def aged(light: BriefLight, today: date) -> BriefLight:
    """Return a line as old as it is: what was learned more than 90 days ago is amber."""
    is_old = light.on is not None and today - light.on > FRESH
    return light._replace(lack=BriefLack.OLD) if light.is_green and is_old else light


def _who(known: PrepFacts) -> BriefLight:
    """Green where who decides is named, with their role."""
    if not known.contacts:
        return BriefLight(BriefTopic.WHO, BriefLack.NOTHING)
    deciding = [one for one in known.contacts if one.who.decides]
    if not deciding:
        return BriefLight(BriefTopic.WHO, BriefLack.NO_DECIDER, _latest(one.on for one in known.contacts))
    lack = None if any(one.who.role for one in deciding) else BriefLack.NO_ROLE
    return BriefLight(BriefTopic.WHO, lack, _latest(one.on for one in deciding))


def _why_now(known: PrepFacts) -> BriefLight:
    if not known.reasons:
        return BriefLight(BriefTopic.WHY_NOW, BriefLack.NOTHING)
    return BriefLight(BriefTopic.WHY_NOW, None, known.reasons[0].on)


def _obstacles(known: PrepFacts, today: date) -> BriefLight:
    """Green where what could stop it is known and in time; so it is where all of it is out of the way."""
    topic = BriefTopic.OBSTACLES
    if known.obstacles:
        overdue = any(one.what.is_overdue(today) for one in known.obstacles)
        return BriefLight(
            topic, BriefLack.OVERDUE if overdue else None, _latest(one.on for one in known.obstacles)
        )
    is_cleared = known.deal is not None and known.deal.obstacles_cleared > 0
    return BriefLight(topic, None if is_cleared else BriefLack.NOTHING)


def _latest(days: Iterable[date | None]) -> date | None:
    """Return the latest of some days; None where none is known."""
    return max((day for day in days if day is not None), default=None)


def gaps(known: PrepFacts) -> set[Gap]:
    """Return what nobody knows of a deal, or of an account without one."""
    unknown = set(known.buying.unknown) if known.buying is not None else set(BuyingQuestion)
    asked = {
        BuyingQuestion.NEED: Gap.NEED,
        BuyingQuestion.AUTHORITY: Gap.AUTHORITY,
        BuyingQuestion.BUDGET: Gap.BUDGET,
        BuyingQuestion.ATTITUDE: Gap.SUPPLIER,
    }
    found = {asked[one] for one in unknown}
    if all(one.kind is not ReasonKind.WAITING for one in known.reasons):
        found.add(Gap.WAITING)
    return {gap for gap in found if answer_to(known.answers, gap) is None}
