"""App Home: my number, what is due, how long the runway is. And the welcome on the first open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from slackblocks import Block

from messages.blocks import Message, actions, button, context, divider, header, home_view, message_of, section
from messages.followups import followup
from messages.formatting import words
from messages.goals import goal
from messages.nudges import undelivered
from messages.nudges.pause import home_line
from messages.people import team
from messages.surfaces import digest
from sales.goals.progress import GoalProgress
from sales.nudges.kind import NudgeKind
from sales.surfaces.digest import Digest

SETTINGS = "home.settings"
SETUP = "home.setup"
HELP = "home.help"

SURFACE = "home"
GOALS_SHOWN = 8
DUE_SHOWN = 20
TEAMS_SHOWN = 3


@dataclass(frozen=True)
class Home:
    """What a person's App Home shows. `team` is empty until they are in one; `may_set_up` if they can mend that."""

    name: str
    team: str
    today: date
    tomorrow: date
    zone: str
    is_rep: bool
    may_set_up: bool
    standings: Sequence[GoalProgress] = ()
    due: Sequence[Any] = ()
    ahead: Sequence[Any] = ()
    runway: str = ""
    managed: Sequence[Digest] = ()
    managed_id: int | None = None
    undelivered: int = 0
    paused: str = ""
    switched_off: Sequence[NudgeKind] = ()


def view(home: Home) -> dict[str, Any]:
    """Build the view."""
    blocks: list[Block] = [header(words("surfaces/home", "title", home=home)), *notice(home)]
    blocks += home_line(home.paused, home.switched_off)
    blocks += undelivered.home_blocks(home.undelivered)
    if home.is_rep or home.standings:
        blocks += [*numbers(home), divider(), *commitments(home)]
    for found in home.managed[:TEAMS_SHOWN]:
        blocks += team_blocks(found)
    blocks += [
        divider(),
        actions(*buttons(home)),
        context(words("surfaces/home", "footer", home=home)),
    ]
    return home_view(blocks)


def notice(home: Home) -> list[Block]:
    """Say what is missing before anything can be shown."""
    return [] if home.team else [section(words("surfaces/home", "no_team", home=home))]


def numbers(home: Home) -> list[Block]:
    """The goals with their bars, and the runway under them."""
    blocks: list[Block] = [section(words("surfaces/home", "goals_heading"))]
    for standing in home.standings[:GOALS_SHOWN]:
        blocks += goal.goal_card(standing)
    if not home.standings:
        blocks.append(section(words("surfaces/home", "no_goal"), button("Set a goal", goal.FORM)))
    if home.runway:
        blocks.append(section(home.runway))
    return blocks


def commitments(home: Home) -> list[Block]:
    """What is due with its buttons, then what comes next."""
    blocks: list[Block] = [section(words("surfaces/home", "due_heading", home=home))]
    for item in home.due[:DUE_SHOWN]:
        blocks += followup.item_blocks(item, SURFACE, home.today, home.zone, home.tomorrow)
    if len(home.due) > DUE_SHOWN:
        blocks.append(context(words("surfaces/home", "more_due", count=len(home.due) - DUE_SHOWN)))
    if home.ahead:
        blocks.append(section(words("surfaces/home", "ahead", home=home)))
    return blocks


def team_blocks(found: Digest) -> list[Block]:
    """A managed team: how it stands together, then each rep's attainment by name, never by rank (mechanism 9)."""
    blocks: list[Block] = [section(words("surfaces/home", "team_heading", name=found.team))]
    blocks += [section(digest.standing(one)) for one in found.together[:GOALS_SHOWN]]
    if not found.together:
        blocks.append(section(words("surfaces/home", "team_without_goals")))
    return blocks + digest.rep_blocks(found.reps)


def buttons(home: Home) -> list[Any]:
    """The ways on from here."""
    ways = []
    if home.team:
        ways = [button("New follow-up", followup.NEW), button("Set a goal", goal.FORM)]
        ways.append(button("My settings", SETTINGS))
        ways += [button("Team settings", team.SETTINGS, str(home.managed_id))] if home.managed_id else []
    elif home.may_set_up:
        ways = [button("Set up a team", SETUP, style="primary")]
    return ways or [button("What I can do", HELP)]


@dataclass(frozen=True)
class Welcome:
    """What the first words depend on. `evening` and `digest` are times of day in words, empty where there is none."""

    name: str
    team: str
    is_rep: bool
    is_manager: bool
    may_set_up: bool
    evening: str = ""
    digest: str = ""


def welcome(hello: Welcome) -> Message:
    """Say hello once: what will come, what never will, and what to type first."""
    told = words("surfaces/home", "welcome", hello=hello)
    return message_of(words("surfaces/home", "welcome_text", hello=hello), [section(told)])
