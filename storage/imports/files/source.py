"""Files: opened, their kind, encoding, delimiter, header and preset found, and read row by row.

A file is read three times: for its encoding, for what single rows cannot tell, and for its rows. Only one row is
ever held in memory. A workbook is turned into text by a process of its own first.
"""

import codecs
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sales.imports.files.amounts import Units
from sales.imports.files.encoding import OLDER, TextReading, encoding_of, on_bad_bytes, readings
from sales.imports.files.groups import filled_rows
from sales.imports.files.header import Layout, drafted, headings_in, is_header
from sales.imports.files.kinds import LOOKED_AT, may_be_workbook, other_kind
from sales.imports.files.other_lists import other_list, require_known_list
from sales.imports.files.preset import FileKind, Preset
from sales.imports.files.presets import CRM_FILES, PRESETS
from sales.imports.files.questions import UNITS_TOLD, EncodingQuestion, Question, SheetQuestion, UnsureFile
from sales.imports.files.sheet import (
    MAX_CHARACTERS,
    Damaged,
    SheetLines,
    SheetRecord,
    announced_delimiter,
    delimiter_of,
    limited_lines,
    overlong,
    parsed,
    records,
    runs_on,
)
from sales.imports.files.shortfall import fits_nothing, no_fit
from sales.imports.files.survey import Survey, surveyed
from sales.imports.files.terms import ImportTerms
from sales.language.figures import listed, plural
from sales.language.typed_text import shorten
from sales.refusal import Refusal
from storage.imports.files.stoppable import stoppable
from storage.imports.files.workbook import sheets_of

ABOVE_HEADER = 30  # lines in which column names are looked for: a title, filters, a date
HEADING_LINES = 20  # over which the names of columns may run
SHOWN_SHEETS = 8


@dataclass(frozen=True)
class ImportSource:
    """A file that can be read, and everything its first passes have shown.

    `notes` say what was found out that a person may want to know. `name` is what the file is called, also where
    `path` is what was unpacked of it. `settled` are the questions that what was said answers, where the file leaves
    them open; of a workbook also which `sheet` it is read from.
    """

    path: Path
    name: str
    encoding: str
    delimiter: str
    header_line: int
    layout: Layout
    survey: Survey
    notes: tuple[str, ...] = ()
    settled: tuple[Question, ...] = ()
    sheet: str = ""


def sources(path: Path, terms: ImportTerms, kept: ExitStack) -> tuple[list[ImportSource], list[str]]:
    """Return the file, or the CRM tables of a folder in reading order, and the CSV files left alone.

    What has to be unpacked is there until `kept` is closed.

    Raises:
        UnsureFile: if a file can be read once somebody has said what it leaves open.
        Refusal: if nothing there can be read, saying which file and why.
    """
    preset = PRESETS[terms.preset] if terms.preset else None
    if not path.is_dir():
        return [prepared(path, preset, terms, kept)], []
    files = {each.name.lower(): each for each in sorted(path.iterdir()) if each.is_file()}
    tables = [(files[name], table) for name, table in CRM_FILES.items() if name in files]
    others = [name for name in files if name.endswith(".csv") and name not in CRM_FILES]
    if not tables:
        there = f"; there is {', '.join(others[:5])}" if others else ""
        raise Refusal(
            f"{path} has none of {', '.join(CRM_FILES)}{there}. Name a file of another kind by itself."
        )
    return [prepared(file, table, terms, kept) for file, table in tables], others


def prepared(path: Path, preset: Preset | None, terms: ImportTerms, kept: ExitStack) -> ImportSource:
    """Return a file as a source, after its first passes.

    Raises:
        UnsureFile: if somebody has to say what a column, a date or a letter is.
        Refusal: if it is no table, or its columns are not known.
    """
    try:
        with path.open("rb") as file:
            first = file.read(LOOKED_AT)
        if may_be_workbook(first):
            if terms.encoding is not None:
                raise Refusal("is a workbook, which says itself what its letters are. Leave --encoding out.")
            return of_workbook(path, preset, terms, kept)
        if kind := other_kind(first):
            raise Refusal(f"is {kind}, no table. Export the deals as CSV or .xlsx, and import that.")
        if terms.sheet is not None:
            raise Refusal(f"is no workbook, so it has no sheet “{shorten(terms.sheet)}”. Leave --sheet out.")
        return of_text(path, path.name, preset, terms)
    except Refusal as refused:
        refused.text = f"{path.name}: {refused.text}"
        refused.args = (refused.text,)
        raise
    except OSError as trouble:
        raise Refusal(f"{path} cannot be read: {trouble.strerror}.") from trouble


