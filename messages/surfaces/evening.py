"""The end of the day: what is still due, what tomorrow holds, one tap to log, and the number last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from slackblocks import Block

from messages.blocks import Message, context, divider, message_of, section
from messages.followups import activity, followup
from messages.formatting import Mrkdwn, words
from messages.goals import goal
from messages.people.settings import EVENING, time_field
from sales.followups.activity import ActivityKind
from sales.followups.followup import StoredFollowUp
from sales.goals.progress import GoalProgress
from sales.language.figures import week
from sales.people.member import Member
from sales.people.team import Team

SURFACE = "evening:"  # and the day, in the values of buttons
SHOWN = (
    15  # due items with buttons; more than anybody settles in an evening, and well under Slack's 50 blocks
)
AHEAD = 3  # of tomorrow's, the first three


@dataclass(frozen=True)
class Evening:
    """What a rep's end of day is about. `day` is the working day it stands for, `today` when it is read."""

    day: date
    today: date
    tomorrow: date
    zone: str
    due: Sequence[StoredFollowUp]
    ahead: Sequence[StoredFollowUp] = ()
    counts: Mapping[ActivityKind, int] = field(default_factory=dict)
    standings: Sequence[GoalProgress] = ()

    @property
    def open_count(self) -> int:
        """How many of the due items are still open and due."""
        return sum(item.state == "open" and item.due_on <= self.today for item in self.due)


def prompt(evening: Evening) -> Message:
    """Build the prompt; the same message again after each answer."""
    surface = f"{SURFACE}{evening.day}"
    text = words("surfaces/evening", "opening", evening=evening)
    blocks: list[Block] = [section(text)]
    for item in evening.due[:SHOWN]:
        blocks += followup.item_blocks(item, surface, evening.today, evening.zone, evening.tomorrow)
    if len(evening.due) > SHOWN:
        blocks.append(context(words("surfaces/evening", "more", count=len(evening.due) - SHOWN)))
    if evening.ahead:
        blocks.append(divider())
        blocks.append(
            section(words("surfaces/evening", "ahead", evening=evening, items=evening.ahead[:AHEAD]))
        )
    logged = activity.counted(evening.counts) if evening.counts else ""
    blocks.append(divider())
    blocks.append(section(words("surfaces/evening", "log", logged=logged)))
    blocks.append(activity.one_tap(surface))
    if evening.standings:
        blocks.append(section(goal.goal_line(evening.standings[0])))
    return message_of(text, blocks)


def why_of(at: time, due: Sequence[StoredFollowUp], day: date) -> str:
    """Say why the prompt came, with what was due and since when."""
    return words("surfaces/evening", "why_of", at=at, due=due, day=day)


def why(at: time) -> str:
    """Say why the prompt came."""
    return words("surfaces/evening", "why", at=at)


def own_time(member: Member, team: Team) -> Block:
    """The field of a rep's own settings that says when their day ends."""
    at = member.evening_at or team.evening_at
    return time_field("End-of-day message", EVENING, at, words("surfaces/evening", "own_hint", team=team))


def own_time_saved(member: Member, team: Team, by: time) -> Mrkdwn:
    """Say when a person's end-of-day message will come, to the minute it keeps."""
    return words(
        "surfaces/evening", "evening_saved", member=member, team=team, by=by, week=week(team.workdays)
    )
