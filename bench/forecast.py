"""P(hit): one goal of a rep with 80 open deals, one with 50,000, and reading what a day's record says.

The floor is the arithmetic itself: the products of one recursion over 500 cells, which no forecast does without.
The least of several runs counts: on a busy machine the others measure the neighbours.
"""

import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from operator import mul
from random import Random

from rig.report import Report, arguments, at_most

from sales.goals.forecast.chance import forecast
from sales.goals.forecast.grid import CELLS
from sales.goals.forecast.record import DealRecord
from sales.goals.forecast.snapshot import snapshot_on
from sales.language.dates.period import quarter
from sales.pipeline.opportunity import Stage

TODAY = date(2017, 10, 15)
Q4 = quarter(4, 2017)
PRICES = {"A": 550_00, "B": 1096_00, "C": 3393_00, "D": 4821_00, "E": 5482_00, "F": 26768_00}
RUNS = 9


def best(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the least milliseconds of several runs."""
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return min(taken)


def floor() -> float:
    chances, masses = [0.5] * CELLS, [0.5] * CELLS
    return sum(sum(map(mul, chances[CELLS - s :], masses[:s])) for s in range(1, CELLS))


def record(open_deals: int, reps: int = 30, deals: int = 7000) -> list[DealRecord]:
    """A team's year: deals with values around their list price, and the open ones of the first rep."""
    draw, made = Random(1), []
    for number in range(deals):
        opened = date(2017, 1, 1) + timedelta(draw.randint(0, 270))
        closed, product = opened + timedelta(draw.randint(1, 130)), draw.choice(list(PRICES))
        value = round(PRICES[product] * draw.uniform(0.8, 1.2))
        stage = draw.choice((Stage.WON, Stage.WON, Stage.LOST, Stage.OPEN))
        made.append(
            DealRecord(
                f"rep {number % reps}",
                product,
                opened,
                closed if stage is not Stage.OPEN else None,
                stage,
                value,
            )
        )
    for _ in range(open_deals):
        opened = TODAY - timedelta(draw.randint(0, 130))
        made.append(DealRecord("busy", None, opened, None, Stage.OPEN, round(10 ** draw.uniform(4, 6.5))))
    return made


def main() -> None:
    given, report = arguments(__doc__).parse_args(), Report()
    least = best(floor)
    report.add("floor, products of one recursion", least, "ms")
    for count, bar in ((80, at_most(20)), (2_000 if given.quick else 50_000, None)):
        deals = record(count)
        started = time.perf_counter()
        known = snapshot_on(deals, TODAY)
        forecast(known, "busy", 300_000_00, 0, Q4)
        first = (time.perf_counter() - started) * 1000
        runs = RUNS if count < 1000 else 2
        took = best(partial(forecast, known, "busy", 300_000_00, 0, Q4), runs)
        report.add(f"P(hit), {count:,} open deals", took, "ms", least, bar)
        report.add(f"the first of a day, {len(deals):,} deals read", first, "ms", least)
    report.write(given.json)


if __name__ == "__main__":
    main()
