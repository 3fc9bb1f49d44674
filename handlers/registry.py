"""The registry: every feature and every command, and their parts merged."""

from collections.abc import Mapping

from handlers import undo
from handlers.context import may_manage
from handlers.feature import Again, Command, Feature, Job, Renderer, Subcommand
from handlers.followups import activity, followup
from handlers.goals import goal, runway, scoreboard
from handlers.nudges import answer, bundle, menu, undelivered, why
from handlers.nudges.pause import pause, resume
from handlers.nudges.policy import announcing, signing
from handlers.nudges.preferences import open_own
from handlers.people import holiday, leave, member, settings, setup, team, workspace
from handlers.pipeline import opportunity
from handlers.pipeline.win_rate import show_rates
from handlers.surfaces import digest, evening, home
from handlers.surfaces.help import overview
from sales.nudges.kind import BUNDLE
from sales.nudges.ledger import Ambiguity

FEATURES: tuple[Feature, ...] = (
    goal.FEATURE,
    followup.FEATURE,
    activity.FEATURE,
    opportunity.FEATURE,
    undelivered.FEATURE,
    undo.FEATURE,
    evening.FEATURE,
    runway.FEATURE,
    scoreboard.FEATURE,
    digest.FEATURE,
    home.FEATURE,
    answer.FEATURE,
    setup.FEATURE,
    settings.FEATURE,
    holiday.FEATURE,
    leave.FEATURE,
    member.FEATURE,
    workspace.FEATURE,
    menu.FEATURE,
    bundle.FEATURE,
    why.FEATURE,
)


def jobs() -> Mapping[str, Job]:
    """Return what recurs, by kind of schedule."""
    return {kind: job for feature in FEATURES for kind, job in feature.jobs.items()}


def renderers() -> Mapping[str, Renderer]:
    """Return how each kind of message is rendered, its own off switch under it."""
    return {
        kind: renderer if kind == BUNDLE else signing(renderer)
        for kind, renderer in parts_renderers().items()
    }


def parts_renderers() -> Mapping[str, Renderer]:
    """Return how each kind is rendered as a part of a message; it says so when it comes less often."""
    return {
        kind: announcing(renderer) for feature in FEATURES for kind, renderer in feature.renderers.items()
    }


def shown_again() -> Mapping[str, Again]:
    """Return how each kind of message that answers change is shown as things stand now."""
    return {kind: again for feature in FEATURES for kind, again in feature.again.items()}


def ambiguities() -> Mapping[str, Ambiguity]:
    """Return what becomes of each kind of message that may have arrived where nobody can look."""
    return {kind: policy for feature in FEATURES for kind, policy in feature.ambiguous.items()}


GOAL = Command(
    "goal",
    "[120k this quarter]",
    "your goals, their pace and P(hit); with words of one, that one; with a number and a period, a new one",
    "/goal 120k this quarter",
    goal.show,
    (
        Subcommand("set", "[@rep] [120k this quarter]", "set a goal, in a form or in a line", goal.set_form),
        Subcommand("edit", "[@rep] [words of the goal]", "change a goal; what it said is kept", goal.edit),
        Subcommand("close", "[@rep] [words of the goal]", "close a goal", goal.close),
        Subcommand("history", "[@rep]", "what each goal said, since when, and what it came to", goal.history),
        Subcommand("scoreboard", "", "what I said of your goals, and what came", scoreboard.show_own),
    ),
    mentions=True,
)

FOLLOWUP = Command(
    "followup",
    "[Acme Fri 3pm send the ROI sheet]",
    "what you owe and are owed; with words, a new one",
    "/followup Acme Fri 3pm send the ROI sheet",
    followup.command,
    (Subcommand("new", "", "a new follow-up, in a form", followup.new_form),),
)

LOG = Command(
    "log",
    "[5 calls 2 meetings]",
    "what you did today, in a line or a form, and what comes next",
    "/log call Acme – spoke, next step demo Tue",
    activity.command,
)

DEAL = Command(
    "deal",
    "[Acme 24k closes 15 Dec]",
    "your open deals; with a name, one of them; with a value, a new one",
    "/deal Acme 24k",
    opportunity.command,
    (
        Subcommand("won", "Acme [22k]", "close a deal as won", opportunity.won),
        Subcommand("lost", "Acme [price]", "close a deal as lost, and say why", opportunity.lost),
    ),
)

RUNWAY = Command(
    "runway",
    "[next quarter] [80%]",
    "the last day to open a deal that can still be won in time, and what is needed, on average or to be 80% sure",
    "/runway",
    runway.show,
    (Subcommand("team", "[name]", "your team's runway, all goals together", runway.show_team, may_manage),),
)

TEAM = Command(
    "team",
    "[name]",
    "who is in your team, and what it decided",
    "/team leave",
    team.show,
    (
        Subcommand("settings", "[name]", "hours, digest, calendar, currency, runway", settings.open_team),
        Subcommand("holidays", "[year] [name]", "the days your team does not work", holiday.show),
        Subcommand("leave", "[name]", "your days off; for managers, the team's", leave.show),
        Subcommand("digest", "[name]", "what your team's channel would be told now", digest.preview),
        Subcommand("people", "[name]", "add or remove reps and managers", setup.open_people),
        Subcommand(
            "scoreboard",
            "[name]",
            "how good P(hit) was, beside the usual guesses",
            scoreboard.show,
            may_manage,
        ),
        Subcommand(
            "winrates",
            "[name]",
            "win rates, ranked only where more than chance shows",
            show_rates,
            may_manage,
        ),
    ),
)

WHY = Command(
    "why",
    "[@rep] [words of a goal]",
    "why I wrote to you, and why I did not; with the words of a goal, its arithmetic",
    "/why revenue",
    why.command,
    mentions=True,
)

RAINMAKER = Command(
    "rainmaker",
    "",
    "set up, your own settings, and help",
    "/rainmaker help",
    overview,
    (
        Subcommand("setup", "[team name]", "make a team out of people or a user group", setup.open_form),
        Subcommand("settings", "", "what I may send you, and when your day ends", open_own),
        Subcommand("pause", "until Monday", "hold my messages back until a day", pause),
        Subcommand("resume", "", "let my messages come again", resume),
        Subcommand("undelivered", "", "messages that did not arrive, and why", undelivered.show, may_manage),
        Subcommand("undo", "", "take back what you did last, for ten minutes", undo.command),
        Subcommand("help", "", "every command in a line", overview),
    ),
)

COMMANDS: tuple[Command, ...] = (GOAL, FOLLOWUP, LOG, DEAL, RUNWAY, TEAM, WHY, RAINMAKER)
