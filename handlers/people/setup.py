"""Setup: `/rainmaker setup` makes a team out of chosen people; `/team people` changes who is in it."""

import asyncio
from dataclasses import dataclass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.context import Ask, Before, prepared_by
from handlers.feature import Feature
from handlers.nudges import undelivered
from handlers.people import member as people
from handlers.people import team as asked
from handlers.people.member import Stranger
from handlers.reply import Reply
from messages.people import setup as messages
from messages.people.team import PEOPLE
from sales.people.setup import CHANNEL, GROUP, MANAGERS, REPS, Setup, check_size, first_settings, read_setup
from sales.refusal import Refusal
from storage.nudges.places import is_unseen
from storage.nudges.schedule.specs import set_member_schedules, set_team_schedules
from storage.people import member as members
from storage.people import team as teams
from storage.people.member import MemberRow
from storage.people.team import TeamRow

GROUPS_WITHIN = 1.0  # seconds; the form must open within three, with or without the groups
GONE = frozenset({"channel_not_found", "method_not_supported_for_channel_type"})


async def groups(before: Before) -> list[tuple[str, str]] | None:
    """Return the workspace's user groups by id and name, none if Slack is slow; None if we may not see them."""
    try:
        answer = await asyncio.wait_for(before.slack.usergroups_list(), GROUPS_WITHIN)
    except (TimeoutError, aiohttp.ClientError):
        return []
    except SlackApiError as refused:
        return None if refused.response["error"] == "missing_scope" else []
    found = [(group["id"], group["name"]) for group in answer["usergroups"] if not group.get("date_delete")]
    return sorted(found, key=lambda pair: pair[1].casefold())


@prepared_by(groups)
async def open_form(ask: Ask) -> Reply:
    """Open the form: empty for a new team, filled in for one that is named."""
    await may_set_up(ask)
    team = await teams.team_named(ask.scope, ask.text) if ask.text else None
    if team is not None:
        return await open_for(ask, await asked.changeable(ask, team))
    held = messages.Form(name=ask.text[:80], managers=[ask.member.user_id], groups=ask.found)
    return Reply(view=messages.form(held))


@prepared_by(groups)
async def open_people(ask: Ask) -> Reply:
    """Open the form for the team that is meant: `/team people`."""
    return await open_for(ask, await asked.to_change(ask))


@prepared_by(groups)
async def open_by_button(ask: Ask) -> Reply:
    return await open_for(ask, await asked.changeable(ask, await asked.by_id(ask, ask.request.value)))


async def open_for(ask: Ask, team: TeamRow) -> Reply:
    """Open the form with a team's people in it. Who was deactivated, and a channel that is gone, are not shown:
    Slack refuses them.
    """
    assert team.id is not None
    reps = await members.reps(ask.scope, team.id)
    managers = await members.members(ask.scope, await teams.managers(ask.scope, team.id))
    held = messages.Form(
        name=team.name,
        reps=[row.user_id for row in reps],
        managers=[row.user_id for row in managers if row.active],
        channel=None if (await is_unseen(ask.scope, team)) else team.digest_channel,
        groups=ask.found,
        team_id=team.id,
    )
    return Reply(view=messages.form(held))


async def may_set_up(ask: Ask) -> None:
    """Refuse whoever may not make a team: anybody may make the first, then managers and admins."""
    if ask.member.is_admin or ask.member.is_manager or not await teams.teams(ask.scope):
        return
    raise Refusal("Managers and admins set up teams. Ask yours, or see `/team`.")


@dataclass(frozen=True)
class Seen:
    """What Slack says of those whom a form chose: who is in the user group, and who the people are."""

    in_group: frozenset[str]
    users: people.Users


async def look_up(before: Before) -> Seen:
    """Look at the channel, the group and the people that the form chose.

    Raises:
        Refusal: naming the field that cannot be as it is.
    """
    chosen = read_setup(before.request.values)
    await check_channel(before.slack, chosen.channel)
    in_group = await users_in(before.slack, chosen.group) if chosen.group is not None else frozenset()
    check_size(len(in_group.union(chosen.reps)), GROUP)
    everybody = in_group.union(chosen.reps, chosen.managers)
    return Seen(in_group, await people.look_up(before, everybody))


@prepared_by(look_up)
async def save(ask: Ask) -> Reply:
    """Make the team, or change it: its people, managers and channel, and every schedule that follows."""
    chosen = read_setup(ask.request.values)
    team, opened_for = await team_meant(ask, chosen)
    reps, passed_over = await reps_of(ask, chosen)
    managers = await everybody(ask, chosen.managers, MANAGERS)
    moved = await moving(ask, team, reps)
    kept = team is not None and not opened_for
    if team is None:
        row = await teams.add_team(
            ask.scope, **first_settings(ask.zone), name=chosen.name, digest_channel=chosen.channel
        )
    elif kept:
        row = await teams.save_team(ask.scope, team, digest_channel=chosen.channel or team.digest_channel)
    else:
        row = await teams.save_team(ask.scope, team, name=chosen.name, digest_channel=chosen.channel)
    if chosen.channel is not None:
        await undelivered.channel_works(ask.scope, row, ask.now)
    left = await settle(ask, row, reps, managers, keep=kept)
    outcome = messages.Outcome(
        team=row,
        is_new=team is None,
        reps=asked.names(await current_reps(ask, row)),
        managers=asked.names(await current_managers(ask, row)),
        moved=moved,
        left=asked.names(left),
        passed_over=[(one.name, one.reason) for one in passed_over],
        kept=kept,
    )
    return Reply(say=messages.saved(outcome), home=True)


