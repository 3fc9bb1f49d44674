"""Preferences: a person's own settings."""

from collections.abc import Sequence
from typing import Any

from messages.blocks import Block, Message, context, joined, message_of, modal_of, section
from messages.elements import Element, button
from messages.formatting import words
from sales.people.member import Member
from sales.people.team import Team

SETTINGS = "home.settings"
SAVE_OWN = "settings.save_own"  # the personal form's callback


def own_form(blocks: Sequence[Block]) -> dict[str, Any]:
    """Build a person's own settings from what features let them decide."""
    return modal_of("Your settings", blocks, callback_id=SAVE_OWN, submit="Save")


def zone_and_hours(member: Member, team: Team | None) -> list[Block]:
    """Say which zone we take from Slack, and the quiet hours of the team somebody sells in."""
    blocks: list[Block] = [section(words("nudges/preferences", "own_zone", member=member))]
    if team is not None:
        blocks.append(context(words("nudges/preferences", "own_quiet", team=team)))
    return blocks


def home_button(label: str = "My settings") -> Element:
    return button(label, SETTINGS)


def own_saved(lines: Sequence[str]) -> Message:
    """Say what a person decided."""
    return message_of(joined([words("nudges/preferences", "own_saved"), *filter(None, lines)]))
