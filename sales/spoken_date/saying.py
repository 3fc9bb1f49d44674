"""How Rainmaker says a day back: short, with its weekday, and readable by `find_when` as the same day."""

from datetime import date, datetime

from sales.instants import place

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def say_day(day: date, today: date) -> str:
    """Return "Fri 25 Sep", with the year where it is not the year of `today`."""
    said = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return said if day.year == today.year else f"{said} {day.year}"


def say_when(day: date, at: datetime | None, today: date, zone: str) -> str:
    """Return "Fri 25 Sep, 15:00" in `zone`, or the day alone where no time was named."""
    said = say_day(day, today)
    return f"{said}, {at.astimezone(place(zone)):%H:%M}" if at else said
