"""Channels: whether we can post to one, and who else reads it; a manager may say that they may."""

from collections.abc import Collection, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.feature import Feature, Record
from handlers.people.member import described, is_outsider, looked_up
from sales.people.readers import Outsiders, Readers, is_shared
from sales.people.setup import CHANNEL
from sales.refusal import Refusal
from storage.people.channel import ChannelConsentRow
from storage.people.member import find_members
from storage.scope import Scope

GONE = frozenset({"channel_not_found", "method_not_supported_for_channel_type"})
MOST_READ = 1000  # members of a channel, in one question to Slack
MOST_ASKED = 40  # people nobody here knows yet, about whom Slack is asked for one look


async def checked_channel(slack: AsyncWebClient, channel_id: str) -> dict[str, Any]:
    """Return what Slack says of a digest channel.

    Raises:
        Refusal: if we could not post to it, saying the mend.
    """
    try:
        channel = dict((await slack.conversations_info(channel=channel_id))["channel"])
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
    return channel


async def readers_of(slack: AsyncWebClient, scope: Scope, channel: Mapping[str, Any]) -> Readers:
    """Return who else reads a channel that Slack describes so; guests only as far as Slack says of few questions.

    Raises:
        SlackApiError, aiohttp.ClientError, TimeoutError: if Slack does not say who is in it.
    """
    name = str(channel.get("name") or channel["id"])
    if is_shared(channel):
        return Readers(name, Outsiders.OTHERS)
    answer = await slack.conversations_members(channel=str(channel["id"]), limit=MOST_READ)
    members: list[str] = answer["members"]
    more = int(bool((answer.get("response_metadata") or {}).get("next_cursor")))
    known = await find_members(scope, members)
    guests = [row.name for row in known if row.is_guest and row.active]
    unknown = sorted(set(members) - {row.user_id for row in known})
    found, others = await described_guests(slack, scope.workspace_id, unknown[:MOST_ASKED])
    outsiders = Outsiders.OTHERS if others else Outsiders.GUESTS if guests or found else Outsiders.NOBODY
    return Readers(name, outsiders, (*guests, *found), max(0, len(unknown) - MOST_ASKED) + more)


async def described_guests(
    slack: AsyncWebClient, workspace_id: str, user_ids: Collection[str]
) -> tuple[list[str], list[str]]:
    """Return, by name, who of these people is a guest, and who is of another workspace."""
    asked = [one for one in await looked_up(slack, list(user_ids)) if one is not None]
    people = [one for one in asked if not one.get("is_bot") and not one.get("deleted")]
    others = [one for one in people if is_outsider(one, workspace_id)]
    guests = [one for one in people if one not in others and described(one).get("is_guest")]
    return [described(one)["name"] for one in guests], [described(one)["name"] for one in others]


FEATURE = Feature(
    name="channel",
    records=(Record(ChannelConsentRow, exempt="which channels may be posted to although others read there"),),
)