def of_workbook(path: Path, preset: Preset | None, terms: ImportTerms, kept: ExitStack) -> ImportSource:
    """Return the sheet of a workbook that has deals.

    Raises:
        UnsureFile: if several have.
        Refusal: if it cannot be opened, or none has.
    """
    every = sheets_of(path, kept)
    sheets = {name: file for name, file in every.items() if terms.sheet in (None, name)}
    if not sheets:
        raise Refusal(f"The workbook has no sheet “{terms.sheet}”; there is {quoted(every)}.")
    fitting = [name for name, file in sheets.items() if has_header(file, preset, terms)]
    if len(fitting) > 1:
        raise UnsureFile([SheetQuestion(tuple(fitting))])
    if not fitting and len(sheets) > 1:
        raise Refusal(
            f"None of the sheets {quoted(sheets)} has the columns of deals. Say which it is.",
            example='--sheet "…"',
        )
    name = fitting[0] if fitting else next(iter(sheets))
    source = of_text(sheets[name], path.name, preset, terms)
    if len(every) == 1:
        return source
    left = quoted(one for one in every if one != name)
    notes = (f"Read from sheet “{name}”; left aside: {left}.", *source.notes)
    return replace(source, notes=notes, settled=(SheetQuestion(tuple(every)), *source.settled), sheet=name)


def quoted(names: Iterable[str]) -> str:
    return listed([f"“{shorten(name)}”" for name in names], most=SHOWN_SHEETS)


def has_header(path: Path, preset: Preset | None, terms: ImportTerms) -> bool:
    """Say whether a file of text has a line that names the columns of deals."""
    try:
        with text_of(path, "utf-8") as lines:
            _, fields, _ = header_line(lines, preset, terms)
    except Refusal:
        return False
    return is_header(fields, preset, terms.columns, by_name=terms.by_name) and other_list(fields) is None


def of_text(path: Path, name: str, preset: Preset | None, terms: ImportTerms) -> ImportSource:
    reading = encoding_in(path, terms.encoding)
    with header_read(path, reading.encoding, preset, terms) as (lines, delimiter, header):
        if preset is None and not terms.columns:
            require_known_list(header.fields)
        draft = drafted(header.fields, preset, terms.columns, by_name=terms.by_name)
        if fits_nothing(draft):
            raise no_fit(draft, asked=preset is not None)
        body = below_header(lines, delimiter, header, footer=draft.preset.footer)
        layout, survey = surveyed(body, draft, terms)
    notes = []
    if reading.words:
        notes.append(f"Read as {reading.name}: {reading.words}.")
    if layout.preset.kind is FileKind.DEALS and "value" not in layout.at:
        notes.append("No column holds a value: every deal counts as 0 until it has one.")
    if layout.preset.kind is FileKind.DEALS and not layout.has_ids:
        notes.append("The file has no ids: its deals are known by name and company.")
    if layout.units is not Units.WHOLE:
        notes.append(
            f"The amounts in “{shorten(layout.header('value'))}” are taken {UNITS_TOLD[layout.units]}."
        )
    if survey.totals:
        notes.append(f"{plural(survey.totals, 'row')} of totals left aside: they add up others.")
    if survey.groups:
        grouped = quoted(layout.headers[at] for at in survey.groups)
        notes.append(f"The file is a report in groups: empty cells of {grouped} are read from the row above.")
    if header.line > 1:
        notes.append(f"The column names stand on line {header.line}.")
    settled = [*letters_settled(path, terms.encoding), *survey.settled]
    return ImportSource(
        path,
        name,
        reading.encoding,
        delimiter,
        header.line,
        layout,
        survey,
        tuple(notes),
        tuple(settled),
    )


def rows(source: ImportSource) -> Iterator[SheetRecord | Damaged]:
    """Yield the rows of a file below its header; blank lines, totals and a report's closing words are no rows."""
    with text_of(source.path, source.encoding) as lines:
        for _ in range(source.header_line - 1):
            lines.take()
        header = next(records(lines, source.delimiter))
        assert isinstance(header, SheetRecord)
        layout = source.layout
        found = below_header(lines, source.delimiter, header, footer=layout.preset.footer)
        if layout.preset.kind is FileKind.DEALS:
            found = (row for row in found if isinstance(row, Damaged) or not layout.is_total(row.fields))
        yield from filled_rows(found, source.survey.groups) if source.survey.groups else found


