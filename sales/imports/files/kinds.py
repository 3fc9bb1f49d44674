"""Kinds: what a file is by its first bytes, whatever it is called."""

import re

LOOKED_AT = 512  # bytes

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old workbook (.xls) or one with a password"),
    (b"\x1f\x8b", "a compressed archive (gzip)"),
    (b"7z\xbc\xaf", "a compressed archive (7z)"),
    (b"Rar!", "a compressed archive (rar)"),
    (b"BZh", "a compressed archive (bzip2)"),
    (b"\xfd7zXZ", "a compressed archive (xz)"),
    (b"SQLite format 3\0", "a database"),
    (b"PAR1", "a Parquet file"),
    (b"{\\rtf", "a text document (RTF)"),
)
_PAGE = re.compile(rb"\s*(?:<!doctype\s+html|<html|<head|<body)", re.I)
_XML = re.compile(rb"\s*<\?xml", re.I)
_JSON = re.compile(rb'\s*[\[{]\s*(?:["{\[]|\Z)')
ZIP = b"PK"


def other_kind(first: bytes) -> str | None:
    """Return what a file is that is no text and no workbook, in words; None where it may be either."""
    if first.startswith(b"BM") and first[6:10] == b"\0\0\0\0":
        return "a picture (BMP)"
    for beginning, kind in _BEGINNINGS:
        if first.startswith(beginning):
            return kind
    bare = first.removeprefix(b"\xef\xbb\xbf")
    if _PAGE.match(bare):
        return "a web page (HTML)"
    if _XML.match(bare):
        return "an XML file"
    return "a JSON file" if _JSON.match(bare) else None


def may_be_workbook(first: bytes) -> bool:
    """Say whether a file is a zip archive, as workbooks are."""
    return first.startswith(ZIP)
