"""Not now: whether words put something off, and until which day (mechanism 40)."""

import re
from datetime import date, time, timedelta

from sales.language.dates.instants import local_instant
from sales.language.dates.spoken.reading import find_when
from sales.language.figures import MONTHS
from sales.refusal import Refusal

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
NOON = time(12)
_NOT_NOW = re.compile(
    r"(?<!\w)(?:not (?:now|yet|right now|this (?:year|quarter|month))|too (?:early|soon)|bad tim(?:e|ing)|timing"
    r"|later|postpon\w+|(?:call|ask|try|come|get) (?:us |them |me )?(?:back|again)|again (?:in|on|next|after)"
    r"|next (?:year|quarter|month|spring|summer|autumn|fall|winter)|until \w+|on hold|no budget (?:this|until|yet)\b.*)"
    r"(?!\w)",
    re.I,
)
_SEASON = re.compile(r"(?<!\w)(?P<season>spring|summer|autumn|fall|winter)(?!\w)", re.I)
_QUARTER = re.compile(r"(?<!\w)(?:next quarter|(?:in )?q(?P<number>[1-4])(?!\w))", re.I)
_MONTH = re.compile(
    r"(?<!\w)(?:until|till|in|from|after|before|by|again|around|early|mid|late)[\s-]+(?:the (?:start|end) of )?"
    rf"(?P<month>{'|'.join(MONTHS)}|{'|'.join(one[:3] for one in MONTHS)}|sept)\.?(?:\s+(?P<year>20\d\d))?(?![\w\d])",
    re.I,
)
_YEAR = re.compile(r"(?<!\w)next year(?!\w)", re.I)


def puts_off(words: str) -> bool:
    """Say whether words mean that somebody is to be asked again."""
    return _NOT_NOW.search(words) is not None


def put_off_until(words: str, said_on: date, otherwise: timedelta) -> date:
    """Return the day from which somebody may be asked again: the one that words name, else so many days later.

    "Until 1 December", "in spring" and "next quarter" are read from the day on which they were said.
    """
    named = day_in(words, said_on)
    return named if named is not None and named > said_on else said_on + otherwise


def day_in(words: str, said_on: date) -> date | None:
    """Return the day that words name; None where they name none, or several."""
    season, quarter = _SEASON.search(words), _QUARTER.search(words)
    try:
        found = find_when(words, local_instant("UTC", NOON, said_on), "UTC")
    except Refusal:
        found = None
    if found is not None:
        return found.day
    if (month := _MONTH.search(words)) is not None:
        number = 1 + [one[:3].casefold() for one in MONTHS].index(month["month"][:3].casefold())
        return date(int(month["year"]), number, 1) if month["year"] else first_of(number, said_on)
    if season is not None:
        return first_of(SEASONS[season["season"].casefold()], said_on)
    if quarter is not None:
        this = (said_on.month - 1) // 3
        number = int(quarter["number"]) - 1 if quarter["number"] else (this + 1) % 4
        return first_of(number * 3 + 1, said_on)
    return date(said_on.year + 1, 1, 1) if _YEAR.search(words) else None


def first_of(month: int, after: date) -> date:
    """Return the first day of the next such month that begins after a day."""
    this_year = date(after.year, month, 1)
    return this_year if this_year > after else date(after.year + 1, month, 1)
