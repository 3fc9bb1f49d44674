"""How the way out is looked at: the folder that an export fills, read as somebody with a spreadsheet reads it."""

import csv
import io
import re
from pathlib import Path

KINDS = {
    "people": r"people|members?",
    "deals": r"deals?|opportunit",
    "accounts": r"accounts?|customers?|companies",
    "contacts": r"contacts?",
    "goals": r"goals?",
    "followups": r"follow.?ups?",
    "activities": r"activit",
}
RUN_BY_A_SPREADSHEET = ("=", "+", "-", "@", "\t", "\r")
OWN_NUMBERING = r"^(id|number|no\.?)$|[_ ]id$|^id[_ ]|created|updated|imported|changed"


def tables(folder: Path) -> dict[str, list[dict[str, str]]]:
    """Every table of an export, by the name of its file."""
    return {
        path.stem.lower(): list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
        for path in sorted(folder.rglob("*.csv"))
    }


def table(found: dict[str, list[dict[str, str]]], kind: str) -> list[dict[str, str]]:
    """The table of a kind: of those whose names say it, the shortest name."""
    fit = sorted((name for name in found if re.search(KINDS[kind], name)), key=len)
    assert fit, f"No file is about {kind}; there are: {', '.join(found) or 'none'}."
    return found[fit[0]]


def rows(found: dict[str, list[dict[str, str]]], kind: str) -> list[tuple[tuple[str, str], ...]]:
    """What a table says, whatever its rows are numbered by."""
    kept = [
        tuple((name, cell) for name, cell in row.items() if not re.search(OWN_NUMBERING, name, re.IGNORECASE))
        for row in table(found, kind)
    ]
    return sorted(kept)


def run_by_a_spreadsheet(text: str) -> list[str]:
    """The cells of a file that a spreadsheet would run, numbers aside."""
    return [
        cell
        for row in csv.reader(io.StringIO(text, newline=""))
        for cell in row
        if cell.startswith(RUN_BY_A_SPREADSHEET) and not re.fullmatch(r"[-+]?\d+([.,]\d+)*", cell)
    ]


def says(found: dict[str, list[dict[str, str]]], kind: str, *words: str) -> bool:
    """Whether one row of a table holds all of these."""
    return any(
        all(re.search(word, " | ".join(row.values()), re.IGNORECASE) for word in words)
        for row in table(found, kind)
    )
