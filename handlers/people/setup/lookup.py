"""What Slack says of those whom the setup form chose, asked before the unit of work."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.context import Preflight
from handlers.people.channel import checked_channel, readers_of
from handlers.people.member import Users, look_up_people
from sales.language.typed_text import name_among
from sales.people.readers import Readers
from sales.people.setup import GROUP, ChosenPeople, check_size, read_setup
from sales.refusal import Refusal

GROUPS_WITHIN = 1.0  # seconds; the form must open within three, with or without the groups


async def groups(preflight: Preflight) -> list[tuple[str, str]] | None:
    """Return the workspace's user groups by id and name, none if Slack is slow; None if we may not see them."""
    try:
        answer = await asyncio.wait_for(preflight.slack.usergroups_list(), GROUPS_WITHIN)
    except (TimeoutError, aiohttp.ClientError):
        return []
    except SlackApiError as refused:
        return None if refused.response["error"] == "missing_scope" else []
    found = [
        (group["id"], name_among(group["name"], group["handle"], group["id"]))
        for group in answer["usergroups"]
        if not group.get("date_delete")
    ]
    return sorted(found, key=lambda pair: pair[1].casefold())


@dataclass(frozen=True)
class SetupLookup:
    """What Slack says of those whom a form chose: who is in the user group, and who the people are."""

    in_group: frozenset[str]
    users: Users
    readers: Readers | None = None
    groups: Sequence[tuple[str, str]] | None = None


async def look_up(preflight: Preflight) -> SetupLookup:
    """Look at the channel, the group and the people that the form of a team's people chose.

    Raises:
        Refusal: naming the field that cannot be as it is.
    """
    chosen = read_setup(preflight.request.values)
    readers = await readers_chosen(preflight, chosen.channel)
    seen = await look_up_chosen(preflight, chosen)
    offered = await groups(preflight) if readers is not None and readers.outsiders else None
    return replace(seen, readers=readers, groups=offered)


async def look_up_chosen(preflight: Preflight, chosen: ChosenPeople) -> SetupLookup:
    """Look at the group and the people that were chosen.

    Raises:
        Refusal: if they are too many, or the group is gone.
    """
    in_group = await users_in(preflight.slack, chosen.group) if chosen.group is not None else frozenset()
    check_size(len(in_group.union(chosen.reps)), GROUP)
    everybody = in_group.union(chosen.reps, chosen.managers)
    return SetupLookup(in_group, await look_up_people(preflight, everybody))


async def readers_chosen(preflight: Preflight, channel_id: str | None) -> Readers | None:
    """Return who else reads the channel that was chosen, None where none was, or Slack does not say.

    Raises:
        Refusal: if we could not post to it.
    """
    if channel_id is None:
        return None
    channel = await checked_channel(preflight.slack, channel_id)
    try:
        async with preflight.read() as scope:
            return await readers_of(preflight.slack, scope, channel)
    except (SlackApiError, aiohttp.ClientError, TimeoutError, Refusal):
        return None  # looked at again before each post


async def users_in(slack: AsyncWebClient, group_id: str) -> frozenset[str]:
    """Return who is in a user group."""
    try:
        answer = await slack.usergroups_users_list(usergroup=group_id)
    except SlackApiError as refused:
        raise Refusal(
            "Slack does not show that group any more. Choose another one.", field=GROUP
        ) from refused
    return frozenset(answer["users"])
