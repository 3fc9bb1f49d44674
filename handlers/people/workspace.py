"""Workspaces: when the app is removed, everything is held until it is installed again."""

import structlog

from handlers.context import Context
from handlers.feature import Feature, Record, routes
from handlers.reply import NOTHING, Reply
from sales.people.permission import Act
from storage.people import workspace

log = structlog.get_logger()

REMOVED = "the app was removed from the workspace"
REVOKED = "the bot token was revoked"


async def uninstalled(context: Context) -> Reply:
    """Hold everything: nothing can be sent any more. Installing again lets it go on."""
    await hold(context, REMOVED)
    return NOTHING


async def revoked(context: Context) -> Reply:
    """Hold everything if it was the bot's token; a person's own token is none of ours."""
    tokens = context.request.body["event"].get("tokens") or {}
    if tokens.get("bot"):
        await hold(context, REVOKED)
    return NOTHING


async def hold(context: Context, reason: str) -> None:
    """Hold everything, and say so where the operator reads: nobody in Slack can be told any more."""
    if await workspace.suspend_workspace(context.scope.ledger, context.scope.workspace_id, reason):
        log.error(
            "workspace suspended: install the app again", workspace=context.scope.workspace_id, reason=reason
        )


FEATURE = Feature(
    name="workspace",
    events=routes(Act.FROM_SLACK, {"app_uninstalled": uninstalled, "tokens_revoked": revoked}),
    records=(Record(workspace.WorkspaceRow, exempt="the installation itself"),),
)
