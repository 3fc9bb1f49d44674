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
# One or two digits behind the mark, or more than a thousand has: what a database or a spreadsheet writes.
_DOT_DECIMAL = re.compile(r"\D*\d+(?:,\d{3})*\.(?:\d{1,2}|\d{4,})\D*|\D*\d{1,3}(?:,\d{3})+\.\d+\D*")
_COMMA_DECIMAL = re.compile(r"\D*\d+(?:\.\d{3})*,(?:\d{1,2}|\d{4,})\D*|\D*\d{1,3}(?:\.\d{3})+,\d+\D*")
_TAIL = re.compile(r"(\D*)(\d[\d.,'’\s]*?)([.,])(\d{4,})(\D*)|(\D*)(\d{4,})([.,])(\d{3})(\D*)")
_EXPONENT = re.compile(r"(\d+)(?:[.,](\d+))?[eE]([+-]?\d{1,3})")
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
        return whole_minor(Decimal(text), text, currency)
    if _NOTHING.fullmatch(text):
        return 0
    if len(text) > LONGEST_AMOUNT:
        raise ValueError(f"“{shorten(text)}” does not read as an amount")
    if set(re.findall(r"\d", text)) == {"0"} and not re.search(r"[^\W\d_]{4}", text):
        return 0
    if _NEGATIVE.fullmatch(text):
        raise ValueError(f"“{shorten(text)}” is negative")
    if exponent := _EXPONENT.fullmatch(text):
        return whole_minor(from_exponent(*exponent.groups(default="")), text, currency)
    lone = _LONE_MARK.fullmatch(text)
    if lone and lone[1] == mark and get_currency_precision(currency) < 3:
        return whole_minor(Decimal(re.sub(r"[^\d.,]", "", text).replace(",", ".")), text, currency)
    try:
        return parse_money(without_tail(text, get_currency_precision(currency)), currency)
    except Refusal as refused:
        raise ValueError(refused.text.rstrip(".")) from refused


def whole_minor(amount: Decimal, text: str, currency: str) -> int:
    """Return an amount in minor units.

    Raises:
        ValueError: if it is finer than they are, or too much for a deal.
    """
    minor = amount * 10 ** get_currency_precision(currency)
    if minor > MAX_MINOR:
        raise ValueError(f"“{shorten(text)}” is more than one deal can be worth")
    if minor != minor.to_integral_value():
        raise too_fine(text, currency)
    return int(minor)


def from_exponent(whole: str, part: str, exponent: str) -> Decimal:
    """Return the number that a spreadsheet writes as 2.1E+05."""
    return Decimal(f"{whole}.{part or 0}").scaleb(int(exponent))


def without_tail(text: str, digits: int) -> str:
    """Return an amount with no more digits behind its mark than money has: 7832265.523200001 is 7832265.52.

    Such tails are what adding up in floating point leaves, or a column of a database with more places; the amount is
    rounded to the cent, half to even.
    """
    match = _TAIL.fullmatch(text)
    if match is None:
        return text
    before, whole, mark, part, after = (
        match[at] if match[at] is not None else match[at + 5] for at in range(1, 6)
    )
    amount = Decimal(f"{re.sub(r'[^0-9]', '', whole)}.{part}").quantize(Decimal(1).scaleb(-digits))
    return f"{before}{str(amount).replace('.', mark)}{after}"


def too_fine(text: str, currency: str) -> ValueError:
    return ValueError(f"“{shorten(text)}” is finer than the smallest {currency} unit")
