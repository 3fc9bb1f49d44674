"""Shapes: which files are of one sort, whatever they are called, so that what was said of one is known of the next."""

from collections.abc import Sequence

from sales.imports.files.entry import fingerprint
from sales.language.names.match import fold


def shape_of(headers: Sequence[str]) -> str:
    """Return what files have in common that have the same columns, in whatever order and spelling of their names."""
    return fingerprint(tuple(sorted({fold(header) for header in headers} - {""})))