async def team_meant(ask: Ask, chosen: Setup) -> tuple[TeamRow | None, bool]:
    """Return the team to change, None for a new one, and whether the form was opened for it.

    Raises:
        Refusal: if it is not theirs to change, or another team has the new name.
    """
    same_name = await teams.team_named(ask.scope, chosen.name)
    if ask.request.private:
        team = await asked.changeable(ask, await asked.by_id(ask, ask.request.private))
        if same_name is not None and same_name.id != team.id:
            raise Refusal("Another team has that name. Choose a different one.", field="name")
        return team, True
    if same_name is None:
        await may_set_up(ask)
        return None, False
    return await asked.changeable(ask, same_name), False


async def check_channel(slack: AsyncWebClient, channel_id: str | None) -> None:
    """Refuse a digest channel we could not post to, saying the mend."""
    if channel_id is None:
        return
    try:
        channel = (await slack.conversations_info(channel=channel_id))["channel"]
    except SlackApiError as refused:
        if refused.response["error"] == "missing_scope":
            raise Refusal(
                "I may not look at that kind of channel. Ask your admin to add the scopes channels:read and "
                "groups:read, or leave it empty.",
                field=CHANNEL,
            ) from refused
        if refused.response["error"] not in GONE:
            raise
        raise Refusal(
            "I cannot see that channel. Invite @Rainmaker to it first, then save again.", field=CHANNEL
        ) from refused
    if channel.get("is_archived"):
        raise Refusal(f"#{channel['name']} is archived. Choose another channel.", field=CHANNEL)
    if not channel.get("is_member"):
        name = channel.get("name", "that channel")
        raise Refusal(f"I am not in #{name}. Invite @Rainmaker to it first, then save again.", field=CHANNEL)


async def reps_of(ask: Ask, chosen: Setup) -> tuple[list[MemberRow], list[Stranger]]:
    """Return the reps: everybody chosen by name, and of a user group those who can be."""
    named = await everybody(ask, chosen.reps, REPS)
    if chosen.group is None:
        return named, []
    seen: Seen = ask.found
    found, strangers = await people.meet(ask, seen.in_group - {row.user_id for row in named}, seen.users)
    if not named and not found:
        raise Refusal(
            "Nobody in that group can be a rep. Choose another one, or people by name.", field=GROUP
        )
    return [*named, *found], strangers


async def users_in(slack: AsyncWebClient, group_id: str) -> frozenset[str]:
    """Return who is in a user group."""
    try:
        answer = await slack.usergroups_users_list(usergroup=group_id)
    except SlackApiError as refused:
        raise Refusal(
            "Slack does not show that group any more. Choose another one.", field=GROUP
        ) from refused
    return frozenset(answer["users"])


async def everybody(ask: Ask, user_ids: tuple[str, ...], field: str) -> list[MemberRow]:
    """Return all of these people as members.

    Raises:
        Refusal: naming those who cannot be.
    """
    found, strangers = await people.meet(ask, user_ids, ask.found.users)
    if strangers:
        named = ", ".join(f"{one.name} ({one.reason})" for one in strangers)
        raise Refusal(f"Cannot be in a team: {named}. Take them out and save again.", field=field)
    return found


async def moving(ask: Ask, team: TeamRow | None, reps: list[MemberRow]) -> list[tuple[str, str]]:
    """Return which reps come from which other team.

    Raises:
        Refusal: if the other team is not the asking person's to change.
    """
    moved = []
    for rep in reps:
        if rep.team_id is None or not rep.is_rep or (team is not None and rep.team_id == team.id):
            continue
        other = await teams.team(ask.scope, rep.team_id)
        if other is None:
            continue
        if not await asked.may_change(ask, other):
            raise Refusal(
                f"{rep.name} is in {other.name}. Ask its manager or an admin to move them.", field=REPS
            )
        moved.append((rep.name, other.name))
    return moved


async def settle(
    ask: Ask, team: TeamRow, reps: list[MemberRow], managers: list[MemberRow], *, keep: bool
) -> list[MemberRow]:
    """Write down who is in the team and set everybody's schedules; return who left.

    Deactivated reps stay, so that what they won still counts. With `keep` everybody stays.
    """
    assert team.id is not None
    before = await members.in_team(ask.scope, team.id)
    staying = {row.user_id for row in before if row.is_rep and (keep or not row.active)}
    bosses = {row.user_id for row in managers}
    if keep:
        bosses |= set(await teams.managers(ask.scope, team.id))
    await teams.set_people(ask.scope, team.id, staying | {row.user_id for row in reps}, bosses)
    await set_team_schedules(ask.scope, team, ask.now)
    now_inside = {row.user_id for row in await members.in_team(ask.scope, team.id)}
    left = [row for row in before if row.user_id not in now_inside]
    for row in left:
        await set_member_schedules(ask.scope, None, row, ask.now)
    return left


async def current_reps(ask: Ask, team: TeamRow) -> list[MemberRow]:
    assert team.id is not None
    return await members.reps(ask.scope, team.id)


async def current_managers(ask: Ask, team: TeamRow) -> list[MemberRow]:
    assert team.id is not None
    return await members.members(ask.scope, await teams.managers(ask.scope, team.id))


FEATURE = Feature(actions={PEOPLE: open_by_button}, views={messages.SAVE: save})
