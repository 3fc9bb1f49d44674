"""The report of a backtest, for the terminal: scores, days, differences and bins, also where we lost."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from sales.goals.backtest.methods import BLEND, FLOOR
from sales.goals.backtest.run import Backtest
from sales.goals.backtest.table import Table
from sales.goals.forecast.score import DRAWS, Bin
from sales.language.figures import decimals, long_day, number, percent, plural

WIDE = 80
NAME = 36  # characters of the first column; all lines fit into eighty


def report(found: Backtest, scored: Table) -> Iterator[str]:
    """Yield the lines of the report."""
    yield from opening(found)
    yield ""
    yield from scores(scored)
    yield ""
    yield from by_day(scored)
    yield ""
    yield f"Brier of the product's P(hit) minus another's, 95% of {number(DRAWS)} draws of reps:"
    yield from (f"  {line}" for line in scored.verdict())
    for method in (BLEND, FLOOR):
        yield ""
        yield from reliability(method, scored.of(method).score.bins)


def opening(found: Backtest) -> Iterator[str]:
    """Yield what was scored: quarters, reps, forecasts, and what was left out."""
    reps = {case.rep for case in found.cases}
    hits = sum(case.hit for case in found.cases) / len(found.cases)
    quarters = ", ".join(quarter.label for quarter in found.plan.quarters)
    forecasts, of_whom = plural(len(found.cases), "forecast"), plural(len(reps), "rep")
    yield f"{forecasts} of {of_whom} in {quarters}; {percent(hits, 1)} were hit."
    if found.plan.first_close and found.plan.last_close:
        first, last = long_day(found.plan.first_close), long_day(found.plan.last_close)
        yield f"Closes are on record from {first} to {last}."
    yield "Each forecast is made from what was known on its day; goals are .8 to 1.2 of"
    yield "the quarter before. Forecasts of one rep hang together, so the intervals draw"
    pairs = len({(case.rep, case.period) for case in found.cases})
    yield f"whole reps; there are {number(pairs)} rep-quarters."
    if found.too_early:
        yield f"{plural(found.too_early, 'more forecast')} fell on days with too little history."
    weights = [(quarter.label, percent(one.survival)) for quarter, one in found.weights.items()]
    said = ", ".join(f"{weight} in {label}" for label, weight in weights)
    yield from wrap(f"Open deals weigh, by how the quarters before came out: {said}.", WIDE)


def scores(scored: Table) -> Iterator[str]:
    yield row("Method", ("Brier", "95%", "log loss", "ECE", "skill"), (7, 12, 9, 6, 7))
    for each in scored.rows:
        brier = each.score.brier
        yield row(
            each.method,
            (
                decimals(brier.value, 4),
                f"{decimals(brier.low, 3)}–{decimals(brier.high, 3)}",
                decimals(each.score.log_loss, 3),
                decimals(each.score.ece, 3),
                decimals(each.skill, 2, sign=True),
            ),
            (7, 12, 9, 6, 7),
        )


def by_day(scored: Table) -> Iterator[str]:
    days = list(scored.rows[0].by_day)
    widths = [7] * len(days)
    yield row("Brier by day of the quarter", [str(day) for day in days], widths)
    for each in scored.rows:
        yield row(each.method, [decimals(each.by_day[day], 3) for day in days], widths)


def reliability(method: str, bins: Sequence[Bin]) -> Iterator[str]:
    widths = (10, 8, 8, 8)
    yield f"Reliability of {method}"
    yield row("  said between", ("forecasts", "said", "came", "gap"), widths)
    for each in bins:
        figures = (
            number(each.size),
            decimals(each.said, 3),
            decimals(each.came, 3),
            decimals(each.gap, 3, sign=True),
        )
        yield row(f"  {decimals(each.low, 1)} and {decimals(each.low + 0.1, 1)}", figures, widths)


def row(name: str, figures: Sequence[str], widths: Sequence[int]) -> str:
    cells = (f"{figure:>{width}}" for figure, width in zip(figures, widths, strict=True))
    return f"{name:<{NAME}}{''.join(cells)}"
