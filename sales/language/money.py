"""Money as people type it: "120k", "€24,000", "24.000 €", "2 million", as whole minor units."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from babel.numbers import get_currency_precision, list_currencies

from sales.language.typed_text import ascii_lower, clean, shorten
from sales.refusal import Refusal

MAX_MINOR = 10**15  # ten trillion in cents: above this a typed amount is a slip, not a deal

EXAMPLE = "24,000 or 24k"
SHORT_EXAMPLE = "24k"
MAX_DIGITS = 25  # exact in decimal arithmetic; nobody's deal needs more
BARE_FROM = 1000  # inside a sentence a bare number below this is a count or part of a name

# The first currency is what the sign means when nobody says otherwise.
SIGNS: dict[str, tuple[str, ...]] = {
    "us$": ("USD",),
    "$us": ("USD",),  # the French order
    "$ca": ("CAD",),
    "$au": ("AUD",),
    "£gb": ("GBP",),
    "ca$": ("CAD",),
    "c$": ("CAD",),
    "a$": ("AUD",),
    "au$": ("AUD",),
    "nz$": ("NZD",),
    "s$": ("SGD",),
    "hk$": ("HKD",),
    "r$": ("BRL",),
    "mx$": ("MXN",),
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD", "CLP", "COP", "ARS", "UYU", "JMD", "BSD"),
    "€": ("EUR",),
    "£": ("GBP", "EGP", "LBP", "GIP", "FKP", "SHP"),
    "jp¥": ("JPY",),
    "cn¥": ("CNY",),
    "¥": ("JPY", "CNY"),
    "￥": ("JPY", "CNY"),
    "₹": ("INR",),
    "₩": ("KRW",),
    "₽": ("RUB",),
    "₺": ("TRY",),
    "₪": ("ILS",),
    "₴": ("UAH",),
    "₦": ("NGN",),
    "₫": ("VND",),
    "฿": ("THB",),
    "₱": ("PHP",),
    "zł": ("PLN",),
    "kč": ("CZK",),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "rs": ("INR", "PKR", "LKR", "NPR", "MUR"),
    "dollars": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD"),
    "bucks": ("USD", "CAD", "AUD"),
    "euros": ("EUR",),
    "euro": ("EUR",),
    "pounds": ("GBP", "EGP"),
    "quid": ("GBP",),
    "yen": ("JPY",),
    "francs": ("CHF",),
}
SCALES: dict[str, int] = {
    "k": 10**3,
    "thousand": 10**3,
    "grand": 10**3,
    "lakh": 10**5,
    "lac": 10**5,
    "m": 10**6,
    "mm": 10**6,
    "mn": 10**6,
    "mil": 10**6,
    "mio": 10**6,
    "million": 10**6,
    "millions": 10**6,
    "crore": 10**7,
    "cr": 10**7,
    "b": 10**9,
    "bn": 10**9,
    "billion": 10**9,
    "tn": 10**12,
    "trillion": 10**12,
}


def _either(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _codes() -> frozenset[str]:
    return frozenset(list_currencies())


SIGN = _either(tuple(SIGNS))
_NUMBER = r"[0-9](?:[0-9]|[.,'’_ ](?=[0-9]))*"
SCALE = rf"(?:{_either(tuple(SCALES))})(?!\w)"
_WHOLE = re.compile(
    rf"(?:(?P<before>{SIGN}|[a-z]{{3}})\s?)?(?P<number>{_NUMBER})\s?(?:(?P<scale>{SCALE})\s?)?(?P<after>{SIGN}|[a-z]{{3}})?"
)
# In a sentence a space groups only plain thousands: "Studio 54 300k" is worth 300k.
NUMBER_INSIDE = (
    rf"(?:[0-9]{{1,3}}(?: [0-9]{{3}})+(?:[.,][0-9]{{1,3}})?(?![0-9])(?!\s?{SCALE})"
    r"|[0-9](?:[0-9]|[.,'’_](?=[0-9]))*)"
)
_INSIDE = re.compile(
    rf"(?<![\w.,/:#-])(?P<minus>(?<!\S)[-−])?(?:(?P<before>{SIGN}|(?:[A-Z]{{3}}))\s?)?(?P<number>{NUMBER_INSIDE})\s?"
    rf"(?:(?P<scale>{SCALE})\s?)?(?P<after>(?:{SIGN}|[A-Z]{{3}})(?!\w))?(?![\w%/])"
)


def parse_money(text: str, currency: str, field: str | None = None) -> int:
    """Return the amount in whole minor units of `currency` (cents, or yen where there are none).

    Groups and decimals are told apart by their shape: three digits after a lone separator are a group,
    except before k, m and the like, where a dot is a decimal.

    Raises:
        Refusal: for no amount, one that is negative, zero, above MAX_MINOR, finer than the currency's
            smallest unit, or in another currency.
    """
    words = ascii_lower(clean(text, field=field))
    match = _WHOLE.fullmatch(words)
    if match is None:
        raise _unreadable(text, words, field)
    return minor_units(match.groupdict(), text.strip(), currency, field)


def amounts_within(text: str) -> list[tuple[int, int]]:
    """Return where numbers that could be amounts stand in a sentence, small and bare ones included."""
    spans = (match.span() for match in _INSIDE.finditer(lower_words(text)))
    return [(start, start + len(text[start:end].rstrip())) for start, end in spans]


def lower_words(text: str) -> str:
    """Lower all but three capitals: inside a sentence "ALL" may be the lek, "all" is a word."""
    return re.sub(r"(?<![^\W\d])(?![A-Z]{3}(?!\w))[A-Za-z$]+", lambda word: ascii_lower(word.group()), text)


def minor_units(parts: Mapping[str, str | None], typed: str, currency: str, field: str | None) -> int:
    """Return what the parts of an amount (before, number, scale, after) come to in whole minor units of `currency`.

    Raises:
        Refusal: as `parse_money`.
    """
    for mark in (parts["before"], parts["after"]):
        if mark:
            _require_currency(mark, typed, currency, field)
    precision, scale = get_currency_precision(currency), parts["scale"]
    number = _decimal(parts["number"] or "", scaled=scale is not None, precision=precision)
    if number is None:
        raise _unreadable(typed, typed, field)
    return checked_minor(number * SCALES.get(scale or "", 1) * 10**precision, typed, currency, field)


def checked_minor(minor: Decimal, typed: str, currency: str, field: str | None) -> int:
    """Return an amount that can stand as whole minor units.

    Raises:
        Refusal: for one that is zero, above MAX_MINOR or finer than the currency's smallest unit.
    """
    if minor == 0:
        raise Refusal("The amount has to be above zero.", field=field, example=EXAMPLE, of_value=True)
    if minor > MAX_MINOR:
        raise Refusal(
            f"{shorten(typed)} is more than Rainmaker keeps for one amount. Is there a digit too many?",
            field=field,
            example=EXAMPLE,
            of_value=True,
        )
    if minor != minor.to_integral_value():
        precision = get_currency_precision(currency)
        unit = "whole units only" if precision == 0 else f"{precision} decimals at most"
        raise Refusal(
            f"{shorten(typed)} is too fine: {currency} has {unit}.",
            field=field,
            example=EXAMPLE,
            of_value=True,
        )
    return int(minor)


def currencies_of(mark: str) -> tuple[str, ...]:
    """Return what a sign or code may mean, the likeliest first; nothing where it is neither."""
    return SIGNS.get(mark) or ((mark.upper(),) if mark.upper() in _codes() else ())


def _require_currency(mark: str, typed: str, currency: str, field: str | None) -> None:
    """Refuse a sign or code that says another currency than the one that counts: the team's, or a deal's own."""
    meant = currencies_of(mark)
    if not meant:
        raise _unreadable(typed, typed, field)
    if currency not in meant:
        raise Refusal(
            f"{shorten(typed)} is in {meant[0]}; it is counted in {currency} here. Type the amount in {currency}.",
            field=field,
            example=f"24,000 {currency}",
            of_value=True,
        )


def _decimal(number: str, *, scaled: bool, precision: int) -> Decimal | None:
    """Read digits with separators; None where the separators make no sense ("12..3", "1,23,4")."""
    separators = re.findall(r"[^0-9]", number)
    if not separators:
        return Decimal(number) if len(number) <= MAX_DIGITS else Decimal(10) ** MAX_DIGITS
    last = separators[-1]
    head, _, tail = number.rpartition(last)
    is_decimal = last in ".," and separators.count(last) == 1
    if is_decimal and len(separators) == 1 and len(tail) == 3 and head[0] != "0" and len(head) <= 3:
        is_decimal = last == "." and (scaled or precision == 3)
    if not is_decimal:
        head, tail = number, ""
    grouping = {separator for separator in separators if tail == "" or separator != last}
    if len(grouping) > 1 or not _grouped(head, "".join(grouping)):
        return None
    digits = re.sub(r"[^0-9]", "", head)
    if len(digits) + len(tail) > MAX_DIGITS or (len(tail) > max(precision, 2) and not scaled):
        return None
    return Decimal(f"{digits}.{tail or 0}")


def _grouped(head: str, separator: str) -> bool:
    """True where digits are grouped by thousands, or the Indian way (12,34,567)."""
    if not separator:
        return head.isdecimal()
    first, *middle, last = head.split(separator)
    sizes = {len(group) for group in middle}
    return 1 <= len(first) <= 3 and len(last) == 3 and (sizes <= {3} or (sizes == {2} and len(first) <= 2))


def _unreadable(text: str, words: str, field: str | None) -> Refusal:
    quoted = shorten(text.strip())
    if not quoted:
        return Refusal("An amount is missing.", field=field, example=EXAMPLE, of_value=True)
    if re.search(r"(?:^|\s|[^\w\s])[-−–(]\s?[^\w\s]?[0-9]", f" {words}"):
        return below_zero(text.strip(), field)
    return Refusal(f"“{quoted}” does not read as an amount.", field=field, example=EXAMPLE, of_value=True)


def below_zero(typed: str, field: str | None) -> Refusal:
    return Refusal(
        f"{shorten(typed)} is below zero; amounts are above it.", field=field, example=EXAMPLE, of_value=True
    )
