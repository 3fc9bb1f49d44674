"""Sheets: lines of a CSV file as records, each with the line it begins on, whatever quotation marks do.

A quotation mark that opens and never closes would make the rest of the file one field. Here it costs its own
line only: the line is refused and reading goes on with the next.
"""

import csv
import io
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from sales.language.figures import number

MAX_CHARACTERS = 131_072  # of a line and of a record: twice the longest text field a CRM lets one type
MAX_COLUMNS = 4_000  # with a name: a CRM has some hundreds, and each is held against every kind of file
MAX_LINES = 200  # of one record: a longer one is a quotation mark that was not closed
DELIMITERS = (",", ";", "\t", "|")

_SEPARATOR_LINE = re.compile(r'\s*"?sep=(.)"?\s*', re.I)  # how a spreadsheet says its delimiter
_UNREADABLE = re.compile("[\udc80-\udcff]")  # bytes that are no letter in the file's encoding
_QUOTED_PART = re.compile(r'"[^"]*"?')


class SheetRecord(NamedTuple):
    """The fields of one row and the line it begins on, counted from 1. A blank line has no fields."""

    line: int
    fields: list[str]

    @property
    def blank(self) -> bool:
        return not any(field and not field.isspace() for field in self.fields)


class Damaged(NamedTuple):
    """A line that is not a row, and why."""

    line: int
    reason: str


class SheetLines:
    """Lines with a way back: what was looked at in vain is read again."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.source = iter(lines)
        self.returned: deque[str] = deque()
        self.number = 0

    def take(self) -> str | None:
        line = self.returned.popleft() if self.returned else next(self.source, None)
        self.number += line is not None
        return line

    def give_back(self, lines: list[str]) -> None:
        self.returned.extendleft(reversed(lines))
        self.number -= len(lines)


def limited_lines(readline: Callable[[int], str]) -> Iterator[str]:
    """Yield lines; of one longer than MAX_CHARACTERS only a beginning that `records` refuses.

    Holds one line in memory, whatever the file is.
    """
    while line := readline(MAX_CHARACTERS + 1):
        yield line
        while len(line) > MAX_CHARACTERS and not line.endswith(("\n", "\r")):
            line = readline(MAX_CHARACTERS + 1)


def records(lines: SheetLines, delimiter: str) -> Iterator[SheetRecord | Damaged]:
    """Yield every row, or the line that is none and the reason; no line is passed over in silence."""
    while (line := lines.take()) is not None:
        number = lines.number
        if problem := damage(line):
            yield Damaged(number, problem)
        elif '"' not in line:
            bare = line.rstrip("\r\n")
            yield SheetRecord(number, bare.split(delimiter) if bare else [])
        else:
            yield quoted_record(line, lines, delimiter)


def quoted_record(first: str, lines: SheetLines, delimiter: str) -> SheetRecord | Damaged:
    """Read a record with quotation marks, which may run over several lines."""
    number, text, taken = lines.number, first, list[str]()
    while True:
        fields = parsed(text, delimiter)
        if fields is not None:
            problem = damage(text)
            return Damaged(number, problem) if problem else SheetRecord(number, fields)
        line = lines.take() if runs_on(text, delimiter) and len(taken) < MAX_LINES else None
        while line is not None and '"' not in line and len(taken) < MAX_LINES:
            taken.append(line)
            line = lines.take()
        if line is None:
            lines.give_back(taken)
            return Damaged(number, "a quotation mark opens and does not close properly")
        taken.append(line)
        text = first + "".join(taken)


def parsed(text: str, delimiter: str) -> list[str] | None:
    """Return the fields of exactly one well-formed record, or None."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def runs_on(text: str, delimiter: str) -> bool:
    """Say whether the text ends inside a quoted field, so that the next line belongs to it."""
    return len(text) <= MAX_CHARACTERS and parsed(text + '"', delimiter) is not None


def damage(text: str) -> str | None:
    """Return why the text cannot be read, or None."""
    if too_long := overlong(text, ()):
        return too_long
    if "\0" in text:
        return "has NUL bytes; the file may be damaged or not a CSV file"
    if not text.isascii() and (_UNREADABLE.search(text) or "\ufffd" in text):
        return "has letters that are not readable in the file's encoding; save the file as UTF-8"
    return None


def overlong(line: str, fields: Sequence[str]) -> str | None:
    """Return why a line with these fields is too long to name columns, or None."""
    if len(line) > MAX_CHARACTERS:
        return f"is longer than {number(MAX_CHARACTERS)} characters"
    if sum(not field.isspace() for field in fields if field) > MAX_COLUMNS:
        return f"has more than {number(MAX_COLUMNS)} cells that are filled"
    return None


def delimiter_of(header: str) -> str:
    """Return the delimiter that divides the header most; quoted parts do not count."""
    bare = _QUOTED_PART.sub("", header)
    return max(DELIMITERS, key=bare.count)


def announced_delimiter(line: str) -> str | None:
    """Return the delimiter of a "sep=;" line, which is no row, or None for any other line."""
    match = _SEPARATOR_LINE.fullmatch(line)
    return match[1] if match else None
