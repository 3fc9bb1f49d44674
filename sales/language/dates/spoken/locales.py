"""Locales: how days are called and dates are put in order where a person's Slack is not in American English."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from sales.language.figures import MONTHS, WEEKDAYS
from sales.language.reader import known_locale

AMERICAN = "en-US"
SHORTEST_NAME = 3  # "do" and "so" are said too often to be days

NO_NAMES: Mapping[str, str] = MappingProxyType({})
# Short names abroad that are words in English or in the tongue itself; English is always understood.
_WORDS = frozenset(
    [
        "set",
        "ago",
        "out",
        "pet",
        "sex",
        "dim",
        "sob",
        "ned",
        "tor",
        "mar",
        "mer",
        "ter",
        "die",
        "dom",
        "man",
        "sat",
        "sun",
        "mon",
        "may",
        "sam",
        "gen",
        "lug",
        "avg",
        "mag",
        "sep",
    ]
)
_DAYS_BESIDE: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "de": {
            "heute": "today",
            "morgen": "tomorrow",
            "übermorgen": "day after tomorrow",
            "gestern": "yesterday",
        },
        "fr": {"demain": "tomorrow", "après-demain": "day after tomorrow", "hier": "yesterday"},
        "es": {"hoy": "today", "mañana": "tomorrow", "ayer": "yesterday"},
        "it": {
            "oggi": "today",
            "domani": "tomorrow",
            "dopodomani": "day after tomorrow",
            "ieri": "yesterday",
        },
        "nl": {
            "vandaag": "today",
            "morgen": "tomorrow",
            "overmorgen": "day after tomorrow",
            "gisteren": "yesterday",
        },
        "pt": {"hoje": "today", "amanhã": "tomorrow", "ontem": "yesterday"},
        "sl": {
            "danes": "today",
            "jutri": "tomorrow",
            "pojutrišnjem": "day after tomorrow",
            "včeraj": "yesterday",
            # said of the day something happens on, as dates are; babel has them as they are listed
            "sredo": "wednesday",
            "soboto": "saturday",
            "nedeljo": "sunday",
        },
    }
)


@lru_cache(maxsize=64)
def names_in(locale: str | None) -> Mapping[str, str]:
    """Return the English of each weekday and month as people of a Slack locale call it; none for English.

    Read once for each locale. Short names that are words as well are left out, as are those like English ones.
    """
    tongue = known_locale(locale)
    if tongue is None or tongue.language == "en":
        return NO_NAMES
    found: dict[str, str] = {}
    for context in ("format", "stand-alone"):
        for width in ("abbreviated", "wide"):
            found |= _spelled(tongue.days[context][width], WEEKDAYS, 0)
            found |= _spelled(tongue.months[context][width], MONTHS, 1)
    for name, english in _DAYS_BESIDE.get(tongue.language, {}).items():
        found |= dict.fromkeys({name, _plain(name)}, english)
    return MappingProxyType(found)


@lru_cache(maxsize=64)
def day_first(locale: str | None) -> bool:
    """Say whether 3/4 is the third of April for people of a locale; where none is known, it is the fourth of March."""
    tongue = known_locale(locale)
    if tongue is None or locale == AMERICAN:
        return False
    order = re.sub(r"[^dM]", "", str(tongue.date_formats["short"].pattern))
    return order.startswith("d")


def _spelled(names: Mapping[int, str], english: tuple[str, ...], first: int) -> dict[str, str]:
    found = {}
    for number, name in names.items():
        long = name.casefold().rstrip(".")
        for word in {long, _plain(long), *(part for part in (long.removesuffix("-feira"),) if part != long)}:
            letters = word.removesuffix("-feira")
            if len(letters) >= SHORTEST_NAME and letters not in _WORDS and letters.isalpha():
                found[word] = english[number - first].lower()
    return found


def _plain(word: str) -> str:
    """The word without its accents, as people type it in haste."""
    return "".join(one for one in unicodedata.normalize("NFD", word) if not unicodedata.combining(one))
