"""Help: every command in a line."""

from handlers.context import Context
from handlers.reply import Reply
from messages.surfaces import help as views


async def overview(context: Context) -> Reply:
    """Show every command in a line."""
    from handlers.registry import COMMANDS  # the table names this handler, so it cannot be imported first

    return Reply(say=views.overview(COMMANDS))
