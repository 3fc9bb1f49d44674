"""Time zones by what people call them: "Europe/Paris", "Paris", "new york", "ET", "the UK"."""

from collections.abc import Mapping
from functools import cache
from zoneinfo import available_timezones

from babel.core import get_global

from sales.language.spelling import closest
from sales.language.typed_text import clean, shorten
from sales.refusal import Refusal

LONGEST_NAME = 64
# Names people use all year round, whatever the season's proper letters are.
ZONES: dict[str, str] = {
    "utc": "UTC",
    "gmt": "Etc/GMT",
    **dict.fromkeys(("et", "est", "edt"), "America/New_York"),
    **dict.fromkeys(("ct", "cst", "cdt"), "America/Chicago"),
    **dict.fromkeys(("mt", "mst", "mdt"), "America/Denver"),
    **dict.fromkeys(("pt", "pst", "pdt"), "America/Los_Angeles"),
    **dict.fromkeys(("cet", "cest"), "Europe/Paris"),
    **dict.fromkeys(("eet", "eest"), "Europe/Helsinki"),
    "bst": "Europe/London",
    "ist": "Asia/Kolkata",
    "sgt": "Asia/Singapore",
    "jst": "Asia/Tokyo",
    **dict.fromkeys(("aest", "aedt"), "Australia/Sydney"),
}
# What is said before "time", and is no city.
REGIONS: dict[str, str] = {
    **dict.fromkeys(("eastern", "east coast", "ny", "nyc"), "America/New_York"),
    "central": "America/Chicago",
    "mountain": "America/Denver",
    **dict.fromkeys(("pacific", "west coast"), "America/Los_Angeles"),
    **dict.fromkeys(("uk", "british"), "Europe/London"),
    "central european": "Europe/Paris",
    "indian": "Asia/Kolkata",
}


def place_said(text: str) -> str | None:
    """Return the zone of a city, a region or letters such as "ET"; None where people call none so."""
    said = text.casefold()
    return ZONES.get(said) or REGIONS.get(said) or cities().get(folded(said))


def zone_named(text: str) -> str:
    """Return the zone meant by "Europe/Paris", "europe/paris", "Paris" or "new york".

    Raises:
        Refusal: if there is none, with the nearest one spelled out.
    """
    typed = clean(text, field="zone")
    wanted = folded(typed)
    found = place_said(typed) or zones().get(wanted)
    if found is not None:
        return found
    near = closest(wanted, cities()) if len(wanted) <= LONGEST_NAME else None
    example = cities()[near] if near else "Europe/Paris"
    raise Refusal(
        f"There is no time zone “{shorten(typed)}”. Write it like {example}.", field="zone", example=example
    )


def folded(text: str) -> str:
    return text.casefold().replace(" ", "_")


@cache
def zones() -> Mapping[str, str]:
    return {folded(zone): zone for zone in available_timezones()}


@cache
def cities() -> Mapping[str, str]:
    """The zones people live in by the last part of their names, old spellings left out."""
    lived_in = sorted(get_global("zone_territories"))
    return {folded(zone.rpartition("/")[2]): zone for zone in lived_in if folded(zone) in zones()}
