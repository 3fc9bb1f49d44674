"""Preferences: a person's own settings."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from slackblocks import Block

from messages.blocks import Message, context, joined, message_of, modal_of, section
from messages.formatting import Mrkdwn, words
from messages.people.settings import EVENING, time_field
from sales.language.figures import week
from sales.people.member import Member
from sales.people.team import Team

SAVE_OWN = "settings.save_own"  # the personal form's callback


def own_form(member: Member, team: Team | None, nudging: Sequence[Block]) -> dict[str, Any]:
    """Build a person's own settings: what may come, and the zone we take from Slack.

    With the `team` they sell in also when their day ends.
    """
    blocks = [*nudging, section(words("nudges/preferences", "own_zone", member=member))]
    if team is not None:
        at = member.evening_at or team.evening_at
        evening = time_field(
            "End-of-day message", EVENING, at, words("nudges/preferences", "own_hint", team=team)
        )
        blocks = [evening, *blocks, context(words("nudges/preferences", "own_quiet", team=team))]
    return modal_of("Your settings", blocks, callback_id=SAVE_OWN, submit="Save")


def own_saved(lines: Sequence[str]) -> Message:
    """Say what a person decided."""
    return message_of(joined([words("nudges/preferences", "own_saved"), *filter(None, lines)]))


def evening_saved(member: Member, team: Team, by: time) -> Mrkdwn:
    """Say when a person's end-of-day message will come, to the minute it keeps."""
    return words(
        "nudges/preferences", "evening_saved", member=member, team=team, by=by, week=week(team.workdays)
    )
