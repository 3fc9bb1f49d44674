"""An exported folder read in again, carried out and reported where somebody watches."""

from contextlib import AsyncExitStack
from pathlib import Path

import typer

from bot.clock import wall_clock
from bot.imports.place import FirstWorkspace, first_workspace, missing_file, workspace_meant
from bot.imports.report import Refusals
from handlers.imports.export import reminded
from handlers.registry import REGISTRY
from sales.imports.export.folder import FolderOrigin
from sales.language.figures import number, plural
from storage.database import Database
from storage.imports.export.read_in.folder import another, origin_of_folder, read_folder
from storage.imports.export.read_in.reading import FolderReading
from storage.imports.export.read_in.trial import trial
from storage.people.workspace import WorkspaceRow, install_workspace, installed_workspaces


async def read_back(
    url: str, workspace: str | None, folder: Path, refusals: Refusals, *, dry_run: bool
) -> bool:
    """Read a folder in and report; True if every row was taken or is there. A dry run reads it into a copy.

    Raises:
        Refusal: if the folder is of another workspace, or not as it was exported; nothing was made then.
    """
    origin = origin_of_folder(folder)
    # Before anything is made: whether the folder is of the workspace that was typed, or whose token there is.
    first = await own_workspace(workspace, origin) if missing_file(url) else None
    async with AsyncExitStack() as kept:
        database = await place_to_read(kept, url, workspace, origin, dry_run=dry_run, is_there=first is None)
        workspace_id = await place_for(database, workspace, origin, first)
        try:
            reading = await read_folder(
                database,
                workspace_id,
                folder,
                {"followup": reminded(wall_clock())},
                wall_clock,
                reject=refusals.add,
            )
        finally:
            refusals.close()
    for line in report(reading, refusals, dry_run=dry_run):
        typer.echo(line)
    return refusals.count == 0


async def place_to_read(
    kept: AsyncExitStack,
    url: str,
    workspace: str | None,
    origin: FolderOrigin,
    *,
    dry_run: bool,
    is_there: bool,
) -> Database:
    """Open the database that a folder is read into, or for a dry run a copy, until `kept` is closed."""
    if dry_run and not is_there:
        return await kept.enter_async_context(trial(None, None, REGISTRY.declared))
    database = await Database.open(url, declared=REGISTRY.declared)
    kept.push_async_callback(database.close)
    if not dry_run:
        return database
    async with database.read_ledger() as ledger:
        known = await installed_workspaces(ledger)
    meant = meant_of(known, workspace, origin) if known else None
    return await kept.enter_async_context(trial(database, meant, REGISTRY.declared))


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
        return meant_of(known, asked, origin)
    first = first or await own_workspace(asked, origin)
    async with database.write_ledger() as ledger:
        await install_workspace(ledger, *first, wall_clock())
    return first.id


def meant_of(known: list[WorkspaceRow], asked: str | None, origin: FolderOrigin) -> str:
    """Return the workspace that was typed, else the folder's own."""
    own = origin.workspace_id if origin.workspace_id in {row.id for row in known} else None
    return workspace_meant(known, asked or own)


def report(reading: FolderReading, refusals: Refusals, *, dry_run: bool) -> list[str]:
    """Return what became of each file, a line each, every row that could not be taken, and the way back."""
    files = reading.files
    longest = max((len(one.file) for one in files), default=0)
    lines = [
        f"{one.file:<{longest}}  {number(one.added)} {'to add' if dry_run else 'added'}, "
        f"{number(one.there)} there already" + (f", {number(one.refused)} refused" if one.refused else "")
        for one in files
    ]
    lines += [f"{one.source} line {one.line}: {one.reason}" for one in refusals.first]
    ending = []
    if refusals.count:
        where = refusals.told() or f"{plural(refusals.count, 'row')} could not be taken. "
        ending.append(f"{where}Mend them and read the folder in again.")
    elif not dry_run:
        ending.append("Everything in the folder is here. What was here already stayed as it is.")
    if dry_run:
        ending.append("Dry run: nothing was written.")
    elif any(one.added for one in files):
        ending.append(
            f"This was import {reading.run_id}; to undo it, but for teams and people: "
            f"rainmaker import --undo {reading.run_id}"
        )
    return [*lines, *ending]
