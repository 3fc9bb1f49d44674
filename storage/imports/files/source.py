"""Files: opened, their encoding, delimiter and preset found, and read row by row.

A file is read three times: for its encoding, for how it writes dates, and for its rows. Only one row is
ever held in memory.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sales.imports.files.dates import DateOrder
from sales.imports.files.encoding import encoding_of, on_bad_bytes
from sales.imports.files.header import Layout, recognise
from sales.imports.files.presets import CRM_FILES, Preset
from sales.imports.files.sheet import (
    MAX_CHARACTERS,
    Damaged,
    SheetLines,
    SheetRecord,
    announced_delimiter,
    delimiter_of,
    limited_lines,
    records,
)
from sales.imports.files.survey import Survey
from sales.refusal import Refusal

WORKBOOK = b"PK\x03\x04"  # how .xlsx files begin


@dataclass(frozen=True)
class ImportSource:
    """A file that can be read, and everything its first passes have shown."""

    path: Path
    encoding: str
    delimiter: str
    layout: Layout
    survey: Survey


def sources(
    path: Path, preset: Preset | None, dates: DateOrder | None
) -> tuple[list[ImportSource], list[str]]:
    """Return the file, or the CRM tables of a folder in reading order, and the CSV files left alone.

    Raises:
        Refusal: if nothing there can be read, saying which file and why.
    """
    if not path.is_dir():
        return [prepared(path, preset, dates)], []
    files = {each.name.lower(): each for each in sorted(path.iterdir()) if each.is_file()}
    tables = [(files[name], table) for name, table in CRM_FILES.items() if name in files]
    others = [name for name in files if name.endswith(".csv") and name not in CRM_FILES]
    if not tables:
        there = f"; there is {', '.join(others[:5])}" if others else ""
        raise Refusal(
            f"{path} has none of {', '.join(CRM_FILES)}{there}. Name a file of another kind by itself."
        )
    return [prepared(file, table, dates) for file, table in tables], others


def prepared(path: Path, preset: Preset | None, dates: DateOrder | None) -> ImportSource:
    """Return a file as a source, after its first passes.

    Raises:
        Refusal: if it is no CSV file, its columns are not known, or its dates can be read two ways.
    """
    try:
        encoding = encoding_in(path)
        with header_read(path, encoding) as (lines, delimiter, header):
            layout = recognise(header, preset)
            survey = Survey.of(below_header(lines, delimiter, layout), layout, dates)
    except Refusal as refused:
        raise Refusal(f"{path.name}: {refused.text}", example=refused.example) from refused
    except OSError as trouble:
        raise Refusal(f"{path} cannot be read: {trouble.strerror}.") from trouble
    return ImportSource(path, encoding, delimiter, layout, survey)


def rows(source: ImportSource) -> Iterator[SheetRecord | Damaged]:
    """Yield the rows of a file below its header; blank lines and a report's closing words are no rows."""
    with header_read(source.path, source.encoding) as (lines, delimiter, _):
        yield from below_header(lines, delimiter, source.layout)


def encoding_in(path: Path) -> str:
    with path.open("rb") as file:
        if file.read(len(WORKBOOK)) == WORKBOOK:
            raise Refusal("is a workbook. Open it in the spreadsheet and save the sheet as CSV (UTF-8).")
        file.seek(0)
        return encoding_of(iter(lambda: file.readline(MAX_CHARACTERS), b""))


@contextmanager
def header_read(path: Path, encoding: str) -> Iterator[tuple[SheetLines, str, list[str]]]:
    """Open a file and read its header; yields the lines below it, the delimiter and the column names."""
    with path.open(encoding=encoding, errors=on_bad_bytes(encoding), newline="") as file:
        lines = SheetLines(limited_lines(file.readline))
        first = first_line(lines)
        delimiter = announced_delimiter(first)
        if delimiter is None:
            delimiter = delimiter_of(first)
        else:
            first = first_line(lines)
        lines.give_back([first])
        header = next(records(lines, delimiter))
        if isinstance(header, Damaged):
            raise Refusal(f"The line with the column names (line {header.line}) {header.reason}.")
        yield lines, delimiter, header.fields


def first_line(lines: SheetLines) -> str:
    while (line := lines.take()) is not None:
        if line.strip():
            return line
    raise Refusal("The file is empty.")


def below_header(lines: SheetLines, delimiter: str, layout: Layout) -> Iterator[SheetRecord | Damaged]:
    ended = False
    for row in records(lines, delimiter):
        if isinstance(row, SheetRecord):
            if row.blank:
                ended = layout.preset.footer
                continue
            if ended and sum(map(bool, row.fields)) == 1:
                continue
        yield row
