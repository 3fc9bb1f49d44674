"""The line with the column names: what is too long to be one is refused at once, and never held as a whole."""

import tracemalloc
from contextlib import ExitStack
from pathlib import Path

import pytest

from sales.imports.files.sheet import MAX_COLUMNS
from sales.imports.files.terms import ImportTerms
from sales.refusal import Refusal
from storage.imports.files.source import sources

ENDLESS = b"x," * 10_000_000
WIDE = ",".join(f"Field {at}" for at in range(MAX_COLUMNS + 1)).encode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (ENDLESS, "(line 1) is longer than 131,072 characters"),
        (b"\n" + ENDLESS, "(line 2) is longer than 131,072 characters"),
        (WIDE + b"\n1,2\n", "(line 1) has more than 4,000 cells that are filled"),
    ],
    ids=["one endless line", "below a blank one", "more columns than any CRM has"],
)
def test_what_is_too_long_to_name_columns_is_refused_at_once(tmp_path: Path, content: bytes, said: str):
    """One sentence that names the line; of twenty megabytes a few are held."""
    path = tmp_path / "deals.csv"
    path.write_bytes(content)
    tracemalloc.start()
    try:
        with ExitStack() as kept, pytest.raises(Refusal) as refused:
            sources(path, ImportTerms(), kept)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert said in refused.value.text
    assert most < 8_000_000, most


def test_empty_cells_to_the_right_are_no_columns(tmp_path: Path):
    """A sheet that was formatted to its last column is saved with 16,384 cells a row: it is read as what is filled."""
    path, empty = tmp_path / "deals.csv", "," * 16_000
    path.write_text(f"id,name,stage,value{empty}\n1,Quay lamp,open,10{empty}\n")
    with ExitStack() as kept:
        (source,), _ = sources(path, ImportTerms(), kept)
    assert source.layout.header("stage") == "stage"
    assert source.survey.rows == 1
