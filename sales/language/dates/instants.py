"""Instants and zones: every instant is aware UTC, every date is a local date of a named zone."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator


def as_utc(value: datetime) -> datetime:
    """Return the same instant in UTC.

    Raises:
        ValueError: if the value is naive: a wall clock without a zone is not an instant.
    """
    if value.tzinfo is None or value.utcoffset() is None:
        raise ValueError(f"{value.isoformat()} has no time zone; an instant needs one")
    return value.astimezone(UTC)


@lru_cache(maxsize=2048)  # there are 600; the standard library keeps eight, and reads the others' files again
def zone_named(name: str) -> ZoneInfo | None:
    """Return the zone of this name, or None if the installed zone database has none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def is_known(name: str) -> bool:
    """Say whether the installed zone database has a zone of this name."""
    return zone_named(name) is not None


@lru_cache(maxsize=2048)  # every date that is said to somebody asks for theirs
def place(*names: str) -> ZoneInfo:
    """Return the first of these zones that is known, and UTC if none is.

    For names that were stored: a zone database of another day or machine may not have what this one had, and
    nobody's message is worth less for it. What people type is checked by `known_zone` instead.
    """
    return next((zone for name in names if (zone := zone_named(name)) is not None), ZoneInfo("UTC"))


def known_zone(name: str) -> str:
    """Return the name if it is an IANA zone.

    Raises:
        ValueError: if the zone database has no such zone.
    """
    if not is_known(name):
        raise ValueError(f"{name!r} is not a time zone; expected a name such as Europe/Paris")
    return name


def local_date(instant: datetime, zone: str) -> date:
    """Return the calendar date that people in `zone` read at `instant`; UTC's where the zone is unknown."""
    return instant.astimezone(place(zone)).date()


Instant = Annotated[datetime, AfterValidator(as_utc)]
ZoneName = Annotated[str, AfterValidator(known_zone)]


@lru_cache(maxsize=4096)  # thousands of people share a zone, a time and a day
def local_instant(zone: str, local_time: time, day: date) -> datetime:
    """Return when the clocks of a zone show a time on a day, in UTC. A zone that is not known is UTC.

    A time that is skipped becomes the first instant after the gap; one that comes twice means the first.
    A date that a zone left out altogether (Samoa, 2011-12-30) is a gap like any other.
    """
    here = place(zone)
    wall = datetime.combine(day, local_time.replace(tzinfo=None, fold=0))
    late = wall.replace(tzinfo=here).astimezone(UTC)
    if late.astimezone(here).replace(tzinfo=None, fold=0) == wall:
        return late
    early = wall.replace(tzinfo=here, fold=1).astimezone(UTC)
    # Inside a gap fold 0 reads the clock as before it and fold 1 as after it, so the instant at which the
    # clocks jump lies between the two; transitions fall on whole seconds.
    after = late.astimezone(here).utcoffset()
    low, high = early.replace(microsecond=0) - timedelta(seconds=1), late
    high = high.replace(microsecond=0) + timedelta(seconds=1 if high.microsecond else 0)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        low, high = (low, middle) if middle.astimezone(here).utcoffset() == after else (middle, high)
    return high


@lru_cache(maxsize=4096)
def date_exists(zone: str, day: date) -> bool:
    """Return whether people in the zone ever read this date on a calendar."""
    return local_instant(zone, time.min, day).astimezone(place(zone)).date() == day
