"""Dates spelled out: 26 Sep, Fri 26 September 2026, 9/26, 26.9., 2026-09-26, the 26th."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from sales.language.dates.spoken.circumstances import (
    MONTH,
    MONTH_NUMBER,
    WEEKDAY,
    WEEKDAY_INDEX,
    Asked,
    DateForm,
    DayForm,
    Facing,
    Meant,
    day_form,
    existing_date,
)
from sales.language.figures import WEEKDAYS, long_day, month_day
from sales.refusal import Refusal

RECENT = timedelta(days=60)  # "18 Sep" this long after it is a slip; longer ago it means next year's

_YEAR = r"(?P<year>20[0-9]{2})"
_SHORT_YEAR = r"(?P<year>20[0-9]{2}|[0-9]{2})"
_ON = rf"(?:(?P<wd>{WEEKDAY})\.?,?\s(?:the\s)?)?"
_NTH = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?"
_NUMBERS = r"(?P<first>[0-3]?[0-9])[{0}](?P<second>[0-3]?[0-9])"
# "the 2nd meeting" is no date, so what follows has to be an end, a time or a connecting word.
_NO_NOUN = r"(?=\s*(?:$|[,.;:!?)–—-]|@|\s(?:at|about|re|regarding|because|so|in|[0-9]+[:ap])))"


def _named_date(match: re.Match[str], asked: Asked) -> Meant:
    """26 Sep, September 26th 2026, Fri 26 Sep."""
    day, month = int(match["day"]), MONTH_NUMBER[match["month"][:3]]
    words = f"{match['day']} {match['month'][:3]}"
    return _dated(match, lambda year: existing_date(year, month, day), words, asked)


def _numbered_date(match: re.Match[str], asked: Asked, *, dotted: bool = False) -> Meant | None:
    """9/26, 26.9., 2026-09-26; without dots the month comes first where both can be meant."""
    first, second = int(match["first"]), int(match["second"])
    day, month = (first, second) if dotted else (second, first)
    if month > 12 and not dotted:
        day, month = month, day
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return _dated(match, lambda year: existing_date(year, month, day), match.group(), asked)


def _iso_date(match: re.Match[str], asked: Asked) -> Meant | None:
    words = match.group()[-10:]
    return _dated(
        match, lambda year: existing_date(year, int(match["month"]), int(match["day"])), words, asked
    )


def _dated(match: re.Match[str], in_year: Callable[[int], date | None], words: str, asked: Asked) -> Meant:
    """Settle the year and hold the date against the weekday named with it."""
    typed = match["year"]
    year = int(typed) + (0 if len(typed) == 4 else 2000) if typed else None
    day = _nearest_year(in_year, asked) if year is None else in_year(year)
    if day is None:
        raise Refusal(
            f"There is no {words.title()}{f' {typed}' if typed else ''}. Which day do you mean?",
            field="when",
            example="tomorrow",
        )
    named, is_a = match["wd"], WEEKDAYS[day.weekday()]
    if named and not is_a.lower().startswith(named[:3]):
        raise Refusal(
            f"{month_day(day, asked.today)} is a {is_a}, not a {WEEKDAYS[WEEKDAY_INDEX[named[:3]]]}. "
            "Which of the two do you mean?",
            field="when",
            example=long_day(day, asked.today),
        )
    return Meant(day)


def _nearest_year(in_year: Callable[[int], date | None], asked: Asked) -> date | None:
    """This year's date, unless it lies so far on the wrong side that another year's is meant."""
    ahead, today = asked.facing is Facing.AHEAD, asked.today
    this = in_year(today.year)
    if this is not None:
        apart = today - this if ahead else this - today
        if apart <= RECENT:
            return this
    step = 1 if ahead else -1
    others = (in_year(today.year + step * years) for years in range(1, 9))  # 29 Feb can be 8 years off
    return next((day for day in others if day is not None), None)


def _day_of_month(match: re.Match[str], asked: Asked) -> Meant | None:
    """The 26th: of this month, or of the nearest one on the right side of today that has such a day."""
    first, number = asked.today.replace(day=1), int(match["day"])
    step = 1 if asked.facing is Facing.AHEAD else -1
    for months in range(4):
        year, month = divmod(first.year * 12 + first.month - 1 + step * months, 12)
        day = existing_date(year, month + 1, number)
        if day and (day >= asked.today if step == 1 else day <= asked.today):
            return Meant(day)
    return None


EXPLICIT_FORMS: tuple[DayForm, ...] = (
    day_form(DateForm.EXPLICIT, rf"{_ON}{_YEAR}-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])", _iso_date),
    day_form(
        DateForm.EXPLICIT,
        rf"{_ON}{_NTH}(?:\sof)?[\s-]?(?P<month>{MONTH})\.?(?:[,\s-]\s?{_YEAR})?",
        _named_date,
    ),
    day_form(
        DateForm.EXPLICIT, rf"{_ON}(?P<month>{MONTH})\.?\s(?:the\s)?{_NTH}(?:,?\s{_YEAR})?", _named_date
    ),
    day_form(DateForm.EXPLICIT, rf"(?!24/7){_ON}{_NUMBERS.format('/')}(?:/{_SHORT_YEAR})?", _numbered_date),
    day_form(
        DateForm.EXPLICIT,
        rf"{_ON}{_NUMBERS.format('.')}\.\s?{_SHORT_YEAR}?",
        partial(_numbered_date, dotted=True),
    ),
    day_form(
        DateForm.EXPLICIT,
        rf"(?:{WEEKDAY}\s)?(?:the|on|by)\s(?P<day>[0-3]?[0-9])(?:st|nd|rd|th){_NO_NOUN}",
        _day_of_month,
    ),
)
