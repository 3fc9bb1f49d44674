"""What deals of a file are worth to a team: amounts as they stand, or from another currency by the team's rate."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sales.imports.files.amounts import read_amount
from sales.imports.files.currencies import apart, currencies_named, currency_meant
from sales.imports.files.header import Layout
from sales.language.figures import listed
from sales.language.money import currencies_of
from sales.language.typed_text import shorten
from sales.people.currency_rate import CurrencyRate, Rates, converted, in_force, plain
from sales.pipeline.opportunity import CLOSED, Stage

FORMULA = "="  # begins a cell of a workbook that no program has worked out

MOST_MEANT = 4  # currencies that go by one name, named


@dataclass(frozen=True)
class KnownRates:
    """The rates that deals are taken by: `of` an owner, by name, and the day on which open deals are counted."""

    of: Callable[[str], Rates]
    today: date


class Worth(NamedTuple):
    """What a row says a deal is worth, minor units all.

    `stated` is in the file's own currency, `minor` in the team's; None where the cell is empty or there is no such
    column. `rate` is the one that led from one to the other.
    """

    stated: int | None = None
    minor: int | None = None
    rate: CurrencyRate | None = None

    @property
    def converted_minor(self) -> int | None:
        """What a rate made of the amount; None where none was needed."""
        return self.minor if self.rate is not None else None

    @property
    def taken_at(self) -> str:
        """The currency and the rate, as they are counted in a report: "EUR 1.08"."""
        return f"{self.rate.currency} {plain(self.rate.rate)}" if self.rate is not None else ""


class WorthReader:
    """Reads the amounts of one file into a team's currency. `mark` is the decimal mark that its column shows.

    Without `rates`, as where no team is known, an amount in another currency is refused.
    """

    def __init__(self, layout: Layout, currency: str, mark: str | None, rates: KnownRates | None) -> None:
        self.layout = layout
        self.currency = currency
        self.mark = mark
        self.rates = rates

    def read(self, text: Mapping[str, str], stage: Stage | None, closed: date | None) -> Worth:
        """Return what a row says its deal is worth: won and lost ones by the rate of the day they closed.

        Raises:
            ValueError: with the reason, for a person.
        """
        amount = text.get("value", "")
        figure, named = (amount, "") if amount.isdecimal() else apart(amount)
        if not currencies_named(named):
            figure, named = amount, ""
        currency = self.currency_of(text.get("currency") or self.layout.value_currency, named)
        rate = None
        if currency and currency != self.currency:
            rate = self.rate(currency, text.get("owner", ""), stage, closed)
        if not amount:
            return Worth()
        if amount.startswith(FORMULA):
            raise ValueError(f"{self.layout.header('value')} holds a formula that was never worked out")
        try:
            stated = read_amount(figure, currency or self.currency, self.mark, self.layout.units)
            return Worth(stated, stated if rate is None else converted(stated, rate), rate)
        except ValueError as wrong:
            said = str(wrong).replace(f"“{shorten(figure)}”", f"“{shorten(amount)}”")
            raise ValueError(f"{self.layout.header('value')}: {said}") from wrong

    def currency_of(self, column: str, beside: str) -> str:
        """Return what an amount is in by a column, or by what stands beside its figure ("€1,200"); else empty.

        Raises:
            ValueError: where the two differ, or several currencies go by that name.
        """
        meant = currencies_named(column or beside)
        if column and not meant:
            meant = (column.upper(),)
        if column and beside:
            both = tuple(one for one in currencies_named(beside) if one in meant)
            if not both:
                by_column, by_amount = (
                    currency_meant(one, self.currency) or shorten(one) for one in (column, beside)
                )
                raise ValueError(f"is in {by_column} by one column and in {by_amount} by its amount")
            meant = both
        if len(meant) < 2 or self.currency in meant:
            return self.currency if self.currency in meant else "".join(meant)
        if one := currency_meant(column or beside, self.currency):
            return one
        raise ValueError(
            f"is in “{shorten(column or beside)}”, which may be {listed(list(meant), 'or', most=MOST_MEANT)}. "
            "A column with the currency says which it is"
        )

    def rate(
        self, currency: str, owner: str, stage: Stage | None, closed: date | None
    ) -> CurrencyRate | None:
        """Return the rate by which a deal is taken; None where its day is not known, which is refused elsewhere.

        Raises:
            ValueError: saying how one is set, where none holds on that day.
        """
        other = f"is in {shorten(currency)}; the team counts in {self.currency}"
        if self.rates is None or not currencies_of(currency):
            raise ValueError(other)
        known = self.rates.of(owner).get(currency, ())
        if not known:
            worth = f"what one {currency} is worth in {self.currency}"
            raise ValueError(
                f"{other}. To take it, set a rate in Slack: `/team rate {currency} …`, with {worth}"
            )
        day = closed if stage in CLOSED else self.rates.today
        if day is None:
            return None
        found = in_force(known, day)
        if found is None:
            first = plain(known[-1].rate)
            raise ValueError(
                f"is in {currency} of a day before the team's first rate for it. "
                f"To take it, set one in Slack: `/team rate {currency} {first} from the start`"
            )
        return found
