"""An exported folder read in again, carried out and reported where somebody watches."""

from pathlib import Path

import typer

from bot.clock import wall_clock
from bot.imports.place import FirstWorkspace, first_workspace, missing_file, workspace_meant
from handlers.imports.export import reminded
from handlers.registry import REGISTRY
from sales.imports.export.folder import FolderOrigin
from sales.language.figures import number, plural
from storage.database import Database
from storage.imports.export.read_in.folder import another, origin_of_folder, read_folder
from storage.imports.export.read_in.reading import FileReadIn
from storage.people.workspace import install_workspace, installed_workspaces


async def read_back(url: str, workspace: str | None, folder: Path) -> bool:
    """Read a folder in and report; True if every row was taken or is there.

    Raises:
        Refusal: if the folder is of another workspace, or not as it was exported; nothing was made then.
    """
    origin = origin_of_folder(folder)
    # Before anything is made: whether the folder is of the workspace that was typed, or whose token there is.
    first = await own_workspace(workspace, origin) if missing_file(url) else None
    database = await Database.open(url, declared=REGISTRY.declared)
    try:
        workspace_id = await place_for(database, workspace, origin, first)
        files = await read_folder(database, workspace_id, folder, {"followup": reminded(wall_clock())})
    finally:
        await database.close()
    for line in report(files):
        typer.echo(line)
    return not any(one.refused for one in files)


async def own_workspace(asked: str | None, origin: FolderOrigin) -> FirstWorkspace:
    """Return the folder's workspace as the first one, if it is the one that was typed, or of the bot's token."""
    if asked not in (None, origin.workspace_id, origin.workspace_name):
        raise another(origin, str(asked))
    found = await first_workspace(origin.workspace_id)
    return FirstWorkspace(found.id, found.name or origin.workspace_name, found.bot_user_id)


async def place_for(
    database: Database, asked: str | None, origin: FolderOrigin, first: FirstWorkspace | None
) -> str:
    """Return the workspace to read into; where the bot was never started, the folder's own is made."""
    async with database.read_ledger() as ledger:
        known = await installed_workspaces(ledger)
    if known:
        own = origin.workspace_id if origin.workspace_id in {row.id for row in known} else None
        return workspace_meant(known, asked or own)
    first = first or await own_workspace(asked, origin)
    async with database.write_ledger() as ledger:
        await install_workspace(ledger, *first, wall_clock())
    return first.id


def report(files: list[FileReadIn]) -> list[str]:
    """Return what became of each file, a line each, and what could not be taken."""
    longest = max((len(one.file) for one in files), default=0)
    lines = [
        f"{one.file:<{longest}}  {number(one.added)} added, {number(one.there)} there already"
        + (f", {number(one.refused)} refused ({one.first})" if one.refused else "")
        for one in files
    ]
    refused = sum(one.refused for one in files)
    if refused:
        return [
            *lines,
            f"{plural(refused, 'row')} could not be taken. Mend them and read the folder in again.",
        ]
    return [*lines, "Everything in the folder is here. What was here already stayed as it is."]
