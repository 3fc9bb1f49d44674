"""Settling: a day and a time become one instant to come, or the refusal of one that is over or too far off."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sales.language.dates.spoken.circumstances import (
    Asked,
    DateForm,
    Facing,
    Meant,
    existing_date,
    weekday_after,
)
from sales.language.dates.spoken.clock import SpokenTime
from sales.language.dates.spoken.when import PastDate, Span, When
from sales.language.figures import day_and_time, long_day
from sales.refusal import Refusal

FURTHEST = timedelta(days=5 * 366)  # a commitment beyond five years is a slip of the finger
SOON = timedelta(days=183)


def settle(
    meant: Meant,
    clock: SpokenTime | None,
    form: DateForm,
    plain: str,
    spans: tuple[Span, ...],
    asked: Asked,
) -> When | Refusal:
    """Turn a day and a time into a `When`, or into the refusal of one that is over or too far off."""
    words = " ".join(plain[start:end].strip() for start, end in spans)
    day, at = _moment(meant.day, clock, asked)
    if meant.moment is not None:
        day, at = meant.day, meant.moment.astimezone(UTC)
    over = day < asked.today or (at is not None and at < asked.now)
    if (
        form is not DateForm.CLOCK
        and clock
        and clock.until
        and over
        and day == asked.today
        and asked.now.hour < clock.until
    ):
        at, over = None, False  # "this afternoon", said in the afternoon
    if asked.facing is Facing.AHEAD:
        if form is DateForm.CLOCK and over:
            day, at = _moment(meant.day + timedelta(days=1), clock, asked)
            over = False
        elif not meant.firm and (at is None or over):
            day, at = _moment(meant.day + timedelta(days=7), clock, asked)
            over = False
    when = When(day, at, words, spans, form)
    if abs(day - asked.today) > FURTHEST:
        far = "away" if day > asked.today else "ago"
        return Refusal(f"{long_day(day, asked.today)} is more than five years {far}.", field="when")
    return _past(when, clock, asked) if over and asked.facing is Facing.AHEAD else when


def said(when: When, asked: Asked) -> str:
    """Return the day and time as Rainmaker says them, which is a way to type them."""
    return day_and_time(when.day, when.at, asked.today, getattr(asked.now.tzinfo, "key", "UTC"))


def _moment(day: date, clock: SpokenTime | None, asked: Asked) -> tuple[date, datetime | None]:
    """The instant of that wall-clock time; in another zone's words the local date can be the next one.

    A time the clocks skip in spring is the same distance after the change.
    """
    if clock is None:
        return day, None
    zone = ZoneInfo(clock.zone) if clock.zone else asked.now.tzinfo
    at = datetime.combine(day, clock.at, zone).astimezone(UTC)
    return at.astimezone(asked.now.tzinfo).date(), at


def _past(when: When, clock: SpokenTime | None, asked: Asked) -> PastDate:
    today = asked.today
    if when.day == today or "yesterday" in when.words:
        day = today + timedelta(days=1)
    else:
        day = _swapped(when, today) or weekday_after(today, when.day.weekday())
    at = when.at and _moment(day, clock or SpokenTime(time(9), None, 0, 0), asked)[1]
    meant = when._replace(day=day, at=at)
    likely = said(meant, asked)
    return PastDate(f"{said(when, asked)} is in the past. Did you mean {likely}?", meant, likely)


def _swapped(when: When, today: date) -> date | None:
    """9/12 that is over as 12 September may have meant 9 December."""
    if when.form is not DateForm.EXPLICIT or "/" not in when.words:
        return None
    day = existing_date(when.day.year, when.day.day, when.day.month)
    return day if day and today <= day <= today + SOON else None
