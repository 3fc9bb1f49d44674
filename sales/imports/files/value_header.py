"""Value headers: what the name of a column of money says beside its word: a currency, and what its figures count.

"Amount (k€)" is Amount, in euros, in thousands. What may mean two things ("Value (m)") is asked about.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel.numbers import list_currencies

from sales.imports.files.amounts import Units
from sales.imports.files.currencies import NAMED_CODES
from sales.language.money import SIGNS
from sales.language.names.match import fold, unaccented

UNITS: Mapping[str, tuple[Units, ...]] = {
    **dict.fromkeys(("k", "tsd", "thousand", "thousands", "thous", "tausend", "miles", "milliers", "tys", "migliaia",
                     "000", "000s", "1000"), (Units.THOUSANDS,)),
    **dict.fromkeys(("mio", "mill", "million", "millions", "millionen", "millones", "milioni", "mln", "mn", "mm"),
                    (Units.MILLIONS,)),
    **dict.fromkeys(("lakh", "lakhs", "lac", "lacs"), (Units.LAKHS,)),
    **dict.fromkeys(("crore", "crores"), (Units.CRORES,)),
    **dict.fromkeys(("cent", "cents", "ct", "cts", "centimes", "centimos", "pence", "minor"), (Units.CENTS,)),
    "m": (Units.WHOLE, Units.MILLIONS),
    "t": (Units.WHOLE, Units.THOUSANDS),
    "mil": (Units.THOUSANDS, Units.MILLIONS),
}  # fmt: skip
BESIDE_CURRENCY: Mapping[str, Units] = {
    "k": Units.THOUSANDS, "t": Units.THOUSANDS, "m": Units.MILLIONS, "mio": Units.MILLIONS, "mn": Units.MILLIONS,
    "mm": Units.MILLIONS,
}  # fmt: skip
FILLING = frozenset({"in", "of", "en", "unit", "units"})
NAMES = frozenset({"kr", "zł", "kč", "rs", "euro", "euros", "dollar", "dollars", "yen"})

GLUED = frozenset(NAMED_CODES.split())  # after a unit: "TEUR", and no "tats"

_PART = re.compile(r"us\$|r\$|[^\W_]+|[$€£¥₹₽₺₩₪₴]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TOGETHER = re.compile(rf"({'|'.join(BESIDE_CURRENCY)})([a-z]{{3}})")


@dataclass(frozen=True)
class ValueHeader:
    """A header in its parts: the word for money folded, the currencies it names, and what its figures may count."""

    word: str
    currencies: tuple[str, ...]
    units: tuple[Units, ...]

    @property
    def currency(self) -> str:
        """The one currency it names; a sign that several have is left as it is."""
        return self.currencies[0] if len(self.currencies) == 1 else ""

    @property
    def says_more(self) -> bool:
        """Whether it says anything beside its word that is understood."""
        return bool(self.currencies or self.units) and len(self.currencies) <= 1


@lru_cache(maxsize=8192)  # every kind of file is tried on the same names
def value_header(header: str) -> ValueHeader:
    """Take the name of a column apart."""
    words, currencies, units = list[str](), list[str](), list[str]()
    parts = _parts(header)
    for at, part in enumerate(parts):
        if currency := _currency(part):
            currencies.append(currency)
        elif unaccented(part) in UNITS:
            near = [*parts[max(at - 1, 0) : at], *parts[at + 1 : at + 2]]
            units.append(part if not any(map(_currency, near)) else f"{part}€")
        elif part not in FILLING:
            words.append(part)
    return ValueHeader(fold("".join(words)), tuple(currencies), _units(units))


def _parts(header: str) -> list[str]:
    """Return the words and signs of a header; "TEUR" is two of them."""
    found = _PART.findall(_CAMEL.sub(" ", header).replace("_", " ").casefold())
    parts = list[str]()
    for part in found:
        both = _TOGETHER.fullmatch(part)
        parts += both.groups() if both and both[2].upper() in GLUED else [part]
    return parts


def _currency(part: str) -> str:
    """Return the currency that a part names, its sign where several have it, "" where it names none."""
    if part in NAMES or (part in SIGNS and not part.isalpha()):
        meant = SIGNS.get(part, ())
        return meant[0] if len(meant) == 1 or part == "£" else part
    code = part.upper()
    return code if len(code) == 3 and code in list_currencies() else ""


def _units(found: list[str]) -> tuple[Units, ...]:
    """Return what the figures may count: beside a currency a letter is sure."""
    if not found:
        return ()
    part = found[0]
    if part.endswith("€") and part[:-1] in BESIDE_CURRENCY:
        return (BESIDE_CURRENCY[part[:-1]],)
    return UNITS[unaccented(part.rstrip("€"))]
