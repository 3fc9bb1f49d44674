"""The digest in words: its heading and days, then what features tell of the team, as far as there is room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from messages.blocks import Block, Message, context, header, joined, message_of, section
from messages.formatting import Mrkdwn, escaped, words
from messages.room import LIST, fitting
from sales.language.dates.period import DaySpan
from sales.language.figures import week
from sales.nudges.schedule import Schedule
from sales.people.audience import Line
from sales.people.team import Team

ROOM = 45  # paragraphs; Slack takes 50 blocks, and four stand around them


@dataclass(frozen=True)
class Digest:
    """What a team's channel is told: paragraphs of lines it may read, and sentences for the notification."""

    team: str
    today: date
    span: DaySpan
    paragraphs: Sequence[Sequence[Line]] = ()
    texts: Sequence[str] = ()


def digest(found: Digest) -> Message:
    """Build a digest from what its audience may read."""
    title = words("surfaces/digest", "title", team=found.team, span=found.span)
    blocks: list[Block] = [header(str(title))]  # plain text, which Slack shows as it is written
    if found.span.missed:
        blocks.append(context(words("surfaces/digest", "missed", span=found.span)))
    told_of = [section(joined([line.text for line in lines])) for lines in found.paragraphs]
    count = fitting([[one] for one in told_of], LIST, ROOM)
    blocks += told_of[:count]
    left = sum(len(lines) for lines in found.paragraphs[count:])
    if left:
        blocks.append(context(words("surfaces/digest", "more", count=left)))
    blocks.append(context(words("surfaces/digest", "as_of", today=found.today)))
    told = joined(found.texts, " ")
    text = words("surfaces/digest", "text", team=escaped(found.team), span=found.span, told=told)
    return message_of(text, blocks)


def preview(found: Digest, team: Team) -> Message:
    """Show somebody what the channel would be told now."""
    channel = Mrkdwn(f"<#{team.digest_channel}>") if team.digest_channel else None
    told = digest(found)
    note = message_of("-", [context(words("surfaces/digest", "preview", channel=channel))])
    return Message(told.text, [*note.blocks, *told.blocks])


def preview_nothing() -> Message:
    return message_of(words("surfaces/digest", "preview_nothing"))


def why(schedule: Schedule, *, daily: bool) -> str:
    """Say why a digest comes: what the team chose."""
    name = "why_daily" if daily else "why_weekly"
    return words("surfaces/digest", name, schedule=schedule, week=week(schedule.weekdays))
