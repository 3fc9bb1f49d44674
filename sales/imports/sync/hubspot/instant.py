"""Instants as HubSpot writes them: in milliseconds since 1970, or by ISO 8601."""

import re
from datetime import UTC, datetime, timedelta

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
NUMBER = re.compile(r"-?\d{1,30}")


def milliseconds(at: datetime) -> int:
    """Return whole milliseconds since 1970, those of a fraction left out."""
    return (at - BEGINNING) // timedelta(milliseconds=1)


def at_milliseconds(count: int) -> datetime:
    return BEGINNING + timedelta(milliseconds=count)


def instant(value: str | None) -> datetime | None:
    """Return an instant, however HubSpot writes it; None where there is none or it is none."""
    if not value:
        return None
    try:
        if NUMBER.fullmatch(value):
            return at_milliseconds(int(value))
        found = datetime.fromisoformat(value)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