def encoding_in(path: Path, asked: str | None) -> TextReading:
    """Return the encoding of a file; `words` where it took a code page that nobody named.

    Raises:
        UnsureFile: if several code pages fit.
        Refusal: if none does, or the one asked for is not known.
    """
    if asked is not None:
        try:
            return TextReading(codecs.lookup(asked).name, "")
        except LookupError as unknown:
            raise Refusal(
                f"“{asked}” is no encoding that is known.", example="--encoding windows-1252"
            ) from unknown
    encoding, telling = letters_in(path)
    if encoding:
        return TextReading(encoding, "")
    found = readings(telling)
    if not found:
        raise Refusal(
            "Its letters are not UTF-8, and it cannot be told what they are instead. Save it as UTF-8, or say with "
            "--encoding how it was saved: windows-1252 in Western Europe, windows-1250 in Central Europe, mac-roman "
            "on an older Mac."
        )
    if len(found) > 1 or found[0].encoding in OLDER:
        raise UnsureFile([EncodingQuestion(tuple((one.name, one.words) for one in found))])
    return found[0]


def letters_settled(path: Path, asked: str | None) -> list[EncodingQuestion]:
    """Return what somebody has said of the letters of a file, as the question it answers."""
    if asked is None:
        return []
    encoding, telling = letters_in(path)
    found = [] if encoding else readings(telling)
    return [EncodingQuestion(tuple((one.name, one.words) for one in found))] if found else []


def letters_in(path: Path) -> tuple[str, list[bytes]]:
    """Return the encoding that a file shows by itself, "" where it shows none, and lines by which it may be told."""
    with path.open("rb") as file:
        readline = stoppable(file.readline)
        return encoding_of(iter(lambda: readline(MAX_CHARACTERS), b""))


@contextmanager
def text_of(path: Path, encoding: str) -> Iterator[SheetLines]:
    with path.open(encoding=encoding, errors=on_bad_bytes(encoding), newline="") as file:
        yield SheetLines(limited_lines(stoppable(file.readline)))


@contextmanager
def header_read(
    path: Path, encoding: str, preset: Preset | None, terms: ImportTerms
) -> Iterator[tuple[SheetLines, str, SheetRecord]]:
    """Open a file and read its header; yields the lines below it, the delimiter and the column names."""
    with text_of(path, encoding) as lines:
        delimiter, _, above = header_line(lines, preset, terms)
        lines.give_back(above)
        header = next(records(lines, delimiter))
        if isinstance(header, Damaged):
            raise Refusal(f"The line with the column names (line {header.line}) {header.reason}.")
        yield lines, delimiter, header


def header_line(
    lines: SheetLines, preset: Preset | None, terms: ImportTerms
) -> tuple[str, list[str], list[str]]:
    """Find the line with the column names; return its delimiter, its fields, and it with all that was read after it.

    It is the first that names every column that is needed; else the one with most of them; else the first with
    anything on it.

    Raises:
        Refusal: if there is nothing, or only what is too long to name columns.
    """
    looked, delimiter, unfit = list[str](), None, ""
    best: tuple[int, int, str, list[str]] | None = None
    while len(looked) < ABOVE_HEADER and (line := lines.take()) is not None:
        looked.append(line)
        announced = announced_delimiter(line)
        if announced is not None or not line.strip(' \t\r\n,;"'):
            delimiter = announced or delimiter
            continue
        mark = delimiter or delimiter_of(line)
        fields = headings_from(line, lines, mark) or line.rstrip("\r\n").split(mark)
        if problem := overlong(line, fields):
            unfit = unfit or f"The line with the column names (line {len(looked)}) {problem}."
            continue
        if is_header(fields, preset, terms.columns, by_name=terms.by_name):
            return mark, fields, looked[-1:]
        found = headings_in(fields)
        if best is None or found > max(best[0], 1):
            best = (found, len(looked) - 1, mark, fields)
    if best is None or (unfit and best[0] < 2):
        raise Refusal(unfit or "The file is empty.")
    _, at, mark, fields = best
    return mark, fields, looked[at:]


def headings_from(line: str, lines: SheetLines, mark: str) -> list[str] | None:
    """Return the cells of a line, which may run over those below it where a heading does; None where it is none.

    The lines below are given back.
    """
    taken, text = list[str](), line
    while (fields := parsed(text, mark)) is None and runs_on(text, mark) and len(taken) < HEADING_LINES:
        if (below := lines.take()) is None:
            break
        taken.append(below)
        text += below
    lines.give_back(taken)
    return fields


def below_header(
    lines: SheetLines, delimiter: str, header: SheetRecord, *, footer: bool
) -> Iterator[SheetRecord | Damaged]:
    ended = False
    for row in records(lines, delimiter):
        if isinstance(row, SheetRecord):
            if row.blank:
                ended = footer
                continue
            if ended and sum(map(bool, row.fields)) == 1:
                continue
            if row.fields == header.fields:
                continue  # a table in groups, each under the same names
        yield row
