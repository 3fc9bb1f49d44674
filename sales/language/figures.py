"""Figures in words: amounts, shares and chances as they stand in a sentence."""

from collections.abc import Callable
from datetime import date, datetime

from sales.language.dates.instants import place

ROUNDED_UP = 0.995  # from here on a rounded figure would say 100%
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

SMALL_CHANCE = 0.01  # a chance below this is told as "<1%": a zero would claim too much (forecasts.md §3.1)

Spell = Callable[[float], str]


def plain_number(amount: float) -> str:
    """Return an amount as a whole number with thousands apart, for texts that need no currency."""
    return f"{round(amount):,}"


def percent(share: float) -> str:
    """Return a share as people read it: "80%", with a decimal below ten."""
    return f"{share * 100:.0f}%" if share >= 0.0995 or share == 0 else f"{share * 100:.1f}%"


def chance_in_words(chance: float) -> str:
    """Return a chance as people read it: "22%", and "<1%" for all that is less."""
    return "<1%" if chance < SMALL_CHANCE else f"{chance * 100:.0f}%"


def in_figures(chance: float) -> str:
    """Return a chance as people read it: "38%", never a bare 0% or 100%: "<1%", ">99%"."""
    if chance >= ROUNDED_UP and chance > 1 - SMALL_CHANCE:
        return ">99%"
    return chance_in_words(chance)


def one_in(chance: float) -> str:
    """Return a small chance as people picture it: "1 time in 8", "less than 1 time in 1,000"."""
    if chance < 0.001:
        return "less than 1 time in 1,000"
    if chance <= 0.4:
        return f"1 time in {round(1 / chance):,}"
    return f"{round(chance * 10)} times in 10" if chance < 0.95 else "nearly every time"


def short_date(day: date) -> str:
    """Return a date as people write it, the same in every locale: "26 Sep 2017"."""
    return f"{day.day} {MONTH_NAMES[day.month - 1][:3]} {day.year}"


def say_day(day: date, today: date) -> str:
    """Return "Fri 25 Sep", with the year where it is not the year of `today`."""
    said = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return said if day.year == today.year else f"{said} {day.year}"


def say_when(day: date, at: datetime | None, today: date, zone: str) -> str:
    """Return "Fri 25 Sep, 15:00" in `zone`, or the day alone where no time was named."""
    said = say_day(day, today)
    return f"{said}, {at.astimezone(place(zone)):%H:%M}" if at else said
