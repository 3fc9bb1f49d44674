"""Settings: `/team settings` for everything a team decides, `/rainmaker settings` for one's own evening."""

from handlers.context import Ask
from handlers.feature import Feature
from handlers.nudges.preferences import save_own
from handlers.people import team as asked
from handlers.reply import Reply
from messages.nudges.preferences import SAVE_OWN
from messages.people import settings as messages
from messages.people.team import SETTINGS
from sales.people.hours import fits
from sales.people.settings import read_settings
from storage.nudges.schedule.specs import set_team_schedules
from storage.people import member as members
from storage.people import team as teams
from storage.people.team import TeamRow


async def open_team(ask: Ask) -> Reply:
    """Open the form of the team that is meant."""
    return form_of(await asked.to_change(ask))


async def open_by_button(ask: Ask) -> Reply:
    return form_of(await asked.changeable(ask, await asked.by_id(ask, ask.request.value)))


def form_of(team: TeamRow) -> Reply:
    assert team.id is not None
    return Reply(view=messages.team_form(team, team.id))


async def save_team(ask: Ask) -> Reply:
    """Keep what a team decided; every schedule that follows from it moves in the same unit of work."""
    team = await asked.changeable(ask, await asked.by_id(ask, ask.request.private))
    team = await teams.save_team(ask.scope, team, **read_settings(ask.request.values))
    assert team.id is not None
    reset = [
        row
        for row in await members.in_team(ask.scope, team.id)
        if row.evening_at is not None and not fits(row.evening_at, team.quiet_from, team.quiet_until)
    ]
    for row in reset:
        await members.save_member(ask.scope, row.user_id, evening_at=None)
    await set_team_schedules(ask.scope, team, ask.now)
    return Reply(say=messages.team_saved(team, asked.names(reset)), home=True)


FEATURE = Feature(
    actions={SETTINGS: open_by_button},
    views={messages.SAVE_TEAM: save_team, SAVE_OWN: save_own},
)
