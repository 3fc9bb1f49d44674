"""Periods as days by which something ends: a deal that closes in March closes by its last day."""

import re

from sales.language.dates.spoken.circumstances import MONTH, Asked, DateForm, DayForm, Meant, day_form
from sales.language.dates.spoken.relative import MONTHS_IN, span_of

_YEAR = r"(?P<year>20[0-9]{2})"
_WITH_YEAR = rf"(?:,?\s(?:of\s)?{_YEAR})?"
_CLOSES = "|".join(
    rf"(?<={word}\s)"
    for word in (
        "closes",
        "closing",
        "close",
        "closed",
        "expected",
        "due",
        "until",
        "till",
        "by",
        "for",
        "to",
    )
)
_NO_DAY = (
    r"(?!\.?\s?(?:the\s)?[0-3]?[0-9](?:st|nd|rd|th)?(?![\w,]))"  # "by oct 30th" names a day, "by oct" a month
)
_THE = r"(?:(?:in|during|by|for|over|within)\s(?:the\s)?)"


def _last_of(match: re.Match[str], asked: Asked) -> Meant:
    """In March, Q4, this quarter, q1 2027."""
    groups = match.groupdict()
    span = groups["span"] or groups["last"]
    _, last = span_of(span, 0, asked)
    if year := groups.get("year"):
        _, last = span_of(span, int(year) - last.year, asked)
    return Meant(last)


CLOSING_FORMS: tuple[DayForm, ...] = (
    day_form(
        DateForm.RELATIVE,
        rf"(?:{_THE}|{_CLOSES})(?P<span>{MONTH}){_NO_DAY}\.?{_WITH_YEAR}",
        _last_of,
        closing=True,
    ),
    day_form(DateForm.RELATIVE, rf"(?P<span>{MONTH}){_WITH_YEAR.removesuffix('?')}", _last_of, closing=True),
    day_form(
        DateForm.RELATIVE,
        rf"(?:{_THE}|{_CLOSES})(?P<span>q[1-4]){_WITH_YEAR}|(?P<last>q[1-4])(?=[\s.!]*$)",
        _last_of,
        closing=True,
    ),
    day_form(  # "24k nov": behind an amount and last, a month is no name
        DateForm.RELATIVE, rf"(?<=[0-9km]\s)(?P<span>{MONTH})(?=[\s.!]*$)", _last_of, closing=True
    ),
    day_form(
        DateForm.RELATIVE, rf"{_THE}?this\s(?P<span>week|{'|'.join(MONTHS_IN)})", _last_of, closing=True
    ),
)
