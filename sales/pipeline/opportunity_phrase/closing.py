"""The day a sentence gives a deal: a day, or the end of a month, quarter or year."""

import re
from collections.abc import Callable
from datetime import date

from sales.language.dates.spoken.circumstances import MONTH, WEEKDAY, DateForm, months_on
from sales.language.dates.spoken.when import PastDate, When
from sales.language.figures import long_day
from sales.language.typed_text import ascii_lower
from sales.pipeline.opportunity_phrase.period import LED, Closing, find_period
from sales.refusal import Reading, Refusal

_OF_A_DAY = re.compile(
    rf"(?<!\w)(?:closes?|closing|due|expected|until|till|q[1-4]|h[12]|{MONTH}|{WEEKDAY}|week|month|quarter|year)(?!\w)"
)
_MONTH = re.compile(rf"(?<!\w){MONTH}(?!\w)")


def find_closing(
    body: str,
    dated: Callable[[str], When | None],
    today: date,
    fiscal_year_start: int,
    *,
    ahead: bool,
) -> Closing | None:
    """Return the day a sentence names, or None. A period is its last day; it is read where `ahead`.

    Raises:
        Refusal: for a day that cannot be.
    """
    period = find_period(body, today, fiscal_year_start) if ahead else None
    if period is not None:
        day = _day_around(period, body, dated)
        return day or period
    when = dated(body)
    return _closing(when, body) if when is not None else None


def _day_around(period: Closing, body: str, dated: Callable[[str], When | None]) -> Closing | None:
    """Return the day that a period's words are only a part of: first monday of october."""
    try:
        when = dated(body)
    except Refusal:
        return None
    if when is None:
        return None
    (start, end), *_ = when.spans
    within = start < period.spans[0][0] or re.search(r"\d|(?<!\w)of(?!\w)", body[start : period.spans[0][1]])
    return _closing(when, body) if within and end >= period.spans[0][1] and when.day != period.day else None


def _closing(when: When, body: str) -> Closing:
    (start, end), *others = when.spans
    led = LED.search(body[:start])
    spans = ((led.start() if led else start, end), *others)
    return Closing(when.day, spans, led is not None or not _may_begin_name(body, when))


def _may_begin_name(body: str, when: When) -> bool:
    """Say whether a day's word at the beginning goes on as a name: "Friday Health", "Today Media"."""
    start, end = when.spans[0]
    if len(when.spans) > 1 or body[:start].strip() or when.form not in (DateForm.WEEKDAY, DateForm.RELATIVE):
        return False
    return re.match(r"\s+(?:[^\W\d_]|\x01)", body[end:]) is not None


def asked_later(past: PastDate, body: str, over: When | None, today: date) -> PastDate:
    """Return the question about a day that is over, with the same date of the next year in front, and `body` anew."""
    (start, end), *_ = past.suggestion.spans
    past.example = f"{body[:start]}{past.example}{body[end:]}"
    days = [past.suggestion.day]
    named = over is not None and (over.form is DateForm.EXPLICIT or _MONTH.search(ascii_lower(over.words)))
    if over is not None and named and (later := in_a_year(over.day, today)):
        past.text = f"{long_day(over.day)} is in the past. Did you mean {long_day(later)}?"
        days.insert(0, later)
    past.readings = tuple(
        Reading(long_day(day), f"{body[:start]}{day.isoformat()}{body[end:]}") for day in days
    )
    return past


def in_a_year(day: date, today: date) -> date | None:
    """Return the same date in the next year in which it is still to come; None for 29 Feb where that has none."""
    return next(
        (one for years in (1, 2) if (one := months_on(day, 12 * years)) >= today and one.day == day.day), None
    )


def is_of_a_day(words: str) -> bool:
    """Say whether words that were not understood speak of a day, so that they are nobody's name."""
    return _OF_A_DAY.search(ascii_lower(words)) is not None
