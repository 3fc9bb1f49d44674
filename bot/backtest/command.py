"""The command: a file or folder in, the lines of the report out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import wrap

import typer
from rich.console import Console

from bot.backtest.checks import checks_report, halve_report
from bot.backtest.deals import Read, read_deals
from bot.backtest.money import team_money
from bot.backtest.report import WIDE, report
from bot.imports.command import SHOWN
from bot.imports.report import Refusals, on_lines, stage_lines
from sales.audit.cut import impacts
from sales.audit.flags import flags_by_month, flat_value, likely_on
from sales.audit.halve import halved_by_quarter, priced
from sales.goals.backtest.run import backtest
from sales.goals.backtest.table import table
from sales.imports.files.tally import rates_told
from sales.imports.files.terms import ImportTerms
from sales.language.figures import number, plural
from sales.pipeline.cycle import MIN_CLOSED
from sales.pipeline.opportunity import CLOSED
from sales.refusal import Refusal


def record_of(path: Path, terms: ImportTerms, url: str, workspace: str | None, left_out: Path | None) -> Read:
    """Return the deals of a file or a folder of CRM tables, by a team's rates where one is known; nothing is stored.

    Rows that cannot be taken go into `left_out`.

    Raises:
        Refusal: if nothing there can be read, or there is no such team.
        StorageTrouble: if a team was named and the database cannot be used.
    """
    money = team_money(url, workspace, terms)
    if money.trouble:
        typer.echo(f"No rates are known, as the database cannot be read. {money.trouble}", err=True)
    if left_out is None:
        return read_deals(path, terms, money)
    refusals = Refusals(left_out, asked=True)
    try:
        return read_deals(path, terms, money, refusals.add)
    finally:
        refusals.close()


def scored(read: Read, fiscal_year_start: int = 1) -> Iterator[str]:
    """Yield the lines of a backtest of deals; nothing is stored.

    Raises:
        Refusal: if the history is too short to score anything.
    """
    yield from noted(read)
    with forecasting() as watch:
        found = backtest(read.deals, fiscal_year_start, watch)
    if found.why_none:
        raise Refusal(f"There is not enough history to score. {found.why_none}")
    yield from report(found, table(found))


def checked(read: Read, fiscal_year_start: int = 1) -> Iterator[str]:
    """Yield the lines of the audit's checks, scored on deals; nothing is stored.

    Raises:
        Refusal: if the history is too short to score anything.
    """
    yield from noted(read)
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


def halved(read: Read, fiscal_year_start: int = 1) -> Iterator[str]:
    """Yield the lines of halving, played by those who need not be asked; nothing is stored.

    Raises:
        Refusal: if the history is too short to score anything.
    """
    yield from noted(read)
    found = halved_by_quarter(priced(read.deals, read.prices), fiscal_year_start)
    if not found:
        raise Refusal(
            "There is not enough history to halve: it takes 90 days of closes before a quarter's end, another whole "
            f"quarter after it, and {MIN_CLOSED} closed deals by then."
        )
    yield from halve_report(found)


def noted(read: Read) -> Iterator[str]:
    """Yield by which rates deals were taken, and how many rows were left out of the record: each cause once."""
    for line in rates_told(read.rates):
        yield from wrap(line, WIDE)
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
