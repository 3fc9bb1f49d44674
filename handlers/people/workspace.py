"""Workspaces: when the app is removed, everything is held until it is installed again."""

import asyncio

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from handlers.context import Context, Preflight, prefetch
from handlers.feature import Feature, Record, routes
from handlers.reply import NOTHING, Reply
from sales.people.permission import Act
from storage.people import workspace

log = structlog.get_logger()

REMOVED = "the app was removed from the workspace"
REVOKED = "the bot token was revoked"
ASKED_WITHIN = 2.0  # seconds; Slack waits for three


async def still_works(preflight: Preflight) -> bool:
    """Say whether Slack still takes our token: news of its end may be late, or of another's.

    Where Slack does not say, the news is believed: nothing can be sent then either, and it is asked again soon.
    """
    try:
        async with asyncio.timeout(ASKED_WITHIN):
            return bool((await preflight.slack.auth_test())["ok"])
    except (SlackApiError, aiohttp.ClientError, TimeoutError):
        return False


@prefetch(still_works)
async def uninstalled(context: Context) -> Reply:
    """Hold everything: nothing can be sent any more. Installing again lets it go on."""
    await hold(context, REMOVED)
    return NOTHING


@prefetch(still_works)
async def revoked(context: Context) -> Reply:
    """Hold everything if it was our bot's token; another bot's, and a person's own, are none of ours."""
    tokens = context.request.body["event"].get("tokens") or {}
    here = await workspace.find_workspace(context.scope)
    if here is not None and here.bot_user_id in (tokens.get("bot") or []):
        await hold(context, REVOKED)
    return NOTHING


async def hold(context: Context, reason: str) -> None:
    """Hold everything, and say so where the operator reads: nobody in Slack can be told any more."""
    if context.prefetched:
        log.warning("word came that the app is gone, but its token works; nothing is held", reason=reason)
    elif await workspace.suspend_workspace(context.scope.ledger, context.scope.workspace_id, reason):
        log.error(
            "workspace suspended: install the app again", workspace=context.scope.workspace_id, reason=reason
        )


FEATURE = Feature(
    name="workspace",
    events=routes(Act.FROM_SLACK, {"app_uninstalled": uninstalled, "tokens_revoked": revoked}),
    records=(Record(workspace.WorkspaceRow, exempt="the installation itself"),),
)
