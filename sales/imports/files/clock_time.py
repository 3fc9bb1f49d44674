"""Times of day in files: what stands behind a date, "07:12", "7:12 PM", "T07:12:30Z"; midnight alone is no time."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from sales.language.dates.instants import local_instant

_TIME = re.compile(
    r"(?:[T,]|\s)\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2})?\s*$",
    re.I,
)
MIDNIGHT = time()


def instant_of(text: str, day: date, zone: str) -> datetime | None:
    """Return the instant that a cell with a day states; None where it states the day alone.

    A time without a zone of its own is one of the file's. What a spreadsheet adds to a day, 00:00, is no time.
    """
    found = _TIME.search(text)
    if found is None:
        return None
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    if half := found["half"]:
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    at = time(hour, minute, second)
    if (named := found["zone"]) is not None and (at != MIDNIGHT or named[0] in "+-"):
        return datetime.combine(day, at, offset_of(named)).astimezone(UTC)
    return local_instant(zone, at, day) if at != MIDNIGHT else None


def offset_of(named: str) -> timezone:
    """Return the zone that a time names by its distance: "Z", "+02:00"."""
    if named[0] not in "+-":
        return UTC
    digits = named[1:].replace(":", "")
    distance = timedelta(hours=min(int(digits[:2]), 14), minutes=min(int(digits[2:]), 59))
    return timezone(-distance if named[0] == "-" else distance)
