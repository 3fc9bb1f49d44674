"""Periods that begin today: "by 18 dec", "until the end of november", "the rest of the month", "the next 2 weeks"."""

import re
from datetime import date, timedelta

from sales.language.dates.period import JANUARY, Period, months_after, span
from sales.language.dates.period_phrase import day_named, parse_period
from sales.language.figures import month_day
from sales.refusal import Reading, Refusal

LONGEST = 200  # characters: more names no end
_SHORT = {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}
_SHORT_END = re.compile(
    r"(?:by |until |till? )?(?:the )?(?:(?P<short>eo[wmqy])|(?P<unit>week|month|quarter|year)[ -]?end)"
)
_REST = re.compile(r"(?:for |over |in )?(?:the )?(?:rest|remainder) of (?:the )?(?P<what>.+)")
_BY = re.compile(
    r"(?:(?P<by>by|until|till?|up to|no later than|due(?: by| on)?|before)(?: |$))?(?:on )?(?:the )?"
    r"(?P<end>(?:very )?end of )?"
    r"(?:the )?(?P<what>.+)"
)
_AHEAD = re.compile(
    r"(?:in|within|over|for|during)?\s?(?:the )?(?:(?:next|coming) )?(?P<many>\d{1,3}|a|one|two|three|four|five|six)"
    r" (?P<unit>day|week|wk|month|mth|fortnight)s?"
)
_MANY = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_DAYS = {"day": 1, "week": 7, "wk": 7, "fortnight": 14}


def named_period(
    text: str, today: date, fiscal_year_start: int = JANUARY, *, whole: bool = False
) -> Period | None:
    """Return the period that words name, by its name or by its end ("by 18 dec"); None if they name none.

    Raises:
        Refusal: as `parse_deadline` and `parse_period`.
    """
    ended = parse_deadline(text, today, fiscal_year_start, whole=whole)
    return ended or parse_period(text, today, fiscal_year_start)


def parse_deadline(
    text: str, today: date, fiscal_year_start: int = JANUARY, *, whole: bool = False
) -> Period | None:
    """Return the period from today until when the words say, or None if they name no such end.

    With `whole`, where only the end matters, a period that has begun is meant from its beginning.

    Raises:
        Refusal: with readings, where the words can mean two ends, or a period that has begun, whole or what is left.
    """
    if len(text) > LONGEST:
        return None
    words = " ".join(text.lower().replace("’", "'").split()).strip(" .!?,")
    ahead = _AHEAD.fullmatch(words)
    if ahead:
        return span(today, _ahead(ahead, today), fiscal_year_start)
    rest = _REST.fullmatch(words)
    if rest:
        left = parse_period(rest["what"], today, fiscal_year_start)
        if left is None or not left.holds(today):
            return None
        return left if whole else span(today, left.end, fiscal_year_start)
    short = _SHORT_END.fullmatch(words)
    if short:
        words = f"by end of {short['unit'] or _SHORT[short['short']]}"
    by = _BY.fullmatch(words)
    if by is None or not (by["by"] or by["end"]):
        return None
    ended = parse_period(by["what"], today, fiscal_year_start)
    if ended is not None and whole and ended.holds(today):
        return ended
    if ended is not None:
        return _until(
            ended, today, closing=bool(by["end"]), before=by["by"] == "before", starts=fiscal_year_start
        )
    day = None if by["end"] else day_named(by["what"], today) or day_named(f"the {by['what']}", today)
    if day is None:
        return None
    day -= timedelta(days=by["by"] == "before")
    return span(today, day, fiscal_year_start) if day >= today else None


def _ahead(found: re.Match[str], today: date) -> date:
    many = _MANY.get(found["many"]) or int(found["many"])
    if found["unit"] in _DAYS:
        return today + timedelta(days=max(many, 1) * _DAYS[found["unit"]] - 1)
    month = months_after(today.replace(day=1), max(many, 1))
    last = months_after(month, 1) - timedelta(days=1)
    return month.replace(day=min(today.day, last.day)) - timedelta(days=1)


def _until(ended: Period, today: date, *, closing: bool, before: bool, starts: int) -> Period | None:
    """Return the time until a period's end, or ask: of one that has begun, whether its beginning counts too."""
    if ended.end < today:
        return None
    eve = ended.start - timedelta(days=1)
    if before and not closing and eve >= today:
        return span(today, eve, starts)
    if ended.start < today:
        raise Refusal(
            f"Until the end of {ended.label}: from today on, or all of it?",
            field="period",
            readings=[
                Reading(f"From today to {month_day(ended.end, today)}", _typed(today, ended.end)),
                Reading(f"All of {ended.label}", _typed(ended.start, ended.end)),
            ],
        )
    if closing or eve < today or ended.start == ended.end:
        return span(today, ended.end, starts)
    raise Refusal(
        f"By {ended.label}: until it begins, or until it ends?",
        field="period",
        readings=[
            Reading(f"Until {month_day(ended.end, today)}", _typed(today, ended.end)),
            Reading(f"Until {month_day(eve, today)}", _typed(today, eve)),
        ],
    )


def _typed(first: date, last: date) -> str:
    """Return two days as they can be typed whatever today is."""
    return f"{first.isoformat()} to {last.isoformat()}"
