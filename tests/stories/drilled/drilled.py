"""How one goes through drills: a card asked and answered, a session, a card followed over weeks, decks, files."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from tests.stories.craft import books
from tests.stories.craft.lived import has, home, line_with, lives, mark, since, tried, workdays
from tests.stories.face.seen import label, presses, squeezed
from tests.stories.files.chat import can_confirm, confirms, drops, files_given, words
from tests.stories.leads.prospected import choice, fills, labels_of, newest, offers
from tests.stories.led.led import NAMES, everything_of, people, readers_of
from tests.stories.led.named import switches
from tests.stories.pipeline.books import HERE, TODAY, days
from tests.stories.pipeline.walked import asks, text_of, texts, told

__all__ = [
    "HERE", "NAMES", "TODAY", "asks", "books", "can_confirm", "choice", "confirms", "days", "drops",
    "everything_of", "fills", "has", "home", "label", "labels_of", "line_with", "lives", "mark", "newest",
    "offers", "people", "presses", "readers_of", "since", "squeezed", "switches", "text_of", "texts", "told",
    "tried", "words", "workdays",
]  # fmt: skip

AREAS = ("product", "technique", "objection", "negotiation")
RATINGS = ("Again", "Hard", "Good", "Easy")
SHOW = r"^show\b"
RATED = r"^(again|hard|good|easy)\b"
BEGIN = r"^(show|start|begin|drill|practi[cs]e|three minutes)\b"  # what a note offers
DRILL = r"\bdrill|practi[cs]e|three minutes"  # a message that is of drills
BOX = r"\bdrill|practi[cs]e"
STREAK = r"in a row|streak"
NOTHING_DUE = (
    r"nothing (is )?(due|to do|more|left|for today)|no cards? (is |are )?due|all done|that is (it|all)|"
    r"done for (today|now)"
)
UNKNOWN_LINE = r"did you mean|not something Rainmaker|no command|did not understand|no team called"
HEADER = "area,question,answer,why,owner,review"

QUESTION = "Lockside says that Haulmate costs a third less. What do you say?"
ANSWER = "Ask what a late truck costs them, and wait."
WHY = "A price is compared with nothing until a loss has a number."
OTHER = "The depot manager wants the demo without his boss. What do you answer?"


@dataclass(frozen=True)
class Card:
    """A card as it was gone through: what stood before and after *Show the answer*, and the button pressed."""

    question: str
    front: str
    back: str
    rated: str


Rate = str | Callable[[str], str]


# lines


def direct(person) -> str:
    """The id of somebody's direct channel with the bot."""
    return person._place(None).id


async def types(person, line, place="sales") -> str:
    """Type a line that has to be known; a form that it brings is read and closed. What is said then."""
    said = await asks(person, line, place)
    if person.modal():
        await person.closes(everything=True)
    assert not has(UNKNOWN_LINE, said), said
    return said


async def refused(person, line) -> str:
    """Type a line that is not for this person; a sentence says so."""
    said = await asks(person, line, "sales")
    assert not person.modal(), person.modal()
    return said


# a session


def now(person) -> str:
    """What the newest message of the direct channel reads now."""
    return text_of(person, told(person)[-1])


def asked(person) -> bool:
    """Whether a question stands there and its answer does not yet."""
    return label(told(person)[-1].blocks or [], SHOW) is not None


def question_of(said) -> str:
    """The situation of a card: the longest line of what stands there."""
    return max((one for one in said.splitlines() if not one.startswith("[")), key=len, default="")


async def begins(person, line="/drill") -> str:
    """Begin a drill in the direct channel: the first question, or a sentence that nothing is due."""
    said = await asks(person, line)
    assert not has(UNKNOWN_LINE, said), said
    return said


async def answers(person, rate: Rate) -> Card:
    """Show the answer of the card that stands there, and say how it went."""
    front = now(person)
    question = question_of(front)
    await presses(person, SHOW, where=direct(person))
    back = now(person)
    how = rate if isinstance(rate, str) else rate(question)
    await presses(person, rf"^{how}\b", where=direct(person))
    return Card(question, front, back, how)


async def goes_on(person, rate: Rate) -> list[Card]:
    """Answer one card after the other, until none stands there."""
    found: list[Card] = []
    while asked(person):
        found.append(await answers(person, rate))
        assert len(found) <= 12, "A drill of three minutes does not end."
    return found


