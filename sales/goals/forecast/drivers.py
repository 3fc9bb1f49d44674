"""What moved a forecast since a day: the model run again with one input changed at a time.

The order is fixed, each step starts where the one before ended, and together they are the whole difference.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sales.goals.forecast.chance import p_hit
from sales.goals.forecast.record import DealRecord
from sales.goals.forecast.snapshot import DealSnapshot, PeriodAhead
from sales.language.dates.period import Period
from sales.language.figures import points
from sales.pipeline.opportunity import Stage

LEAST_SHOWN = 0.005  # half a percent; less shows in no rounded figure


class Driver(StrEnum):
    """An input of a forecast that can have changed."""

    TIME = "days passed"
    WINS = "deals won"
    LOSSES = "deals lost or taken out"
    OPENED = "deals opened"
    DONE = "what was done"
    TARGET = "the target"
    RECORD = "what the record now says of rates and cycle"


class Stand(NamedTuple):
    """A goal as it stood on a day: what was known, what was won of the target so far."""

    known: DealSnapshot
    target: float
    done: float


@dataclass(frozen=True)
class Moved:
    """What one input did to the chance; both in 0..1."""

    driver: Driver
    before: float
    after: float

    @property
    def by(self) -> float:
        return self.after - self.before

    def sentence(self) -> str:
        """Return it in points: "deals won: +12 points"."""
        return f"{self.driver}: {points(self.by) if round(100 * self.by) else 'no change'}"


def moved(
    before: Stand,
    now: Stand,
    rep: str,
    period: Period,
    *,
    in_deals: bool = False,
    fiscal_year_start: int = 1,
) -> tuple[Moved, ...]:
    """Return what moved P(hit) between two days, in a fixed order; the parts add up to the whole.

    Empty where on either day the record was too short for a figure, or the period is over.
    """
    if before.known.wins is None or now.known.wins is None or now.known.today >= period.end:
        return ()
    old = before.known.ahead(period, fiscal_year_start)
    later = before.known.ahead(period, fiscal_year_start, now.known.today)
    new = now.known.ahead(period, fiscal_year_start)
    was = list(before.known.book.open_deals.get(rep, ()))
    is_now = list(now.known.book.open_deals.get(rep, ()))
    left = [deal for deal in was if not (deal.stage is Stage.WON and _closed_by(deal, now.known.today))]
    kept = list((Counter(left) & Counter(is_now)).elements())
    runs: tuple[tuple[Driver, PeriodAhead, Sequence[DealRecord], float, float], ...] = (
        (Driver.TIME, later, was, before.target, before.done),
        (Driver.WINS, later, left, before.target, now.done),
        (Driver.LOSSES, later, kept, before.target, now.done),
        (Driver.OPENED, later, is_now, before.target, now.done),
        (Driver.TARGET, later, is_now, now.target, now.done),
        (Driver.RECORD, new, is_now, now.target, now.done),
    )
    asked: tuple[PeriodAhead, Sequence[DealRecord], float] = (old, was, before.target - before.done)
    chance = _chance(*asked, rep, in_deals)
    found: list[Moved] = []
    for driver, ahead, deals, target, done in runs:
        same = asked[0] is ahead and asked[1:] == (deals, target - done)
        asked = ahead, deals, target - done
        after = chance if same else _chance(*asked, rep, in_deals)
        found.append(Moved(driver, chance, after))
        chance = after
    return tuple(found)


def worth_saying(parts: Sequence[Moved]) -> tuple[Moved, ...]:
    """Return the parts that moved the chance by half a percent or more, the largest first."""
    return tuple(
        sorted((part for part in parts if abs(part.by) >= LEAST_SHOWN), key=lambda part: -abs(part.by))
    )


def _chance(ahead: PeriodAhead, deals: Sequence[DealRecord], gap: float, rep: str, in_deals: bool) -> float:
    return p_hit(ahead, rep, gap, ahead.bets(deals, in_deals=in_deals), in_deals=in_deals)


def _closed_by(deal: DealRecord, day: date) -> bool:
    return deal.closed_on is not None and deal.closed_on <= day
