"""A team's progress in words: a line for each thing it aims for, a verdict for its channel, the arithmetic."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from messages.blocks import Block, joined, modal_of, section
from messages.elements import Element, button
from messages.formatting import Mrkdwn, words
from messages.goals import forecast, runway
from messages.goals.goal.amounts import amount, daily, near_label, so_far, what
from messages.goals.goal.line import DOT, GAP, stands, status_words
from messages.goals.team_goals import OPEN
from messages.pipeline import freshness
from messages.tables import CellRows, data_table
from sales.goals.goal import Metric
from sales.goals.team_progress import RepProgress, TeamProgress
from sales.language.figures import month_day
from sales.language.typed_text import shorten
from sales.people.team import Team
from sales.pipeline.freshness import Freshness

DETAILS = "team.details"

HOME_SHOWN = 2  # things a team aims for, at one glance; the others are behind Details
NEAR_THE_END = timedelta(days=7)  # from here on the last day is worth saying
COLUMNS = ("Name", "Goal", "So far", "Chance")
NAME_LENGTH = 40
MOST_REPS = 25  # of a digest's table; a channel reads no more
FOR_MANAGERS = "That is for the managers of a team. `/team digest` shows what your team's channel is told."


def team_line(one: TeamProgress, team: str = "") -> Mrkdwn:
    """Return how a team stands with one thing: "*Field · Q3 revenue*  $597k of $797k · 10 days behind · chance 2%"."""
    standing = one.standing
    title = words(
        "goals/team_progress", "title", team=team, label=near_label(standing), what=what(standing.goal)
    )
    parts: list[str] = [stands(standing)]
    left = standing.pace.period.end - standing.pace.today
    if not standing.is_upcoming and left <= NEAR_THE_END:
        parts.append(words("goals/team_progress", "ends", day=standing.pace.period.end))
    if one.goals < one.reps:
        parts.append(words("goals/team_progress", "of_reps", goals=one.goals, reps=one.reps))
    return joined([title, joined(parts, DOT)], GAP)


def home_lines(found: Sequence[TeamProgress], team: Team) -> Mrkdwn:
    """Return a managed team at a glance, its name first; or that it has no goals yet."""
    if not found:
        return words("goals/team_progress", "without_goals", team=team.name)
    lines = [team_line(one, "" if at else team.name) for at, one in enumerate(found[:HOME_SHOWN])]
    if len(found) > HOME_SHOWN:
        lines.append(words("goals/team_progress", "more", count=len(found) - HOME_SHOWN))
    return joined(lines)


def ways(found: Sequence[TeamProgress], team_id: int) -> Element:
    """Return the way from there: to the arithmetic, or to the first goals."""
    if not found:
        return button("Set goals", f"{OPEN}:{team_id}:first", str(team_id))
    return button("Details", f"{DETAILS}:{team_id}", str(team_id))


def details(found: Sequence[TeamProgress], team: Team, fresh: Freshness | None) -> dict[str, Any]:
    """Show a manager how a team comes to stand where its lines say."""
    blocks: list[Block] = [
        section(joined([team_line(one, "" if at else team.name), *arithmetic(one)]))
        for at, one in enumerate(found)
    ]
    blocks = blocks or [section(words("goals/team_progress", "nothing_more"))]
    return modal_of("Details", [*blocks, *freshness.blocks(fresh, team)], close="Close")


def arithmetic(one: TeamProgress) -> list[Mrkdwn]:
    """Return the shares, what is to go, what open deals should bring, and what the chance was, a line each."""
    standing, found = one.standing, list[Mrkdwn]()
    if standing.pace.elapsed:
        found.append(words("goals/team_progress", "share", s=standing))
    gap = amount(standing.goal, standing.gap)
    found.append(words("goals/team_progress", "rest", s=standing, gap=gap, daily=daily(standing)))
    outlook = one.outlook
    if outlook is not None and outlook.runway.from_history and outlook.gap and outlook.open_deals:
        said = runway.figures(outlook)
        found.append(
            words(
                "goals/team_progress",
                "likely",
                missing=said["missing"],
                expected=said["expected"],
                open_deals=outlook.open_deals,
            )
        )
    if forecast.figure(standing) and standing.chance is not None and standing.chance.since is not None:
        found.append(words("goals/team_progress", "moved", c=standing.chance))
    if outlook is not None:
        found.append(runway.team_line(outlook))
    return [line for line in found if line]


def verdict(one: TeamProgress) -> Mrkdwn:
    """Return how a team stands with one thing in a sentence: what its channel reads first."""
    standing = one.standing
    done, target = so_far(standing)
    kind = "" if standing.goal.metric is Metric.REVENUE else what(standing.goal)
    label = near_label(standing)
    if standing.is_upcoming:
        starts = month_day(standing.pace.period.start, standing.pace.today)
        return words("goals/team_progress", "later", label=label, what=kind, target=target, starts=starts)
    left = 0 if standing.pace.is_reached else standing.pace.remaining
    return words(
        "goals/team_progress",
        "verdict",
        label=label,
        what=kind,
        done=done,
        target=target,
        status=status_words(standing),
        left=left,
    )


def partly(one: TeamProgress) -> Mrkdwn:
    """Say how many have a goal, where the sum of those who do would be somebody's own."""
    label = near_label(one.standing)
    return words("goals/team_progress", "partly", goals=one.goals, reps=one.reps, label=label)


def no_goal(open_deals: int) -> Mrkdwn:
    """Say how goals come about, where there is none yet."""
    return words("goals/team_progress", "no_goal", open_deals=open_deals)


def explained(one: TeamProgress) -> list[Mrkdwn]:
    """Return what a team aims for and how it comes to stand so, a line each."""
    return [team_line(one), *arithmetic(one)]


def reps_table(found: Sequence[RepProgress], team: Team) -> Block:
    """Return each rep's goal and how far it is, by name, without a word on who is behind (mechanism 9)."""
    rows = []
    for one in found[:MOST_REPS]:
        done, target = so_far(one.standing)
        goal = f"{near_label(one.standing)} {what(one.standing.goal)}"
        far = words("goals/goal/goal", "so_far", s=one.standing, done=done, target=target, starts="")
        rows.append([shorten(one.rep, NAME_LENGTH), goal, far, forecast.figure(one.standing)])
    return data_table(words("goals/team_progress", "caption", team=team.name), CellRows(COLUMNS, rows))


def more_reps(count: int) -> Mrkdwn:
    """Return how many goals the table has no room for; empty where it has all of so many."""
    left = count - MOST_REPS
    return words("goals/team_progress", "more_reps", count=left) if left > 0 else Mrkdwn("")
