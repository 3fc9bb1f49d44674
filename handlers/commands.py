"""Every command, in one table: help, the manifest and the README's list are made from it."""

from handlers import followup, goal, holiday, leave, settings, setup, team
from handlers.command import Command, Subcommand

GOAL = Command(
    "goal",
    "[120k this quarter]",
    "your goals and their pace; with a number and a period, a new one",
    "/goal 120k this quarter",
    goal.show,
    (
        Subcommand("set", "[@rep] [120k this quarter]", "set a goal, in a form or in a line", goal.set_form),
        Subcommand("edit", "[@rep] [words of the goal]", "change a goal; what it said is kept", goal.edit),
        Subcommand("close", "[@rep] [words of the goal]", "close a goal", goal.close),
        Subcommand("history", "[@rep]", "what each goal said, since when, and what it came to", goal.history),
    ),
)

FOLLOWUP = Command(
    "followup",
    "[Acme Fri 3pm send the ROI sheet]",
    "what you owe and are owed; with words, a new one",
    "/followup Acme Fri 3pm send the ROI sheet",
    followup.command,
    (Subcommand("new", "", "a new follow-up, in a form", followup.new_form),),
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
        Subcommand("people", "[name]", "add or remove reps and managers", setup.open_people),
    ),
)

RAINMAKER = Command(
    "rainmaker",
    "",
    "set up, your own settings, and help",
    "/rainmaker help",
    settings.overview,
    (
        Subcommand("setup", "[team name]", "make a team out of people or a user group", setup.open_form),
        Subcommand("settings", "", "when your day ends", settings.open_own),
        Subcommand("help", "", "every command in a line", settings.overview),
    ),
)

COMMANDS: tuple[Command, ...] = (GOAL, FOLLOWUP, TEAM, RAINMAKER)
