"""Sources of leads in Slack: how soon those of each are called, and the form that says so (mechanism 38)."""

from collections.abc import Sequence
from typing import Any

from messages.blocks import Block, Message, actions, field_input, joined, message_of, modal_of, section
from messages.elements import button, worded_input
from messages.formatting import words
from messages.undo import undo_button
from sales.language.figures import duration
from sales.language.typed_text import MAX_NAME
from sales.people.team import Team
from sales.prospects.source import INBOUND, FirstCallClock, LeadSource

EDIT = "source.edit"
SAVE = "source.save"  # the form's callback
NAME, TARGET, LIMIT = "name", "target", "limit"
NOUN = "prospects/source"
MAX_SPAN = 20


def spans(clock: FirstCallClock | None) -> dict[str, str]:
    """Return a clock's spans in words; empty ones where there is none."""
    if clock is None:
        return {"target": "", "limit": ""}
    return {"target": duration(clock.target), "limit": duration(clock.limit)}


def listing(team: Team, team_id: int, stated: Sequence[LeadSource], *, may_change: bool) -> Message:
    """Show how soon leads of each source are called."""
    lines = [words(NOUN, "head", team=team.name)]
    lines += [words(NOUN, "line", name=one.name, **spans(one.clock)) for one in stated]
    lines.append(words(NOUN, "others", **spans(INBOUND)))
    blocks: list[Block] = [section(joined(lines))]
    if may_change:
        blocks.append(actions(button("Set a source…", f"{EDIT}:{team_id}", str(team_id))))
    return message_of(blocks)


def form(private: str) -> dict[str, Any]:
    """Ask how soon leads of a source are called."""
    return modal_of(
        "First call",
        [
            field_input("Source", worded_input("", MAX_NAME, "Webinar"), NAME),
            field_input(
                "Target",
                worded_input("", MAX_SPAN, duration(INBOUND.target)),
                TARGET,
                hint="In working time: 5 min, 1 h, 2 days. Leave both empty for no clock.",
                optional=True,
            ),
            field_input("Limit", worded_input("", MAX_SPAN, "1 h"), LIMIT, optional=True),
        ],
        callback_id=SAVE,
        submit="Save",
        private=private,
    )


def saved(source: LeadSource, team: Team, undo_id: int) -> Message:
    """Say how soon leads of a source are called from now on."""
    said = words(NOUN, "saved", name=source.name, team=team.name, **spans(source.clock))
    return message_of([section(said), actions(undo_button(undo_id))])


def usual(name: str, undo_id: int) -> Message:
    """Say that a source is as every other again."""
    return message_of([section(words(NOUN, "usual", name=name)), actions(undo_button(undo_id))])
