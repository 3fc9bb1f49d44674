"""The command: a file or folder in, the lines of the report out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from bot.backtest.checks import checks_report, halve_report
from bot.backtest.deals import Read, read_deals
from bot.backtest.report import report
from bot.imports.command import SHOWN
from bot.imports.report import on_lines, stage_lines
from sales.audit.cut import impacts
from sales.audit.flags import flags_by_month, flat_value, likely_on
from sales.audit.halve import halved_by_quarter, priced
from sales.goals.backtest.run import backtest
from sales.goals.backtest.table import table
from sales.imports.files.terms import ImportTerms
from sales.language.figures import number, plural
from sales.pipeline.cycle import MIN_CLOSED
from sales.pipeline.opportunity import CLOSED
from sales.refusal import Refusal


def scored(path: Path, terms: ImportTerms | None = None, fiscal_year_start: int = 1) -> Iterator[str]:
    """Yield the lines of a backtest of the deals in a file or a folder of CRM tables; nothing is stored.

    Raises:
        Refusal: if nothing there can be read, or the history is too short to score anything.
    """
    read = read_deals(path, terms)
    yield from refused(read)
    with forecasting() as watch:
        found = backtest(read.deals, fiscal_year_start, watch)
    if found.why_none:
        raise Refusal(f"There is not enough history to score. {found.why_none}")
    yield from report(found, table(found))


def checked(path: Path, terms: ImportTerms | None = None, fiscal_year_start: int = 1) -> Iterator[str]:
    """Yield the lines of the audit's checks, scored on the deals in a file or folder; nothing is stored.

    Raises:
        Refusal: if nothing there can be read, or the history is too short to score anything.
    """
    read = read_deals(path, terms)
    yield from refused(read)
    days = flags_by_month(read.deals)
    if not days:
        raise Refusal(
            f"There is not enough history to score a check: it takes {MIN_CLOSED} closed deals with an opening date, "
            "one of them won, by the end of a month that is over."
        )
    last = max(deal.closed_on for deal in read.deals if deal.stage in CLOSED and deal.closed_on is not None)
    with forecasting() as watch:
        cuts = impacts(read.deals, fiscal_year_start, watch=watch)
    yield from checks_report(days, last, likely_on(read.deals, last), flat_value(read.deals, last), cuts)


def halved(path: Path, terms: ImportTerms | None = None, fiscal_year_start: int = 1) -> Iterator[str]:
    """Yield the lines of halving, played by those who need not be asked; nothing is stored.

    Raises:
        Refusal: if nothing there can be read, or the history is too short to score anything.
    """
    read = read_deals(path, terms)
    yield from refused(read)
    found = halved_by_quarter(priced(read.deals, read.prices), fiscal_year_start)
    if not found:
        raise Refusal(
            "There is not enough history to halve: it takes 90 days of closes before a quarter's end, another whole "
            f"quarter after it, and {MIN_CLOSED} closed deals by then."
        )
    yield from halve_report(found)


def refused(read: Read) -> Iterator[str]:
    """Yield how many rows were left out of the record, and why, each cause once."""
    causes = read.causes
    if not causes.rows:
        return
    yield f"{plural(causes.rows, 'row was', 'rows were')} left out:"
    for cause in causes.largest_first[:SHOWN]:
        yield f"  {plural(cause.rows, 'row')}, {on_lines(cause)} of {cause.source}: {cause.reason}"
    yield from stage_lines(causes)


@contextmanager
def forecasting() -> Iterator[Callable[[int, int], None]]:
    """Show on the terminal how far the forecasts are, to whoever waits."""
    with Console(stderr=True).status("Forecasting …") as status:
        yield lambda done, total: status.update(f"Forecasting … {number(done)} of {number(total)}")
