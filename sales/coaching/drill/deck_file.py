"""Decks in files: what a row or a part of a file says of a card, why one cannot be taken in, and decks as Markdown.

A card is known by its deck and its question, so a file carries no mark of ours. In Markdown a deck is a heading, a card
a heading below it; why, owner and review day are a list behind the answer. What would be read as one of these inside an
answer gets a backslash before it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from sales.coaching.drill.card import (
    DECKS,
    MAX_ANSWER,
    MAX_QUESTION,
    MAX_WHY,
    Deck,
    DrillCard,
    StoredCard,
    deck_called,
    in_lines,
)
from sales.craft.library_markdown import HEADING, day_called, owner_called, owner_written
from sales.language.figures import number
from sales.language.names.match import fold
from sales.language.spelling import closest
from sales.language.typed_text import on_one_line, shorten
from sales.refusal import Refusal

COLUMNS = ("area", "question", "answer", "why", "owner", "review")
TITLE = "Cards"
MARK = re.compile(
    r"[ \t]*(?:[-*+][ \t]+)?\**(?P<name>why|because|owner|review(?:[ _-]?(?:by|day))?)\**[ \t]*:\**"
    r"[ \t]*(?P<said>.*?)[ \t]*",
    re.IGNORECASE,
)
WHY, OWNER, REVIEW = "Why", "Owner", "Review by"


class WrittenCard(NamedTuple):
    """A card as a file has it, and the line on which it begins. Nothing said of who and when leaves both as they are.

    `why` is None where a file has no place for it.
    """

    line: int
    area: str
    question: str
    answer: str
    why: str | None = ""
    owner: str = ""
    review: str = ""


class SaidCard(NamedTuple):
    """What a file says of a card; `left` are the fields of which it says nothing."""

    line: int
    card: DrillCard
    left: frozenset[str] = frozenset()


class BrokenCard(NamedTuple):
    """A card of a file that stays out, and why."""

    line: int
    question: str
    why: str


class ReadDeck(NamedTuple):
    """What stands in a file: cards in their order, and what of it cannot be read."""

    cards: list[SaidCard]
    broken: list[BrokenCard]


def read_deck(written: Iterable[WrittenCard | BrokenCard], people: Mapping[str, str] | None) -> ReadDeck:
    """Return the cards that a file says. `people` may look after one, by id; None where no owner is read."""
    found = ReadDeck([], [])
    for one in written:
        if isinstance(one, BrokenCard):
            found.broken.append(one)
            continue
        try:
            found.cards.append(card_said(one, people))
        except Refusal as refused:
            found.broken.append(BrokenCard(one.line, shorten(on_one_line(one.question)), refused.text))
    return found


def card_said(written: WrittenCard, people: Mapping[str, str] | None) -> SaidCard:
    """Return the card that a part of a file says.

    Raises:
        Refusal: with what is wrong with it, and the mend.
    """
    deck = area_called(on_one_line(written.area))
    question = fits("question", on_one_line(written.question), MAX_QUESTION)
    answer = fits("answer", in_lines(written.answer), MAX_ANSWER)
    why = fits("why", on_one_line(written.why or ""), MAX_WHY, needed=False)
    owner, review = on_one_line(written.owner), on_one_line(written.review)
    owner_id = owner_called(owner, people) if owner and people is not None else None
    review_by = day_called(review)
    left = {"why": written.why is None, "owner_id": owner_id is None, "review_by": not review}
    card = DrillCard(
        deck=deck, question=question, answer=answer, why=why, owner_id=owner_id, review_by=review_by
    )
    return SaidCard(written.line, card, frozenset(name for name, is_left in left.items() if is_left))


@cache
def areas() -> str:
    *names, last = DECKS.values()
    return f"{', '.join(names)} or {last}"


def area_called(said: str) -> Deck:
    """Return a deck by its name.

    Raises:
        Refusal: for none, and for a word that is none.
    """
    deck = deck_called(said) if said else None
    if deck is not None:
        return deck
    if not said:
        raise Refusal(f"It has no area. Use {areas()}.")
    likely = closest(said, list(DECKS.values()))
    mend = f"Did you mean {likely}?" if likely else f"Use {areas()}."
    raise Refusal(f"“{shorten(said, 40)}” is no area. {mend}")


def fits(what: str, text: str, most: int, *, needed: bool = True) -> str:
    if needed and not text:
        raise Refusal(f"It has no {what}.")
    if len(text) > most:
        raise Refusal(f"Its {what} has {number(len(text))} characters; {number(most)} is the most that fits.")
    return text


def in_order(cards: Iterable[StoredCard]) -> list[StoredCard]:
    """Return cards as they stand in a file: deck by deck."""
    return sorted(cards, key=lambda one: list(Deck).index(one.deck))


def cells_of(card: DrillCard, people: Mapping[str, str]) -> dict[str, str]:
    """Return what a file says of a card, by its columns. `people` are those who may look after one, by id."""
    return {
        "area": DECKS[card.deck],
        "question": card.question,
        "answer": card.answer,
        "why": card.why,
        "owner": owner_written(card.owner_id, people) if card.owner_id in people else "",
        "review": card.review_by.isoformat() if card.review_by else "",
    }


def as_markdown(cards: Iterable[StoredCard], people: Mapping[str, str]) -> str:
    """Return decks as Markdown."""
    parts, deck = [f"# {TITLE}"], None
    for card in in_order(cards):
        if card.deck is not deck:
            deck = card.deck
            parts.append(f"## {DECKS[deck]}")
        parts.append(card_as_markdown(card, people))
    return "\n\n".join(parts) + "\n"


def card_as_markdown(card: DrillCard, people: Mapping[str, str]) -> str:
    cells = cells_of(card, people)
    answer = "\n".join(f"\\{line}" if tells(line) else line for line in cells["answer"].split("\n"))
    marks = {WHY: cells["why"], OWNER: cells["owner"], REVIEW: cells["review"]}
    listed = "\n".join(f"- {name}: {said}" for name, said in marks.items() if said)
    return "\n\n".join(part for part in (f"### {card.question}", answer, listed) if part)


def tells(line: str) -> bool:
    """Say whether a line would be read as a heading or a mark, or was one before it got its backslash."""
    bare = line.lstrip("\\")
    return HEADING.fullmatch(bare) is not None or MARK.fullmatch(bare) is not None


def is_deck(text: str) -> bool:
    """Say whether a Markdown text holds cards: a heading that names a deck, and right below it a deeper one."""
    above = 0  # the level of a heading that names a deck, while nothing else stood below it
    for line in text.splitlines():
        head = HEADING.fullmatch(line.rstrip())
        if head is None:
            above = 0 if line.strip() else above
            continue
        level = len(head["level"])
        if above and level > above:
            return True
        above = level if level <= 2 and deck_called(head["title"]) is not None else 0
    return False


def from_markdown(text: str) -> Iterator[WrittenCard]:
    """Yield the cards of a Markdown text. What is above the first deck is its title, and says nothing of a card."""
    area, above = "", 0
    for line, level, title, body in headings_in(text):
        if level <= 2 and deck_called(title) is not None:
            area, above = title, level
        elif level > 2 or (above and level > above):
            yield card_in(line, area, title, body)
        elif level == 2 and any(each.strip() for each in body):
            yield card_in(line, "", title, body)
        else:
            area, above = (title, level) if level == 2 else ("", 0)


def headings_in(text: str) -> Iterator[tuple[int, int, str, list[str]]]:
    """Yield each heading: the line it stands on, its level, its words, and the lines below it up to the next."""
    found: tuple[int, int, str, list[str]] | None = None
    for at, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        head = HEADING.fullmatch(line.rstrip())
        if head is not None:
            if found is not None:
                yield found
            found = (at, len(head["level"]), head["title"], [])
        elif found is not None:
            found[3].append(line)
    if found is not None:
        yield found


def card_in(at: int, area: str, question: str, lines: Iterable[str]) -> WrittenCard:
    """Return the card below a heading: its answer, and the marks before or behind it. A why may have several lines."""
    said: dict[str, list[str]] = {"answer": [], WHY: [], OWNER: [], REVIEW: []}
    into = "answer"
    for line in lines:
        mark = MARK.fullmatch(line)
        if mark is not None:
            name = named(mark["name"])
            said[name].append(mark["said"])
            into = WHY if name is WHY else "answer"
            continue
        if into is WHY and not line.strip() and not any(said["answer"]):
            into = "answer"
        said[into].append(line[1:] if line.startswith("\\") and tells(line) else line)
    texts = {name: "\n".join(found) for name, found in said.items()}
    return WrittenCard(at, area, question, texts["answer"], texts[WHY], texts[OWNER], texts[REVIEW])


def named(mark: str) -> str:
    return {"why": WHY, "because": WHY, "owner": OWNER}.get(fold(mark), REVIEW)
