"""Deals read from files for a backtest: by the importing readers, and into no database."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sales.goals.forecast.record import DealRecord
from sales.imports.files.dates import DateOrder
from sales.imports.files.deals import Catalogue, DealReader
from sales.imports.files.entry import TakenRow
from sales.imports.files.presets import FileKind
from sales.imports.files.sheet import SheetRecord
from sales.imports.files.tables import AccountReader, ProductReader
from sales.people.team import Team
from sales.pipeline.opportunity import Opportunity
from sales.refusal import Refusal
from storage.imports.files.source import ImportSource, rows, sources


class Read(NamedTuple):
    """The deals of a file or folder, how many rows of it could not be taken, and the list prices of products there."""

    deals: list[DealRecord]
    refused: int
    prices: dict[str, int]


def read_deals(path: Path, dates: DateOrder | None = None) -> Read:
    """Return the deals of a file, or of a folder with the CRM tables.

    A file repeats a deal where it says its id again; the first one stands, as in an import.

    Raises:
        Refusal: if nothing there can be read, or none of it are deals.
    """
    found, _ = sources(path, None, dates)
    currency = str(Team.model_fields["currency"].default)
    catalogue, read = Catalogue(), dict[str, DealRecord]()
    refused = 0
    for source in found:
        if source.layout.preset.kind is FileKind.DEALS:
            reader = DealReader(source.layout, source.survey, currency, catalogue)
            for taken in _taken(source, reader):
                if taken is None:
                    refused += 1
                else:
                    deal = Opportunity.model_validate(taken.entry.values)
                    read.setdefault(taken.entry.key, as_record(deal))
        else:
            refused += _learn(source, currency, catalogue)
    if not any(source.layout.preset.kind is FileKind.DEALS for source in found):
        raise Refusal(f"{path} holds no deals, only {', '.join(each.path.name for each in found)}.")
    prices = {name: price for name, price in catalogue.products.values() if price}
    return Read(list(read.values()), refused, prices)


def as_record(deal: Opportunity) -> DealRecord:
    """Return what a forecast reads of an opportunity."""
    rep = deal.owner_id or deal.owner_name
    return DealRecord(rep, deal.product, deal.opened_on, deal.closed_on, deal.stage, deal.value_minor)


def _learn(source: ImportSource, currency: str, catalogue: Catalogue) -> int:
    """Let the deals know the accounts and products of another table; return how many rows said nothing."""
    refused = 0
    match source.layout.preset.kind:
        case FileKind.PRODUCTS:
            for taken in _taken(source, ProductReader(source.layout, currency)):
                if taken is None:
                    refused += 1
                else:
                    values = taken.entry.values
                    catalogue.products[taken.entry.key] = values["name"], values["list_price_minor"]
        case FileKind.ACCOUNTS:
            for taken in _taken(source, AccountReader(source.layout, currency)):
                if taken is None:
                    refused += 1
                else:
                    catalogue.accounts[taken.entry.key] = taken.entry.values["name"]
        case _:
            pass
    return refused


def _taken(
    source: ImportSource, reader: DealReader | ProductReader | AccountReader
) -> Iterator[TakenRow | None]:
    for row in rows(source):
        reading = reader.read(row) if isinstance(row, SheetRecord) else None
        yield reading if isinstance(reading, TakenRow) else None
