"""Rows taken in as a run of an import does it, and taken back."""

from datetime import timedelta
from typing import Any

from sales.imports.files.deals import Catalogue, DealReader
from sales.imports.files.entry import ImportEntry, TakenRow
from sales.imports.files.preset import FileKind
from sales.imports.files.sheet import SheetRecord
from sales.imports.files.survey import Survey
from storage.database import Database
from storage.imports.files.compare import Differences, compare
from storage.imports.files.runs import finish_run, start_run
from storage.imports.files.undo import Undone, undo_some
from storage.imports.files.write import count, write_entries
from storage.people.member import people_directory
from storage.pipeline.deal_history import BetweenImports
from tests.headers import recognised
from tests.known import T0, WORKSPACE

HEADER = ["id", "name", "account", "product", "owner", "stage", "value", "opened", "closed"]
LATER = T0 + timedelta(hours=1)


def entry(*cells: str, catalogue: Catalogue | None = None, header: list[str] = HEADER) -> ImportEntry:
    layout = recognised(header)
    survey = Survey(1, dict.fromkeys(["opened", "closed"]))
    reading = DealReader(layout, survey, "USD", catalogue or Catalogue()).read(SheetRecord(2, list(cells)))
    assert isinstance(reading, TakenRow), reading
    return reading.entry


def acme(
    stage: str = "open", value: str = "100", closed: str = "", owner: str = "Ana Bell", **how: Any
) -> ImportEntry:
    return entry("D1", "", "Acme", "GTXPro", owner, stage, value, "2026-01-05", closed, **how)


async def take(database: Database, *entries: ImportEntry) -> tuple[int, Differences]:
    """Import these rows as one finished run."""
    async with database.write(WORKSPACE) as scope:
        run = await start_run(scope, "opportunities", "deals.csv", T0)
        people = await people_directory(scope)
        differences = await compare(scope, FileKind.DEALS, entries, people)
        await write_entries(scope, BetweenImports(run.id, None, T0.date()), differences, people, T0)
        await count(scope, run.id, [differences])
        await finish_run(scope, run.id, 0, T0)
    return run.id, differences


async def undo(database: Database, run_id: int) -> Undone:
    async with database.write(WORKSPACE) as scope:
        return await undo_some(scope, run_id, LATER)
