"""A process of its own that turns a workbook into text: `WORKBOOK FOLDER`, a file of text for each sheet.

It stands alone, so that it starts at once and a workbook made to do harm reaches nothing but this process and its
limits. It writes out the names of the sheets as JSON; what it cannot read it says in one line, and ends with 3.
"""

import csv
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from xml.etree import ElementTree

MEMORY = 1536 * 2**20  # bytes of addresses: a sheet of 64 MB takes less than half
SECONDS = 90
WRITTEN = 256 * 2**20  # bytes of one file
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
UNREADABLE = 3


def main(path: str, folder: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN, WRITTEN))
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

    try:
        book = CalamineWorkbook.from_path(path)
        names = [one.name for one in book.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
        for number, name in enumerate(names):
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            unworked = dict(unworked_cells(path, name))
            with Path(folder, f"{number}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                for row, cells in enumerate(rows):
                    writer.writerow(
                        [unworked.get((row, at)) or text_of(cell) for at, cell in enumerate(cells)]
                    )
    except (
        CalamineError,
        zipfile.BadZipFile,
        ElementTree.ParseError,
        MemoryError,
        OSError,
        ValueError,
    ) as trouble:
        sys.stderr.write(" ".join(str(trouble).split())[:200])
        return UNREADABLE
    sys.stdout.write(json.dumps(names))
    return 0


def text_of(cell: object) -> str:
    """Return a cell as text: whole numbers without a point, days as 2026-02-13."""
    match cell:
        case bool():
            return "true" if cell else "false"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
        case date() | time() | timedelta() | int():
            return str(cell)
    return str(cell)


def unworked_cells(path: str, name: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the cells of a sheet whose formula no program has worked out, or came to an error; row and column from 0.

    They read as empty otherwise, and an amount would be nothing.
    """
    with zipfile.ZipFile(path) as book:
        part = part_of(book, name)
        if part is None:
            return
        with book.open(part) as file:
            for _, cell in ElementTree.iterparse(file):
                if cell.tag != f"{MAIN}c":
                    continue
                formula, held = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
                if cell.get("t") == "e" and held is not None:
                    yield place_of(cell.get("r", "")), held.text or ""
                elif formula is not None and (held is None or not held.text):
                    yield place_of(cell.get("r", "")), f"={formula.text or ''}"
                cell.clear()


def part_of(book: zipfile.ZipFile, name: str) -> str | None:
    """Return which part of an .xlsx file a sheet is; None in another kind of workbook."""
    if "xl/workbook.xml" not in book.namelist():
        return None
    sheets = ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{MAIN}sheet")
    number = next((sheet.get(RELATED) for sheet in sheets if sheet.get("name") == name), None)
    related = ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    target = next((one.get("Target") for one in related if one.get("Id") == number), None)
    if target is None:
        return None
    part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return part if part in book.namelist() else None


def place_of(reference: str) -> tuple[int, int]:
    """Return row and column, from 0, of a reference such as D2."""
    match = re.fullmatch(r"([A-Z]+)(\d+)", reference)
    if match is None:
        return -1, -1
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
