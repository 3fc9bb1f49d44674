"""Cells: a value as a person reads it in a spreadsheet, and the same value again when it is read in.

A spreadsheet runs a cell that begins like a formula, whatever its file says. So such a text gets an apostrophe before
it, which makes it harmless, and loses it again on the way back. Numbers are written as they are: they run nothing.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Any

from babel.numbers import get_currency_precision

from sales.refusal import Refusal

# What begins a formula, or hides one: the signs themselves and their wide forms, after blanks too, since some programs
# leave those out; and a tab or the end of a line, as Excel looks behind it.
RUNS = r"\s*[=+\-@＝＋－＠]|[\t\r\n]"
# An empty text is one apostrophe, where it has to differ from no text at all.
MADE_HARMLESS = re.compile(rf"'*(?:{RUNS}|\Z)")
WAS_MADE = re.compile(rf"'+(?:{RUNS}|\Z)")
YES, NO = "yes", "no"


class Cell(StrEnum):
    """What a column holds, and so how it is written."""

    TEXT = "text"
    MAYBE = "text, or none"  # where no text and an empty one are two things
    WORD = "word"  # one of a few words of ours
    NUMBER = "number"  # whole
    FRACTION = "fraction"
    MONEY = "money"  # whole minor units, written as an amount of the row's currency
    DAY = "day"
    INSTANT = "instant"
    TIME = "time"
    FLAG = "flag"
    FIELDS = "fields"  # texts by name


def harmless(text: str) -> str:
    """Return a text as a cell that no spreadsheet runs; `itself` gives the text again."""
    return f"'{text}" if MADE_HARMLESS.match(text) else text


def itself(cell: str) -> str:
    """Return the text that a harmless cell was made of."""
    return cell[1:] if WAS_MADE.match(cell) else cell


def written(kind: Cell, value: Any, currency: str = "") -> str:
    """Return a value as a cell; nothing is empty. `currency` is that of an amount."""
    if value is None:
        return ""
    return amount(int(value), currency) if kind is Cell.MONEY else WRITERS[kind](value)


def text_cell(value: Any) -> str:
    return harmless(str(value)) if value != "" else ""


def instant_cell(value: datetime) -> str:
    return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat()}Z"


def flag_cell(value: object) -> str:
    return YES if value else NO


def fields_cell(value: Mapping[str, str]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


WRITERS: Mapping[Cell, Callable[[Any], str]] = {
    Cell.TEXT: text_cell,
    Cell.WORD: text_cell,
    Cell.MAYBE: harmless,
    Cell.NUMBER: str,
    Cell.FRACTION: str,
    Cell.DAY: date.isoformat,
    Cell.TIME: time.isoformat,
    Cell.INSTANT: instant_cell,
    Cell.FLAG: flag_cell,
    Cell.FIELDS: fields_cell,
}


def read(kind: Cell, cell: str, currency: str = "") -> Any:
    """Return the value that a cell was written of; None where it is empty.

    Raises:
        Refusal: if the cell holds something else than its column does.
    """
    if not cell:
        return None
    try:
        return understood(kind, cell, currency)
    except (ValueError, InvalidOperation):
        raise Refusal(f"“{itself(cell)}” is no {kind} as it is written here.") from None


def understood(kind: Cell, cell: str, currency: str) -> Any:
    match kind:
        case Cell.TEXT | Cell.MAYBE | Cell.WORD:
            return itself(cell)
        case Cell.MONEY:
            return minor(cell, currency)
        case Cell.NUMBER:
            return int(cell)
        case Cell.FRACTION:
            return float(cell)
        case Cell.DAY:
            return date.fromisoformat(cell)
        case Cell.TIME:
            return time.fromisoformat(cell)
        case Cell.INSTANT:
            return instant(cell)
        case Cell.FLAG:
            if cell not in (YES, NO):
                raise ValueError(cell)
            return cell == YES
        case Cell.FIELDS:
            return fields(cell)


def fields(cell: str) -> dict[str, str]:
    found = json.loads(cell)
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise ValueError(cell)
    return found


@cache
def digits_of(currency: str) -> int:
    return get_currency_precision(currency)


def amount(value: int, currency: str) -> str:
    """Return minor units as an amount with the digits of its currency, exact and without separators."""
    return f"{Decimal(value).scaleb(-digits_of(currency)):f}"


def minor(cell: str, currency: str) -> int:
    value = Decimal(cell).scaleb(digits_of(currency))
    if not value.is_finite() or value != value.to_integral_value():
        raise ValueError(cell)
    return int(value)


def instant(cell: str) -> datetime:
    found = datetime.fromisoformat(cell)
    if found.tzinfo is None:
        raise ValueError(cell)
    return found.astimezone(UTC)
