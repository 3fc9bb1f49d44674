"""Instants and zones: every instant is aware UTC, every date is a local date of a named zone."""

from datetime import UTC, date, datetime
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


def known_zone(name: str) -> str:
    """Return the name if it is an IANA zone.

    Raises:
        ValueError: if the zone database has no such zone.
    """
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as missing:
        raise ValueError(f"{name!r} is not a time zone; expected a name such as Europe/Paris") from missing
    return name


def local_date(instant: datetime, zone: str) -> date:
    """Return the calendar date that people in `zone` read at `instant`."""
    return instant.astimezone(ZoneInfo(zone)).date()


Instant = Annotated[datetime, AfterValidator(as_utc)]
ZoneName = Annotated[str, AfterValidator(known_zone)]
