"""Hours of which any may be meant: "3 or 4", "9/10", "3pm or 4"; and one for each of several days: "fri 3 or mon 4"."""

import re
from collections.abc import Iterator
from datetime import time
from itertools import islice

from sales.language.dates.spoken.circumstances import COUNTED, MONTH, NUMBERED_THING, WEEKDAY
from sales.language.dates.spoken.clock import HOUR_WORDS, MOST_TIMES, SpokenTime, hour_of_day, overlaps
from sales.refusal import MOST_READINGS

NOON = 12
REACH = 40  # characters before an hour in which is looked for what leads up to it

_OR = r"(?:,?\s?or\s(?:at\s|@\s?)?|\s?/\s?)"
_LEFT = r"(?<![\w'’.,:/$€£#+-])(?:(?P<at>(?:at|@|around|about|by|before|after|from|between|either|~)\s*)+)?"
_RIGHT = rf"(?![\w:%/’'])(?![.,]\d)(?!-\w)(?!\s?(?:of|st|nd|rd|th|usd|eur|gbp|{MONTH})(?!\w)){COUNTED}"
_FIGURES = r"(?:2[0-3]|[01]?[0-9])(?:[:.][0-5][0-9])?(?:\s?[-–]\s?(?:2[0-4]|1?[0-9])(?:[:.][0-5][0-9])?)?"
_ONE = rf"(?:{_FIGURES}|{'|'.join(HOUR_WORDS)})"
_CHAIN = re.compile(rf"{_LEFT}(?P<hours>{_FIGURES}(?:{_OR}{_FIGURES}){{1,{MOST_READINGS}}}){_RIGHT}")
_MORE = re.compile(rf"(?:{_OR}{_ONE}){{1,{MOST_READINGS}}}{_RIGHT}")
_SEVERAL = re.compile(
    r"[0-9][^/&,]{0,40}(?:[/&,]|(?<!\w)(?:or|and|then)\s)|(?:or|and|then)\s[^0-9]{0,40}[0-9]"
)
_EACH = re.compile(rf"(?:^|{_OR})(?:(?P<hour>[0-9]+)(?:[:.](?P<minute>[0-9]+))?|(?P<word>[a-z]+))")

_NTH = r"[0-3]?[0-9](?:st|nd|rd|th)"
_DAY = (
    rf"(?:today|tomorrow|tonight|{WEEKDAY}(?:\s(?:the\s)?{_NTH})?|(?:the\s)?{_NTH}"
    rf"|(?:{WEEKDAY}\s)?(?:{_NTH}|[0-3]?[0-9])\s(?:of\s)?{MONTH})"
)
_NAMED = rf"(?:{WEEKDAY}|today|tomorrow|tonight|{MONTH}|{_NTH})"
_JOIN = r"(?:,?\s?(?:or|and|&|/|then)\s|,\s)(?:on\s|maybe\s)?"
_HOUR = r"(?:at\s|@\s?)?(?P<hour>2[0-3]|[01]?[0-9])(?:[:.](?P<minute>[0-5][0-9]))?"
_AND_ANOTHER = re.compile(
    rf"(?<!\w)(?:{_NAMED})\s{_HOUR}(?={_JOIN}{_DAY}(?!\w)(?!\s[0-9]{{1,2}}(?!{COUNTED})))"
)
_OF_ANOTHER = re.compile(rf"{_JOIN}{_DAY}\s{_HOUR}{_RIGHT}")
_A_DAY = re.compile(
    rf"(?<!\w){_NAMED}(?P<timed>\s(?:at\s|@\s?)?[0-9]{{1,2}}(?:[:.][0-9]{{2}})?(?:\s?[ap]\.?m)?)?$"
)


def may_be_hours(first: int, second: int) -> bool:
    """Say whether "9/10" beside a day may be an hour and the next."""
    return second == first % NOON + 1 and max(first, second) <= NOON


def either_hours(plain: str) -> list[SpokenTime]:
    """Return the hours in the lower-case text of which one or another may be meant."""
    if _SEVERAL.search(plain) is None:
        return []
    rows = _rows_of_hours(plain)
    return [*rows, *(one for one in _hours_of_days(plain) if not overlaps((one.start, one.end), rows))]


def _rows_of_hours(plain: str) -> list[SpokenTime]:
    """Return the hours that have an "or" between them, in order; loose ones but behind "at"."""
    found = []
    for match in islice(_CHAIN.finditer(plain), MOST_TIMES):
        first, *others = _hours(match["hours"])
        if "/" in match["hours"] and not may_be_hours(
            first.hour % NOON or NOON, others[0].hour % NOON or NOON
        ):
            continue
        if NUMBERED_THING.search(plain[max(match.start("hours") - REACH, 0) : match.start("hours")]):
            continue
        is_said = (match["at"] or "").strip() in ("at", "@")
        found.append(
            SpokenTime(first, None, *match.span(), prefixed=is_said, loose=not is_said, others=tuple(others))
        )
    return found


def with_rivals(plain: str, times: list[SpokenTime]) -> list[SpokenTime]:
    """Return times with the hours that follow one and an "or": "3pm or 4", "noon or 1", "330 or 4"."""
    found = []
    for one in times:
        more = _MORE.match(plain, one.end)
        if more is not None:
            others = (*one.others, *_hours(more.group(), one.at))
            one = one._replace(end=more.end(), others=others, bare=False, prefixed=not one.loose)
        found.append(one)
    return found


def _hours_of_days(plain: str) -> list[SpokenTime]:
    """Return the hours that stand each by a day of several: "fri 3 or mon 4", "fri or mon 4".

    One that stands by the last day alone is every day's.
    """
    found: dict[int, SpokenTime] = {}
    for match in islice(_AND_ANOTHER.finditer(plain), MOST_TIMES):
        found[match.start("hour")] = _of_day(match)
    for match in islice(_OF_ANOTHER.finditer(plain), MOST_TIMES):
        day = _A_DAY.search(plain[max(match.start() - REACH, 0) : match.start()])
        if day is not None:
            found[match.start("hour")] = _of_day(match)._replace(
                prefixed=not day["timed"], loose=day["timed"] is not None
            )
    return [found[start] for start in sorted(found)]


def _of_day(match: re.Match[str]) -> SpokenTime:
    at = time(hour_of_day(match["hour"]), int(match["minute"] or 0))
    return SpokenTime(
        at, None, match.start("hour"), match.end("minute" if match["minute"] else "hour"), loose=True
    )


def _hours(typed: str, first: time | None = None) -> Iterator[time]:
    """Return the times that are typed in a row; behind one in the afternoon "7" is in the evening."""
    for match in _EACH.finditer(typed):
        word = match["word"]
        hour = hour_of_day(str(HOUR_WORDS.index(word) + 1) if word else match["hour"])
        if first is not None and first.hour >= NOON and hour < first.hour and hour + NOON < 24:
            hour += NOON
        at = time(hour, int(match["minute"] or 0))
        first = first or at
        yield at
