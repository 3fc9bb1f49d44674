"""Holidays: the public ones of a country, and a team's own word on a day."""

import warnings
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from sqlmodel import Field, SQLModel

from sales.refusal import Refusal

LANGUAGE = "en_US"  # the words of the product; without it the library follows the server's locale


class PublicDays(NamedTuple):
    """What a country says about one year: days off by name, and weekend days worked in exchange."""

    off: Mapping[date, str]
    worked: frozenset[date]


class _Year(NamedTuple):
    """One year, counted once. `before[i]` is how many working days lie before day i, `off` names days off."""

    first: int
    before: tuple[int, ...]
    off: Mapping[date, str]


@lru_cache(maxsize=2048)
def public_days(country: str, subdivision: str | None, year: int) -> PublicDays:
    """Return the public holidays of a country (ISO 3166 code) or of a part of it in one year.

    Raises:
        Refusal: if the holiday list knows no such country or subdivision.
    """
    from holidays import country_holidays  # loaded with the first team that keeps a country's holidays

    known = supported_countries()
    if country.upper() not in known:
        raise Refusal(
            f"There is no holiday list for the country “{country}”. Use its two-letter code, or none at all.",
            field="country",
            example="US",
        )
    try:
        with warnings.catch_warnings():
            # Some lists warn that they end at a certain year; beyond it, the days they do know still hold.
            warnings.simplefilter("ignore", UserWarning)
            days = country_holidays(
                country.upper(), subdiv=subdivision, years=year, expand=False, language=LANGUAGE
            )
    except NotImplementedError as unknown:
        parts = known[country.upper()]
        offer = f"Choose one of {', '.join(parts)}, or none." if parts else "Leave it empty."
        raise Refusal(
            f"The holiday list of {country.upper()} has no part called “{subdivision}”. {offer}",
            field="subdivision",
            example=parts[0] if parts else None,
        ) from unknown
    worked = frozenset(day for day in getattr(days, "weekend_workdays", ()) if day.year == year)
    off = {day: name for day, name in sorted(days.items()) if day.year == year}
    return PublicDays(MappingProxyType(off), worked)


@lru_cache(maxsize=1)
def supported_countries() -> Mapping[str, list[str]]:
    """Return every country code with a holiday list, and the subdivisions each list tells apart."""
    from holidays import list_supported_countries

    return list_supported_countries(include_aliases=False)


class HolidayChange(SQLModel):
    """A team's own word on a day: a holiday the country list lacks, or a public holiday it works."""

    on: date
    name: str = Field(default="", max_length=100)
    works: bool = False
