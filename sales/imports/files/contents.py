"""Contents: what the cells of one column are, where its header does not say it by itself."""

import re
from collections import Counter
from dataclasses import dataclass, field

from sales.imports.files.amounts import LONGEST_AMOUNT
from sales.imports.files.blanks import is_blank
from sales.imports.files.currencies import apart, currencies_marked
from sales.imports.files.dates import is_date
from sales.language.typed_text import shorten

LOOKED_AT = 500  # filled cells; what a column is shows in far fewer
MOSTLY = 0.9  # of the cells: a slip or two makes no other column of it
SAMPLES = 3
LONGEST_OWNER = 80
SHARES = 100  # a figure up to it may be per cent
MOST_DIGITS = 11  # of money; longer figures are ids and moments
FLAGS = frozenset(
    {"true", "false", "yes", "no", "y", "n", "t", "f", "0", "1", "x", "ja", "nein", "si", "sí", "oui", "non"}
)


@dataclass
class Contents:
    """The filled cells of a column, by what they could be."""

    filled: int = 0
    dates: int = 0
    amounts: int = 0
    names: int = 0
    large: int = 0  # amounts of more than a hundred, which are no share of one
    samples: list[str] = field(default_factory=list)

    @property
    def is_known(self) -> bool:
        """Whether enough was seen."""
        return self.filled >= LOOKED_AT

    @property
    def is_flag(self) -> bool:
        """Whether the cells say yes or no."""
        return bool(self.samples) and all(one.casefold() in FLAGS for one in self.samples)

    def see(self, cell: str) -> None:
        """Take one tidied cell into account."""
        if self.is_known or is_blank(cell):
            return
        self.filled += 1
        dated = is_date(cell)
        self.dates += dated
        if not dated and is_amount(cell):
            self.amounts += 1
            self.large += is_large(cell)
        self.names += len(cell) <= LONGEST_OWNER and any(each.isalpha() for each in cell) and not dated
        if len(self.samples) < SAMPLES and shorten(cell) not in self.samples:
            self.samples.append(shorten(cell))

    def fits(self, meaning: str, share: float = MOSTLY) -> bool:
        """Say whether most cells are of the kind that a meaning wants, or such a share of them."""
        match meaning:
            case "value":
                right = self.amounts
            case "opened" | "closed" | "expected":
                right = self.dates
            case _:
                right = self.names
        return self.filled > 0 and right >= share * self.filled


def is_amount(cell: str) -> bool:
    """Say whether a cell could be money: digits and their marks, a currency beside them at most, or its name."""
    if len(cell) > LONGEST_AMOUNT or not any(each.isdecimal() for each in cell):
        return False
    letters = [each for each in cell if each.isalpha()]
    if "%" in cell or ":" in cell:
        return False
    return len(letters) <= 3 or bool(currencies_marked(apart(cell)[1]))


def is_large(cell: str) -> bool:
    """Say whether an amount is of more than a hundred, and has no more digits than money has."""
    whole = re.sub(r"[.,]\d{1,2}\D*$|\D", "", cell)
    return int(whole or 0) > SHARES and len(whole) <= MOST_DIGITS


@dataclass
class Words:
    """The distinct words of a stage column, with their counts, up to a bound that no list of stages has."""

    MOST = 500
    counts: Counter[str] = field(default_factory=Counter)

    def see(self, cell: str) -> None:
        """Take one cell into account."""
        if cell in self.counts or len(self.counts) < self.MOST:
            self.counts[cell] += 1
