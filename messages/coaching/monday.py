"""The manager's Monday in words: a line per team first, then what changed, who is worth a talk, and what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from messages.blocks import Block, Message, context, message_of, section
from messages.coaching import one_on_one
from messages.elements import button
from messages.formatting import Mrkdwn, words
from messages.goals import team_progress
from messages.nudges import undelivered
from messages.pipeline.opportunity.ids import SHOW, Wish
from sales.coaching.monday import MOST_DECISIONS, MOST_WINS, WaitingDecisions, WeekBehind
from sales.coaching.one_on_one import Talk
from sales.goals.team_progress import TeamProgress
from sales.language.dates.period import DaySpan
from sales.people.team import Team

DECIDE = "monday.decide"
NOUN = "coaching/monday"


@dataclass(frozen=True)
class TeamMonday:
    """One team of a manager's Monday: what it aims for, what it did, and who of it is worth a talk."""

    team: Team
    team_id: int
    aims: Sequence[TeamProgress]
    behind: WeekBehind
    talks: Sequence[Talk]
    reps: int


def page(teams: Sequence[TeamMonday], waiting: WaitingDecisions, span: DaySpan, day: date) -> Message:
    """Show a manager's week, with what happened in a `span` of days; what has nothing to say is left out."""
    when = words(NOUN, "when", span=span, day=day)
    blocks: list[Block] = [section(words(NOUN, "title", day=day, teams=len(teams)))]
    for one in teams:
        blocks.append(
            section(team_progress.home_lines(one.aims, one.team), team_progress.ways(one.aims, one.team_id))
        )
        named = one.team.name if len(teams) > 1 else ""
        blocks.append(context(words(NOUN, "motions", behind=one.behind, team=named, when=when)))
        if one.behind.wins or one.behind.lost:
            told = words(NOUN, "changed", behind=one.behind, most=MOST_WINS, when=when)
            blocks.append(section(told))
        if one.talks:
            blocks += one_on_one.talk_blocks(one.talks, one.team_id, one.reps)
    return message_of([*blocks, *decisions(waiting)])


def decisions(waiting: WaitingDecisions) -> list[Block]:
    """Return what waits for a manager, each with what decides or opens it."""
    if not waiting:
        return []
    blocks: list[Block] = [section(words(NOUN, "waiting"))]
    for price in waiting.prices[:MOST_DECISIONS]:
        way = button("Decide…", f"{DECIDE}:{price.request_id}", str(price.request_id))
        blocks.append(section(words(NOUN, "price", one=price), way))
    blocks += more(len(waiting.prices))
    for deal in waiting.anyway[:MOST_DECISIONS]:
        way = button("Open", f"{SHOW}:{deal.deal_id}", Wish(deal.deal_id).written())
        blocks.append(section(words(NOUN, "anyway", one=deal), way))
    blocks += more(len(waiting.anyway))
    if waiting.undelivered:
        said = words(NOUN, "undelivered", count=waiting.undelivered)
        blocks.append(section(said, button("Show them", undelivered.OPEN)))
    return blocks


def more(count: int) -> list[Block]:
    """Say how many of a sort were left out."""
    hidden = count - MOST_DECISIONS
    return [context(words(NOUN, "more", count=hidden))] if hidden > 0 else []


def no_team() -> Mrkdwn:
    return words(NOUN, "no_team")


def no_reps(team: str) -> Mrkdwn:
    return words(NOUN, "no_reps", team=team)


def why() -> str:
    return str(words(NOUN, "why"))
