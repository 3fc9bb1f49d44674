"""Currencies as cells and headers name them: a code, a sign, or a name in the languages of exports.

"kr" is the name of several. Which of them is meant is the team's, where it is among them; else nobody knows.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from babel.numbers import get_currency_name

from sales.language.amounts.reading import MEANS_ONE
from sales.language.money import SCALES, SIGNS, currencies_of
from sales.language.names.match import unaccented

LANGUAGES = ("en", "de", "es", "fr", "it", "pl")
# Those of which deals are told in words; a name of any other is none, and refused.
NAMED_CODES = (
    "USD EUR GBP CHF SEK NOK DKK ISK PLN CZK HUF RON BGN TRY UAH ILS AED SAR ZAR INR CNY JPY KRW HKD SGD TWD THB AUD "
    "NZD CAD MXN BRL ARS CLP"
)
COUNTS = (None, 1, 2, 5)  # of which languages have a form each: 1 złoty, 2 złote, 5 złotych
FEWEST_LETTERS = 2

_CROWNS = ("SEK", "NOK", "DKK", "ISK", "CZK")
_WORDS: Mapping[str, tuple[str, ...]] = {
    "dollar": SIGNS["$"], "usdollar": ("USD",), "usdollars": ("USD",), "pound": SIGNS["pounds"],
    "poundsterling": ("GBP",), "poundssterling": ("GBP",), "sterling": ("GBP",), "franc": ("CHF", "XOF", "XAF"),
    "franken": ("CHF",), "fr": ("CHF",), "sfr": ("CHF",), "swissfranc": ("CHF",), "swissfrancs": ("CHF",),
    "zloty": ("PLN",), "zlotys": ("PLN",), "zlote": ("PLN",), "zlotych": ("PLN",), "zl": ("PLN",), "kc": ("CZK",),
    "koruna": ("CZK",), "koruny": ("CZK",), "korun": ("CZK",), "crown": _CROWNS, "crowns": _CROWNS,
    "krona": ("SEK", "ISK"), "kronor": ("SEK",), "krone": ("NOK", "DKK"), "kroner": ("NOK", "DKK"), "kronen": _CROWNS,
    "skr": ("SEK",), "nkr": ("NOK",), "dkr": ("DKK",), "rupee": SIGNS["rs"], "rupees": SIGNS["rs"], "rmb": ("CNY",),
    "yuan": ("CNY",), "renminbi": ("CNY",), "rand": ("ZAR",), "forint": ("HUF",), "ft": ("HUF",), "real": ("BRL",),
    "reais": ("BRL",), "peso": ("MXN", "ARS", "CLP", "COP", "PHP", "UYU"), "lira": ("TRY",), "tl": ("TRY",),
    "pesos": ("MXN", "ARS", "CLP", "COP", "PHP", "UYU"), "lei": ("RON", "MDL"), "leu": ("RON", "MDL"),
    "руб": ("RUB",), "грн": ("UAH",), "лв": ("BGN",),
}  # fmt: skip
_NO_CENTS = re.compile(r"(?<=\d)[.,][-–—]+(?=\D*$)")  # 500.- and 500,–
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_NAME = r"[^\d\s.,'’()+–−-]+\.?"
_BESIDE = re.compile(rf"(?P<scale>{_SCALE})(?![^\W\d_])(?P<after>{_NAME})?|(?P<name>{_NAME})", re.I)


@lru_cache(maxsize=1024)
def currencies_named(said: str) -> tuple[str, ...]:
    """Return what a code, a sign or a name may mean, the likeliest first; nothing where it is none of them."""
    mark = _plain(said.strip().casefold())
    return (currencies_marked(said) or _names().get(mark, ())) if mark else ()


def currencies_marked(said: str) -> tuple[str, ...]:
    """Return what a code, a sign or a common word may mean: what is told at a glance."""
    lower = said.strip().casefold()
    mark = _plain(lower)
    return (currencies_of(lower) or currencies_of(mark) or _WORDS.get(mark, ())) if mark else ()


def currency_meant(said: str, team: str) -> str:
    """Return the currency that is meant: the team's wherever it can be, "" where several can or none."""
    meant = currencies_named(said)
    if team in meant:
        return team
    return meant[0] if len(meant) == 1 or (meant and said.strip().casefold() in MEANS_ONE) else ""


def apart(amount: str) -> tuple[str, str]:
    """Return the figure of an amount, with its scale if it has one, and what is named beside it: "12k" and "€"."""
    figure = _NO_CENTS.sub("", amount)
    names = [one["name"] or one["after"] or "" for one in _BESIDE.finditer(figure)]
    figure = _BESIDE.sub(lambda one: one["scale"] or " ", figure)
    return figure.strip(" .\xa0\u202f"), " ".join(filter(None, names))


def _plain(name: str) -> str:
    return re.sub(r"[\s.]", "", unaccented(name)).replace("ł", "l")


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Return what currencies are called, in one and in many, without accents and spaces."""
    names: dict[str, tuple[str, ...]] = {}
    for language in LANGUAGES:
        for code in NAMED_CODES.split():
            for one in {get_currency_name(code, count, language) for count in COUNTS}:
                mark = _plain(one.casefold())
                if len(mark) > FEWEST_LETTERS and code not in names.get(mark, ()):
                    names[mark] = (*names.get(mark, ()), code)
    return names
