"""Halving: if half of the open deals had to be given away, which would be kept? (mechanism 21, forecasts.md §3.5)

Whoever chooses keeps half at most, rounded down. A choice is judged at a period's end by what was won of the half kept.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from sales.audit.flags import age_on, cycle_on, open_on
from sales.goals.forecast.record import DealRecord
from sales.language.dates.period import Period, PeriodKind, next_period, period_containing
from sales.pipeline.cycle import Cycle
from sales.pipeline.opportunity import CLOSED, Stage

LEAST_DEALS = 2  # of one there is no half
SOON = 14  # days: in fewer too little is won to tell who was right, so the next quarter's end decides
LEAST_RECORD = timedelta(days=90)  # of closes; less is no quarter to learn a cycle from


class HalveDeal(NamedTuple):
    """An open deal as those who choose see it: the chance that it is won in time, what it would bring, its opening."""

    key: int
    chance: float
    value: float
    opened_on: date

    @property
    def worth(self) -> float:
        return self.chance * self.value


class Chooser(StrEnum):
    """Who chooses a half without being asked."""

    MODEL = "the model"
    DEAREST = "the dearest"
    NEWEST = "the newest"


BY: dict[Chooser, Callable[[HalveDeal], float]] = {
    Chooser.MODEL: lambda deal: deal.worth,
    Chooser.DEAREST: lambda deal: deal.value,
    Chooser.NEWEST: lambda deal: float(deal.opened_on.toordinal()),
}


def most_kept(count: int) -> int:
    """Return how many of so many deals may be kept: half, rounded down."""
    return count // 2


def half_of(deals: Iterable[HalveDeal], chooser: Chooser) -> frozenset[int]:
    """Return the keys of the half that a chooser keeps; of deals alike those put in first."""
    ranked = sorted(deals, key=lambda deal: (-BY[chooser](deal), deal.key))
    return frozenset(deal.key for deal in ranked[: most_kept(len(ranked))])


def halving_period(today: date, fiscal_year_start: int) -> Period:
    """Return the quarter at whose end a halving is looked at again: this one, or the next where it is nearly over."""
    this = period_containing(PeriodKind.QUARTER, today, fiscal_year_start)
    return this if (this.end - today).days >= SOON else next_period(this, fiscal_year_start)


class PricedDeal(NamedTuple):
    """A deal of a record with what it was offered for: its list price, or what the record has of it."""

    deal: DealRecord
    price: float


def priced(deals: Sequence[DealRecord], prices: Mapping[str, int]) -> list[PricedDeal]:
    """Return deals with the list price of their product, else the value the record has, else the mean win."""
    wins = [deal.value for deal in deals if deal.stage is Stage.WON and deal.value]
    mean = sum(wins) / len(wins) if wins else 0.0
    return [PricedDeal(deal, prices.get(deal.product or "", 0) or deal.value or mean) for deal in deals]


@dataclass(frozen=True)
class HalvedRecord:
    """Halves of a day's open deals, rep by rep: which share of the value won by `until` lay in the half each kept.

    `at_random` is what a coin would keep, on average. `deals` were open, of `reps`.
    """

    day: date
    until: date
    reps: int
    deals: int
    won: float
    shares: dict[Chooser, float]
    at_random: float


def halved_by_quarter(priced: Sequence[PricedDeal], fiscal_year_start: int = 1) -> list[HalvedRecord]:
    """Return each quarter's end on record after which another whole quarter is, and anything was won in it."""
    deals = [one.deal for one in priced]
    closes = [deal.closed_on for deal in deals if deal.stage in CLOSED and deal.closed_on is not None]
    found = list[HalvedRecord]()
    period = period_containing(PeriodKind.QUARTER, min(closes), fiscal_year_start) if closes else None
    while period is not None:
        after = next_period(period, fiscal_year_start)
        if after.end > max(closes) + timedelta(days=7):
            break
        if period.end - min(closes) >= LEAST_RECORD:
            cycle = cycle_on(deals, period.end)
            one = _halved_on(priced, cycle, period.end, after.end) if cycle.has_history else None
            found += [one] if one is not None else []
        period = after
    return found


def _halved_on(priced: Sequence[PricedDeal], cycle: Cycle, day: date, until: date) -> HalvedRecord | None:
    price = {id(one.deal): one.price for one in priced}
    of_reps = defaultdict[str, list[tuple[HalveDeal, float]]](list)
    for key, deal in enumerate(open_on([one.deal for one in priced], day)):
        assert deal.opened_on is not None
        chance = cycle.win_within(age_on(deal, day), (until - day).days)
        is_won = deal.stage is Stage.WON and deal.closed_on is not None and deal.closed_on <= until
        seen = HalveDeal(key, chance, price[id(deal)], deal.opened_on)
        of_reps[deal.rep].append((seen, deal.value if is_won else 0.0))
    won = sum(value for several in of_reps.values() for _, value in several)
    if not won:
        return None
    kept = dict.fromkeys(Chooser, 0.0)
    at_random = 0.0
    for several in of_reps.values():
        brought = {deal.key: value for deal, value in several}
        for chooser in Chooser:
            kept[chooser] += sum(brought[key] for key in half_of((deal for deal, _ in several), chooser))
        at_random += sum(brought.values()) * most_kept(len(several)) / len(several)
    shares = {chooser: value / won for chooser, value in kept.items()}
    return HalvedRecord(
        day, until, len(of_reps), sum(map(len, of_reps.values())), won, shares, at_random / won
    )
