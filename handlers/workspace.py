"""Workspaces: when the app is removed, everything is held until it is installed again."""

from handlers.ask import Ask
from handlers.feature import Feature
from handlers.reply import NOTHING, Reply
from storage import workspace
from storage.scope import Ledger

REMOVED = "the app was removed from the workspace"
REVOKED = "the bot token was revoked"


async def uninstalled(ask: Ask) -> Reply:
    """Hold everything: nothing can be sent any more. Installing again lets it go on."""
    await workspace.suspend(Ledger(ask.scope.session), ask.scope.workspace_id, REMOVED)
    return NOTHING


async def revoked(ask: Ask) -> Reply:
    """Hold everything if it was the bot's token; a person's own token is none of ours."""
    tokens = ask.request.body["event"].get("tokens") or {}
    if tokens.get("bot"):
        await workspace.suspend(Ledger(ask.scope.session), ask.scope.workspace_id, REVOKED)
    return NOTHING


FEATURE = Feature(events={"app_uninstalled": uninstalled, "tokens_revoked": revoked})
