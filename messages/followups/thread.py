"""Answers in the thread under a message that brought commitments up."""

from collections.abc import Mapping, Sequence
from datetime import date

from messages.blocks import Block, Message, actions, context, line_sections, message_of
from messages.followups.confirmation import card
from messages.followups.followup import line
from messages.followups.tick_list import slips_asked
from messages.formatting import Mrkdwn, cut, words
from messages.undo import undo_button
from sales.followups.followup import FollowUpState, StoredFollowUp

THREAD = "thread"  # where several were answered at once
SHOWN = 20  # as many as a list shows
LINE = 200  # characters: enough to tell one from another


def which(items: Sequence[StoredFollowUp], places: Mapping[int, int], today: date, zone: str) -> Message:
    """Ask which of several is meant, by its number in the message above or by name."""
    lines = [Mrkdwn(f"{places[item.id]}. {cut(line(item, today, zone), LINE)}") for item in items[:SHOWN]]
    more = [words("followups/thread", "more", count=len(items) - SHOWN)] if len(items) > SHOWN else []
    return told([words("followups/thread", "which"), *lines, *more, words("followups/thread", "how")])


def answered(
    items: Sequence[StoredFollowUp],
    today: date,
    zone: str,
    undo_id: int | None,
    *,
    asks_why: bool = False,
    slipped: bool = False,
) -> Message:
    """Show what became of what was answered: one with its card, several in a line each; with the way back.

    `asks_why` asks for the reason of what was dropped, `slipped` what came between where it comes later.
    """
    if len(items) > 1:
        lines = [Mrkdwn(f"• {cut(line(item, today, zone), LINE)}") for item in items[:SHOWN]]
        more = [words("followups/thread", "more", count=len(items) - SHOWN)] if len(items) > SHOWN else []
        said = told([*lines, *more])
        asked = slips_asked(undo_id, THREAD) if slipped and undo_id is not None else []
        undo = [actions(undo_button(undo_id))] if undo_id is not None else []
        return Message(said.text, [*said.blocks, *asked, *undo])
    (item,) = items
    shown = card(item, today, zone, undo_id=undo_id, slipped=slipped)
    if asks_why and item.state is FollowUpState.DROPPED and not item.drop_reason:
        asks: list[Block] = [context(words("followups/thread", "asks_why"))]
        return Message(shown.text, [*shown.blocks, *asks])
    return shown


def told(lines: Sequence[str]) -> Message:
    return message_of(line_sections(lines))


def summary(count: int, did: str) -> str:
    """Return what became of several commitments, as undo names it."""
    return words("followups/thread", "summary", count=count, did=did)