async def drills(person, rate: Rate = "Good") -> list[Card]:
    """A drill from its first card to its last; none where nothing is due. What it ends with stands there then."""
    await begins(person)
    return await goes_on(person, rate)


async def drills_on(town, person, day, rate: Rate = "Good", hour="09:15", zone=HERE) -> list[Card]:
    await town.jump(f"{day} {hour}", zone)
    return await drills(person, rate)


def only(question, rate, otherwise="Easy") -> Rate:
    """Say so of one card, and of all the others something else."""
    return lambda one: rate if one == question else otherwise


def questions(cards: Sequence[Card]) -> list[str]:
    return [one.question for one in cards]


async def follows(town, person, *steps: tuple[str, str], zone=HERE) -> None:
    """Follow the first card that comes: due on each of these days, and answered so; not on the working day before it.

    All the others are answered *Easy*, so that the cap keeps none back on its day.
    """
    (first, how), *later = steps
    await town.jump(f"{first} 09:15", zone)
    await begins(person)
    assert asked(person), now(person)
    followed = (await answers(person, how)).question
    await goes_on(person, "Easy")
    last = date.fromisoformat(first)
    for said, rate in later:
        day = date.fromisoformat(said)
        for before in [one for one in workdays(last, day - days(1)) if one > last][-2:]:
            seen = await drills_on(town, person, before, "Easy", zone=zone)
            assert followed not in questions(seen), f"It came on {before}, and is due on {day}."
        seen = await drills_on(town, person, day, only(followed, rate), zone=zone)
        assert followed in questions(seen), f"It is due on {day}, when there came: {questions(seen)}."
        last = day


# the daily note


def notes(person, before) -> list[str]:
    """What came by itself since a mark that is of drills."""
    return [one for one in since(person, before) if has(DRILL, one)]


async def wants_notes(person) -> None:
    await switches(person, BOX, on=True)


async def morning(town, *persons, day):
    """Live through the morning of a day; the mark stands before it."""
    await town.jump(f"{day} 07:50", HERE)
    before = mark(*persons)
    for hour in ("08:05", "08:35", "09:15", "10:15", "12:05"):
        await town.jump(f"{day} {hour}", HERE)
    return before


# cards


async def adds(
    person, question=QUESTION, answer=ANSWER, why=WHY, area="objection", review="2027-03-01"
) -> str:
    """Add a card in its form; what is said then."""
    await asks(person, "/drill add", "sales")
    return await fills(
        person,
        {
            r"question|situation": question,
            r"answer": answer,
            r"why": why,
            r"\barea": choice(area, area),
            r"review": review,
        },
    )


async def decks(person, tail="") -> str:
    return await types(person, f"/drill decks {tail}".strip())


def kept(said) -> dict[str, int]:
    """How much of each area is remembered, in per cent, in the order they stand in."""
    found: dict[str, int] = {}
    for one in said.splitlines():
        area = next((each for each in AREAS if has(rf"\b{each}", one)), None)
        share = re.search(r"(\d+)\s?%", one)
        if area and share and area not in found:
            found[area] = int(share[1])
    return found


# files


async def exported(person, name="cards.csv") -> str:
    """One of both files that `/drill export` hands over."""
    await begins(person, "/drill export")
    given = files_given(person)
    held = next((text for one, text in given.items() if one.endswith(name.split(".")[1])), None)
    assert held is not None, f"No file like {name} was handed over: {list(given)}."
    return held


def rows(text) -> list[dict[str, str]]:
    """The cards of a CSV."""
    return list(csv.DictReader(io.StringIO(text)))


def sheet(*cards: Sequence[str], header=HEADER) -> str:
    """A CSV of cards, each as area, question, answer, why, owner, review; what is left off stays empty."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows([*one, *[""] * (6 - len(one))] for one in cards)
    return made.getvalue()


async def offered(person, content, name="cards.csv") -> str:
    """Drop a file; what is said of it before anything is confirmed."""
    await drops(person, name, content)
    return words(person)


async def brings(person, content, name="cards.csv") -> str:
    """Drop a file and take in what is read in it; what is said then."""
    await offered(person, content, name)
    await confirms(person)
    return now(person)


async def areas(person) -> dict[str, str]:
    """The area of each card somebody has, by its question as it is read."""
    return {squeezed(one["question"]): one["area"].lower() for one in rows(await exported(person))}


def area_of(known, question) -> str:
    """The area of a card that was shown; empty where it is not known."""
    return next((area for one, area in known.items() if one[:40] == squeezed(question)[:40]), "")
