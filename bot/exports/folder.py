"""The folder: made, filled table by table, and its text written last, so that one without it is not whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from bot.clock import wall_clock
from bot.imports.place import existing
from handlers.registry import REGISTRY
from sales.imports.export.folder import README, ExportedFile, readme
from sales.language.figures import plural
from sales.refusal import Refusal
from storage.imports.export.sheet import sheet_of
from storage.imports.export.write_out import ENCODING, ExportPart, origin_of, write_out

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600  # they hold everybody's words


async def exported(url: str, workspace: str | None, folder: Path) -> str:
    """Write everything a workspace owns into a new or empty folder; return what to say of it.

    Raises:
        Refusal: if something stands there already, or there is nothing to export.
        StorageTrouble: if the database is in the way; nothing is left behind then.
    """
    check_empty(folder)
    async with existing(url, workspace, "nothing to export") as (database, workspace_id):
        with filled(folder) as opened:
            async with database.read(workspace_id) as scope:  # all of it is of one instant
                parts = [ExportPart(sheet_of(one.table)) for one in REGISTRY.records if one.exported]
                files = await write_out(scope, parts, opened.table)
                origin = await origin_of(scope, wall_clock())
            opened.text(README, readme(origin, files))
    return told(folder, files)


def told(folder: Path, files: list[ExportedFile]) -> str:
    again = ", ".join(one.file for one in files if one.is_read_in)
    rows = plural(sum(one.rows for one in files), "row")
    return (
        f"{folder} holds {len(files)} tables with {rows}.\n"
        f"Read in again by `rainmaker import {folder}`: {again}.\n"
        f"The others are only to read; {README} there says more."
    )


def check_empty(folder: Path) -> None:
    """Refuse a folder with something in it: an export writes over nothing."""
    try:
        holds = folder.exists() and (not folder.is_dir() or next(folder.iterdir(), None) is not None)
    except OSError as refused:
        raise unwritable(folder, refused) from refused
    if holds:
        raise Refusal(f"{folder} is not empty, and an export writes over nothing. Name a new folder.")


def unwritable(folder: Path, refused: OSError) -> Refusal:
    return Refusal(
        f"{folder} cannot be written ({refused.strerror}). Check that there is room and the folder is yours."
    )


class ExportFolder:
    """A folder being filled, and what was put there so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: list[Path] = []

    @contextmanager
    def table(self, name: str) -> Iterator[IO[str]]:
        path = self.folder / name
        with path.open("x", encoding=ENCODING, newline="") as file:
            self.made.append(path)
            path.chmod(PRIVATE_FILE)
            yield file

    def text(self, name: str, text: str) -> None:
        path = self.folder / name
        with path.open("x", encoding="utf-8") as file:
            self.made.append(path)
            path.chmod(PRIVATE_FILE)
            file.write(text)


@contextmanager
def filled(folder: Path) -> Iterator[ExportFolder]:
    """Make a folder to be filled; what was written is taken away again if it cannot be filled to the end."""
    new = not folder.exists()
    opened = ExportFolder(folder)
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        yield opened
    except BaseException as stopped:
        for path in opened.made:
            path.unlink(missing_ok=True)
        if new and folder.is_dir():
            folder.rmdir()
        if isinstance(stopped, OSError):
            raise unwritable(folder, stopped) from stopped
        raise
