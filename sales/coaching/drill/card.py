"""Cards: a situation, what a good rep says in it, and why; in one of a few decks, with an owner and a review day.

A card of a team is read by all of it; one that somebody writes for themselves is theirs alone. A deck is an area
(mechanism 70): what is sold, how one sells, what is answered to objections, how one negotiates, and the team's own.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256

from sqlmodel import Field, SQLModel

from sales.language.names.match import fold, name_key
from sales.language.typed_text import on_one_line, seen, something

MAX_QUESTION = 300  # characters: a moment, read in ten seconds
MAX_ANSWER = 600
MAX_WHY = 300
MOST_CARDS = 5_000  # of a team; more is no deck that anybody finishes
REVIEWED_IN = timedelta(days=180)  # what a team practises is looked at twice a year, if nobody says otherwise
BLANK_LINES = re.compile(r"\n{3,}")


class Deck(StrEnum):
    """What a card trains, in the order in which decks are shown."""

    PRODUCT = "product"
    TECHNIQUE = "technique"
    OBJECTIONS = "objections"
    NEGOTIATION = "negotiation"
    OWN = "own"


DECKS: dict[Deck, str] = {
    Deck.PRODUCT: "product",
    Deck.TECHNIQUE: "technique",
    Deck.OBJECTIONS: "objections",
    Deck.NEGOTIATION: "negotiation",
    Deck.OWN: "our own",
}
DECK_WORDS: dict[str, Deck] = {
    **{name: deck for deck, name in DECKS.items()},
    **{deck.value: deck for deck in Deck},
    "products": Deck.PRODUCT,
    "product knowledge": Deck.PRODUCT,
    "sales technique": Deck.TECHNIQUE,
    "sales techniques": Deck.TECHNIQUE,
    "techniques": Deck.TECHNIQUE,
    "objection": Deck.OBJECTIONS,
    "objection handling": Deck.OBJECTIONS,
    "negotiations": Deck.NEGOTIATION,
    "negotiating": Deck.NEGOTIATION,
    "team": Deck.OWN,
    "team's own": Deck.OWN,
    "teams own": Deck.OWN,
    "ours": Deck.OWN,
}


class DrillCard(SQLModel):
    """A situation and what a good rep says in it. `starter` names the card of ours that it began as.

    `for_id` is whose alone it is; empty for one of the team's. `owner_id` is who keeps it true, and looks again by
    `review_by`.
    """

    deck: Deck
    question: str = Field(min_length=1, max_length=MAX_QUESTION)
    answer: str = Field(min_length=1, max_length=MAX_ANSWER)
    why: str = Field(default="", max_length=MAX_WHY)
    owner_id: str | None = None
    review_by: date | None = None
    for_id: str | None = None
    starter: str = Field(default="", max_length=40)

    @property
    def called(self) -> str:
        """Return what tells it from the other cards of its reader."""
        return name_key(self.question)

    @property
    def fingerprint(self) -> str:
        """Return what changes with every word that is practised."""
        said = f"{self.question}\n{self.answer}\n{self.why}"
        return sha256(said.encode()).hexdigest()[:12]

    def is_due_for_review(self, today: date) -> bool:
        """Say whether the day to look at it again is past (mechanism 69)."""
        return self.review_by is not None and self.review_by < today


class StoredCard(DrillCard):
    """A card with the id of its row; one of ours that nobody changed has none. `changed_on` is when its words did."""

    id: int = 0
    changed_on: date | None = None

    @property
    def key(self) -> str:
        """Return by what it is remembered: "starter:too-dear", which stays when a team changes it, or "card:12"."""
        return f"starter:{self.starter}" if self.starter else f"card:{self.id}"


def deck_called(said: str) -> Deck | None:
    """Return a deck by one of its names; None for a word that is none."""
    return next((deck for word, deck in DECK_WORDS.items() if fold(word) == fold(said.strip(" .:"))), None)


def deck_named(said: str) -> Deck | None:
    """Return a deck by its name as it is shown; None for other words, also those it may be called by besides."""
    return next((deck for deck, name in DECKS.items() if fold(name) == fold(said.strip())), None)


def read_question(typed: str, field: str | None = None) -> str:
    """Return the situation of a card as it is kept.

    Raises:
        Refusal: for nothing, and for more than fits.
    """
    return something(typed, MAX_QUESTION, "What happens, and what is to be recalled?", field)


def read_answer(typed: str, field: str | None = None) -> str:
    """Return the answer of a card as it is kept, with its lines.

    Raises:
        Refusal: for nothing, and for more than fits.
    """
    text = in_lines(typed)
    on_one = something(text, MAX_ANSWER, "What would a good rep say or do?", field)
    return text if len(text) <= MAX_ANSWER else on_one


def in_lines(typed: str) -> str:
    """Return what is seen of a text with its lines, at most one of them blank in a row."""
    lines = (line.rstrip() for line in seen(typed).replace("\r\n", "\n").expandtabs(4).split("\n"))
    text = BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
    return text if on_one_line(text) else ""


def stale(cards: Iterable[StoredCard], today: date) -> list[StoredCard]:
    """Return the cards whose day to look at them again is past, the one that waits longest first."""
    return sorted(
        (one for one in cards if one.is_due_for_review(today)), key=lambda one: one.review_by or today
    )


def cards_with(cards: Iterable[StoredCard], words: str) -> list[StoredCard]:
    """Return the cards that have each of these words in what is read of them or their deck; all of them for none.

    The name of a deck as it is shown, and nothing else, means that deck.
    """
    if (deck := deck_named(words)) is not None:
        return [one for one in cards if one.deck is deck]
    wanted = [fold(one) for one in words.split()]
    return [
        card
        for card in cards
        if all(one in fold(f"{DECKS[card.deck]} {card.question} {card.answer} {card.why}") for one in wanted)
    ]
