"""Outcomes: which of a row's cells count, now that it is known whether its deal ended: what came of it or what was
expected.
"""

from collections.abc import Sequence

from sales.imports.files.actuals import counts_for
from sales.imports.files.blanks import is_blank
from sales.imports.files.header import Layout
from sales.imports.files.names import tidy_cell
from sales.imports.files.questions import column_option
from sales.language.typed_text import shorten
from sales.pipeline.opportunity import CLOSED, Stage


class OutcomeReader:
    """Reads what came of deals out of a file that says it apart from what was expected of them."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.read_at: dict[str, int] = {}

    def header(self, column: str) -> str:
        """Return what the file calls the column that was read last for this."""
        return self.layout.headers[self.read_at.get(column, self.layout.at[column])]

    @property
    def maybe_expected(self) -> str:
        """What to say of a deal that ended without a date, where the file has one only for what is expected."""
        if "closed" in self.layout.at or "expected" not in self.layout.at:
            return ""
        header = self.layout.header("expected")
        return f"; if {shorten(header)} is that of deals that ended, too: {column_option(header, 'closed')}"

    def settle(self, text: dict[str, str], cells: Sequence[str], stage: Stage | None) -> list[str]:
        """Put into a row's text what counts at its stage; return the reasons why that is not sure."""
        self.read_at.clear()
        reasons = self.also_said(text, cells)
        if stage is None:
            return reasons
        for column, places in self.layout.actual.items():
            filled = {at: cell for at in places if not is_blank(cell := tidy_cell(cells[at]))}
            counting = {at: cell for at, cell in filled.items() if counts_for(self.layout.headers[at], stage)}
            is_only = self.layout.at.get(column) in places
            if counting and (stage is Stage.WON or column == "closed"):
                self.read_at[column], text[column] = next(iter(counting.items()))
            elif column == "closed" and filled:
                at, cell = next(iter(filled.items()))
                text[column] = cell if stage in CLOSED else ""
                reasons.append(self.at_odds(at, cell, stage))
            elif is_only:
                text[column] = "" if column == "closed" else text[column]
            elif (stage is Stage.WON or (column == "closed" and stage in CLOSED)) and text.get(column):
                reasons.append(self.missing(places[0], stage))
        return reasons

    def at_odds(self, at: int, cell: str, stage: Stage) -> str:
        """Say that a deal has a day of its end and a stage that is another."""
        header = shorten(self.layout.headers[at])
        return f"is {stage.value} by its stage, but {header} says {shorten(cell)}; put one of them right"

    def missing(self, at: int, stage: Stage) -> str:
        """Say that a deal ended and what came of it is not there, though the file has a column for it."""
        header = self.layout.headers[at]
        aside = f'leave the column aside (--column "{header}=nothing")'
        return f"is {stage.value} but has no {shorten(header)}; fill it in, or {aside}"

    def also_said(self, text: dict[str, str], cells: Sequence[str]) -> list[str]:
        """Return the reason against a row without a value whose value stands in another column."""
        if text.get("value") or "value" not in self.layout.at:
            return []
        for at in self.layout.also:
            cell = tidy_cell(cells[at])
            if not is_blank(cell):
                header, value = self.layout.headers[at], self.layout.header("value")
                said = f"has no {value}, but {shorten(header)} says {shorten(cell)}"
                return [f'{said}; say which of the two counts (--column "{header}=value")']
        return []
