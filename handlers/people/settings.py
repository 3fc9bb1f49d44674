"""Settings: `/team settings` for everything a team decides, `/rainmaker settings` for one's own evening."""

from handlers.context import Context
from handlers.feature import (
    Command,
    Feature,
    Look,
    Section,
    Shown,
    Surface,
    routes,
)
from handlers.people.news import TeamChanged
from handlers.people.team import changeable_team, names_of, team_by_id, team_to_change, ways_to_teams
from handlers.people.touched import people_touched
from handlers.remembered import TakenBack, remember
from handlers.reply import Reply
from messages.blocks import Block
from messages.people import settings as views
from messages.people.team import SETTINGS, settings_button
from sales.people.hours import fits
from sales.people.permission import Act
from sales.people.settings import read_settings
from storage.people.member import members_in, save_member
from storage.people.team import TeamRow, change_team
from storage.row_image import Touched, image

OWN_TIME = ("evening_at",)
MOST_TEAMS = 2  # on Home; `/team settings` knows every team


async def open_team(context: Context) -> Reply:
    """Open the form of the team that is meant."""
    return await form_of(context, await team_to_change(context))


async def open_by_button(context: Context) -> Reply:
    return await form_of(
        context, await changeable_team(context, await team_by_id(context, context.request.value))
    )


async def form_of(context: Context, team: TeamRow) -> Reply:
    """Return the form of a team, with what other features let it decide."""
    more: list[Block] = []
    for setting in context.declared.team_settings:
        more += await setting.show(context.scope, team)
    return Reply(view=views.team_form(team, team.id, more))


async def save_settings(context: Context) -> Reply:
    """Keep what a team decided; every schedule that follows from it moves in the same unit of work."""
    team = await changeable_team(context, await team_by_id(context, context.request.private))
    before = image(team)
    team = await change_team(context.scope, team, read_settings(context.request.values, team))
    reset = [
        row
        for row in await members_in(context.scope, team.id)
        if row.evening_at is not None and not fits(row.evening_at, team.quiet_from, team.quiet_until)
    ]
    theirs = {row.user_id: image(row, OWN_TIME) for row in reset}
    for row in reset:
        await save_member(context.scope, row.user_id, evening_at=None)
    await remember(
        context,
        f"settings of {team.name}",
        Touched(team, before),
        *(await people_touched(context, theirs, OWN_TIME)),
        *[one for setting in context.declared.team_settings for one in await setting.keep(context, team)],
    )
    await context.announce(TeamChanged(team))
    return Reply(say=views.team_saved(team, names_of(reset)), home=True)


async def hear_taken_back(context: Context, news: TakenBack) -> None:
    """Every schedule follows a team's settings again, once a change of them was taken back."""
    for row in news.rows:
        if isinstance(row, TeamRow):
            await context.announce(TeamChanged(row))


async def home_button(look: Look) -> Shown | None:
    """The way to the settings of each team somebody manages, the first few."""
    return await ways_to_teams(look, settings_button, MOST_TEAMS) if look.team is not None else None


FEATURE = Feature(
    name="settings",
    commands=(
        Command(
            "team settings",
            "[name]",
            "hours, digest, calendar, currency, runway",
            "/team settings",
            open_team,
            Act.CHANGE_TEAM,
            order=61,
        ),
    ),
    actions=routes(Act.CHANGE_TEAM, {SETTINGS: open_by_button}),
    hears={TakenBack: hear_taken_back},
    views=routes(Act.CHANGE_TEAM, {views.SAVE_TEAM: save_settings}),
    sections=(Section(Surface.HOME_BUTTONS, 40, home_button, Act.CHANGE_TEAM),),
)
