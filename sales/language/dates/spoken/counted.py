"""Days that are counted: in two weeks, an hour and a half, 10 working days, a week from Friday, two weeks ago."""

import re
from datetime import UTC, date, timedelta

from sales.language.dates.spoken.circumstances import (
    FIGURE,
    WEEKDAY,
    WEEKDAY_INDEX,
    Asked,
    DateForm,
    DayForm,
    Meant,
    day_form,
    months_on,
    weekday_after,
)
from sales.language.dates.weekday import monday_of
from sales.language.spelled_count import UNITS

MINUTES = {"minute": 1, "hour": 60}
DAYS = {"day": 1, "week": 7, "fortnight": 14}
MONTHS = {"month": 1, "year": 12}

_COUNTS = {word: number for number, word in enumerate(UNITS[:13])} | {  # to twelve
    **dict.fromkeys(("a", "an", "the"), 1),
    **dict.fromkeys(("a couple of", "couple of", "a couple"), 2),
    "a few": 3,
}
_WORD = "|".join(sorted(set(_COUNTS) - {"the"}, key=len, reverse=True))
_COUNT = rf"(?P<count>[0-9]{{1,3}}|half an|{_WORD})"
_WORKING = r"(?:business|working|work)[\s-]?days?"
_UNIT = (
    rf"(?P<unit>min(?:ute)?s?|m|h(?:(?:ou)?rs?)?|d(?:ays?)?|{_WORKING}"
    r"|w(?:(?:ee)?ks?)?|fortnights?|months?|mos?|years?|yrs?)"
)
_WEEKS = r"(?P<unit>w(?:(?:ee)?ks?)|fortnights?)"
_HOURS = r"(?:h(?:(?:ou)?rs?)?)"
_TIME = r"(?:['’]?s?['’]? time)?"
_TOMORROW = r"tom+or+ow|tomo|tmrw|tmr|tmw"
_ANCHOR = rf"(?P<anchor>{WEEKDAY}|today|now|{_TOMORROW})"


def _counted(match: re.Match[str], asked: Asked) -> Meant:
    """In two weeks, 3 days from now, in an hour, 2 days ago, a week from Friday."""
    groups = match.groupdict()
    if match["count"] == "half an":
        count, unit = 30, "minute"
    else:
        count, unit = _count(match["count"]), _unit(match["unit"])
    steps = -count if groups.get("ago") else count
    first = _anchor(groups.get("anchor"), asked)
    if unit == "workday":
        return Meant(asked.customs.shift(first, steps) if steps else first)
    if unit in MINUTES:
        return _from_now(MINUTES[unit] * steps, asked)
    if unit in DAYS:
        return Meant(first + timedelta(days=DAYS[unit] * steps))
    return Meant(months_on(first, MONTHS[unit] * steps))


def _count(typed: str) -> int:
    return _COUNTS[typed] if typed in _COUNTS else int(typed)


def _unit(typed: str) -> str:
    if typed.startswith(("business", "work")):
        return "workday"
    for letters, unit in (("mi", "minute"), ("mo", "month"), ("f", "fortnight"), ("m", "minute")):
        if typed.startswith(letters):
            return unit
    return {"h": "hour", "d": "day", "w": "week", "y": "year"}[typed[0]]


def _anchor(typed: str | None, asked: Asked) -> date:
    """The day counted from: "two weeks on Friday", "a week tomorrow"; today where none is named."""
    if typed in (None, "today", "now"):
        return asked.today
    weekday = WEEKDAY_INDEX.get((typed or "")[:3])
    return asked.today + timedelta(days=1) if weekday is None else weekday_after(asked.today, weekday)


def _from_now(minutes: int, asked: Asked) -> Meant:
    moment = asked.now.astimezone(UTC) + timedelta(minutes=minutes)
    there = moment.replace(second=0, microsecond=0).astimezone(asked.now.tzinfo)
    return Meant(there.date(), there)


def _hours_and_minutes(match: re.Match[str], asked: Asked) -> Meant:
    """In an hour and a half, in 1.5 hours, in 1 hr 20 min, in two and a half hours."""
    minutes = int(match["minutes"]) if match["minutes"] else 30
    return _from_now(60 * _count(match["hours"] or match["half"]) + minutes, asked)


