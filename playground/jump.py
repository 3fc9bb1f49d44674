"""The words a person types to move the playground's clock."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo

EXAMPLES = "Try “16:30”, “monday”, “tomorrow 9:00”, “+90m”, “+1d”, or “2017-09-20T16:30”."
MORNING = time(9, 0)  # where a jump to a day lands when no hour is said: the start of a working day
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}

_STEP = re.compile(r"([+-])\s*((?:\d+\s*[smhdw][a-z]*\s*)+)$")
_STEP_PART = re.compile(r"(\d+)\s*([smhdw])")
_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*(am|pm)?$")
_DAY_AND_HOUR = re.compile(r"([a-z]+)(?:\s+(?:at\s+)?(\S.*))?$")
_DATE_AND_HOUR = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[t\s]+(?:at\s+)?(\S.*))?$")


def target(words: str, now: datetime, zone: tzinfo) -> datetime:
    """The instant `words` name, seen from `now` by someone in `zone`; an aware datetime.

    A bare hour is its next occurrence; a weekday is the next such day after today, at 09:00 unless an hour
    follows. A wall time that a clock change skips lands after the gap. Raises ValueError, worded for the
    person, when the words say no time.
    """
    said = re.sub(r"^(go\s+)?to\s+", "", words.strip().lower())
    for read in READERS:
        found = read(said, now.astimezone(zone), zone)
        if found is not None:
            return found
    raise ValueError(f"“{words}” is not a time I know. {EXAMPLES}")


def _step(said: str, now: datetime, zone: tzinfo) -> datetime | None:
    match = _STEP.match(said)
    if match is None:
        return None
    step = timedelta()
    for count, unit in _STEP_PART.findall(match[2]):
        step += timedelta(**{UNITS[unit]: int(count)})
    try:
        whole_days = timedelta(days=step.days)
        day = now.date() + whole_days if match[1] == "+" else now.date() - whole_days
        moved = _wall(day, now.time(), zone)
        rest = step - whole_days
        return moved + rest if match[1] == "+" else moved - rest
    except OverflowError:
        return None


def _iso(said: str, now: datetime, zone: tzinfo) -> datetime | None:
    if "t" not in said or not said[:4].isdigit():
        return None
    try:
        found = datetime.fromisoformat(said.upper())
    except ValueError:
        return None
    return found if found.tzinfo is not None else _wall(found.date(), found.time(), zone)


def _hour(said: str, now: datetime, zone: tzinfo) -> datetime | None:
    hour = _time_of_day(said)
    if hour is None or (":" not in said and not said.endswith("m")):
        return None
    today = _wall(now.date(), hour, zone)
    return today if today > now else _wall(now.date() + timedelta(days=1), hour, zone)


def _dated(said: str, now: datetime, zone: tzinfo) -> datetime | None:
    match = _DATE_AND_HOUR.match(said)
    if match is None:
        return None
    hour = _time_of_day(match[2]) if match[2] else MORNING
    try:
        return _wall(date.fromisoformat(match[1]), hour, zone) if hour is not None else None
    except ValueError:
        return None


def _day(said: str, now: datetime, zone: tzinfo) -> datetime | None:
    match = _DAY_AND_HOUR.match(said.removeprefix("next "))
    ahead = _days_ahead(match[1], now.date()) if match is not None else None
    if match is None or ahead is None:
        return None
    hour = _time_of_day(match[2]) if match[2] else MORNING
    return _wall(now.date() + timedelta(days=ahead), hour, zone) if hour is not None else None


def _days_ahead(word: str, today: date) -> int | None:
    near = {"today": 0, "tomorrow": 1, "yesterday": -1}
    if word in near:
        return near[word]
    matches = [number for number, name in enumerate(WEEKDAYS) if len(word) >= 3 and name.startswith(word)]
    return (matches[0] - today.weekday() - 1) % 7 + 1 if matches else None


def _time_of_day(said: str) -> time | None:
    if said in ("noon", "midnight"):
        return time(12 if said == "noon" else 0)
    match = _CLOCK.match(said)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[3] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _wall(day: date, hour: time, zone: tzinfo) -> datetime:
    """The instant of a wall time: a skipped one lands after the gap, a repeated one is the first."""
    wall = datetime.combine(day, hour.replace(tzinfo=None, fold=0), zone)
    offset, later = wall.utcoffset(), wall.replace(fold=1).utcoffset()
    if offset is None or later is None or later <= offset:
        return wall
    return wall + (later - offset)  # in a gap fold=0 carries the offset of before


READERS: tuple[Callable[[str, datetime, tzinfo], datetime | None], ...] = (_step, _iso, _hour, _dated, _day)
