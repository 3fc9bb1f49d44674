"""A team's progress in words: how it stands towards its goals together, and each rep by name, never by rank."""

from collections.abc import Sequence

from messages.blocks import Block, joined, section
from messages.formatting import Mrkdwn, words
from messages.goals import runway
from messages.goals.goal import aim, goal_line
from sales.goals.team_progress import RepProgress, TeamProgress

MOST_REPS = 60
HOME_SHOWN = 8  # things counted, of one team
LINES = 20  # of at most 150 characters each, so that a section stays under Slack's 3,000
FOR_MANAGERS = "That is for the managers of a team. `/team digest` shows what your team's channel is told."


def summary(teams: Sequence[str]) -> Mrkdwn:
    """Return what a summary of these teams is about, in a line."""
    return words("goals/team_progress", "summary", teams=teams)


def standing(one: TeamProgress) -> Mrkdwn:
    """Return how a team stands with one thing: bar and pace, the likely gap, and the runway."""
    whose = words("goals/team_progress", "together", goals=one.goals, owner=one.owner)
    lines = [goal_line(one.standing), whose]
    outlook = one.outlook
    if outlook is not None and outlook.runway.from_history and outlook.gap and outlook.open_deals:
        figures = runway.figures(outlook)
        lines.append(
            words(
                "goals/team_progress",
                "likely",
                missing=figures["missing"],
                expected=figures["expected"],
                open_deals=outlook.open_deals,
            )
        )
    if outlook is not None:
        lines.append(runway.team_line(outlook))
    return joined([line for line in lines if line])


def no_goal(open_deals: int, *, goals: bool) -> Mrkdwn:
    """Say that no goal is set, or none that may be told, and how one is."""
    return words("goals/team_progress", "no_goal", open_deals=open_deals, goals=goals)


def reps(found: Sequence[RepProgress]) -> list[list[Mrkdwn]]:
    """Return each rep's attainment in the order given, as paragraphs, without a word on who is behind."""
    if not found:
        return []
    lines = [
        words(
            "goals/team_progress",
            "rep",
            name=one.rep,
            share=one.standing.pace.attainment,
            aim=aim(one.standing.goal, one.standing.label),
            chance=bare_chance(one),
        )
        for one in found[:MOST_REPS]
    ]
    if len(found) > MOST_REPS:
        lines.append(words("goals/team_progress", "more_reps", count=len(found) - MOST_REPS))
    heading = words("goals/team_progress", "reps")
    return [[heading], *(lines[at : at + LINES] for at in range(0, len(lines), LINES))]


def bare_chance(one: RepProgress) -> str:
    """Return a rep's P(hit) as a figure: beside a name others read, a word such as "hard" would be a label."""
    chance = one.standing.chance
    return "" if chance is None or chance.is_settled else chance.forecast.figure


def home_blocks(name: str, together: Sequence[TeamProgress], each: Sequence[RepProgress]) -> list[Block]:
    """A managed team on App Home: how it stands together, then each rep by name (mechanism 9)."""
    blocks: list[Block] = [section(words("goals/team_progress", "team_heading", name=name))]
    blocks += [section(standing(one)) for one in together[:HOME_SHOWN]]
    if not together:
        blocks.append(section(words("goals/team_progress", "team_without_goals")))
    return blocks + [section(joined(lines)) for lines in reps(each)]
