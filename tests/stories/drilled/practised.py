"""How one practises, and what is read of it: sessions, cards by file, decks, skills, and losses that teach.

Cards, answers and drafts come by lines, files and buttons alone; touches and open deals are put into the database.
"""

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from tests.stories.face.seen import label, presses, squeezed
from tests.stories.files.chat import drops, files_given
from tests.stories.led.led import (
    HERE,
    NAMES,
    TODAY,
    Choice,
    asks,
    books,
    choice,
    days,
    everything_of,
    fills,
    has,
    joined,
    line_with,
    lives,
    mark,
    newest,
    people,
    readers_of,
    reads,
    since,
    stands,
    text_of,
    texts,
    told,
    tried,
    workdays,
)
from tests.stories.led.named import switches

__all__ = [
    "HERE",
    "NAMES",
    "TODAY",
    "Choice",
    "asks",
    "books",
    "choice",
    "days",
    "everything_of",
    "fills",
    "has",
    "joined",
    "label",
    "line_with",
    "lives",
    "mark",
    "newest",
    "people",
    "presses",
    "readers_of",
    "reads",
    "since",
    "stands",
    "switches",
    "text_of",
    "texts",
    "told",
    "tried",
    "workdays",
]  # fmt: skip

AREAS = ("product", "technique", "objection", "negotiation")
HEADER = "area,question,answer,why,owner,review"
SHOW = r"^show (me )?(the )?answer"
GRADES = ("Again", "Hard", "Good", "Easy")
TAKE = r"^(confirm|import|take|add|yes)\b"
PRACTICE, ROLE_PLAY = r"\bdrills?\b|practi[cs]e", r"role[- ]?play"

PRICE = "They say the price is too high for a depot of theirs"
SUPPLIER = "They say another supplier has served them for years"
ANSWERS = {
    PRICE: ("Ask what a day without the truck costs them", "Price is small beside what waiting costs"),
    SUPPLIER: ("Ask what they would change about that supplier", "Nobody is content with everything"),
}


# cards


def row(
    area, question, answer="Ask what it costs them", why="It is theirs to say", owner="", review=""
) -> str:
    return ",".join(f'"{one}"' for one in (area, question, answer, why, owner, review))


def objections(*questions: str, **more: str) -> list[str]:
    return [row("objections", one, *ANSWERS[one], **more) for one in questions]


async def brings_cards(person, *rows: str, name="cards.csv", confirms=True) -> str:
    """Drop a file of cards in the direct channel and take it in; the preview."""
    await drops(person, name, "\n".join((HEADER, *rows)) + "\n")
    shown = newest(person, here(person))
    if confirms:  # what is broken or the same leaves nothing to take in
        await presses(person, TAKE, where=here(person))
    return shown


async def adds_card(person, question, answer="Ask what it costs them", **more: str) -> str:
    """Add a card in the form behind `/drill add`; what is said then."""
    await asks(person, "/drill add", "sales")
    answers: dict[str, Choice] = {r"question|situation": question, r"^answer|good answer": answer}
    answers |= {r"why": more.get("why", "It is theirs to say")}
    answers |= {r"area|deck": choice(more.get("area", "objection"), more.get("area", "objections"))}
    answers |= {r"review": more["review"]} if "review" in more else {}
    return await fills(person, answers)


async def cards_of(person) -> str:
    """The cards that somebody may take out, as the CSV that `/drill export` hands over."""
    before = set(files_given(person))
    await asks(person, "/drill export")
    given = files_given(person)
    new = [one for one in given if one not in before and one.endswith("csv")]
    every = [one for one in given if has(r"cards[^/]*\.csv$", one)]
    assert new or every, list(given)
    return given[(new or every)[-1]]


async def areas(person) -> dict[str, str]:
    """The area of each card that somebody has, by the beginning of its question."""
    every = csv.DictReader(io.StringIO(await cards_of(person)))
    return {start(one["question"]): one["area"].lower() for one in every}


def start(question) -> str:
    return squeezed(question)[:40]


def here(person) -> str:
    return person._place(None).id


# sessions


@dataclass(frozen=True)
class Card:
    """One card as it came up: what was read before the answer, and after it."""

    asked: str
    answered: str

    @property
    def question(self) -> str:
        """The situation: the longest line of what was asked."""
        return max((one for one in self.asked.splitlines() if not one.startswith("[")), key=len)


