"""Days by their number in something: Friday the 25th, the first Monday of October, the last day of the month."""

import re
from datetime import date, timedelta

from sales.language.dates.spoken.circumstances import (
    COUNTED,
    FIGURE,
    MONTH,
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
    weekday_after,
)
from sales.language.dates.spoken.relative import MONTHS_IN, span_of
from sales.language.figures import WEEKDAYS, month_day
from sales.refusal import Refusal

MONTHS_TRIED = 4  # "Friday the 13th" two months ahead is meant; a year ahead it is a slip

_PLACES = {
    **dict.fromkeys(("first", "1st"), 1),
    **dict.fromkeys(("second", "2nd"), 2),
    **dict.fromkeys(("third", "3rd"), 3),
    **dict.fromkeys(("fourth", "4th"), 4),
    **dict.fromkeys(("fifth", "5th"), 5),
    "last": -1,
}
_PLACE = rf"(?:the\s)?(?P<place>{'|'.join(_PLACES)})"
_OF = (
    rf"(?:of|in)\s(?:the\s)?(?:(?P<which>this|next)\s)?(?P<span>month|quarter|year|q[1-4]|{MONTH})"
    r"(?:\s(?P<year>20[0-9]{2}))?"
)
_NTH = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)"
# "the 2nd meeting" is no date, so what follows has to be an end, a time, a connecting word or what one does.
_NO_NOUN = (
    r"(?=\s*(?:$|[,.;:!?)–—-]|@|\s(?:at|about|re|regarding|because|so|in|to|and|or|[0-9]+[:ap]"
    r"|(?:send|ping|chase|follow|ask|tell|prep|prepare|share|sign|submit|confirm|finish|deliver|remind|write"
    r"|nudge)(?!\w))))"
)
# From here on it is a date whatever follows, but for what has so many.
_LARGE = (
    r"(?P<day>1[3-9]|2[0-9]|3[01])(?:st|nd|rd|th)"
    r"(?!\s(?:century|floor|street|st|avenue|ave|anniversary|birthday|edition|time|percentile|amendment|deal|call"
    r"|attempt|email|customer|account|meeting|demo)(?!\w))"
)


def nth_weekday(weekday: int, place: int, first: date, last: date) -> date | None:
    """Return the n-th such weekday between two days, the last for -1; None where there are not so many."""
    if place < 0:
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    day = weekday_after(first - timedelta(days=1), weekday) + timedelta(days=7 * (place - 1))
    return day if day <= last else None


def _nth_of(match: re.Match[str], asked: Asked) -> Meant:
    """The first Monday of October: of the next one whose is still to come, and facing back the last that was."""
    span, ahead = match["span"], 1 if match["which"] == "next" else 0
    if match["year"]:
        ahead = int(match["year"]) - span_of(span, 0, asked)[0].year
    day = _nth(match, span_of(span, ahead, asked), asked)
    if day is not None and not match["year"] and span not in MONTHS_IN:  # in October itself it may be over
        if asked.facing is Facing.AHEAD and day < asked.today:
            day = _nth(match, span_of(span, ahead + 1, asked), asked)
        elif asked.facing is Facing.BACK and day > asked.today:
            day = _nth(match, span_of(span, ahead - 1, asked), asked)
    if day is None:
        raise Refusal(
            f"There is no {match.group()}. Which day do you mean?",
            field="when",
            example="tomorrow",
            of_value=True,
        )
    return Meant(day)


def _nth(match: re.Match[str], span: tuple[date, date], asked: Asked) -> date | None:
    """The n-th day, working day or weekday from one day to another."""
    first, last = span
    place, named = _PLACES[match["place"]], match["wd"]
    if named and named[:3] in WEEKDAY_INDEX:
        return nth_weekday(WEEKDAY_INDEX[named[:3]], place, first, last)
    if named and named != "day":
        shift = asked.customs.shift
        return shift(first - timedelta(days=1), place) if place > 0 else shift(last + timedelta(days=1), -1)
    return first + timedelta(days=place - 1) if place > 0 else last


