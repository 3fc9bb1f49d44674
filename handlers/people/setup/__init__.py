"""Setup: `/team people` changes who is in a team; the wizard beside it makes one."""

from handlers.context import Context, prefetch
from handlers.feature import Command, Feature, routes
from handlers.people.invitation import asked_first
from handlers.people.news import ChannelChosen
from handlers.people.setup.chosen import Forming, everybody, formed, moving, reps_of, to_agree
from handlers.people.setup.lookup import groups, look_up
from handlers.people.team import changeable_team, team_by_id, team_to_change
from handlers.remembered import remember
from handlers.reply import Reply
from messages.people import setup as views
from messages.people.team import PEOPLE
from sales.people.permission import Act
from sales.people.setup import MANAGERS, NAME, Setup, read_setup
from sales.people.team import Team
from sales.refusal import Refusal
from sales.value import changed
from storage.people.member import find_members, reps_in
from storage.people.team import TeamRow, change_team, find_team_named, managers_of

NOBODY_YET = "Whoever leads elsewhere is asked first, so choose somebody beside them; you can be it."
TAKEN = "Another team has that name. Choose a different one."


@prefetch(groups)
async def open_people(context: Context) -> Reply:
    """Open the form for the team that is meant: `/team people`."""
    return await open_for(context, await team_to_change(context))


@prefetch(groups)
async def open_by_button(context: Context) -> Reply:
    return await open_for(
        context, await changeable_team(context, await team_by_id(context, context.request.value))
    )


async def open_for(context: Context, team: TeamRow) -> Reply:
    """Open the form with a team's people in it. Who was deactivated, and a channel that is gone, are not shown:
    Slack refuses them.
    """
    channel = team.digest_channel
    if channel is not None and await context.declared.is_unseen(context, channel):
        channel = None
    reps = await reps_in(context.scope, team.id)
    managers = await find_members(context.scope, await managers_of(context.scope, team.id))
    held = views.SetupForm(
        name=team.name,
        team_id=team.id,
        reps=[row.user_id for row in reps],
        managers=[row.user_id for row in managers if row.active],
        channel=channel,
        groups=context.prefetched,
    )
    return Reply(view=views.form(held))


@prefetch(look_up)
async def save(context: Context) -> Reply:
    """Change a team: its name, people, managers and channel, and every schedule that follows."""
    chosen = read_setup(context.request.values)
    team = await changeable_team(context, await team_by_id(context, context.request.private))
    same_name = await find_team_named(context.scope, chosen.name)
    if same_name is not None and same_name.id != team.id:
        raise Refusal(TAKEN, field=NAME)
    if agree := await to_agree(context, chosen.channel, context.prefetched.readers):
        return asked_back(context, chosen, team, agree)
    reps, passed_over = await reps_of(context, chosen)
    managers = await everybody(context, chosen.managers, MANAGERS)
    people = await asked_first(context, team, reps, managers)
    if not people.managers:
        raise Refusal(NOBODY_YET, field=MANAGERS)
    moved = await moving(context, team, people.reps)
    said = changed(Team, team, name=chosen.name, digest_channel=chosen.channel)
    row = await change_team(context.scope, team, said)
    if chosen.channel is not None:
        await context.announce(ChannelChosen(row))
    readers = context.prefetched.readers
    outcome = await formed(
        context,
        Forming(
            row,
            people,
            moved=moved,
            passed_over=[(one.name, one.reason) for one in passed_over],
            unlooked=readers.unlooked if readers is not None else 0,
        ),
    )
    await remember(context, f"team {row.name} changed")
    return Reply(say=views.saved(outcome), home=True)


def asked_back(context: Context, chosen: Setup, team: TeamRow, agree: str) -> Reply:
    """Return the form again with what to agree to, while a channel that others read was not agreed to."""
    held = views.SetupForm(
        name=chosen.name,
        team_id=team.id,
        reps=chosen.reps,
        managers=chosen.managers,
        channel=chosen.channel,
        groups=context.prefetched.groups,
        group=chosen.group,
        readers=context.prefetched.readers,
        agree=agree,
    )
    return Reply(view=views.form(held))


FEATURE = Feature(
    name="setup",
    commands=(
        Command(
            "team people",
            "[name]",
            "add or remove reps and managers",
            "/team people",
            open_people,
            Act.CHANGE_TEAM,
            order=65,
        ),
    ),
    actions=routes(Act.CHANGE_TEAM, {PEOPLE: open_by_button}),
    views=routes(Act.SET_UP_TEAM, {views.SAVE: save}),
)
