"""Mentioned: people whom somebody typed as a mention, by the names they are known by."""

import re
from dataclasses import replace

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.context import Request
from handlers.people.member import looked_up, profile
from sales.refusal import Refusal
from storage.database import Database
from storage.people.member import find_members

TAG = re.compile(r"<[@#]([A-Z0-9]+)>")
FOR_SOMEBODY = re.compile(r"\s*for\s+<@", re.IGNORECASE)  # which is refused as what it is
MOST = 5  # of whom Slack is asked about for one text
SOMEBODY, A_CHANNEL = "somebody", "a channel"
CHANNELS = "CGD"  # what their ids begin with


async def with_names(database: Database, slack: AsyncWebClient, request: Request) -> Request:
    """Return a request with names in the place of mentions, as whoever reads its text later sees no mention.

    Whom nobody here knows Slack is asked about; who stays unknown is "somebody".
    """
    if FOR_SOMEBODY.match(request.text):
        return request
    async with database.read(request.workspace_id) as scope:
        names = {row.user_id: row.name for row in await find_members(scope, request.mentioned)}
    unknown = sorted(request.mentioned - names.keys())
    for number, tagged in enumerate(unknown):
        names[tagged] = await named_by_slack(slack, tagged) if number < MOST else nameless(tagged)
    return replace(request, text=TAG.sub(lambda tag: names.get(tag[1], tag[0]), request.text))


async def named_by_slack(slack: AsyncWebClient, tagged: str) -> str:
    """Return what Slack calls a person or a channel, or in a word that it is one."""
    try:
        if tagged[0] in CHANNELS:
            return f"#{(await slack.conversations_info(channel=tagged))['channel']['name']}"
        (found,) = await looked_up(slack, [tagged])
    except (SlackApiError, aiohttp.ClientError, TimeoutError, Refusal):
        found = None
    return str(profile(found)["name"]) if found else nameless(tagged)


def nameless(tagged: str) -> str:
    return A_CHANNEL if tagged[0] in CHANNELS else SOMEBODY