@dataclass
class Session:
    opened: str = ""  # what the line brought
    cards: list[Card] = field(default_factory=list)
    closed: str = ""  # what stands there once nothing more is asked

    @property
    def read(self) -> str:
        return "\n".join([self.opened, *(one.asked + "\n" + one.answered for one in self.cards), self.closed])


Grade = str | Callable[[Card], str]


async def drills(person, grade: Grade = "Good", line="/drill", most=12) -> Session:
    """Go through what is due, from the first question to the line that ends it."""
    session = Session(await asks(person, line))
    message = told(person)[-1]
    while label(message.blocks or [], SHOW) and len(session.cards) < most:
        asked = text_of(person, message)
        await presses(person, SHOW, where=here(person))
        card = Card(asked, text_of(person, message))
        session.cards.append(card)
        given = grade if isinstance(grade, str) else grade(card)
        await presses(person, rf"^{given}\b", where=here(person))
    session.closed = text_of(person, message)
    return session


async def drilled(person, grade: Grade = "Good") -> Session:
    """A session in which something was asked."""
    session = await drills(person, grade)
    assert session.cards, session.opened
    return session


async def drills_days(town, person, first, last, grade: Grade = "Good") -> list[tuple[date, Session]]:
    """Practise at ten on each working day of a span; the days with what came up on them."""
    found = []
    for day in workdays(as_day(first), as_day(last)):
        await town.jump(f"{day} 10:00", HERE)
        found.append((day, await drills(person, grade)))
    return found


def as_day(said) -> date:
    return said if isinstance(said, date) else date.fromisoformat(said)


def came_up(sessions, words) -> list[date]:
    """The days on which a card came up whose question says this."""
    return [day for day, one in sessions if any(has(words, card.asked) for card in one.cards)]


async def learns(town, person, words, first=TODAY, most=10, grade: Grade = "Good") -> date:
    """Practise day by day until a card with these words has come up once; the day on which it did."""
    for day in workdays(as_day(first), as_day(first) + days(most * 2)):
        if day > TODAY:
            await town.jump(f"{day} 10:00", HERE)
        if any(has(words, one.asked) for one in (await drills(person, grade)).cards):
            return day
    raise AssertionError(f"No card with “{words}” came up.")


# decks and skills


async def decks(person) -> str:
    return await reads(person, r"objection", "/drill decks")


async def skills(person) -> str:
    """One's own matrix."""
    return await reads(person, r"calling|calls", "/drill skills")


def percent(line) -> int | None:
    """The last share that a line gives; None for none."""
    found = re.findall(r"\b(\d{1,3})\s?%", line)
    return int(found[-1]) if found else None


def remembered(said) -> dict[str, int]:
    """How much of each area is remembered, in the order in which they are listed."""
    found: dict[str, int] = {}
    for line in said.splitlines():
        area = next((one for one in AREAS if has(rf"\b{one}", line)), "")
        share = percent(line)
        if area and share is not None and area not in found:
            found[area] = share
    return found


async def touched(town, kinds: Mapping[str, tuple[int, int]], owner="U1", weeks=4) -> None:
    """On each working day of the weeks before today so many of a kind, of which so many were answered."""
    for day in workdays(TODAY - days(7 * weeks), TODAY - days(3)):
        for kind, (count, answered) in kinds.items():
            outcome = books.REPLIED if kind in ("email", "message") else books.SPOKE
            some = [books.Touch(day, kind, outcome, answered)] if answered else []
            rest = [books.Touch(day, kind, books.NOBODY, count - answered)] if count > answered else []
            await books.did(town, [*some, *rest], owner=owner)


# losses


async def loses(town, person, *named: str, because="the price was too high", stage="Negotiation") -> None:
    """Lose deals that stood at a stage, each for the same reason, in a line each."""
    for name in named:
        await stands(town, name, owner=person.person.id, stage_label=stage)
        await asks(person, f"/deal lost {name} {because}", "sales")
        if person.modal():
            await person.closes(everything=True)


async def wins(team, person, name) -> None:
    """Win a deal that stood at Negotiation."""
    await stands(team, name, owner=person.person.id, stage_label="Negotiation")
    await asks(person, f"/deal won {name}", "sales")
    if person.modal():
        await person.closes(everything=True)


async def pair(team, *willing: str):
    """Ana and a colleague of Ljubljana, alone in the team; those named want roles to play."""
    [rep1] = await joined(team, 1)
    await people(team, ["U1", rep1])
    for name in willing:
        await switches(team.person(name), ROLE_PLAY, on=True)
    return team.person("ana"), team.person("rep1")
