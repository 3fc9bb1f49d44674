"""One reading: where it goes, which rows became which, and what is told of it in the end."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import insert, select

from sales.imports.export.folder import FolderOrigin
from sales.imports.files.terms import Rejected
from storage.columns import RowClass
from storage.database import Database
from storage.imports.export.read_in.run import note_added
from storage.imports.export.read_in.tables import ExportedTable, ReadRow, UnitOf, Values, checked
from storage.imports.export.sheet import sheet_of, table_of
from storage.imports.files.desk import ignored
from storage.pieces import pieces
from storage.pipeline.comparable_name import with_comparable
from storage.scope import Scope

Added = Callable[[Scope, list[int]], Awaitable[None]]


@dataclass
class FileReadIn:
    """What became of the rows of one file; `reject` gets each that could not be taken."""

    file: str
    added: int = 0
    there: int = 0
    refused: int = 0
    reject: Callable[[Rejected], None] = ignored

    def refuse(self, line: int, why: str) -> None:
        self.refused += 1
        self.reject(Rejected(self.file, line, (why,)))


@dataclass
class FolderReading:
    """A folder on its way into a workspace. `is_same` says that ids of rows mean here what they mean in the folder.

    `ids` are the ids here of rows of the folder, by table. `added` is told of rows of a table in the unit of work that
    added them, `run_id` is by what they are taken back, and `reject` gets every row that could not be taken.
    """

    database: Database
    workspace_id: str
    folder: Path
    origin: FolderOrigin
    is_same: bool
    added: Mapping[str, Added] = field(default_factory=dict)
    run_id: int = 0
    reject: Callable[[Rejected], None] = ignored
    files: list[FileReadIn] = field(default_factory=list)
    ids: dict[str, dict[int, int]] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)

    def table(self, model: RowClass, measured_by: UnitOf | None = None) -> ExportedTable | None:
        """Return a table of the folder; None where its file was taken out."""
        sheet = sheet_of(model)
        path = self.folder / sheet.file
        return ExportedTable(path, sheet, measured_by) if path.is_file() else None

    def begin(self, table: ExportedTable) -> FileReadIn:
        self.files.append(FileReadIn(table.path.name, reject=self.reject))
        return self.files[-1]

    async def keep(self, scope: Scope, model: RowClass, ids: Sequence[int]) -> None:
        """Note rows that came in, so that they can be taken back."""
        await note_added(scope, self.run_id, model, ids)

    def became(self, table: str, was: int | None, is_now: int) -> None:
        if was is not None:
            self.ids.setdefault(table, {})[was] = is_now

    def of(self, table: str, was: int | None) -> int | None:
        """Return the id here of a row of the folder; None where it has none."""
        return self.ids.get(table, {}).get(was) if was is not None else None

    def own_key(self, table: str, was: int) -> str:
        """Return what a row without a name of its own is known by here ever after, in 16 characters."""
        said = f"{self.origin.workspace_id} {self.origin.installed_at.isoformat()} {table} {was}"
        return f"x{hashlib.sha256(said.encode()).hexdigest()[:15]}"


def stored(reading: FolderReading, told: FileReadIn, model: RowClass, row: ReadRow) -> Values | None:
    """Return what a row is stored as; None, and why told, where it cannot be."""
    if row.refused:
        told.refuse(row.line, row.refused)
        return None
    try:
        return checked(model, {**row.values, "workspace_id": reading.workspace_id})
    except ValueError as wrong:
        told.refuse(row.line, str(wrong))
        return None


async def there_by_id(scope: Scope, model: RowClass, ids: list[int]) -> set[int]:
    """Return which of these rows a workspace has."""
    table, found = table_of(model), set[int]()
    connection = await scope.session.connection()
    for some in pieces(ids):
        statement = select(table.c.id).where(table.c.workspace_id == scope.workspace_id, table.c.id.in_(some))
        found.update((await connection.execute(statement)).scalars())
    return found


async def insert_rows(scope: Scope, model: RowClass, rows: list[Values]) -> list[int]:
    """Store new rows; return their ids, in their order."""
    if not rows:
        return []
    table = table_of(model)
    stored = [with_comparable(table, {**row, "workspace_id": scope.workspace_id}) for row in rows]
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list((await (await scope.session.connection()).execute(statement, stored)).scalars())
