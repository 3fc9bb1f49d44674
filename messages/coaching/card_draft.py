"""Drafts of cards in words: what was heard again and again, and what became of it (73)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from messages.blocks import Message, actions, context, message_of, section
from messages.carried import Carried
from messages.coaching import drill_form
from messages.elements import button
from messages.formatting import words
from messages.undo import undo_button
from sales.coaching.drill.card import DrillCard
from sales.coaching.drill.draft import A_MONTH, CardDraft, begun

NOUN = "coaching/card_draft"
WRITE = "card_draft.write"
DECLINE = "card_draft.decline"
SAVE = "card_draft.save"


@dataclass(frozen=True)
class DraftForm(Carried):
    """What the form of a draft keeps: which one, and where its message stands."""

    draft_id: int
    place: Sequence[str] = ()


def draft(row: CardDraft, row_id: int, team: str) -> Message:
    """Ask whether what a team heard again and again becomes a card; no rep, no customer and no sum."""
    said = words(NOUN, "draft", row=row, team=team, days=A_MONTH.days)
    ways = actions(
        button("Write the answer…", WRITE, str(row_id), style="primary"),
        button("No, not this one", DECLINE, str(row_id)),
    )
    return message_of([section(said), ways, context(words(NOUN, "foot"))])


def form(private: str, row: CardDraft, team: str, today: date) -> dict[str, Any]:
    """Ask for the card that a draft becomes."""
    return drill_form.form(private, team, begun(row, today), submits=SAVE)


def written(card: DrillCard, team: str, undo_id: int) -> Message:
    """Say that a draft became a card."""
    return message_of([section(words(NOUN, "written", card=card, team=team), undo_button(undo_id))])


def declined(row: CardDraft, undo_id: int) -> Message:
    """Say that it is the end of it for a month."""
    return message_of([section(words(NOUN, "declined", row=row), undo_button(undo_id))])


def stands(row: CardDraft | None) -> Message:
    """Say what became of a draft that was answered before; None for one that is gone."""
    return message_of(words(NOUN, "stands", state=row.state.value if row is not None else ""))


def why() -> str:
    return str(words(NOUN, "why"))
