"""`rainmaker score`: how far what a file says of won and lost deals tells who buys; nothing is stored."""

from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap

from rich.console import Console

from sales.imports.files.sheet import SheetRecord, records
from sales.imports.files.terms import ImportTerms
from sales.language.figures import decimals, number, percent, plural
from sales.prospects.score.outcome_file import OutcomeFile, read_outcomes, scored_groups
from storage.imports.files.source import encoding_in, header_read

WIDE = 80
NAME = 40  # characters of the first column


def read_file(path: Path, encoding: str | None) -> OutcomeFile:
    """Return what a CSV file says of outcomes.

    Raises:
        Refusal: if it cannot be read, or says nothing of who won.
    """
    letters = encoding_in(path, encoding).encoding
    with header_read(path, letters, None, ImportTerms()) as (lines, delimiter, header):
        rows = (
            one.fields for one in records(lines, delimiter) if isinstance(one, SheetRecord) and not one.blank
        )
        return read_outcomes(header.fields, rows)


def scored_file(path: Path, encoding: str | None = None) -> Iterator[str]:
    """Yield the lines of the report on a file of outcomes.

    Raises:
        Refusal: if it cannot be read, or has too few outcomes.
    """
    found = read_file(path, encoding)
    yield from opening(found)
    with Console(stderr=True).status("Trying …"):
        scores = scored_groups(found)
    yield ""
    yield row("What is looked at", "columns", "AUC", "Brier")
    for one in scores:
        yield row(one.name, number(len(one.columns)), decimals(one.auc, 3), decimals(one.brier, 3))
    yield ""
    yield from wrap(
        "Each row was judged by what the other nine tenths taught. AUC: how often, of two deals of which one was won, "
        "that one had the higher chance; 0.5 is luck. Attitude may have been noted late, which a file cannot say.",
        WIDE,
    )
    for one in scores[:-1]:
        yield from wrap(f"{one.name}, which here are {', '.join(one.columns)}.", WIDE)


def opening(found: OutcomeFile) -> Iterator[str]:
    """Yield what was read, what was left out, and what the share that was won scores alone."""
    said = f"{plural(len(found.cases), 'deal')}, {number(found.won)} won ({percent(found.won / len(found.cases))})"
    yield f"{said}, of {plural(found.rows, 'row')}."
    if found.doubles:
        was = (
            "row is an exact double and counts" if found.doubles == 1 else "rows are exact doubles and count"
        )
        yield f"{number(found.doubles)} {was} once."
    if found.open_rows:
        yield f"{plural(found.open_rows, 'row')} without an end left out."
    yield f"The base rate alone has a Brier score of {decimals(found.base_brier, 3)}; 0 is perfect."
    if found.telling:
        yield from wrap(
            f"Left out, as it tells nearly every outcome and so was noted after it: {', '.join(found.telling)}.",
            WIDE,
        )


def row(name: str, columns: str, auc: str, brier: str) -> str:
    return f"{name:<{NAME}}{columns:>9}{auc:>9}{brier:>9}"