def _week_on(match: re.Match[str], asked: Asked) -> Meant:
    """Friday week is a week after the Friday to come; said on a Friday it may be just a week on."""
    first, days = _anchor(match["anchor"], asked), timedelta(days=14 if match["long"] else 7)
    is_today = WEEKDAY_INDEX.get(match["anchor"][:3]) == asked.today.weekday()
    return Meant(asked.today + days, other=first + days) if is_today else Meant(first + days)


def _weekday_of_week(match: re.Match[str], asked: Asked) -> Meant:
    """Friday in two weeks is that of the week two weeks on."""
    weeks = _count(match["count"])
    return Meant(monday_of(asked.today) + timedelta(days=7 * weeks + WEEKDAY_INDEX[match["wd"][:3]]))


COUNTED_FORMS: tuple[DayForm, ...] = (
    day_form(
        DateForm.RELATIVE,
        rf"(?:in|within)\s(?:the next\s|about\s)?{_COUNT}[\s-]?{_UNIT}{_TIME}",
        _counted,
        needs=("in",),
    ),
    day_form(DateForm.RELATIVE, rf"{_COUNT}\s?{_UNIT}\s(?P<ago>ago)", _counted, needs=("ago",)),
    day_form(
        DateForm.RELATIVE,
        rf"(?:in\s)?{_COUNT}\s?{_UNIT}\s(?:from\s{_ANCHOR}|later)",
        _counted,
        needs=(
            "from",
            "later",
        ),
    ),
    day_form(
        DateForm.RELATIVE,
        rf"in\s(?:(?P<hours>[0-9]{{1,2}}|{_WORD})\s?{_HOURS}"
        r"(?:\sand\s(?:a\s)?half|\s?(?:and\s)?(?P<minutes>[0-5]?[0-9])\s?(?:m|mins?|minutes)?)"
        rf"|(?P<half>[0-9]{{1,2}}|{_WORD})(?:\.5|\sand\sa\shalf)\s?{_HOURS}){_TIME}",
        _hours_and_minutes,
        needs=(
            "half",
            ".5",
            FIGURE,
        ),
    ),
    # "10 business days" needs no "in": nobody does anything ten business days long without saying so.
    day_form(
        DateForm.RELATIVE,
        rf"(?P<count>[0-9]{{1,2}}|{_WORD})\s(?P<unit>{_WORKING})(?!\s(?:of|long|notice|left|worth|per|each))",
        _counted,
        needs=(
            "business",
            "work",
        ),
    ),
    day_form(  # "week on monday", "fortnight today"; not "this week friday"
        DateForm.WEEKDAY,
        r"(?<!this\s)(?<!next\s)(?<!last\s)(?<!each\s)(?<!the\s)(?<!per\s)(?:a\s)?"
        rf"(?:week\s(?:(?:on|from)\s|(?=to))|(?P<long>fortnight)\s(?:on\s|from\s)?){_ANCHOR}",
        _week_on,
        needs=("week", "fortnight"),
    ),
    day_form(
        DateForm.WEEKDAY,
        rf"(?:on\s)?{_ANCHOR}\s(?:week|(?P<long>fortnight))",
        _week_on,
        needs=(
            "week",
            "fortnight",
        ),
    ),
    day_form(
        DateForm.WEEKDAY,
        rf"(?:in\s)?{_COUNT}\s{_WEEKS}\s(?:on\s|this\s)?{_ANCHOR}",
        _counted,
        needs=(
            "w",
            "fortnight",
        ),
    ),
    day_form(
        DateForm.WEEKDAY,
        rf"(?P<wd>{WEEKDAY})\sin\s(?P<count>[0-9]{{1,2}}|{_WORD})\s?(?:weeks?|wks?){_TIME}",
        _weekday_of_week,
        needs=("w",),
    ),
    day_form(
        DateForm.WEEKDAY,
        rf"in\s(?P<count>[0-9]{{1,2}}|{_WORD})\s?(?:weeks?|wks?){_TIME}\son\s(?:the\s)?(?P<wd>{WEEKDAY})",
        _weekday_of_week,
        needs=("w",),
    ),
)
