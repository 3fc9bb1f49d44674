"""Countries: which one a zone lies in, and the currency, the week and the holiday list that go with it."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import get_territory_currencies, list_currencies

from sales.language.typed_text import clean, shorten
from sales.people.holiday import supported_countries
from sales.people.member import NO_HOLIDAYS
from sales.people.team import MONDAY_TO_FRIDAY
from sales.refusal import Refusal

NAMES = Locale("en", "US").territories
WHOLE_WEEK = 0b1111111
SATURDAY = 5
COUNTRY, SUBDIVISION = "country", "subdivision"
NO_COUNTRY = "none"  # what a form says instead of a country
TEAMS = "team"  # and for a person: as the team has it


def country_of(zone: str) -> str | None:
    """Return the ISO code of the country a zone lies in, if there is a holiday list for it."""
    canonical = get_global("zone_aliases").get(zone, zone)
    code = get_global("zone_territories").get(canonical)
    return code if code in supported_countries() else None


def currency_of(country: str) -> str | None:
    """Return the currency people are paid in there, or None where CLDR names none."""
    tender = get_territory_currencies(country)
    return str(tender[0]) if tender else None


def workdays_of(country: str) -> int:
    """Return the usual working week as a bit mask, bit 0 for Monday, from CLDR's weekends.

    Where only Sunday rests by law, offices keep Monday to Friday all the same.
    """
    try:
        locale = Locale.parse(f"und_{country}")
    except (UnknownLocaleError, ValueError):
        return MONDAY_TO_FRIDAY
    if locale.weekend_start >= SATURDAY:
        return MONDAY_TO_FRIDAY
    rest = sum(1 << day for day in range(locale.weekend_start, locale.weekend_end + 1))
    return WHOLE_WEEK & ~rest


@cache
def country_names() -> Mapping[str, str]:
    """Return every country that has a holiday list, code by code, in the order of their names."""
    names = {code: NAMES.get(code, code) for code in supported_countries()}
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


def country_name(code: str | None) -> str:
    """Return a country as people call it; a code nobody knows stays a code."""
    return country_names().get(code or "", code or "")


def country_read(values: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return the country and the part of it that a form says, in fields of these names.

    None for a person means the holidays of their team, and `NO_HOLIDAYS` none at all.

    Raises:
        Refusal: if the country has no such part.
    """
    chosen = values.get(COUNTRY) or TEAMS
    if chosen == TEAMS:
        return None, None
    country = NO_HOLIDAYS if chosen == NO_COUNTRY else str(chosen)
    return country, subdivision_named(country or None, values.get(SUBDIVISION))


def currency_named(text: str) -> str:
    """Return the ISO code of a currency.

    Raises:
        Refusal: if no currency has that code.
    """
    code = clean(text, field="currency").upper()
    if code not in list_currencies():
        raise Refusal(
            f"“{shorten(code)}” is not a currency code. Use three letters, such as USD or EUR.",
            field="currency",
            example="EUR",
        )
    return code


def subdivision_named(country: str | None, text: str | None) -> str | None:
    """Return the code of a part of a country with holidays of its own; None if nothing was written.

    "CA", "ca" and "US-CA" all mean California.

    Raises:
        Refusal: if the country's holiday list tells no such part apart.
    """
    typed = clean(text or "", field="subdivision")
    if not typed:
        return None
    parts = supported_countries().get(country or "", [])
    wanted = typed.upper().removeprefix(f"{country}-")
    found = next((part for part in parts if part.upper() == wanted), None)
    if found is not None:
        return found
    offer = f"Choose one of {', '.join(parts)}, or leave it empty." if parts else "Leave it empty."
    where = country_name(country) if country else "no country"
    raise Refusal(
        f"The holidays of {where} have no part “{shorten(typed, 20)}”. {shorten(offer, 400)}",
        field="subdivision",
    )
