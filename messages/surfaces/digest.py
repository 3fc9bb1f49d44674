"""The digest in words: where the team stands, what was won and kept, and one thing worth copying."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from slackblocks import Block

from messages.blocks import Message, context, header, joined, message_of, section
from messages.formatting import Mrkdwn, escaped, words
from messages.goals import runway
from messages.goals.goal import aim, goal_line
from messages.goals.outcome import ended
from sales.coaching.recognition import Behaviour
from sales.goals.team_progress import RepProgress, TeamProgress
from sales.language.figures import listed, money, week
from sales.nudges.schedule import Schedule
from sales.people.team import Team
from sales.surfaces.digest import Digest, Win

MOST_STANDINGS = 8  # periods and metrics a team has at once; more is no overview
MOST_WINS = 10  # with their lines; the rest are counted
MOST_REPS = 60
HOME_SHOWN = 8  # things counted, of one team
LINES = 20  # of at most 150 characters each, so that a section stays under Slack's 3,000

RECOGNISED = {Behaviour.KEPT_ALL: "kept_all", Behaviour.NEXT_STEPS: "next_steps"}


def digest(found: Digest) -> Message:
    """Build a digest from what its audience may see."""
    blocks: list[Block] = [header(plain_title(found))]
    if found.span.missed:
        blocks.append(context(words("surfaces/digest", "missed", span=found.span)))
    blocks += [section(standing(one)) for one in found.together[:MOST_STANDINGS]]
    blocks += [section(ended(one)) for one in found.ended[:MOST_STANDINGS]]
    if not found.together and not found.ended:
        blocks.append(section(words("surfaces/digest", "no_goal", open_deals=found.open_deals)))
    blocks.append(section(won(found)))
    if found.kept_count:  # a zero in public helps nobody; each rep sees their own
        blocks.append(section(words("surfaces/digest", "kept", d=found)))
    if found.recognition is not None:
        named = RECOGNISED[found.recognition.behaviour]
        blocks.append(section(words("surfaces/digest", named, recognition=found.recognition)))
    blocks += rep_blocks(found.reps)
    blocks.append(context(words("surfaces/digest", "as_of", d=found)))
    return message_of(
        words("surfaces/digest", "text", d=escaped_team(found), total=total(found.won or {})), blocks
    )


def plain_title(found: Digest) -> str:
    """Return the heading as plain text, which Slack shows as it is written."""
    return str(words("surfaces/digest", "title", d=found))


def escaped_team(found: Digest) -> Digest:
    """Return the digest with the team's name as markup, for a title that stands in a sentence."""
    return replace(found, team=escaped(found.team))


def standing(one: TeamProgress) -> Mrkdwn:
    """Return how a team stands with one thing: bar and pace, the likely gap, and the runway."""
    lines = [goal_line(one.standing), words("surfaces/digest", "together", goals=one.goals)]
    outlook = one.outlook
    if outlook is not None and outlook.runway.from_history and outlook.gap and outlook.open_deals:
        figures = runway.figures(outlook)
        lines.append(
            words(
                "surfaces/digest",
                "likely",
                missing=figures["missing"],
                expected=figures["expected"],
                open_deals=outlook.open_deals,
            )
        )
    if outlook is not None:
        lines.append(runway.team_line(outlook))
    return joined([line for line in lines if line])


def won(found: Digest) -> Mrkdwn:
    """Return what was won in all and, where names are shown, by whom, the newest first."""
    lines = [words("surfaces/digest", "won", d=found, total=total(found.won or {}))]
    lines += [words("surfaces/digest", "win", win=win, value=value(win)) for win in found.wins[:MOST_WINS]]
    if len(found.wins) > MOST_WINS:
        lines.append(words("surfaces/digest", "more_wins", count=len(found.wins) - MOST_WINS))
    return joined(lines)


def value(win: Win) -> str:
    return money(win.value_minor, win.currency)


def total(by_currency: Mapping[str, int]) -> str:
    """Return amounts in several currencies, each in its own: they are never added up."""
    return listed([money(amount, currency) for currency, amount in sorted(by_currency.items())])


def rep_blocks(reps: Sequence[RepProgress]) -> list[Block]:
    """Return each rep's attainment in the order given, without a word on who is behind."""
    if not reps:
        return []
    lines = [
        words(
            "surfaces/digest",
            "rep",
            name=one.rep,
            share=one.standing.pace.attainment,
            aim=aim(one.standing.goal, one.standing.label),
            chance=bare_chance(one),
        )
        for one in reps[:MOST_REPS]
    ]
    if len(reps) > MOST_REPS:
        lines.append(words("surfaces/digest", "more_reps", count=len(reps) - MOST_REPS))
    blocks: list[Block] = [section(words("surfaces/digest", "reps"))]
    return blocks + [section(joined(lines[at : at + LINES])) for at in range(0, len(lines), LINES)]


def bare_chance(one: RepProgress) -> str:
    """Return a rep's P(hit) as a figure: beside a name others read, a word such as "hard" would be a label."""
    chance = one.standing.chance
    return "" if chance is None or chance.is_settled else chance.forecast.figure


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


def home_blocks(found: Digest) -> list[Block]:
    """A managed team on App Home: how it stands together, then each rep by name, never by rank (mechanism 9)."""
    blocks: list[Block] = [section(words("surfaces/digest", "team_heading", name=found.team))]
    blocks += [section(standing(one)) for one in found.together[:HOME_SHOWN]]
    if not found.together:
        blocks.append(section(words("surfaces/digest", "team_without_goals")))
    return blocks + rep_blocks(found.reps)
