"""Rules that say a deal will not close, scored on a record: how many each flagged on a day, and how many were won.

A rule is judged by what became of the deals it flagged, as known on its day (forecasts.md §3.5).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sales.goals.forecast.book import tally_on
from sales.goals.forecast.record import DealRecord
from sales.pipeline.cycle import DEAD_BELOW, Cycle, DealAhead, cycle_of
from sales.pipeline.likely_value import LikelyValue, likely_values
from sales.pipeline.opportunity import CLOSED, Stage


class FlagRule(NamedTuple):
    """A way to tell which open deals will not close: by the cycle as known on the day, and the deal's age in days."""

    name: str
    flags: Callable[[Cycle, int], bool]


BY_CHANCE = FlagRule("won ever < 10%", lambda cycle, age: cycle.win_ever(age) < DEAD_BELOW)
RULES = (
    BY_CHANCE,
    FlagRule("older than 30 days", lambda _, age: age > 30),
    FlagRule("older than 60 days", lambda _, age: age > 60),
    FlagRule("older than 90 days", lambda _, age: age > 90),
)


class Flagged(NamedTuple):
    """Deals that were open on a day, and those of them that were won later."""

    deals: int
    won: int


@dataclass(frozen=True)
class FlagsOn:
    """What each rule flagged on a day, in the order of `RULES`, beside all that was open."""

    day: date
    every: Flagged
    by_rule: tuple[Flagged, ...]


def cycle_on(deals: Sequence[DealRecord], day: date) -> Cycle:
    """Return the cycle as the runway knows it, with delayed entry, from what was known on a day."""
    return cycle_of(tally_on(deals, day).spans, day)


def open_on(deals: Sequence[DealRecord], day: date) -> list[DealRecord]:
    """Return the deals that were open on a day, whatever became of them; those without an opening date never are."""
    return [
        deal
        for deal in deals
        if deal.opened_on is not None
        and deal.opened_on <= day
        and (deal.stage is Stage.OPEN or (deal.closed_on is not None and deal.closed_on > day))
    ]


def age_on(deal: DealRecord, day: date) -> int:
    """Return the age of a deal whose opening is known, in days."""
    assert deal.opened_on is not None
    return (day - deal.opened_on).days


def flags_by_month(deals: Sequence[DealRecord]) -> list[FlagsOn]:
    """Return what each rule flagged at each month's end on record that has a cycle, the last day left out.

    Nothing is known of what came after that one.
    """
    closes = [deal.closed_on for deal in deals if deal.stage in CLOSED and deal.closed_on is not None]
    found = list[FlagsOn]()
    for day in month_ends(min(closes), max(closes)) if closes else ():
        cycle = cycle_on(deals, day)
        if cycle.has_history:
            found.append(_flags_on(open_on(deals, day), cycle, day))
    return found


def month_ends(first: date, last: date) -> Iterator[date]:
    """Yield the last days of months from `first` on, all before `last`."""
    day = first
    while True:
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        if day >= last:
            return
        yield day
        day += timedelta(days=1)


def likely_on(deals: Sequence[DealRecord], day: date) -> LikelyValue:
    """Return what the deals open on a day are likely worth, by the product's own cycle, beside paper."""
    ahead = [
        DealAhead(deal.rep, deal.opened_on, int(deal.value), "")
        for deal in open_on(deals, day)
        if deal.opened_on is not None
    ]
    return likely_values(ahead, cycle_on(deals, day), day).get("", LikelyValue(0.0, 0, 0))


def flat_value(deals: Sequence[DealRecord], day: date) -> float:
    """Return what the same deals would be worth if each were won at the win rate of closed ones, whatever its age."""
    cycle = cycle_on(deals, day)
    return sum(deal.value for deal in open_on(deals, day)) * (
        cycle.won / cycle.closed if cycle.closed else 0.0
    )


def _flags_on(deals: Sequence[DealRecord], cycle: Cycle, day: date) -> FlagsOn:
    aged = [(age_on(deal, day), deal.stage is Stage.WON) for deal in deals]
    by_rule = [[won for age, won in aged if rule.flags(cycle, age)] for rule in RULES]
    every = Flagged(len(aged), sum(won for _, won in aged))
    return FlagsOn(day, every, tuple(Flagged(len(one), sum(one)) for one in by_rule))
