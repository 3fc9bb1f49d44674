"""The text of an exported folder: where it is from, and what of it is only to read."""

from datetime import UTC, datetime

import pytest

from sales.imports.export.folder import ExportedFile, FolderOrigin, is_export, origin_in, readme
from sales.refusal import Refusal

ORIGIN = FolderOrigin(
    "T1", "Northwind & Sons", datetime(2026, 9, 1, 8, 0, 0, 5, UTC), datetime(2026, 9, 14, tzinfo=UTC)
)
FILES = [ExportedFile("opportunity", "deals.csv", 3), ExportedFile("leave", "leave.csv", 1)]


def test_a_folder_says_where_it_is_from():
    text = readme(ORIGIN, FILES)
    assert is_export(text)
    assert origin_in(text) == ORIGIN


def test_what_can_be_read_in_again_stands_apart_from_what_is_only_to_read():
    again, _, to_read = readme(ORIGIN, FILES).partition("only to read")
    assert "deals.csv (3 rows)" in again
    assert "leave.csv (1 row)" in to_read


def test_what_slack_gave_one_person_is_not_read_in():
    text = readme(ORIGIN, FILES, whole=False)
    assert is_export(text)
    with pytest.raises(Refusal, match="only to read"):
        origin_in(text)


def test_a_text_that_lost_its_facts_is_refused():
    with pytest.raises(Refusal, match="Export them again"):
        origin_in("Rainmaker export 1\n\nsomebody's words\n")
    assert not is_export("Deals of last year\n")
