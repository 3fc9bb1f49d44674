"""Encodings: how the bytes of a spreadsheet became letters."""

import codecs
from collections.abc import Iterable

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLED = 1000  # bytes looked at for UTF-16 without a mark
NULS_IN_UTF16 = 0.3  # share of NUL among every other byte in Western text; one stray NUL is damage instead


def encoding_of(lines: Iterable[bytes]) -> str:
    """Return the encoding of a file given as lines of bytes; reads on only where the beginning does not tell.

    Without a mark, text is UTF-8 unless most lines with other than English letters are not; then it is
    Windows-1252, as spreadsheets on Windows save it. Single bad lines of a UTF-8 file stay unreadable
    rather than turn every accent of the others into nonsense.
    """
    sure = odd = 0
    for number, line in enumerate(lines):
        if number == 0 and (known := by_beginning(line)):
            return known
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
            sure += 1
        except UnicodeDecodeError:
            odd += 1
    return "cp1252" if odd > sure else "utf-8"


def by_beginning(line: bytes) -> str | None:
    """Return the encoding that the first bytes give away, or None."""
    for mark, name in MARKS:
        if line.startswith(mark):
            return name
    sample = line[:SAMPLED]
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = sample[start::2]
        if len(half) > 1 and half.count(0) / len(half) > NULS_IN_UTF16:
            return name
    return None


def on_bad_bytes(encoding: str) -> str:
    """Return how bytes that are no letter are marked, so that their line can be refused by itself."""
    return "replace" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
