"""An exported folder read in again, carried out and reported where somebody watches."""

from pathlib import Path

import typer

from bot.clock import wall_clock
from bot.imports.terminal import workspace_meant
from handlers.imports.export import reminded
from handlers.registry import REGISTRY
from sales.imports.export.folder import FolderOrigin
from sales.language.figures import number, plural
from storage.database import Database
from storage.imports.export.read_in.folder import origin_of_folder, read_folder
from storage.imports.export.read_in.reading import FileReadIn
from storage.people.workspace import install_workspace, installed_workspaces


async def read_back(url: str, workspace: str | None, folder: Path) -> bool:
    """Read a folder in and report; True if every row was taken or is there."""
    origin = origin_of_folder(folder)
    database = await Database.open(url, declared=REGISTRY.declared)
    try:
        workspace_id = await place_for(database, workspace, origin)
        files = await read_folder(database, workspace_id, folder, {"followup": reminded(wall_clock())})
    finally:
        await database.close()
    for line in report(files):
        typer.echo(line)
    return not any(one.refused for one in files)


async def place_for(database: Database, asked: str | None, origin: FolderOrigin) -> str:
    """Return the workspace to read into; where the bot was never started, the folder's own is made."""
    async with database.read_ledger() as ledger:
        known = await installed_workspaces(ledger)
    if asked is None and origin.workspace_id in {row.id for row in known}:
        return origin.workspace_id
    if known:
        return await workspace_meant(database, asked)
    if asked in (None, origin.workspace_id, origin.workspace_name):
        async with database.write_ledger() as ledger:
            await install_workspace(ledger, origin.workspace_id, origin.workspace_name, "", wall_clock())
        return origin.workspace_id
    return str(asked)  # which is refused as another than the folder's


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
