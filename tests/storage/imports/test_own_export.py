"""Deals of our own export, read in by themselves: nothing changes, whatever they were imported from."""

import csv
import io
from contextlib import contextmanager

from sales.imports.files.deals import Catalogue, DealReader
from sales.imports.files.entry import TakenRow
from sales.imports.files.preset import FileKind
from sales.imports.files.sheet import SheetRecord
from storage.imports.export.sheet import sheet_of
from storage.imports.export.write_out import ExportPart, write_out
from storage.imports.files.compare import compare
from storage.people.member import people_directory
from storage.pipeline.opportunity import OpportunityRow
from tests.headers import read_header
from tests.known import WORKSPACE
from tests.storage.imports.taken import entry, take


async def test_our_own_export_by_itself_changes_nothing(database):
    await take(
        database,
        entry("9", "=Quay (A)", "Acme", "", "Ana Bell", "Closed Won", "100.50", "2026-01-05", "2026-02-13"),
        entry("2", "-", "", "GTXPro", "Tom Reed", "Proposal", "", "2026-01-05", "2026-12-13"),
        entry("1", "", "Acme", "GTXPro", "", "Prospecting", "5", "", ""),
    )
    file = io.StringIO(newline="")

    @contextmanager
    def opens(name: str):
        yield file

    async with database.read(WORKSPACE) as scope:
        await write_out(scope, [ExportPart(sheet_of(OpportunityRow))], opens)
        header, *rows = csv.reader(io.StringIO(file.getvalue(), newline=""))
        records = [SheetRecord(at, row) for at, row in enumerate(rows, 2)]
        layout, survey = read_header(header, records)
        reader = DealReader(layout, survey, "USD", Catalogue())
        found = [reader.read(one) for one in records]
        assert all(isinstance(one, TakenRow) for one in found), found
        differences = await compare(
            scope, FileKind.DEALS, [one.entry for one in found], await people_directory(scope)
        )
    assert layout.preset.name == "rainmaker"
    assert (differences.unchanged, differences.added, differences.changed) == (3, [], [])
