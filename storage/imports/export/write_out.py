"""Written out: table after table as CSV, page by page, so that a large workspace never stands in memory."""

import asyncio
import csv
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from sqlalchemy import ColumnElement

from sales.imports.export.folder import ExportedFile, FolderOrigin
from storage.engines.turn import give_way
from storage.imports.export.names import ExportNames, export_names, note_page
from storage.imports.export.pages import PageRow, has_rows, pages
from storage.imports.export.row import cells_of
from storage.imports.export.sheet import Sheet
from storage.people.workspace import find_workspace
from storage.scope import Scope

ENCODING = "utf-8-sig"  # the mark before it tells Excel that it is UTF-8

OpensTable = Callable[[str], AbstractContextManager[IO[str]]]


@dataclass(frozen=True)
class ExportPart:
    """A table of an export: which of its rows, and which columns are told to whose the row is alone.

    `owner` is the column that says whose a row is, `reader` for whom the export is made.
    """

    sheet: Sheet
    where: tuple[ColumnElement[bool], ...] = ()
    private: Collection[str] = ()
    owner: str = ""
    reader: str = ""

    def shown(self, row: PageRow) -> PageRow:
        """Return a row without what is not for the reader."""
        if not self.private or row[self.owner] == self.reader:
            return row
        return {name: None if name in self.private else value for name, value in row.items()}


async def write_out(
    scope: Scope, parts: Sequence[ExportPart], opens: OpensTable, *, empty: bool = True
) -> list[ExportedFile]:
    """Write tables to the files that `opens` gives by name, those without a row if `empty`; return what was written."""
    names = await export_names(scope)
    held = [one for one in parts if empty or await has_rows(scope, one.sheet, one.where)]
    return [await write_table(scope, part, names, opens) for part in held]


async def write_table(scope: Scope, part: ExportPart, names: ExportNames, opens: OpensTable) -> ExportedFile:
    count, sheet = 0, part.sheet
    with opens(sheet.file) as file:
        writer = csv.writer(file)
        writer.writerow(sheet.headings)
        async for page in pages(scope, sheet, part.where):
            await note_page(scope, names, sheet, page)
            await asyncio.to_thread(write_page, writer, part, names, page)
            count += len(page)
            await give_way()
    return ExportedFile(sheet.table.name, sheet.file, count)


def write_page(writer: Any, part: ExportPart, names: ExportNames, page: Sequence[PageRow]) -> None:
    writer.writerows(cells_of(part.sheet, names, part.shown(row)) for row in page)


async def origin_of(scope: Scope, now: datetime) -> FolderOrigin:
    """Return where an export made now is from."""
    workspace = await find_workspace(scope)
    assert workspace is not None
    return FolderOrigin(workspace.id, workspace.name, workspace.installed_at, now)
