"""Links to a CRM that somebody pastes: a deal's name and stage below it, where nobody from outside reads along.

Nothing is asked of the CRM for it, and nothing else of the deal is said.
"""

from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from handlers.context import Context, Prefetched, Preflight
from handlers.feature import Feature, routes
from handlers.people.channel import readers_of
from handlers.reply import NOTHING, Reply
from messages.imports import crm_link as views
from sales.imports.sync.link import record_at
from sales.imports.sync.record import CrmObject
from sales.people.permission import Act
from sales.people.readers import Outsiders
from storage.imports.sync.connection import connections
from storage.imports.sync.record import records_by_id
from storage.pipeline.opportunity import OpportunityRow, find_opportunity
from storage.scope import Scope

log = structlog.get_logger()

MOST = 5  # links of one message


async def look(preflight: Preflight) -> None:
    """Let Slack show what is known of the links of a message; where that does not work, they stay links."""
    event: dict[str, Any] = preflight.request.body.get("event") or {}
    urls = [str(one.get("url", "")) for one in event.get("links") or ()][:MOST]
    channel, ts = str(event.get("channel") or ""), str(event.get("message_ts") or "")
    async with preflight.read() as scope:
        found = await known(scope, urls) if channel.startswith(("C", "G")) and ts else {}
        if not found:
            return
        try:
            described = (await preflight.slack.conversations_info(channel=channel))["channel"]
            if not described.get("is_member"):  # then nobody can say for certain who reads there
                return
            readers = await readers_of(preflight.slack, scope, described)
            if readers.outsiders is not Outsiders.NOBODY or readers.unlooked:
                return
            shown = {url: views.unfurled(deal) for url, deal in found.items()}
            await preflight.slack.chat_unfurl(channel=channel, ts=ts, unfurls=shown)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as trouble:
            log.info("a link is not unfurled", trouble=str(trouble))


async def known(scope: Scope, urls: list[str]) -> dict[str, OpportunityRow]:
    """Return the deals that are here of those that links lead to, by link."""
    pages = {row.id: row.page for row in await connections(scope)}
    found: dict[str, OpportunityRow] = {}
    for url in urls:
        place = record_at(url, pages)
        if place is None:
            continue
        record = (await records_by_id(scope, place[0], CrmObject.DEAL, [place[1]])).get(place[1])
        deal = await find_opportunity(scope, record.row_id) if record is not None and record.row_id else None
        if deal is not None:
            found[url] = deal
    return found


async def done(context: Context) -> Reply:
    """Nothing is written for a link."""
    return NOTHING


FEATURE = Feature(
    name="crm link",
    events=routes(Act.FROM_SLACK, {"link_shared": Prefetched(look, done)}),
)
