"""Setup: `/rainmaker setup` makes a team out of chosen people; `/team people` changes who is in it."""

from handlers.context import Context, prefetch
from handlers.feature import Command, Feature, routes
from handlers.people.invitation import asked_first, invite
from handlers.people.member import Stranger, meet_people
from handlers.people.news import ChannelChosen
from handlers.people.setup.lookup import SetupLookup, groups, look_up
from handlers.people.team import (
    changeable_team,
    is_visible,
    may_change_team,
    names_of,
    settle,
    team_by_id,
    team_to_change,
)
from handlers.remembered import remember
from handlers.reply import Reply
from messages.people import setup as views
from messages.people.team import PEOPLE
from sales.people.permission import Act
from sales.people.readers import Readers, may_post
from sales.people.setup import GROUP, MANAGERS, NAME, REPS, Setup, new_team, read_setup
from sales.people.team import Team
from sales.refusal import Refusal
from sales.value import changed
from storage.people.channel import consent_to, give_consent
from storage.people.member import MemberRow, find_members, reps_in
from storage.people.team import (
    TeamRow,
    add_team,
    change_team,
    find_team,
    find_team_named,
    managers_of,
)

NOBODY_YET = "Whoever leads elsewhere is asked first, so choose somebody beside them; you can be it."
TAKEN = "Another team has that name. Choose a different one."


@prefetch(groups)
async def open_form(context: Context) -> Reply:
    """Open the form: empty for a new team, filled in for one that is named."""
    team = await find_team_named(context.scope, context.text) if context.text else None
    if team is not None and await is_visible(context, team):
        return await open_for(context, await changeable_team(context, team))
    held = views.SetupForm(
        name=context.text[:80], managers=[context.member.user_id], groups=context.prefetched
    )
    return Reply(view=views.form(held))


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
        reps=[row.user_id for row in reps],
        managers=[row.user_id for row in managers if row.active],
        channel=channel,
        groups=context.prefetched,
        team_id=team.id,
    )
    return Reply(view=views.form(held))


async def asks_about_readers(context: Context, chosen: Setup, team: TeamRow | None) -> Reply | None:
    """Return the form again with what to agree to, while a channel that others read was not agreed to.

    Raises:
        Refusal: if it was shown already and not agreed to.
    """
    readers: Readers | None = context.prefetched.readers
    if readers is None or chosen.channel is None:
        return None
    if may_post(readers.outsiders, await consent_to(context.scope, chosen.channel)):
        return None
    carried = f"{chosen.channel}:{readers.outsiders}"
    ticked = context.request.values.get(views.READERS)
    if carried in (ticked or ()):
        me = context.member.user_id
        await give_consent(context.scope, chosen.channel, readers.outsiders, me, context.now)
        return None
    held = views.SetupForm(
        name=chosen.name,
        reps=chosen.reps,
        managers=chosen.managers,
        channel=chosen.channel,
        groups=context.prefetched.groups,
        group=chosen.group,
        team_id=team.id if team is not None and context.request.private else None,
        readers=readers,
        agree=carried,
    )
    return Reply(view=views.form(held))


@prefetch(look_up)
async def save(context: Context) -> Reply:
    """Make the team, or change it: its people, managers and channel, and every schedule that follows."""
    chosen = read_setup(context.request.values)
    team, opened_for = await team_meant(context, chosen)
    asked_back = await asks_about_readers(context, chosen, team)
    if asked_back is not None:
        return asked_back
    reps, passed_over = await reps_of(context, chosen)
    managers = await everybody(context, chosen.managers, MANAGERS)
    chosen_people = await asked_first(context, team, reps, managers)
    reps, managers = chosen_people.reps, chosen_people.managers
    if not managers and (team is None or opened_for):
        raise Refusal(NOBODY_YET, field=MANAGERS)
    moved = await moving(context, team, reps)
    kept = team is not None and not opened_for
    if team is None:
        row = await add_team(context.scope, new_team(chosen.name, chosen.channel, context.zone))
    elif kept:
        channel = chosen.channel or team.digest_channel
        row = await change_team(context.scope, team, changed(Team, team, digest_channel=channel))
    else:
        said = changed(Team, team, name=chosen.name, digest_channel=chosen.channel)
        row = await change_team(context.scope, team, said)
    if chosen.channel is not None:
        await context.announce(ChannelChosen(row))
    left = await settle(context, row, reps, managers, keep=kept)
    invitations = await invite(context, row, chosen_people.asked)
    await remember(context, f"team {row.name} {'made' if team is None else 'changed'}")
    outcome = views.SetupOutcome(
        team=row,
        is_new=team is None,
        reps=names_of(await current_reps(context, row)),
        managers=names_of(await current_managers(context, row)),
        moved=moved,
        left=names_of(left),
        passed_over=[(one.name, one.reason) for one in passed_over],
        kept=kept,
        asked=names_of([person for person, _, _ in chosen_people.asked]),
        invitations=[one.id for one in invitations if one.asked_by == context.member.user_id],
        unlooked=context.prefetched.readers.unlooked if context.prefetched.readers is not None else 0,
        guests=[rep.name for rep in reps if rep.is_guest],
    )
    return Reply(say=views.saved(outcome), home=True)


