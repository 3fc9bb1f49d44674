"""Rivals: two columns of a plain list that go by names for one thing, and do not say the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Self

from sales.imports.files.blanks import is_blank
from sales.imports.files.header import Draft
from sales.imports.files.names import tidy_cell
from sales.imports.files.presets import OPPORTUNITIES
from sales.imports.files.questions import ColumnQuestion
from sales.language.typed_text import shorten

DECISIVE = ("value", "closed", "owner", "stage")  # of what else there is twice, the first is as good
SAMPLES = 3


@dataclass
class RivalEvidence:
    """What the columns of one meaning have shown: which of them differ, and cells of each.

    `contested` are the positions of each meaning that has several, where no vendor says which of them is it.
    """

    contested: Mapping[str, tuple[int, ...]]
    differing: set[tuple[int, int]] = field(default_factory=set)
    samples: dict[int, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, draft: Draft) -> Self:
        """Return the evidence to gather of a header."""
        if draft.preset is not OPPORTUNITIES:
            return cls({})
        found = {meaning: draft.places.get(meaning, ()) for meaning in DECISIVE}
        several = {meaning: places for meaning, places in found.items() if len(places) > 1}
        return cls({meaning: places for meaning, places in several.items() if meaning not in draft.actual})

    def see(self, cells: Sequence[str]) -> None:
        """Take one row into account."""
        for meaning, places in self.contested.items():
            filled = {at: cell for at in places if not is_blank(cell := tidy_cell(cells[at]))}
            for at, cell in filled.items():
                shown = self.samples.setdefault(at, [])
                if len(shown) < SAMPLES and shorten(cell) not in shown:
                    shown.append(shorten(cell))
            compared = places if meaning == "value" else tuple(filled)  # money beside nothing is not nothing
            self.differing |= {
                pair for pair in combinations(compared, 2) if filled.get(pair[0]) != filled.get(pair[1])
            }

    def questions(self, headers: Sequence[str], fitting: Mapping[str, Sequence[int]]) -> list[ColumnQuestion]:
        """Return the columns somebody has to choose from, of those whose content can be what they are called."""
        return [
            ColumnQuestion(headers[at], meaning, tuple(self.samples.get(at, ())))
            for meaning in self.contested
            for at in fitting.get(meaning, ())
            if any(at in pair and set(pair) <= set(fitting[meaning]) for pair in self.differing)
        ]
