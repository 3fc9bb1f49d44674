"""Cards past their review day in words: each with its answer, and whether it is still true or better retired."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from messages.blocks import Block, Message, actions, context, message_of, section
from messages.elements import button
from messages.formatting import Mrkdwn, sentence, words
from messages.undo import undo_button
from sales.coaching.card_review import NAMED
from sales.coaching.drill.card import DECKS, StoredCard
from sales.language.typed_text import shorten

NOUN = "coaching/card_review"
KEEP = "card_review.keep"
RETIRE = "card_review.retire"
LOOK = "card_review.look"
MAX_SUMMARY = 80


class CardAsked(NamedTuple):
    """What a button carries: a card, and the day by which it was to be looked at when it was asked."""

    card_id: int
    review_by: str

    @property
    def written(self) -> str:
        return f"{self.card_id}|{self.review_by}"

    @classmethod
    def read(cls, value: str) -> "CardAsked":
        card_id, _, review_by = value.partition("|")
        return cls(int(card_id), review_by)


class DoneToCard(NamedTuple):
    """What was just done to a card, in words, with its way back where there is one."""

    note: str
    undo_id: int | None = None


def asked(
    cards: Sequence[StoredCard], without_owner: Collection[int], today: date, done: DoneToCard | None = None
) -> Message:
    """Ask of each card whether it is still true, of five at most; after an answer, with what was just done."""
    blocks = [] if done is None else told(done)
    if not cards:
        return message_of([*blocks, section(words(NOUN, "nothing_left"))])
    blocks.append(section(words(NOUN, "head", count=len(cards))))
    for card in cards[:NAMED]:
        blocks += question(card, today, is_left=card.id in without_owner)
    if len(cards) > NAMED:
        blocks.append(context(words(NOUN, "more", count=len(cards) - NAMED)))
    return message_of(blocks)


def question(card: StoredCard, today: date, *, is_left: bool) -> list[Block]:
    """Return one card with what can be done with it."""
    value = CardAsked(card.id, str(card.review_by)).written
    ways = (
        button("Still true", f"{KEEP}:{card.id}", value, style="primary"),
        button("Retire", f"{RETIRE}:{card.id}", value),
    )
    deck = sentence(DECKS[card.deck])
    return [
        section(words(NOUN, "card", card=card)),
        context(words(NOUN, "foot", card=card, deck=deck, gone=is_left, today=today)),
        actions(*ways),
    ]


def told(done: DoneToCard) -> list[Block]:
    return [section(done.note, undo_button(done.undo_id) if done.undo_id is not None else None)]


def in_note(cards: Sequence[StoredCard]) -> list[Block]:
    """Return the same for a morning note, in a line with the way to them."""
    said = words(NOUN, "in_note", count=len(cards), question=cards[0].question)
    return [section(said, button("Look at them" if len(cards) > 1 else "Look at it", LOOK))]


def kept(card: StoredCard, until: date, today: date) -> Mrkdwn:
    """Say that a card stays."""
    return words(NOUN, "kept", question=card.question, until=until, today=today)


def retired(card: StoredCard) -> Mrkdwn:
    """Say that a card is retired."""
    return words(NOUN, "retired", question=card.question)


def said(what: str) -> Mrkdwn:
    """Return one of the sentences about a card that is not asked any more."""
    return words(NOUN, what)


def summary(card: StoredCard, what: str) -> str:
    """Return what was done to a card, as undo calls it: “They say the price is too high”, kept."""
    return f"“{shorten(card.question, MAX_SUMMARY)}”, {what}"


def why() -> str:
    return str(words(NOUN, "why"))