async def team_meant(context: Context, chosen: Setup) -> tuple[TeamRow | None, bool]:
    """Return the team to change, None for a new one, and whether the form was opened for it.

    Raises:
        Refusal: if it is not theirs to change, or another team has the new name.
    """
    same_name = await find_team_named(context.scope, chosen.name)
    if context.request.private:
        team = await changeable_team(context, await team_by_id(context, context.request.private))
        if same_name is not None and same_name.id != team.id:
            raise Refusal(TAKEN, field=NAME)
        return team, True
    if same_name is None:
        return None, False
    if not await is_visible(context, same_name):
        raise Refusal(TAKEN, field=NAME)
    return await changeable_team(context, same_name), False


async def reps_of(context: Context, chosen: Setup) -> tuple[list[MemberRow], list[Stranger]]:
    """Return the reps: everybody chosen by name, and of a user group those who can be."""
    named = await everybody(context, chosen.reps, REPS)
    if chosen.group is None:
        return named, []
    seen: SetupLookup = context.prefetched
    found, strangers = await meet_people(context, seen.in_group - {row.user_id for row in named}, seen.users)
    if not named and not found:
        raise Refusal(
            "Nobody in that group can be a rep. Choose another one, or people by name.", field=GROUP
        )
    return [*named, *found], strangers


async def everybody(context: Context, user_ids: tuple[str, ...], field: str) -> list[MemberRow]:
    """Return all of these people as members.

    Raises:
        Refusal: naming those who cannot be.
    """
    found, strangers = await meet_people(context, user_ids, context.prefetched.users)
    if strangers:
        named = ", ".join(f"{one.name} ({one.reason})" for one in strangers)
        raise Refusal(f"Cannot be in a team: {named}. Take them out and save again.", field=field)
    if field == MANAGERS and (guests := [row.name for row in found if row.is_guest]):
        raise Refusal(f"A guest manages no team: {', '.join(guests)}. Choose somebody else.", field=field)
    return found


async def moving(context: Context, team: TeamRow | None, reps: list[MemberRow]) -> list[tuple[str, str]]:
    """Return which reps come from which other team.

    Raises:
        Refusal: if the other team is not the asking person's to change.
    """
    moved = []
    for rep in reps:
        if rep.team_id is None or not rep.is_rep or (team is not None and rep.team_id == team.id):
            continue
        other = await find_team(context.scope, rep.team_id)
        if other is None:
            continue
        if not await may_change_team(context, other):
            raise Refusal(
                f"{rep.name} is in another team. Ask its manager or an admin to move them.", field=REPS
            )
        moved.append((rep.name, other.name))
    return moved


async def current_reps(context: Context, team: TeamRow) -> list[MemberRow]:
    return await reps_in(context.scope, team.id)


async def current_managers(context: Context, team: TeamRow) -> list[MemberRow]:
    return await find_members(context.scope, await managers_of(context.scope, team.id))


FEATURE = Feature(
    name="setup",
    commands=(
        Command(
            "rainmaker setup",
            "[team name]",
            "make a team out of people or a user group",
            "/rainmaker setup",
            open_form,
            Act.SET_UP_TEAM,
            order=81,
        ),
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
