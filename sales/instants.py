"""Instants and zones: every instant is aware UTC, every date is a local date of a named zone."""

from datetime import UTC, date, datetime
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