def _day_of_month(match: re.Match[str], asked: Asked) -> Meant | None:
    """The 26th: of this month, or of the nearest one on the right side of today that has such a day."""
    days = _such_days(int(match["day"]), asked)
    return Meant(days[0]) if days else None


def _weekday_the(match: re.Match[str], asked: Asked) -> Meant | None:
    """Friday the 25th: the nearest 25th if that is a Friday, else the next that is, and which of both is asked."""
    days = _such_days(int(match["day"]), asked)
    weekday = WEEKDAY_INDEX[match["wd"][:3]]
    if not days or days[0].weekday() == weekday:
        return Meant(days[0]) if days else None
    fitting = next((day for day in days[:MONTHS_TRIED] if day.weekday() == weekday), None)
    other = fitting or nearest(days[0], weekday)
    why = f"{month_day(days[0], asked.today)} is a {WEEKDAYS[days[0].weekday()]}, not a {WEEKDAYS[weekday]}."
    return Meant(days[0], other=other, why=why)


def _weekday_number(match: re.Match[str], asked: Asked) -> Meant | None:
    """Fri 18, where the coming Friday is an 18th; else the number is one of something else."""
    coming = weekday_after(asked.today, WEEKDAY_INDEX[match["wd"][:3]])
    return Meant(coming) if coming.day == int(match["day"]) and asked.facing is Facing.AHEAD else None


def _such_days(number: int, asked: Asked) -> list[date]:
    """The days of that number in the months from this one on, or back, on the right side of today."""
    first = asked.today.replace(day=1)
    step = 1 if asked.facing is Facing.AHEAD else -1
    found = []
    for months in range(13):
        year, month = divmod(first.year * 12 + first.month - 1 + step * months, 12)
        day = existing_date(year, month + 1, number)
        if day and (day >= asked.today if step == 1 else day <= asked.today):
            found.append(day)
    return found


def _of_month(match: re.Match[str], asked: Asked) -> Meant | None:
    """The 1st of next month, the 15th of the month."""
    first, last = span_of("month", 1 if match["which"] == "next" else 0, asked)
    number = int(match["day"] or 1)
    if not 1 <= number <= last.day:
        return None
    day = first.replace(day=number)
    if match["which"] is None and asked.facing is Facing.AHEAD and day < asked.today:
        return _day_of_month(match, asked)
    return Meant(day)


ORDINAL_FORMS: tuple[DayForm, ...] = (
    day_form(
        DateForm.EXPLICIT,
        rf"{_PLACE}\s(?P<wd>{WEEKDAY}|day|(?:working|business|work)\s?day|weekday)\s{_OF}",
        _nth_of,
        needs=(" of", " in"),
    ),
    day_form(DateForm.EXPLICIT, rf"{_PLACE}(?P<wd>)\s(?=of\s){_OF}", _nth_of, needs=(" of",)),
    day_form(
        DateForm.EXPLICIT,
        rf"(?:the\s)?(?:first|{_NTH})\sof\s(?:the|(?P<which>next|this))\smonth",
        _of_month,
        needs=("month",),
    ),
    day_form(DateForm.EXPLICIT, rf"(?:the|on|by)\s{_NTH}{_NO_NOUN}", _day_of_month, needs=(FIGURE,)),
    day_form(DateForm.EXPLICIT, rf"(?:the|on|by)\s{_LARGE}", _day_of_month, needs=(FIGURE,)),
    day_form(
        DateForm.EXPLICIT,
        rf"(?<=[0-9](?:st|nd|rd|th)\sor\s)(?:on\s)?(?:the\s)?{_NTH}",
        _day_of_month,
        needs=(" or ",),
    ),
    day_form(DateForm.EXPLICIT, rf"(?P<wd>{WEEKDAY}),?\s(?:the\s)?{_NTH}", _weekday_the, needs=(FIGURE,)),
    day_form(
        DateForm.EXPLICIT,
        rf"(?P<wd>{WEEKDAY})\s(?P<day>[0-3]?[0-9])(?![:.,][0-9]|\s?[ap]\.?m\b){COUNTED}",
        _weekday_number,
        needs=(FIGURE,),
    ),
)
