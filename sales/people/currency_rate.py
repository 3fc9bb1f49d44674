"""Currency rates: what one of another currency is worth in the one a team counts in, and from which day on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from babel.numbers import get_currency_precision
from sqlmodel import Field, SQLModel

from sales.language.money import MAX_MINOR

ALWAYS = date.min  # the first day of a rate that nobody named one for: it holds on all days before, too
HIGHEST = Decimal(10) ** 9  # of one currency for one of another; no two that are in use lie further apart
LOWEST = 1 / HIGHEST
MOST_PLACES = 12  # decimals of a rate; banks give four to six of them
EXACT = 60  # digits: no product of an amount and a rate has more


class CurrencyRate(SQLModel):
    """One `currency` is worth `rate` of `counted_in`, from the day `since` until another rate begins."""

    currency: str = Field(regex="^[A-Z]{3}$")
    counted_in: str = Field(regex="^[A-Z]{3}$")
    rate: Decimal = Field(gt=0, le=10**9)
    since: date = ALWAYS

    @property
    def has_beginning(self) -> bool:
        """Whether it counts from a day on, and not on all days before."""
        return self.since != ALWAYS


Rates = Mapping[str, Sequence[CurrencyRate]]  # by currency, the latest first


def by_code(rates: Iterable[CurrencyRate]) -> Rates:
    """Return rates by their currency, the latest first."""
    found: dict[str, list[CurrencyRate]] = {}
    for one in sorted(rates, key=lambda rate: (rate.currency, -rate.since.toordinal())):
        found.setdefault(one.currency, []).append(one)
    return found


def in_force(rates: Iterable[CurrencyRate], on: date) -> CurrencyRate | None:
    """Return the rate of one currency that holds on a day, the latest that has begun; None before the first."""
    begun = (rate for rate in rates if rate.since <= on)
    return max(begun, key=lambda rate: rate.since, default=None)


def agreed(said: Iterable[Rates]) -> Rates:
    """Return the rates of those currencies of which everybody who says anything says the same."""
    every: dict[str, list[Sequence[CurrencyRate]]] = {}
    for rates in said:
        for currency, theirs in rates.items():
            every.setdefault(currency, []).append(theirs)
    return {currency: alike[0] for currency, alike in every.items() if all(one == alike[0] for one in alike)}


def begins(known: Iterable[CurrencyRate], today: date) -> date:
    """Return from which day a rate counts that was set without one: a currency's first always, others from today."""
    return today if any(True for _ in known) else ALWAYS


def converted(minor: int, rate: CurrencyRate) -> int:
    """Return an amount in minor units of the rate's currency as minor units of the one it is counted in.

    Rounded half to even, once, at the end.

    Raises:
        ValueError: with the reason, where there is something and it comes to nothing, or to more than an amount can be.
    """
    with localcontext(prec=EXACT, rounding=ROUND_HALF_EVEN):
        units = Decimal(minor).scaleb(-get_currency_precision(rate.currency)) * rate.rate
        worth = int(units.scaleb(get_currency_precision(rate.counted_in)).quantize(Decimal(1)))
    if minor and not worth:
        raise ValueError(f"comes to less than the smallest {rate.counted_in} unit")
    if worth > MAX_MINOR:
        raise ValueError("is more than one deal can be worth")
    return worth


def plain(rate: Decimal) -> str:
    """Return a rate as it can be typed: "1.08", "0.0067", without zeros at its end."""
    return f"{rate.normalize():f}"
