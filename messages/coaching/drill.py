"""Drills in words: a card with its answer hidden and shown, how a day's drill ends, decks, and the morning's note."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from messages.blocks import Block, Message, actions, context, joined, message_of, section
from messages.coaching.card_list import CHANGE, CardChosen
from messages.elements import Element, button
from messages.formatting import Mrkdwn, sentence, words
from sales.coaching.drill.card import DECKS, StoredCard
from sales.coaching.drill.memory import Recall
from sales.coaching.drill.practice import DeckStanding

NOUN = "coaching/drill"
START = "drill.start"
SHOW = "drill.show"
RATE = "drill.rate"
WANT = "drill.want"
ADD = "drill.add"
PRIVATE = "What somebody practises is private: only they and their manager read it."
RECALLS = {Recall.AGAIN: "Again", Recall.HARD: "Hard", Recall.GOOD: "Good", Recall.EASY: "Easy"}


@dataclass(frozen=True)
class ShownCard:
    """A card as somebody has it before them: which of the day's it is, what its buttons carry, and why it came."""

    card: StoredCard
    pressed: str
    number: int
    total: int
    is_changed: bool = False
    why_chosen: str = ""


@dataclass(frozen=True)
class Ended:
    """How a day's drill ended: how many cards were done, when the next is due, and on how many days in a row."""

    done: int
    next_on: date | None
    today: date
    streak: int = 0


def asked(shown: ShownCard, note: str = "") -> Message:
    """Ask a card: recall comes first, so its answer is behind a button."""
    show = actions(button("Show the answer", SHOW, shown.pressed, style="primary"))
    return message_of([*told(note), *front(shown), show])


def answered(shown: ShownCard, change: CardChosen | None = None) -> Message:
    """Show a card with its answer, and ask how well it was recalled; `change` for who may change it."""
    lines = [words(NOUN, "why_so", why=shown.card.why)] if shown.card.why else []
    chosen = [words(NOUN, "why_this", why=Mrkdwn(shown.why_chosen))] if shown.why_chosen else []
    rates = [
        button(label, f"{RATE}:{recall}", f"{recall}:{shown.pressed}") for recall, label in RECALLS.items()
    ]
    if change is not None:
        rates.append(button("Change…", f"{CHANGE}:{change.key}", change.written()))
    said = section(words(NOUN, "answer", answer=shown.card.answer))
    return message_of(
        [*front(shown), said, context(joined([*lines, *chosen, words(NOUN, "how")])), actions(*rates)]
    )


def front(shown: ShownCard) -> list[Block]:
    """Return what stands above an answer."""
    head = [words(NOUN, "head", number=shown.number, total=shown.total)]
    if shown.is_changed:
        head.append(words(NOUN, "changed"))
    return [context(Mrkdwn(" · ".join(head))), section(words(NOUN, "question", question=shown.card.question))]


def ended(found: Ended, note: str = "") -> Message:
    """Say how a day's drill ended, and when the next is due; nothing is left to press."""
    tomorrow = found.today + timedelta(days=1)
    said = words(
        NOUN,
        "ended",
        done=found.done,
        next_on=found.next_on,
        today=found.today,
        tomorrow=tomorrow,
        streak=found.streak,
    )
    return message_of([*told(note), section(said)])


def told(note: str) -> list[Block]:
    return [context(note)] if note else []


def decks(found: Sequence[DeckStanding], name: str, past_review: int) -> Message:
    """Show the decks of somebody, the weakest first; `name` is theirs where somebody else reads it."""
    lines = [words(NOUN, "deck", name=sentence(DECKS[one.deck]), one=one) for one in found]
    foot = [words(NOUN, "past_review", count=past_review)] if past_review else []
    if not name:
        foot.append(words(NOUN, "private"))
    blocks: list[Block] = [section(joined([words(NOUN, "decks_head", name=name), *lines]))]
    if foot:
        blocks.append(context(joined(foot)))
    if not name:
        blocks.append(actions(button("Start", START), button("Add…", ADD)))
    return message_of(blocks)


def in_note(count: int) -> list[Block]:
    """Say in a morning note that cards are due, with the way to begin below it."""
    return [section(words(NOUN, "in_note", count=count), button("Start", f"{START}:note", "note"))]


def offer() -> Element:
    return button("Practise three minutes a day", WANT)


def comes(*, with_note: bool) -> Message:
    """Say that it will come, and where."""
    return message_of(words(NOUN, "comes", with_note=with_note))


def why() -> str:
    return str(words(NOUN, "why"))


def summary(recall: Recall) -> str:
    """Return an answer in a few words, for whoever takes it back."""
    return str(words(NOUN, "summary", recall=RECALLS[recall]))


def again() -> list[Block]:
    """Offer the card whose answer was taken back."""
    return [actions(button("Ask it again", f"{START}:again", "again"))]


def said(what: str, **values: object) -> Mrkdwn:
    """Return one of the sentences about drills."""
    return words(NOUN, what, **values)
