"""What moved a forecast since a day: the model run again with one input changed at a time.

The order is fixed, each step starts where the one before ended, and together they are the whole difference.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import floor
from typing import NamedTuple

from sales.goals.forecast.chance import p_hit
from sales.goals.forecast.record import DealRecord
from sales.goals.forecast.snapshot import DealSnapshot, PeriodAhead
from sales.goals.forecast.weights import EVEN, Weights
from sales.language.dates.period import Period
from sales.pipeline.opportunity import Stage

WHOLE = 100  # points of a percent


class Driver(StrEnum):
    """An input of a forecast that can have changed."""

    TIME = "days passed"
    WINS = "deals won"
    LOSSES = "deals lost or taken out"
    OPENED = "deals opened"
    DONE = "what was done"
    TARGET = "the target"
    RECORD = "newer rates on record"


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


class PointChange(NamedTuple):
    """What one input did to the chance, in whole points."""

    driver: Driver
    points: int


def moved(
    before: Stand,
    now: Stand,
    rep: str,
    period: Period,
    *,
    in_deals: bool = False,
    fiscal_year_start: int = 1,
    weights: Weights = EVEN,
) -> tuple[Moved, ...]:
    """Return what moved P(hit) between two days, in a fixed order; the parts add up to the whole.

    Empty where on either day the record was too short for a figure, or the period is over.
    """
    if before.known.wins is None or now.known.wins is None or now.known.today >= period.end:
        return ()
    old = before.known.ahead(period, fiscal_year_start, weights=weights)
    later = before.known.ahead(period, fiscal_year_start, now.known.today, weights=weights)
    new = now.known.ahead(period, fiscal_year_start, weights=weights)
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


def in_points(parts: Sequence[Moved], difference: int) -> tuple[PointChange, ...]:
    """Return the parts in whole points that add up to a difference, each at most a point from what it is.

    The points that rounding down leaves go to the parts that lost most by it.
    """
    exact = [WHOLE * part.by for part in parts]
    whole = [floor(one) for one in exact]
    left = difference - sum(whole)
    moving = [at for at, one in enumerate(exact) if one]
    by_loss = sorted(moving, key=lambda at: (whole[at] - exact[at], at))
    for step in range(abs(left) if moving else 0):
        at = by_loss[step % len(moving)] if left > 0 else by_loss[-1 - step % len(moving)]
        whole[at] += 1 if left > 0 else -1
    return tuple(PointChange(part.driver, points) for part, points in zip(parts, whole, strict=True))


def _chance(ahead: PeriodAhead, deals: Sequence[DealRecord], gap: float, rep: str, in_deals: bool) -> float:
    return p_hit(ahead, rep, gap, ahead.bets(deals, in_deals=in_deals), in_deals=in_deals)


def _closed_by(deal: DealRecord, day: date) -> bool:
    return deal.closed_on is not None and deal.closed_on <= day
