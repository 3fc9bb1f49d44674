"""The command: a folder in, a list of tables and an exit code out.

Exit codes: 0 everything was written, 1 nothing could be, 2 usage.
"""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.outcome import told_in_one_line
from bot.settings import read_settings
from bot.standby import file_of


def export_command(
    folder: Annotated[Path, typer.Argument(help="A new folder, or an empty one.")],
    workspace: Annotated[str | None, typer.Option(help="Id or name; needed where there are several.")] = None,
    database_url: Annotated[str | None, typer.Option(help="Instead of DATABASE_URL.")] = None,
) -> None:
    """Write everything a workspace owns into a folder, as CSV; the bot may run meanwhile."""
    from bot.exports.folder import exported  # what declares the tables, which the help does not need

    url = database_url or read_settings(slack_bot_token="unused").database_url
    with told_in_one_line(f"Stopped. {folder} holds nothing of it."):
        file_of(url)  # refuses a place where there is nothing to export
        written = asyncio.run(exported(url, workspace, folder))
    typer.echo(written)
