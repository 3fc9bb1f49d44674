"""The report of a backtest, for the terminal: scores, days, differences and bins, also where we lost."""

from collections.abc import Iterator, Sequence

from sales.goals.backtest.methods import BLEND, FLOOR
from sales.goals.backtest.run import Backtest
from sales.goals.backtest.table import Table
from sales.goals.forecast.score import DRAWS, Bin
from sales.language.figures import short_date

NAME = 36  # characters of the first column; all lines fit into eighty


def report(found: Backtest, scored: Table) -> Iterator[str]:
    """Yield the lines of the report."""
    yield from opening(found)
    yield ""
    yield from scores(scored)
    yield ""
    yield from by_day(scored)
    yield ""
    yield f"Brier of the product's P(hit) minus another's, 95% of {DRAWS:,} draws of reps:"
    yield from (f"  {line}" for line in scored.verdict())
    for method in (BLEND, FLOOR):
        yield ""
        yield from reliability(method, scored.of(method).score.bins)


def opening(found: Backtest) -> Iterator[str]:
    """Yield what was scored: quarters, reps, forecasts, and what was left out."""
    reps = {case.rep for case in found.cases}
    hits = sum(case.hit for case in found.cases) / len(found.cases)
    quarters = ", ".join(quarter.label for quarter in found.plan.quarters)
    yield f"{len(found.cases):,} forecasts of {people(len(reps))} in {quarters}; {hits:.1%} were hit."
    if found.plan.first_close and found.plan.last_close:
        first, last = short_date(found.plan.first_close), short_date(found.plan.last_close)
        yield f"Closes are on record from {first} to {last}."
    yield "Each forecast is made from what was known on its day; goals are .8 to 1.2 of"
    yield "the quarter before. Forecasts of one rep hang together, so the intervals draw"
    yield f"whole reps; there are {len({(case.rep, case.period) for case in found.cases}):,} rep-quarters."
    if found.too_early:
        yield f"{found.too_early:,} forecasts more fell on days with too little history."


def scores(scored: Table) -> Iterator[str]:
    yield row("Method", ("Brier", "95%", "log loss", "ECE", "skill"), (7, 12, 9, 6, 7))
    for each in scored.rows:
        brier = each.score.brier
        yield row(
            each.method,
            (
                f"{brier.value:.4f}",
                f"{brier.low:.3f}–{brier.high:.3f}",
                f"{each.score.log_loss:.3f}",
                f"{each.score.ece:.3f}",
                f"{each.skill:+.2f}",
            ),
            (7, 12, 9, 6, 7),
        )


def by_day(scored: Table) -> Iterator[str]:
    days = list(scored.rows[0].by_day)
    widths = [7] * len(days)
    yield row("Brier by day of the quarter", [str(day) for day in days], widths)
    for each in scored.rows:
        yield row(each.method, [f"{each.by_day[day]:.3f}" for day in days], widths)


def reliability(method: str, bins: Sequence[Bin]) -> Iterator[str]:
    widths = (10, 8, 8, 8)
    yield f"Reliability of {method}"
    yield row("  said between", ("forecasts", "said", "came", "gap"), widths)
    for each in bins:
        figures = (f"{each.size:,}", f"{each.said:.3f}", f"{each.came:.3f}", f"{each.gap:+.3f}")
        yield row(f"  {each.low:.1f} and {each.low + 0.1:.1f}", figures, widths)


def row(name: str, figures: Sequence[str], widths: Sequence[int]) -> str:
    cells = (f"{figure:>{width}}" for figure, width in zip(figures, widths, strict=True))
    return f"{name:<{NAME}}{''.join(cells)}"


def people(reps: int) -> str:
    return "1 rep" if reps == 1 else f"{reps:,} reps"
