"""The command: a file or folder in, the lines of the report out."""

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from bot.backtest.deals import read_deals
from bot.backtest.report import report
from sales.goals.backtest.run import backtest
from sales.goals.backtest.table import table
from sales.imports.files.dates import DateOrder
from sales.language.figures import number, plural
from sales.refusal import Refusal


def scored(path: Path, dates: DateOrder | None = None, fiscal_year_start: int = 1) -> Iterator[str]:
    """Yield the lines of a backtest of the deals in a file or a folder of CRM tables; nothing is stored.

    Raises:
        Refusal: if nothing there can be read, or the history is too short to score anything.
    """
    read = read_deals(path, dates)
    if read.refused:
        yield f"{plural(read.refused, 'row')} could not be read; rainmaker import --dry-run lists them."
    with Console(stderr=True).status("Forecasting …") as status:
        found = backtest(
            read.deals,
            fiscal_year_start,
            lambda done, total: status.update(f"Forecasting … {number(done)} of {number(total)}"),
        )
    if found.why_none:
        raise Refusal(f"There is not enough history to score. {found.why_none}")
    yield from report(found, table(found))
