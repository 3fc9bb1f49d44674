"""What every way of naming a day shares: the circumstances it was typed in, and what it came to mean."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sales.language.dates.weekday import FRIDAY
from sales.language.figures import MONTHS as MONTH_NAMES
from sales.language.figures import WEEKDAYS

WEEKDAY_INDEX = {name[:3].lower(): index for index, name in enumerate(WEEKDAYS)}
WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?"
    r"|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
MONTH_NUMBER = {name[:3].lower(): number for number, name in enumerate(MONTH_NAMES, 1)}
_LEFT = r"(?<![\w'’.,/:$€£#])(?<!\w-)"
_RIGHT = r"(?!\w)(?!['’]s\b)(?!-\w)(?!\.\w)(?!/)"
# What is counted, behind a number that would else be a day or a year: "fri 25 seats", "1 oct 30 min call".
COUNTED = r"(?!\s?(?:%|[-–+]|(?:k|m|h|min|hr|people|of|x|day|week|month|year|minute|hour)\b|[a-z]{3,20}(?<!s)s(?!\w)))"

# What has a number of its own, in front of it: "phase 2", "room 9 or 10".
NUMBERED_THING = re.compile(
    r"(?<!\w)(?:phase|step|stage|version|v|part|lot|round|option|plan|tier|level|line|day|week|invoice|ticket|order|no\.?"
    r"|number|nr\.?|room|floor|unit|module|batch|chapter|top|year|quarter|sprint|pilot|for|of|x)\s*"
    r"(?:[0-9]{1,3}\s?(?:(?:or|and|/|&)\s?)?)?$",
    re.I,
)

FIGURE = "\x1f"
_FIGURE = re.compile("[0-9]")


class DateForm(StrEnum):
    """How a day was named."""

    WEEKDAY = "weekday"
    RELATIVE = "relative"
    EXPLICIT = "explicit"
    CLOCK = "clock"  # a time and no day


class Facing(StrEnum):
    """Which way a bare "Friday" points: at what is to be done, or at what was."""

    AHEAD = "ahead"
    BACK = "back"


Shift = Callable[[date, int], date]  # the n-th working day after a day, before it if n is negative


def weekdays_on(day: date, count: int) -> date:
    """Return the n-th day from Monday to Friday after a day, before it if n is negative."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while day.weekday() > FRIDAY:
            day += step
    return day


class Customs(NamedTuple):
    """How a person counts and writes days: the locale of their Slack, their fiscal year, their working days."""

    locale: str | None = None
    fiscal_year_start: int = 1
    shift: Shift = weekdays_on


NO_CUSTOMS = Customs()


class Asked(NamedTuple):
    """The circumstances in which the words were typed. `now` is the wall clock of the person's zone.

    `closing` says that the day is one by which something ends: a month named is its last day.
    """

    now: datetime
    facing: Facing
    customs: Customs = NO_CUSTOMS
    closing: bool = False

    @property
    def today(self) -> date:
        return self.now.date()


class Meant(NamedTuple):
    """A day, or a moment when hours or minutes were counted ("in an hour"). `firm`: it may not roll on.

    `other` is another day that the words can mean as well, and `why` says in what they are at odds.
    """

    day: date
    moment: datetime | None = None
    firm: bool = True
    other: date | None = None
    why: str = ""


class DayForm(NamedTuple):
    """One way of naming a day. `meaning` returns None where the words only look like a day."""

    form: DateForm
    pattern: re.Pattern[str]
    meaning: Callable[[re.Match[str], Asked], Meant | None]
    needs: tuple[
        str, ...
    ] = ()  # one of these stands in any text that names a day so; looked for first, as it is quick
    closing: bool = False  # read only where a day is asked for by which something ends


def signs_in(plain: str) -> str:
    """Return the text in which what a form needs is looked for: a figure in it shows as one sign."""
    return f"{plain}{FIGURE}" if _FIGURE.search(plain) else plain


def is_there(needs: tuple[str, ...], signs: str) -> bool:
    """Say whether a text has one of the words or signs that a form needs."""
    for one in needs:
        if one in signs:
            return True
    return not needs


def day_form(
    form: DateForm,
    pattern: str,
    meaning: Callable[[re.Match[str], Asked], Meant | None],
    *,
    needs: tuple[str, ...] = (),
    closing: bool = False,
) -> DayForm:
    """Return the form, its pattern held to whole words: not "Friday's", nor "monday.com"."""
    return DayForm(form, re.compile(rf"{_LEFT}(?:{pattern}){_RIGHT}"), meaning, needs, closing)


def existing_date(year: int, month: int, day: int) -> date | None:
    """Return that date, or None where the calendar has no such day."""
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None


def months_on(day: date, months: int) -> date:
    """Return the same day so many months on, or back; the last of a month that is too short for it.

    Raises:
        ValueError: if that leaves the calendar.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def weekday_after(day: date, weekday: int) -> date:
    """Return the first such weekday (Monday is 0) strictly after `day`."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def nearest(day: date, weekday: int) -> date:
    """Return the weekday that lies nearest to a day that is another."""
    return day + timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)
