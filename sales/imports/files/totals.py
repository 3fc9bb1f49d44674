"""Totals: rows below deals, or among them, that add up others. A total is no deal, also where it has a stage."""

import re
from collections.abc import Sequence
from functools import lru_cache

from sales.imports.files.blanks import is_blank
from sales.language.names.match import unaccented

CORE = frozenset(
    {
        "total", "totals", "subtotal", "subtotals", "sum", "sums", "summe", "summen", "gesamt", "gesamtsumme",
        "zwischensumme", "suma", "somme", "totale", "totaal", "subtotaal", "insgesamt", "count", "average", "avg",
        "anzahl",
    }
)  # fmt: skip
BESIDE = frozenset(
    {"grand", "sub", "general", "sous", "overall", "the", "of", "all", "report", "deals", "rows", "records"}
)
OF_A_GROUP = ("total", "subtotal", "gesamt", "summe", "ergebnis")  # as spreadsheets write: "Ida Moss Total"
LONGEST_TOTAL = 40  # characters
IS_TOTAL = "reads as a total of other rows; if it is a deal, give it another name"

_BELOW_A_GROUP = tuple(f" {word}" for word in OF_A_GROUP)
_COUNT = re.compile(r"\(\s*\d[\d.,]*\s*\w*\s*\)")
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=8192)  # a file has few stages and people
def is_total(cell: str) -> bool:
    """Say whether a cell says that its row is a total: "Total", "Grand total:", "Subtotal (3 records)"."""
    text = _COUNT.sub("", cell) if "(" in cell else cell
    if not text or len(text) > LONGEST_TOTAL or any(each.isdecimal() for each in text):
        return False
    words = {unaccented(word) for word in _WORD.findall(text)}
    return bool(words & CORE) and words <= CORE | BESIDE


def is_total_row(cells: Sequence[str], id_at: int, stage_at: int | None = None) -> bool:
    """Say whether a row that can be no deal is a total: its stage or its id says so, or any cell where it has no id."""
    if is_total(cells[id_at]) or (stage_at is not None and is_total(cells[stage_at])):
        return True
    if not is_blank(cells[id_at].strip()):
        return False
    return any(is_total(cell) or unaccented(cell).rstrip().endswith(_BELOW_A_GROUP) for cell in cells if cell)
