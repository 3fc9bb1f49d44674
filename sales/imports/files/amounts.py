"""Amounts in files: plain digits, or as a spreadsheet formats them for people.

1.200 alone is twelve hundred or one and a fifth. What stands with it in its column settles it: 0.125, 1.5 and 18400.500
have a decimal point, 1.234.567 has none.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from babel.numbers import get_currency_precision

from sales.language.money import MAX_MINOR, parse_money
from sales.language.typed_text import shorten
from sales.refusal import Refusal

IN_CRORES = frozenset({"INR", "PKR", "BDT", "NPR", "LKR"})  # in which "cr" counts ten millions
LONGEST_AMOUNT = 60  # with every sign and separator there is; anything longer is text

_PLAIN = re.compile(r"\d{1,13}(?:\.\d{1,2})?")
_NOTHING = re.compile(r"[^\d\w]*[-–—][^\d\w]*")  # how an accounting format shows zero
_CREDIT = re.compile(r"[\d.,\s]*\d\s*(?:cr|dr)\.?", re.I)
_NEGATIVE = re.compile(r"[^\d\w]*[-−–(].*\d.*|.*\d\s*[-−–]\W*")
# One or two digits behind the mark, or more than a thousand has: what a database or a spreadsheet writes. So have three
# behind nought, or behind more than three that are in no groups; and where one mark divides groups, the other is it.
_DOT_DECIMAL = re.compile(
    r"\D*\d+(?:,\d{3})*\.(?:\d{1,2}|\d{4,})\D*|\D*\d{1,3}(?:,\d{3})+\.\d+\D*|\D*(?:0+|\d{4,})\.\d{3}\D*"
    r"|\D*\d{1,3}(?:,\d{3}){2,}\D*"
)
_COMMA_DECIMAL = re.compile(
    r"\D*\d+(?:\.\d{3})*,(?:\d{1,2}|\d{4,})\D*|\D*\d{1,3}(?:\.\d{3})+,\d+\D*|\D*(?:0+|\d{4,}),\d{3}\D*"
    r"|\D*\d{1,3}(?:\.\d{3}){2,}\D*"
)
_POINT_OR_GROUP = re.compile(r"\D*[1-9]\d{0,2}\.\d{3}\D*")
_TAIL = re.compile(r"(\D*)(\d[\d.,'’\s]*?)([.,])(\d{4,})(\D*)|(\D*)(\d{4,})([.,])(\d{3})(\D*)")
_EXPONENT = re.compile(r"(\d+)(?:[.,](\d+))?[eE]([+-]?\d{1,3})")
_NO_CENTS = re.compile(r"(?<=\d[.,])[-–—]{1,2}(?!\d)")  # 500,- and 500.– are whole
_LONE_MARK = re.compile(r"\D*\d{1,3}([.,])\d{3}\D*")


# "12 kEUR", "1.2 MEUR": a thousand or a million written on to the currency
_GLUED = re.compile(r"([\d.,\s'’]*\d)\s*([kKMm])\s*((?:[A-Z]{3}|[€$£¥]))")


class DecimalMark(StrEnum):
    """What stands before the cents."""

    DOT = "dot"
    COMMA = "comma"

    @property
    def sign(self) -> str:
        return "." if self is DecimalMark.DOT else ","


class Units(StrEnum):
    """What the figures of a column count: a header may say that 12 is 12,000."""

    CENTS = "cents"
    WHOLE = "whole"
    THOUSANDS = "thousands"
    LAKHS = "lakhs"
    MILLIONS = "millions"
    CRORES = "crores"


POWERS: Mapping[Units, int] = {
    Units.WHOLE: 0, Units.THOUSANDS: 3, Units.LAKHS: 5, Units.MILLIONS: 6, Units.CRORES: 7,
}  # fmt: skip


@dataclass
class AmountEvidence:
    """What the amounts of one column have shown of their decimal mark; `example` is one that reads with either.

    `first` is the first of them.
    """

    dot: bool = False
    comma: bool = False
    example: str = ""
    first: str = ""
    shown: dict[str, str] = field(default_factory=dict)  # the first amount that shows a mark, by the mark

    def see(self, text: str) -> None:
        """Take one cell into account."""
        self.first = self.first or text
        text = _NO_CENTS.sub("00", text)
        if text.isdecimal() or len(text) > LONGEST_AMOUNT:
            return
        if not self.dot and _DOT_DECIMAL.fullmatch(text):
            self.dot, self.shown["."] = True, text
        if not self.comma and _COMMA_DECIMAL.fullmatch(text):
            self.comma, self.shown[","] = True, text
        if not self.example and _POINT_OR_GROUP.fullmatch(text):
            self.example = text

    @property
    def mark(self) -> str | None:
        """Return the decimal mark the column shows, or None where it shows none or both."""
        if self.dot == self.comma:
            return None
        return "." if self.dot else ","

    def against(self, mark: str) -> str:
        """Return the amount that shows another mark, where others read with either; "" where none does."""
        return self.shown.get(self.mark, "") if self.example and self.mark not in (None, mark) else ""

    @property
    def unclear(self) -> str:
        """An amount that can be read two ways, where nothing in the column tells; "" where there is none."""
        return self.example if self.mark is None else ""


@lru_cache(maxsize=8192)
def read_amount(text: str, currency: str, mark: str | None = None, units: Units = Units.WHOLE) -> int:
    """Return the amount of a cell in whole minor units of `currency`, zero or more.

    `mark` is the decimal mark the column shows: with a dot, 1.054 is not one thousand and fifty-four. `units` are what
    its header says the figures count.

    Raises:
        ValueError: with the reason, for a person.
    """
    text = _NO_CENTS.sub("00", text)
    if units is Units.WHOLE and (glued := _GLUED.fullmatch(text)) is not None:
        text = glued.expand(r"\1\2 \3")
    if _PLAIN.fullmatch(text) and not (mark == "," and _LONE_MARK.fullmatch(text)):
        return whole_minor(Decimal(text), text, currency, units)
    if _NOTHING.fullmatch(text):
        return 0
    if len(text) > LONGEST_AMOUNT:
        raise ValueError(f"“{shorten(text)}” does not read as an amount")
    if set(re.findall(r"\d", text)) == {"0"} and not re.search(r"[^\W\d_]{4}", text):
        return 0
    if currency not in IN_CRORES and _CREDIT.fullmatch(text):
        raise ValueError(f"“{shorten(text)}” may be a credit or in crores; write the figure alone")
    if _NEGATIVE.fullmatch(text):
        raise ValueError(f"“{shorten(text)}” is negative")
    if exponent := _EXPONENT.fullmatch(text):
        return whole_minor(from_exponent(*exponent.groups(default="")), text, currency, units)
    if units is not Units.WHOLE:
        return whole_minor(figure(text, mark, units), text, currency, units)
    lone = _LONE_MARK.fullmatch(text)
    if lone and mark and not re.search(r"[^\W\d_]", text):
        bare = re.sub(r"[^\d.,]", "", text)
        amount = bare.replace(",", ".") if lone[1] == mark else re.sub(r"[.,]", "", bare)
        return whole_minor(Decimal(amount), text, currency)
    try:
        return parse_money(without_tail(text, get_currency_precision(currency)), currency)
    except Refusal as refused:
        raise ValueError(refused.text.rstrip(".")) from refused


def figure(text: str, mark: str | None, units: Units) -> Decimal:
    """Return the number of a cell that holds nothing but one.

    Raises:
        ValueError: for anything else: in a column of thousands, what is “12k”?
    """
    bare = re.sub(r"[\s'’]", "", text)
    if match := _LONE_MARK.fullmatch(bare):
        found = "." if mark == match[1] else ""
        bare = re.sub(r"[.,]", found, bare)
    elif "." in bare and "," in bare:
        last = max(bare.rfind("."), bare.rfind(","))
        bare = f"{re.sub(r'[.,]', '', bare[:last])}.{bare[last + 1 :]}"
    elif bare.count(",") == 1 or bare.count(".") == 1:
        bare = bare.replace(",", ".")
    else:
        bare = re.sub(r"[.,](?=\d{3}(?!\d))", "", bare)
    if not re.fullmatch(r"\d{1,16}(?:\.\d{1,20})?", bare, re.ASCII):
        raise ValueError(f"“{shorten(text)}” is no plain figure, and its column counts in {units}")
    return Decimal(bare)


def whole_minor(amount: Decimal, text: str, currency: str, units: Units = Units.WHOLE) -> int:
    """Return an amount in minor units. Of thousands and more the last digits are rounded to them, half to even.

    Raises:
        ValueError: if it is finer than they are, or too much for a deal.
    """
    power = 0 if units is Units.CENTS else POWERS[units] + get_currency_precision(currency)
    minor = amount.scaleb(power)
    if minor > MAX_MINOR:
        raise ValueError(f"“{shorten(text)}” is more than one deal can be worth")
    if units not in (Units.WHOLE, Units.CENTS):
        minor = minor.quantize(Decimal(1))
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
