"""Dates spelled out: 26 Sep, Fri 26 September 2026, 9/26, 26.9., 2026-09-26, the 26th."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from sales.language.dates.spoken.circumstances import (
    COUNTED,
    FIGURE,
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
    nearest,
)
from sales.language.dates.spoken.either_hour import may_be_hours
from sales.language.dates.spoken.locales import day_first
from sales.language.figures import WEEKDAYS, month_day
from sales.refusal import Refusal

YEARS_NEAR = 5  # two digits further off are no year that anybody sells in
RECENT = timedelta(days=60)  # "18 Sep" this long after it is a slip; longer ago it means next year's

REACH = 12  # characters before a date in which another word for it is looked for
LONGEST_MONTH = 31

_THAT_DAY = re.compile(r"(?<![\w'’-])(?:today|tomorrow)\s$")
_YEAR = r"(?P<year>20[0-9]{2})"
_SHORT_YEAR = r"(?P<year>20[0-9]{2}|[0-9]{2})"
# "16 May 28" and "16 May '28"; but not "16 May 28 seats", nor "16 May 10:30".
_ANY_YEAR = rf"(?P<year>20[0-9]{{2}}|['’][0-9]{{2}}|[0-9]{{2}}(?![:.,/h][0-9]|\s?[ap]\.?m\b|\s?h\b){COUNTED})"
_ON = rf"(?:(?P<wd>{WEEKDAY})\.?,?\s(?:the\s)?)?"
_NTH = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?"
_NUMBERS = r"(?P<first>[0-3]?[0-9])[{0}](?P<second>[0-3]?[0-9])"


def _named_date(match: re.Match[str], asked: Asked) -> Meant:
    """26 Sep, September 26th 2026, Fri 26 Sep."""
    day, month = int(match["day"]), MONTH_NUMBER[match["month"][:3]]
    words = f"{match['day']} {match['month'][:3]}"
    return _dated(match, month, day, words, asked)


def _numbered_date(match: re.Match[str], asked: Asked, *, dotted: bool = False) -> Meant | None:
    """9/26, 26.9.; without dots the order is that of the person's locale where both can be meant."""
    first, second = int(match["first"]), int(match["second"])
    day, month = (first, second) if dotted or day_first(asked.customs.locale) else (second, first)
    if month > 12 and not dotted:
        day, month = month, day
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    meant = _dated(match, month, day, match.group(), asked)
    is_dated = dotted or match["year"] or not may_be_hours(first, second)
    return meant if is_dated or _fits(match, meant, asked) else None


def _fits(match: re.Match[str], meant: Meant, asked: Asked) -> bool:
    """Say whether a date is the day that is named with it; "fri 3/4", on no Friday, is an hour and the next."""
    before = _THAT_DAY.search(match.string[: match.start()][-REACH:])
    that = asked.today + timedelta(days=before.group().strip() == "tomorrow") if before else meant.day
    return not meant.why and that == meant.day


def _iso_date(match: re.Match[str], asked: Asked) -> Meant | None:
    words = match.group()[-10:]
    return _dated(match, int(match["month"]), int(match["day"]), words, asked)


def _dated(match: re.Match[str], month: int, number: int, words: str, asked: Asked) -> Meant:
    """Settle the year and hold the date against the weekday named with it; the 31st of a short month is one of two."""
    in_year = partial(_of_month, month, number)
    typed = (match["year"] or "").strip("'’")
    year = int(typed) + (0 if len(typed) == 4 else 2000) if typed else None
    if year is not None and len(typed) == 2 and abs(year - asked.today.year) > YEARS_NEAR:
        raise Refusal(
            f"Is {year} the year in “{match.group()}”? Name the day and write its year in full.",
            field="when",
            example=f"{words} {asked.today.year}",
        )
    day = _nearest_year(in_year, asked) if year is None else in_year(year)
    if day is None:
        none = f"There is no {words.title()}{f' {typed}' if typed else ''}."
        if not (1 <= month <= 12 and 1 <= number <= LONGEST_MONTH):
            raise Refusal(f"{none} Which day do you mean?", field="when", example="tomorrow", of_value=True)
        ends = partial(_end_of, month)
        last = (_nearest_year(ends, asked) if year is None else None) or ends(year or asked.today.year)
        return Meant(last, other=last + timedelta(days=1), why=none)
    named, is_a = match["wd"], WEEKDAYS[day.weekday()]
    if named and not is_a.lower().startswith(named[:3]):
        why = f"{month_day(day, asked.today)} is a {is_a}, not a {WEEKDAYS[WEEKDAY_INDEX[named[:3]]]}."
        return Meant(day, other=nearest(day, WEEKDAY_INDEX[named[:3]]), why=why)
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


def _end_of(month: int, year: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _of_month(month: int, day: int, year: int) -> date | None:
    return existing_date(year, month, day)


def _two_days(match: re.Match[str], asked: Asked) -> Meant | None:
    """21-25 Sep has two days, and which of them is meant cannot be told."""
    month = MONTH_NUMBER[match["month"][:3]]
    first, last = (
        _nearest_year(partial(_of_month, month, int(match[which])), asked) for which in ("first", "second")
    )
    return Meant(first, other=last) if first and last and first < last else None


EXPLICIT_FORMS: tuple[DayForm, ...] = (
    day_form(
        DateForm.EXPLICIT, rf"{_ON}{_YEAR}-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])", _iso_date, needs=("-",)
    ),
    day_form(
        DateForm.EXPLICIT,
        rf"{_ON}{_NTH}\.?(?:\s(?:of|de))?[\s-]?(?P<month>{MONTH})\.?(?:[,\s-]\s?(?:de\s)?{_ANY_YEAR})?",
        _named_date,
        needs=(FIGURE,),
    ),
    day_form(
        DateForm.EXPLICIT,
        rf"{_ON}(?P<month>{MONTH})\.?\s(?:the\s)?{_NTH}(?:,?\s{_ANY_YEAR})?",
        _named_date,
        needs=(FIGURE,),
    ),
    day_form(
        DateForm.EXPLICIT,
        rf"(?!24/7){_ON}{_NUMBERS.format('/')}(?:/{_SHORT_YEAR})?",
        _numbered_date,
        needs=("/",),
    ),
    day_form(
        DateForm.EXPLICIT,
        rf"{_ON}{_NUMBERS.format('.')}\.\s?{_SHORT_YEAR}?",
        partial(_numbered_date, dotted=True),
        needs=(".",),
    ),
    day_form(
        DateForm.EXPLICIT,
        r"(?P<first>[0-3]?[0-9])(?:st|nd|rd|th)?\s?(?:-|–|to|or|and|until)\s?(?P<second>[0-3]?[0-9])(?:st|nd|rd|th)?"
        rf"\s(?:of\s)?(?P<month>{MONTH})",
        _two_days,
        needs=(FIGURE,),
    ),
)
