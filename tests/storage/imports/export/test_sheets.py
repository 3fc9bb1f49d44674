"""Sheets: made of every table there is, so that a new one goes out without a word here, or says why it does not."""

from collections import Counter

import pytest
from sqlmodel import Field, SQLModel

from handlers.registry import REGISTRY
from sales.imports.export.cells import Cell
from sales.imports.export.folder import READ_IN
from sales.people.permission import Act
from storage.imports.export.sheet import LEFT_OUT, sheet_of, table_of
from storage.imports.export.whose import ShownTo, theirs
from tests.known import WORKSPACE

EXPORTED = [record for record in REGISTRY.records if record.exported]
RECORDS = {str(record.table.__tablename__): record for record in REGISTRY.records}


def test_every_table_goes_out_or_says_why_not():
    silent = [name for name, record in RECORDS.items() if not record.exported and " " not in record.exempt]
    assert silent == []


def test_every_table_has_a_file_of_its_own():
    files = Counter(sheet_of(record.table).file for record in EXPORTED)
    assert [name for name, times in files.items() if times > 1] == []


@pytest.mark.parametrize("record", EXPORTED, ids=lambda record: record.table.__tablename__)
def test_every_column_goes_out_once_or_is_left_out_on_purpose(record):
    sheet = sheet_of(record.table)
    assert [one for one, times in Counter(sheet.headings).items() if times > 1] == []
    out = {column.name for column in sheet.columns}
    left = {column.name for column in table_of(record.table).columns} - out
    json = {column.name for column in table_of(record.table).columns if "JSON" in str(column.type).upper()}
    assert left - json <= LEFT_OUT | {name for name in left if name.endswith("_folded")}
    assert set(sheet.headings).isdisjoint({"workspace id", "name key"})


@pytest.mark.parametrize("name", READ_IN)
def test_what_is_read_in_again_goes_out(name):
    """Whole: what a row says is in its sheet, or follows from it."""
    assert RECORDS[name].exported


@pytest.mark.parametrize("record", EXPORTED, ids=lambda record: record.table.__tablename__)
def test_what_is_nobodys_names_who_else_may_read_it(record):
    """A table without an owner that only its owner may read would be in nobody's export."""
    shown = ShownTo(record.table, record.erased, others=False)
    assert theirs(shown, WORKSPACE, "U1") is not None or record.read is not Act.OWN_WORK
    assert set(record.private) <= set(table_of(record.table).c.keys())


def test_a_table_without_a_word_here_goes_out_under_its_own_name():
    metadata = SQLModel.metadata

    class ShelfLifeRow(SQLModel, table=True):
        __tablename__ = "shelf_life"

        id: int = Field(default=None, primary_key=True)
        workspace_id: str
        owner_id: str
        worth_minor: int = 0
        days: int | None = None

    try:
        sheet = sheet_of(ShelfLifeRow)
        assert sheet.file == "shelf-life.csv"
        assert sheet.headings == ["id", "owner", "owner id", "worth", "days", "currency"]
        assert [column.cell for column in sheet.columns][-2:] == [Cell.MONEY, Cell.NUMBER]
        assert ShownTo(ShelfLifeRow, "owner_id", others=False).owner == "owner_id"
    finally:
        metadata.remove(ShelfLifeRow.__table__)
