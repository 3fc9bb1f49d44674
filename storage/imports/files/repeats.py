"""Columns that are no ids: their cells repeat, are empty, or are days, shares and other figures of a deal."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from sales.imports.files.blanks import is_blank
from sales.imports.files.contents import Contents
from sales.imports.files.heading_words import tells_no_deal
from sales.imports.files.kinds import LOOKED_AT, may_be_workbook
from sales.imports.files.sheet import SheetRecord, records
from sales.imports.files.terms import ImportTerms
from sales.imports.files.totals import is_total
from sales.refusal import Refusal
from storage.imports.files.source import header_line, letters_in, text_of
from storage.imports.files.workbook import sheets_of

MOST_ROWS = 5_000  # in which a column shows whether it repeats


def no_ids_in(path: Path, headers: Sequence[str], sheet: str | None) -> set[int]:
    """Return the positions of columns that tell no deal from all others; none where the file cannot be read."""
    try:
        with path.open("rb") as file:
            is_workbook = may_be_workbook(file.read(LOOKED_AT))
        with ExitStack() as kept:
            if not is_workbook:
                return repeating(path, letters_in(path)[0] or "latin-1", len(headers))
            sheets = sheets_of(path, kept)
            return repeating(sheets.get(sheet or "", next(iter(sheets.values()))), "utf-8", len(headers))
    except (Refusal, UnicodeError):
        return set()


def repeating(path: Path, encoding: str, width: int) -> set[int]:
    seen: list[set[str]] = [set() for _ in range(width)]
    contents = [Contents() for _ in range(width)]
    found: set[int] = set()
    with text_of(path, encoding) as lines:
        mark, fields, above = header_line(lines, None, ImportTerms())
        lines.give_back(above)
        rows: Iterator[object] = islice(records(lines, mark), 1, MOST_ROWS)
        for row in rows:
            if not isinstance(row, SheetRecord) or len(row.fields) != width or any(map(is_total, row.fields)):
                continue
            for at, cell in enumerate(map(str.strip, row.fields)):
                if is_blank(cell) or cell in seen[at]:
                    found.add(at)
                seen[at].add(cell)
                contents[at].see(cell)
    dated = {at for at, one in enumerate(contents) if one.filled and one.dates == one.filled}
    return found | dated | {at for at, header in enumerate(fields) if tells_no_deal(header)}
