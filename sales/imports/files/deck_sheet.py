"""Files of cards: told apart from those of deals and of the library, their letters, and decks as a table."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sales.coaching.drill.card import StoredCard
from sales.coaching.drill.deck_file import (
    COLUMNS,
    BrokenCard,
    WrittenCard,
    areas,
    cells_of,
    from_markdown,
    in_order,
    is_deck,
)
from sales.imports.export.cells import harmless, itself
from sales.imports.files.drop import is_of_library
from sales.imports.files.encoding import (
    CODE_PAGES,
    TextReading,
    by_beginning,
    encoding_of,
    on_bad_bytes,
    readings,
)
from sales.imports.files.kinds import may_be_workbook, other_kind
from sales.imports.files.sheet import (
    Damaged,
    SheetLines,
    SheetRecord,
    announced_delimiter,
    delimiter_of,
    limited_lines,
    parsed,
    records,
)
from sales.language.figures import number, plural
from sales.language.names.match import fold
from sales.refusal import Refusal

MOST_BYTES = 12_000_000  # five thousand cards at their longest, in letters of two bytes
LOOKED_AT = 65_536  # bytes in which a file shows what it is
ABOVE_HEADER = 10  # lines that may stand above the names of columns
ENDINGS = frozenset({"csv", "tsv", "tab", "txt", "md", "markdown"})
BLANK_IN_WORD = re.compile(r"[^\W\d_]\xa0[^\W\d_]")  # one that does not break lines
NAMES: Mapping[str, str] = {
    **{name: name for name in COLUMNS},
    **dict.fromkeys(("deck", "topic", "category"), "area"),
    **dict.fromkeys(("situation", "front"), "question"),
    "back": "answer",
    **dict.fromkeys(("because", "reason"), "why"),
    **dict.fromkeys(("reviewby", "reviewday", "reviewdate"), "review"),
}


class CardLetters(NamedTuple):
    """A file as text. `guessed` names the code page that it did not show, `between` those that somebody chooses from.

    Each of these comes with how the same words read in it.
    """

    text: str
    guessed: str = ""
    between: tuple[tuple[str, str], ...] = ()


class CardHeader(NamedTuple):
    """Which column is which, and how columns are divided."""

    delimiter: str
    at: dict[str, int]
    width: int


def may_hold_cards(name: str) -> bool:
    """Say whether a file may hold cards, by the end of its name; one without an end may."""
    _, dot, ending = name.rpartition(".")
    return not dot or ending.casefold() in ENDINGS


def holds_cards(first: bytes, name: str) -> bool:
    """Say whether a file that begins so holds cards: by its headings, or the names of its columns."""
    if not may_hold_cards(name) or may_be_workbook(first) or other_kind(first) is not None:
        return False
    text = first.decode(by_beginning(first) or "utf-8", "replace")
    if is_of_library(name):
        return is_deck(text)
    return header_in(lines_of(text)) is not None


def letters_of(content: bytes, asked: str | None) -> CardLetters:
    """Return a file as text. `asked` is the code page that somebody chose."""
    encoding, telling = (asked, []) if asked else encoding_of(content.splitlines(keepends=True))
    guessed, found = "", list[TextReading]()
    if not encoding:
        found = code_pages_of(telling)
        encoding = found[0].encoding if found else CODE_PAGES[0]
        guessed = found[0].name if found else encoding
    between = tuple((one.name, one.words) for one in found) if len(found) > 1 else ()
    return CardLetters(content.decode(encoding, on_bad_bytes(encoding)), guessed, between)


def code_pages_of(telling: Sequence[bytes]) -> list[TextReading]:
    """Return the code pages in which these lines are words; none of older machines, nor with a blank in a word."""
    found = [one for one in readings(telling) if one.encoding in CODE_PAGES]
    written = b"\n".join(telling)
    return [one for one in found if not BLANK_IN_WORD.search(written.decode(one.encoding))] or found


def cards_written(text: str, name: str) -> Iterator[WrittenCard | BrokenCard]:
    """Return the cards of a file as it has them.

    Raises:
        Refusal: if a column is missing without which there is no card.
    """
    return from_markdown(text) if is_of_library(name) else from_sheet(text)


def lines_of(text: str) -> SheetLines:
    return SheetLines(limited_lines(io.StringIO(text, newline="").readline))


def header_in(lines: SheetLines) -> CardHeader | None:
    """Return the columns of a table of cards, and leave its lines behind the header; None for any other table."""
    delimiter = None
    for _ in range(ABOVE_HEADER):
        if (line := lines.take()) is None:
            return None
        bare = line.lstrip("\ufeff")
        announced = announced_delimiter(bare)
        if announced is not None or not bare.strip(' \t\r\n,;"'):
            delimiter = announced or delimiter
            continue
        mark = delimiter or delimiter_of(bare)
        fields = parsed(bare, mark) or bare.rstrip("\r\n").split(mark)
        at = {NAMES[fold(one)]: n for n, one in reversed(list(enumerate(fields))) if fold(one) in NAMES}
        is_known = "question" in at and ("answer" in at or "area" in at)
        if is_known and 2 * len(at) >= sum(bool(one.strip()) for one in fields):
            return CardHeader(mark, at, len(fields))
    return None


def from_sheet(text: str) -> Iterator[WrittenCard | BrokenCard]:
    """Yield the cards of a table, and the rows that are none.

    Raises:
        Refusal: if a column is missing without which there is no card.
    """
    lines = lines_of(text)
    header = header_in(lines)
    for name in ("area", "question", "answer"):
        if header is None or name not in header.at:
            mend = f" Each card is in one: {areas()}." if name == "area" else ""
            raise Refusal(f"It has no column “{name}”.{mend} `/drill export` shows what a file looks like.")
    assert header is not None
    for row in records(lines, header.delimiter):
        if isinstance(row, Damaged):
            yield BrokenCard(row.line, "", sentence(row.reason))
        elif len(row.fields) > header.width and any(one.strip() for one in row.fields[header.width :]):
            found = plural(len(row.fields), "cell")
            why = f"It has {found} where the header has {number(header.width)}. A cell with “{header.delimiter}” in it"
            yield BrokenCard(
                row.line, cell(row, header, "question"), f"{why} needs quotation marks around it."
            )
        elif not row.blank:
            yield row_written(row, header)


def row_written(row: SheetRecord, header: CardHeader) -> WrittenCard:
    why = cell(row, header, "why") if "why" in header.at else None
    area, question, answer, owner, review = (
        cell(row, header, name) for name in ("area", "question", "answer", "owner", "review")
    )
    return WrittenCard(row.line, area, question, answer, why, owner, review)


def cell(row: SheetRecord, header: CardHeader, name: str) -> str:
    at = header.at.get(name, len(row.fields))
    return itself(row.fields[at]) if at < len(row.fields) else ""


def sentence(reason: str) -> str:
    """Return why a line cannot be read as a sentence: "is longer than …" is said of it."""
    return f"It {reason}." if reason.startswith(("is ", "has ")) else f"{reason[:1].upper()}{reason[1:]}."


def as_csv(cards: Iterable[StoredCard], people: Mapping[str, str]) -> str:
    """Return decks as a table that no spreadsheet runs anything of."""
    made = io.StringIO()
    writer = csv.DictWriter(made, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for one in in_order(cards):
        writer.writerow(
            {name: harmless(said) if said else "" for name, said in cells_of(one, people).items()}
        )
    return made.getvalue()
