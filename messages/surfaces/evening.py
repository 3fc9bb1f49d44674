"""The end of the day: what features have to say, as far as there is room; the first of them says how much is open."""

from collections.abc import Sequence
from datetime import date, time

from messages.blocks import Block, Message, joined, message_of
from messages.formatting import Mrkdwn, words
from messages.people.settings import EVENING, time_field
from messages.room import BODY, weight
from sales.language.figures import week
from sales.people.member import Member
from sales.people.team import Team

PLACE = "evening:"  # and the day, in the values of buttons
ROOM = 40  # blocks: more than anybody answers in an evening, and under Slack's 50 with the off switch below


def prompt(parts: Sequence[Sequence[Block]]) -> Message:
    """Build the prompt; the same message again after each answer. A part that does not fit is left out whole."""
    blocks: list[Block] = []
    for part in parts:
        if len(blocks) + len(part) <= ROOM and weight([*blocks, *part]) <= BODY:
            blocks += part
    return message_of(blocks)


def why_of(at: time, reasons: Sequence[str]) -> Mrkdwn:
    """Say why the prompt came, with what each feature says of it."""
    return words("surfaces/evening", "why_of", at=at, reasons=joined(reasons, " "))


def why(at: time) -> str:
    """Say why the prompt came."""
    return words("surfaces/evening", "why", at=at)


def own_time(member: Member, team: Team) -> Block:
    """The field of a rep's own settings that says when their day ends."""
    at = member.evening_at or team.evening_at
    return time_field("End-of-day message", EVENING, at, words("surfaces/evening", "own_hint", team=team))


def own_time_saved(member: Member, team: Team, by: time) -> Mrkdwn:
    """Say when a person's end-of-day message will come, to the minute it keeps."""
    at = member.evening_at or team.evening_at
    return words(
        "surfaces/evening", "evening_saved", member=member, team=team, at=at, by=by, week=week(team.workdays)
    )


def promised(on: date | None, due_on: date, has_time: bool, today: date, at: time) -> Mrkdwn:
    """Say when a promise is brought up, and on which evening it is asked about; None where no evening is sure."""
    return words("surfaces/evening", "promised", on=on, due_on=due_on, has_time=has_time, today=today, at=at)
