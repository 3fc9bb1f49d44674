"""Days off as people type them: "today", "thu and fri", "21-25 sept", "next week", "until wednesday"."""

import re
from datetime import date, timedelta
from itertools import pairwise

from sales.language.dates.deadline import parse_deadline
from sales.language.dates.period import DaySpan
from sales.language.dates.period_phrase import day_named, parse_period
from sales.language.dates.weekday import FRIDAY
from sales.language.figures import long_day
from sales.refusal import Reading, Refusal

_TIED = re.compile(
    r"^(?:(?:on|from|for|in|during|starting|off|leave|away|out|sick|ill|holiday|vacation)\s+)+", re.I
)
_BETWEEN = re.compile(
    r"\s*(?:\bto\b|\buntil\b|\btill?\b|\bthrough\b|\bthru\b|\s-\s|–|(?<=[a-z])-(?=[a-z]))\s*", re.I
)
_LISTED = re.compile(r"\s*(?:,|&|\+|\band\b)\s*", re.I)
_PART = re.compile(r"(?<!\w)(?:morning|afternoon|evening|half[ -]day|at \d|am|pm)(?!\w)", re.I)
_UNTIL = re.compile(r"^(?:until|till?|through)\s+", re.I)
_MANY = re.compile(
    r"(?:the )?(?:next|coming) (?P<many>\d{1,2}|two|three|four|five) (?P<unit>day|week)s?", re.I
)
_NEXT_WEEK = re.compile(r"\s(?:of )?next (?:week|wk)$", re.I)
_SPELLED = {"two": 2, "three": 3, "four": 4, "five": 5}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_WORDS = 120  # characters: more is a story
MOST_LISTED = 7  # days in a row, named one by one
JUST_OVER = timedelta(
    days=30
)  # illness is typed afterwards: days without a year are those, and not next year's
A_YEAR_OFF = timedelta(days=300)
_YEAR = re.compile(r"\d{4}")


def read_leave(text: str, today: date) -> DaySpan | None:
    """Return the days off that the words name, first and last included, or None if they name none.

    Days without a year that began within the last 30 days are meant, and not the same ones in a year.

    Raises:
        Refusal: for a part of a day, as leave is whole days, and for days that do not follow each other.
    """
    found = _read(text, today)
    if found is None or found.first < today + A_YEAR_OFF or _YEAR.search(text):
        return found
    earlier = _read(text, today - JUST_OVER)
    return earlier if earlier is not None and earlier.first < today else found


def _read(text: str, today: date) -> DaySpan | None:
    """Read days that are to come on a day."""
    words = _TIED.sub("", " ".join(text[: 2 * LONGEST_WORDS].lower().split()).strip(" .!?,"))
    if not 0 < len(words) <= LONGEST_WORDS:
        return None
    if _PART.search(words) and (day_named(_PART.sub(" ", words).strip(), today) or words.startswith("this ")):
        raise Refusal("Leave is whole days. Which day are you off?", field="first", example="today")
    until = _UNTIL.match(words)
    if until:
        return _until(words[until.end() :], today)
    many = _MANY.fullmatch(words)
    if many:
        days = (_SPELLED.get(many["many"]) or int(many["many"])) * (7 if many["unit"] == "week" else 1)
        return DaySpan(today, today + timedelta(days=max(days, 1) - 1))
    several = _two_ends(words, today) or _listed(words, today)
    if several is not None:
        return several
    period = parse_period(words, today)
    if period is not None:
        return DaySpan(max(period.start, today) if period.holds(today) else period.start, period.end)
    day = day_named(words, today)
    return _on_or_after(DaySpan(day, day), words, today) if day is not None else None


def _until(words: str, today: date) -> DaySpan | None:
    """Ask whether somebody who is off until a day is back on it."""
    back = day_named(words, today)
    if back is None:
        ended = parse_deadline(f"until {words}", today)
        return DaySpan(today, ended.end) if ended else None
    eve = back - timedelta(days=1)
    if eve < today:
        return DaySpan(today, back) if back == today else DaySpan(today, eve)
    raise Refusal(
        f"Back on {long_day(back, today)}, or off that day too?",
        field="last",
        readings=[
            Reading(f"Back on {long_day(back, today)}", _typed(today, eve)),
            Reading(f"Off on {long_day(back, today)} too", _typed(today, back)),
        ],
    )


def _on_or_after(span: DaySpan, words: str, today: date) -> DaySpan:
    """Return the span, or ask: on a Monday, "monday" may be today."""
    is_bare = words[:3].startswith(WEEKDAYS) and "next" not in words and not any(map(str.isdigit, words))
    if span.first - today != timedelta(days=7) or not is_bare:
        return span
    earlier = DaySpan(today, span.last - timedelta(days=7))
    raise Refusal(
        f"Today is {long_day(today, today)}. From today, or in a week?",
        field="first",
        readings=[
            Reading("From today" if each is earlier else "In a week", _typed(each.first, each.last))
            for each in (earlier, span)
        ],
    )


def _typed(first: date, last: date) -> str:
    return f"leave {first.isoformat()} to {last.isoformat()}"


def _two_ends(words: str, today: date) -> DaySpan | None:
    """Read "mon to wed" and "tomorrow until friday": the second is the first of its name after the first."""
    ends = _BETWEEN.split(words)
    if len(ends) != 2:
        return None
    ahead = _NEXT_WEEK.search(ends[1])  # "mon to wed next week" is next week altogether
    if ahead and not _NEXT_WEEK.search(ends[0]):
        first, last = day_named(f"{ends[0]} next week", today), day_named(ends[1], today)
    else:
        first = day_named(ends[0], today)
        last = day_named(ends[1], first) if first else None
    return _on_or_after(DaySpan(first, last), words, today) if first and last and last > first else None


def _listed(words: str, today: date) -> DaySpan | None:
    """Read "thu and fri": days that follow each other, weekends aside."""
    named = [day_named(_TIED.sub("", one), today) for one in _LISTED.split(words)[: MOST_LISTED + 1] if one]
    days = sorted(day for day in named if day is not None)
    if len(named) < 2 or len(days) != len(named) or len(days) > MOST_LISTED:
        return None
    for one, following in pairwise(days):
        weekend = one.weekday() == FRIDAY and (following - one).days == 3
        if (following - one).days != 1 and not weekend:
            raise Refusal(
                f"{long_day(one, today)} and {long_day(following, today)} do not follow each other. "
                "Enter them one after the other.",
                field="last",
                example=f"{long_day(one, today)}",
            )
    return _on_or_after(DaySpan(days[0], days[-1]), words, today)
