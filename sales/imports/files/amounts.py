"""Amounts in files: plain digits, or as a spreadsheet formats them for people."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel.numbers import get_currency_precision

from sales.language.money import MAX_MINOR, parse_money
from sales.language.typed_text import shorten
from sales.refusal import Refusal

LONGEST_AMOUNT = 60  # with every sign and separator there is; anything longer is text

_PLAIN = re.compile(r"\d{1,13}(?:\.\d{1,2})?")
_NOTHING = re.compile(r"[^\d\w]*[-–—][^\d\w]*")  # how an accounting format shows zero
_NEGATIVE = re.compile(r"[^\d\w]*[-−–(].*\d.*|.*\d\s*[-−–]\W*")
_DOT_DECIMAL = re.compile(r"\D*\d+(?:,\d{3})*\.\d{1,2}\D*|\D*\d{1,3}(?:,\d{3})+\.\d+\D*")
_COMMA_DECIMAL = re.compile(r"\D*\d+(?:\.\d{3})*,\d{1,2}\D*|\D*\d{1,3}(?:\.\d{3})+,\d+\D*")
_LONE_MARK = re.compile(r"\D*\d{1,3}([.,])\d{3}\D*")


@dataclass
class AmountEvidence:
    """What the amounts of one column have shown of their decimal mark."""

    dot: bool = False
    comma: bool = False

    def see(self, text: str) -> None:
        """Take one cell into account."""
        if text.isdecimal() or len(text) > LONGEST_AMOUNT:
            return
        self.dot = self.dot or _DOT_DECIMAL.fullmatch(text) is not None
        self.comma = self.comma or _COMMA_DECIMAL.fullmatch(text) is not None

    @property
    def mark(self) -> str | None:
        """Return the decimal mark the column shows, or None where it shows none or both."""
        if self.dot == self.comma:
            return None
        return "." if self.dot else ","


@lru_cache(maxsize=8192)
def read_amount(text: str, currency: str, mark: str | None = None) -> int:
    """Return the amount of a cell in whole minor units of `currency`, zero or more.

    `mark` is the decimal mark the column shows: with a dot, 1.054 is not one thousand and fifty-four.

    Raises:
        ValueError: with the reason, for a person.
    """
    if _PLAIN.fullmatch(text) and not (mark == "," and _LONE_MARK.fullmatch(text)):
        minor = Decimal(text) * 10 ** get_currency_precision(currency)
        if minor != minor.to_integral_value():
            raise too_fine(text, currency)
        if minor > MAX_MINOR:
            raise ValueError(f"“{shorten(text)}” is more than one deal can be worth")
        return int(minor)
    if _NOTHING.fullmatch(text):
        return 0
    if len(text) > LONGEST_AMOUNT:
        raise ValueError(f"“{shorten(text)}” does not read as an amount")
    if set(re.findall(r"\d", text)) == {"0"} and not re.search(r"[^\W\d_]{4}", text):
        return 0
    if _NEGATIVE.fullmatch(text):
        raise ValueError(f"“{shorten(text)}” is negative")
    lone = _LONE_MARK.fullmatch(text)
    if lone and lone[1] == mark and get_currency_precision(currency) < 3:
        raise too_fine(text, currency)
    try:
        return parse_money(text, currency)
    except Refusal as refused:
        raise ValueError(refused.text.rstrip(".")) from refused


def too_fine(text: str, currency: str) -> ValueError:
    return ValueError(f"“{shorten(text)}” is finer than the smallest {currency} unit")
