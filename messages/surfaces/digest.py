"""The digest in words: the verdict first, which is its notification too, then what features tell of the team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from messages.blocks import Block, Message, actions, context, header, joined, message_of, modal_of, section
from messages.elements import button
from messages.formatting import Mrkdwn, words
from messages.room import BODY, fitting, weight
from sales.language.dates.period import DaySpan
from sales.language.figures import week
from sales.nudges.schedule import Schedule
from sales.people.audience import Line
from sales.people.team import Team
from sales.surfaces.digest import is_week

DETAILS = "digest.details"
PARTS = 9  # blocks between the verdict and the buttons; a channel reads no more


class DigestPart(NamedTuple):
    """What one feature tells: a table of Slack's own, and paragraphs of lines below it."""

    table: Block | None
    paragraphs: Sequence[Sequence[Line]]


@dataclass(frozen=True)
class Digest:
    """What a team's channel is told, as far as it may read it."""

    team: str
    team_id: int
    today: date
    span: DaySpan
    daily: bool = False
    verdict: Sequence[Line] = ()
    parts: Sequence[DigestPart] = ()
    foot: Sequence[str] = ()


class DigestOf(NamedTuple):
    """Which digest a button stands under: of which team and days, told when."""

    team_id: int
    span: DaySpan
    today: date
    daily: bool

    def written(self) -> str:
        days = (self.span.first, self.span.last, self.today)
        return "|".join([str(self.team_id), *map(date.isoformat, days), "daily" if self.daily else ""])

    @classmethod
    def read(cls, value: str) -> "DigestOf | None":
        """Return what a button carries; None for one that this version does not understand."""
        team_id, *rest = value.split("|")
        try:
            first, last, today = map(date.fromisoformat, rest[:3])
            return cls(int(team_id), DaySpan(first, last), today, rest[3] == "daily")
        except (ValueError, IndexError):
            return None


def digest(found: Digest) -> Message:
    """Build a digest from what its audience may read."""
    title = words("surfaces/digest", "title", team=found.team, span=found.span, whole=is_week(found.span))
    verdict = joined([line.text for line in found.verdict], " ")
    blocks: list[Block] = [header(str(title))]  # plain text, which Slack shows as it is written
    if verdict:
        blocks.append(section(verdict))
    if found.span.missed:
        blocks.append(context(words("surfaces/digest", "missed", span=found.span)))
    of = DigestOf(found.team_id, found.span, found.today, found.daily)
    below: list[Block] = [actions(button("Details", DETAILS, of.written()))]
    if found.foot:
        below.append(context(joined(found.foot, " ")))
    blocks += told_in(found.parts, BODY - weight([*blocks, *below]))
    return message_of([*blocks, *below])


def told_in(parts: Sequence[DigestPart], room: int) -> list[Block]:
    """Return the parts as far as there is room, short lines of neighbours in one block; what is left out is counted."""
    blocks: list[list[Block]] = []
    lines: list[Mrkdwn] = []
    for part in parts:
        if part.table is not None:
            blocks += [[section(joined(lines))]] if lines else []
            lines = []
            blocks.append([part.table])
        lines += [joined([line.text for line in paragraph]) for paragraph in part.paragraphs]
    if lines:
        blocks.append([section(joined(lines))])
    count = fitting(blocks, room, PARTS) if blocks else 0
    found = [block for group in blocks[:count] for block in group]
    if count < len(blocks):
        found.append(context(words("surfaces/digest", "more")))
    return found


def details(span: DaySpan, lines: Sequence[Line], today: date) -> dict[str, Any]:
    """Show how the figures of a digest come about, a line each."""
    said = joined([line.text for line in lines]) or words("surfaces/digest", "no_details")
    foot = words("surfaces/digest", "details_foot", span=span, today=today)
    return modal_of("Details", [section(said), context(foot)], close="Close")


def for_its_people(team: str) -> str:
    """Say whom a team's digest is for."""
    return str(words("surfaces/digest", "for_its_people", team=team))


def preview(found: Digest, team: Team) -> Message:
    """Show somebody what the channel would be told now."""
    channel = Mrkdwn(f"<#{team.digest_channel}>") if team.digest_channel else None
    told = digest(found)
    note = context(words("surfaces/digest", "preview", channel=channel))
    return Message(told.text, [*told.blocks, note])


def preview_nothing() -> Message:
    return message_of(words("surfaces/digest", "preview_nothing"))


def why(schedule: Schedule, *, daily: bool) -> str:
    """Say why a digest comes: what the team chose."""
    name = "why_daily" if daily else "why_weekly"
    return words("surfaces/digest", name, schedule=schedule, week=week(schedule.weekdays))
