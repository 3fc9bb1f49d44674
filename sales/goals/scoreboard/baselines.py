"""What others would have said of the same goal on the same day: the usual ways to guess, on the same record.

They are those of the backtest, for a goal that is live (forecasts.md §2.7).
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sales.goals.forecast.grid import grid, poisson_sum, sizes_on, tails
from sales.goals.forecast.snapshot import DealSnapshot, mix
from sales.goals.forecast.sums import Fresh, chances_of
from sales.language.dates.period import Period

UNDECIDED = 0.5  # a run-rate has nothing to go by until a day of the period is over
ONE_EACH = ((1.0, 1.0),)


class Rivals(NamedTuple):
    """Chances in 0..1: linear run-rate as yes or no and with Poisson noise, and stage-weighted pipeline.

    `stages` is None for goals that deals do not bring.
    """

    run_rate: float
    soft: float
    stages: float | None


def rivals_in_deals(
    known: DealSnapshot, rep: str, target: float, done: float, period: Period, *, in_deals: bool = False
) -> Rivals:
    """Return what others say of a goal that won deals bring; `done` is what was won by the day of `known`."""
    today = known.today
    wins = known.book.wins_since(rep, period.start)
    amounts = mix(known.wins, rep, in_deals=in_deals) if known.wins is not None else ()
    rate = known.cycle.won / known.cycle.closed if known.cycle.closed else 0.0
    open_deals = known.book.open_deals.get(rep, ())
    worth = len(open_deals) if in_deals else sum(deal.value or known.worth(deal) for deal in open_deals)
    return Rivals(
        run_rate(target, done, period, today),
        noisy(target - done, wins, amounts, period, today),
        float(done + rate * worth >= target),
    )


def rivals_in_counts(target: float, done: float, period: Period, today: date) -> Rivals:
    """Return the same for a goal that counts what a rep does."""
    return Rivals(
        run_rate(target, done, period, today),
        noisy(target - done, round(done), ONE_EACH, period, today),
        None,
    )


def run_rate(target: float, done: float, period: Period, today: date) -> float:
    """Say 1 where what was done so far, carried on evenly over the days, reaches the target; 0 where not."""
    days = (today - period.start).days + 1
    if done >= target:
        return 1.0
    if days <= 1:
        return UNDECIDED
    return float(done * period.days / days >= target)


def noisy(
    gap: float, events: int, amounts: Sequence[tuple[float, float]], period: Period, today: date
) -> float:
    """Carry on evenly the number of events so far, as a Poisson count of events of these amounts."""
    days = (today - period.start).days + 1
    if gap <= 0:
        return 1.0
    if days <= 1:
        return UNDECIDED
    mean = events / days * max(0, period.days - days)
    if mean <= 0 or not any(amount > 0 for amount, _ in amounts):
        return 0.0
    lattice = grid(gap, (amount for amount, _ in amounts))
    return chances_of([gap], (), Fresh(lattice, tails(poisson_sum(mean, sizes_on(lattice, amounts)))))[0]
