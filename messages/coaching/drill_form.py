"""The form of a card: a situation, what a good rep says, why, its deck and when somebody looks at it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from messages.blocks import Message, context, field_input, message_of, modal_of, section
from messages.carried import Carried
from messages.coaching.drill import ADD, NOUN
from messages.elements import date_picker, option, select_menu, worded_input
from messages.formatting import sentence, words
from messages.undo import undo_button
from sales.coaching.drill.card import DECKS, MAX_ANSWER, MAX_QUESTION, MAX_WHY, Deck, DrillCard

OPEN = ADD
SAVE = "drill.save"
QUESTION, ANSWER, WHY, DECK, REVIEW = "question", "answer", "why", "deck", "review_by"


@dataclass(frozen=True)
class CardForm(Carried):
    """What the form of a card keeps: whose it will be, 0 for the writer's own, and where it was opened."""

    team_id: int
    place: Sequence[str] = ()


def form(
    private: str,
    team: str,
    held: DrillCard | None = None,
    submits: str = SAVE,
    note: str = "",
    review_by: date | None = None,
    question: str = "",
) -> dict[str, Any]:
    """Ask for a card; `team` is who practises it, empty for the writer alone.

    `held` stands in the fields; where there is none `review_by` is proposed, and `question` is what was typed.
    """
    offered = {deck: option(sentence(name), deck) for deck, name in DECKS.items()}
    deck = held.deck if held is not None else Deck.OBJECTIONS
    menu = select_menu("chosen", list(offered.values()), initial_option=offered[deck])
    question, answer, why = (held.question, held.answer, held.why) if held is not None else (question, "", "")
    moment = "“Send me an e-mail,” they say on the phone. What do you say?"
    review = held.review_by if held is not None else review_by
    picker = date_picker("chosen", review.isoformat()) if review is not None else date_picker("chosen")
    fields = [
        *([section(note)] if note else []),
        context(words(NOUN, "form_above", team=team)),
        field_input("Question", worded_input(question, MAX_QUESTION, moment, long=True), QUESTION),
        field_input("Answer", worded_input(answer, MAX_ANSWER, "“Gladly. …”", long=True), ANSWER),
        field_input("Why", worded_input(why, MAX_WHY, "One sentence", long=True), WHY, optional=True),
        field_input("Area", menu, DECK),
        field_input("Review by", picker, REVIEW, optional=True),
    ]
    return modal_of("A card to practise", fields, callback_id=submits, submit="Save", private=private)


def saved(card: DrillCard, team: str, undo_id: int) -> Message:
    """Say that a card is kept, with the way back."""
    return message_of([section(words(NOUN, "saved", card=card, team=team), undo_button(undo_id))])
