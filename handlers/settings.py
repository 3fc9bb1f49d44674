"""Settings: `/team settings` for everything a team decides, `/rainmaker settings` for one's own evening."""

from handlers import nudging
from handlers import team as asked
from handlers.ask import Ask
from handlers.feature import Feature
from handlers.reply import Reply
from handlers.rhythm import set_member_rhythm, set_team_rhythm
from messages.nudges import pause
from messages.nudges.preferences import SAVE_OWN, evening_saved, own_form, own_saved
from messages.people import settings as messages
from messages.people.team import SETTINGS
from messages.surfaces import help as views
from sales.nudges.kind import END_OF_DAY
from sales.nudges.schedule import arrives_by
from sales.people.hours import check_evening, fits
from sales.people.settings import read_settings, time_of_day
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
    await set_team_rhythm(ask.scope, team, ask.now)
    return Reply(say=messages.team_saved(team, asked.names(reset)), home=True)


async def open_own(ask: Ask) -> Reply:
    """Open a person's own settings: what may come and from when on, and for reps when their day ends.

    Raises:
        Refusal: for somebody in no team, to whom nothing comes.
    """
    member = ask.member
    offered = nudging.offered_to(member)
    team = ask.team if offered else ask.their_team
    muted = {kind.key for kind in await nudging.off(ask.scope, member)}
    fields = pause.fields(offered, muted, nudging.paused_day(member, ask.now))
    return Reply(view=own_form(member, team if member.is_rep else None, fields))


async def save_own(ask: Ask) -> Reply:
    """Keep what a person decided for themselves."""
    lines = []
    if ask.request.values.get(messages.EVENING):
        lines.append(await save_evening(ask))
    lines.append(await nudging.keep_settings(ask))
    if END_OF_DAY in {kind.key for kind in await nudging.off(ask.scope, ask.member)}:
        lines = lines[-1:]  # when it would come is no news to somebody who does not want it
    return Reply(say=own_saved(lines), home=True)


async def save_evening(ask: Ask) -> str:
    """Keep when a rep's day ends; the team's own time means following the team."""
    team = ask.their_team
    chosen = time_of_day(ask.request.values[messages.EVENING], messages.EVENING)
    check_evening(chosen, team.quiet_from, team.quiet_until)
    own = None if chosen == team.evening_at else chosen
    await members.save_member(ask.scope, ask.member.user_id, evening_at=own)
    member = await members.member(ask.scope, ask.member.user_id)
    assert member is not None
    await set_member_rhythm(ask.scope, team, member, ask.now)
    return evening_saved(member, team, arrives_by(member.user_id, chosen))


async def overview(ask: Ask) -> Reply:
    """Show every command in a line."""
    from handlers.commands import COMMANDS  # the table names this handler, so it cannot be imported first

    return Reply(say=views.overview(COMMANDS))


FEATURE = Feature(
    actions={SETTINGS: open_by_button},
    views={messages.SAVE_TEAM: save_team, SAVE_OWN: save_own},
)
