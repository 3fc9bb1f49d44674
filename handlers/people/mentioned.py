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

MENTION = re.compile(r"<@([A-Z0-9]+)>")
FOR_SOMEBODY = re.compile(r"\s*for\s+<@", re.IGNORECASE)  # which is refused as what it is
MOST = 5  # whom Slack is asked about for one text
SOMEBODY = "somebody"


async def with_names(database: Database, slack: AsyncWebClient, request: Request) -> Request:
    """Return a request with names in the place of mentions, as whoever reads its text later sees no mention.

    Whom nobody here knows Slack is asked about; who stays unknown is "somebody".
    """
    if FOR_SOMEBODY.match(request.text):
        return request
    async with database.read(request.workspace_id) as scope:
        names = {row.user_id: row.name for row in await find_members(scope, request.mentioned)}
    unknown = sorted(request.mentioned - names.keys())
    for user_id in unknown[:MOST]:
        try:
            (found,) = await looked_up(slack, [user_id])
        except (SlackApiError, aiohttp.ClientError, TimeoutError, Refusal):
            found = None
        if found:
            names[user_id] = profile(found)["name"]
    tagged = {f"<@{user_id}>": names.get(user_id, SOMEBODY) for user_id in request.mentioned}
    return replace(request, text=MENTION.sub(lambda tag: tagged.get(tag[0], tag[0]), request.text))
