"""A whole folder: told from others by its text, and read in table by table, what a row names before the row."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from sales.imports.export.folder import README, FolderOrigin, is_export, origin_in
from sales.imports.files.terms import Rejected
from sales.refusal import Refusal
from storage.database import Database
from storage.imports.export.read_in.catalogue import read_catalogue
from storage.imports.export.read_in.deals import read_deals
from storage.imports.export.read_in.diary import read_diary
from storage.imports.export.read_in.goals import read_goals
from storage.imports.export.read_in.people import read_people
from storage.imports.export.read_in.reading import Added, FolderReading
from storage.imports.export.read_in.run import begin_run, end_run
from storage.imports.files.desk import ignored
from storage.people.workspace import find_workspace

LONGEST_TEXT = 100_000  # bytes; a text of ours is a few thousand


def text_of_export(path: Path) -> str | None:
    """Return the text of an exported folder; None for anything else."""
    try:
        with (path / README).open(encoding="utf-8") as file:
            text = file.read(LONGEST_TEXT)
    except (OSError, UnicodeDecodeError):
        return None
    return text if is_export(text) else None


def origin_of_folder(path: Path) -> FolderOrigin:
    """Return where an exported folder is from.

    Raises:
        Refusal: if it does not say, or is only to read.
    """
    return origin_in(text_of_export(path) or "")


def another(origin: FolderOrigin, workspace: str) -> Refusal:
    """Return why a folder is not read into some workspace."""
    return Refusal(
        f"The folder is from {origin.workspace_name} ({origin.workspace_id}), and this is {workspace}, where nobody "
        "has the same Slack ids. Name its deals.csv alone to import the deals."
    )


async def read_folder(
    database: Database,
    workspace_id: str,
    folder: Path,
    added: Mapping[str, Added],
    clock: Callable[[], datetime],
    reject: Callable[[Rejected], None] = ignored,
) -> FolderReading:
    """Read an exported folder into a workspace; return what became of each file, and by which number it is undone.

    What is there stays as it is, so the same folder twice changes nothing, and one that was cut short goes on.

    Raises:
        Refusal: if the folder is another workspace's, or not as it was exported.
    """
    origin = origin_of_folder(folder)
    if origin.workspace_id != workspace_id:
        raise another(origin, workspace_id)
    async with database.read(workspace_id) as scope:
        here = await find_workspace(scope)
    is_same = here is not None and here.installed_at == origin.installed_at
    run_id = await begin_run(database, workspace_id, folder.name, clock())
    reading = FolderReading(database, workspace_id, folder, origin, is_same, added, run_id, reject)
    await read_people(reading)
    await read_catalogue(reading)
    await read_deals(reading)
    await read_goals(reading)
    await read_diary(reading)
    await end_run(database, workspace_id, run_id, sum(one.refused for one in reading.files), clock())
    return reading
