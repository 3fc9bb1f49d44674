"""The retrospective in words: what a quarter came to, the lights, what the system did, what the leader changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from messages.blocks import Block, Message, context, field_input, joined, message_of, modal_of, section
from messages.carried import Carried
from messages.coaching import diagnosis
from messages.elements import button, worded_input
from messages.formatting import Mrkdwn, words
from messages.goals import outcome
from messages.undo import undo_button
from sales.coaching.retrospective import MAX_CHANGE, Retrospective

CHANGE = "retrospective.change"
SAVE = "retrospective.save"
TAKE_BACK = "retrospective.take_back"
FIELD = "change"
NOUN = "coaching/retrospective"


@dataclass(frozen=True)
class ChangeForm(Carried):
    """What a form keeps: after which quarter of which team, and where it was opened."""

    team_id: int
    period_start: str
    place: Sequence[str] = ()


def page(found: Retrospective, today: date, note: str = "", undo_id: int | None = None) -> Message:
    """Show a retrospective; `note` says what was just kept."""
    back = undo_button(undo_id) if undo_id is not None else None
    blocks: list[Block] = [section(note, back)] if note else []
    return message_of([*blocks, *read(found, today)])


def kept_line(undo_id: int) -> Block:
    """Say that what a leader changes was kept, with the way back to the message as it stood."""
    return section(words(NOUN, "kept"), button("Undo", f"{TAKE_BACK}:{undo_id}", str(undo_id)))


def read(found: Retrospective, today: date) -> list[Block]:
    """Return a retrospective, the leader's own part last."""
    blocks: list[Block] = [
        section(joined([words(NOUN, "title", team=found.team, label=found.period.label), came(found, today)]))
    ]
    blocks.append(section(joined([words(NOUN, "lights"), *(diagnosis.card(one) for one in found.lights)])))
    if found.system:
        blocks.append(section(words(NOUN, "system", s=found.system)))
    if found.before:
        blocks.append(section(words(NOUN, "before", text=found.before)))
    kept = ChangeForm(found.team_id, found.period.start.isoformat()).written()
    label = "Say it otherwise…" if found.change else "What will you change…"
    said = words(NOUN, "change", text=found.change) if found.change else words(NOUN, "own")
    way = button(label, f"{CHANGE}:{found.team_id}", kept)
    return [*blocks, section(said, way), context(words(NOUN, "foot"))]


def came(found: Retrospective, today: date) -> Mrkdwn:
    """Return what a team's goals of the quarter came to together, or why that is not said."""
    if not found.had_goals:
        return words(NOUN, "no_goal")
    if not found.outcomes:
        return words(NOUN, "not_settled")
    return joined([outcome.came_to(one, today) for one in found.outcomes])


def form(kept: ChangeForm, held: str) -> dict[str, Any]:
    """Ask what a leader changes."""
    field = field_input(
        "What will you change?",
        worded_input(held, MAX_CHANGE, "I answer prices within a day", long=True),
        FIELD,
        hint="You alone read it. It is asked about after the next quarter.",
    )
    return modal_of("What you change", [field], callback_id=SAVE, submit="Keep", private=kept.written())


def said(name: str, /) -> Mrkdwn:
    """Say what was just done."""
    return words(NOUN, name)
