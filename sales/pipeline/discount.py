"""Month end: whether the last days of a month are sold with larger discounts (mechanisms 51, 52).

A discount is 1 − price ÷ list price, of each won deal. A difference is only reported where it matters and is
more than chance: most months there is nothing to report, and that is said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import NamedTuple

from sales.distributions import normal_below
from sales.language.figures import number, one_in, percent, plural
from sales.people.team import Team
from sales.pipeline.win_rate import ClosedDeal

LAST_DAYS = 5  # of the month (forecasts.md §4.3, mechanism 51)
LEAST_DEALS = 30  # in each part; fewer say nothing of a habit
WORTH_REPORTING = 0.01  # a difference below one percent of price is no habit
CHANCE_BELOW = 0.05
HUNDREDTHS = 2  # decimals of a percent: means are told apart by less than a whole one


class Sale(NamedTuple):
    """A won deal: when it closed, what it brought and what the list says, in minor units."""

    closed_on: date
    value: float
    list_price: float


class DiscountPart(NamedTuple):
    """How many deals, and their mean discount: .05 is five percent off, below 0 is above list."""

    deals: int
    discount: float
    variance: float


@dataclass(frozen=True)
class MonthEnd:
    """Discounts in the last days of a month beside the rest. `p_value` is how often chance gives as much."""

    last: DiscountPart
    rest: DiscountPart
    p_value: float

    @property
    def difference(self) -> float:
        """Return how much more is given away in the last days, as a share of list price."""
        return self.last.discount - self.rest.discount

    @property
    def is_known(self) -> bool:
        return min(self.last.deals, self.rest.deals) >= LEAST_DEALS

    @property
    def is_habit(self) -> bool:
        """Return whether more is given away at the end of the month, by enough and surely enough to say."""
        return self.is_known and self.difference >= WORTH_REPORTING and self.p_value < CHANCE_BELOW

    def why(self) -> tuple[str, ...]:
        """Return in plain words what was compared and what follows."""
        if not self.is_known:
            return (
                f"Not enough yet: {plural(self.last.deals, 'won deal')} with a list price in the last {LAST_DAYS} days "
                f"of a month and {self.rest.deals} in the rest; {LEAST_DEALS} of each are compared.",
            )
        late, other = percent(self.last.discount, HUNDREDTHS), percent(self.rest.discount, HUNDREDTHS)
        counted = (
            f"Mean discount in the last {LAST_DAYS} days of a month {late} "
            f"({plural(self.last.deals, 'deal')}), in the rest {other} ({number(self.rest.deals)})."
        )
        if not self.is_habit:
            return counted, "Nothing to report: the difference is too small, or no more than chance."
        return (
            counted,
            f"{percent(self.difference, HUNDREDTHS)} of price more; by chance that happens {one_in(self.p_value)}.",
        )


def is_late(day: date) -> bool:
    """Say whether a day is one of the last five of its month."""
    return (day + timedelta(days=LAST_DAYS)).month != day.month


def month_end(sales: Iterable[Sale]) -> MonthEnd:
    """Return how discounts at the end of a month compare; deals without a list price are left out."""
    last, rest = list[float](), list[float]()
    for sale in sales:
        if sale.list_price > 0:
            (last if is_late(sale.closed_on) else rest).append(1 - sale.value / sale.list_price)
    some, others = _part(last), _part(rest)
    spread = some.variance / max(1, some.deals) + others.variance / max(1, others.deals)
    apart = abs(some.discount - others.discount)
    p_value = 2 * (1 - normal_below(apart / sqrt(spread))) if spread > 0 else float(apart == 0)
    return MonthEnd(some, others, p_value)


def _part(discounts: list[float]) -> DiscountPart:
    if not discounts:
        return DiscountPart(0, 0.0, 0.0)
    mean = sum(discounts) / len(discounts)
    squares = sum((each - mean) ** 2 for each in discounts)
    return DiscountPart(len(discounts), mean, squares / max(1, len(discounts) - 1))


def ends(deals: Sequence[ClosedDeal], team: Team) -> MonthEnd | None:
    """Return discounts at month ends beside the rest; None where no won deal has a list price.

    Lists are in the team's currency, so deals in others are left out.
    """
    sales = [
        Sale(deal.closed_on, deal.value, deal.list_price)
        for deal in deals
        if deal.is_won and deal.list_price and deal.currency == team.currency
    ]
    return month_end(sales) if sales else None
