"""Deals read from files for a backtest: by the importing readers, and into no database."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from bot.backtest.money import DEFAULT, TeamMoney
from sales.goals.forecast.record import DealRecord
from sales.imports.files.causes import Causes
from sales.imports.files.deals import Catalogue, DealReader
from sales.imports.files.entry import RefusedRow, Remark, TakenRow
from sales.imports.files.preset import FileKind
from sales.imports.files.sheet import Damaged
from sales.imports.files.tables import AccountReader, ProductReader
from sales.imports.files.terms import ImportTerms, Rejected
from sales.pipeline.opportunity import Opportunity
from sales.refusal import Refusal
from storage.imports.files.desk import ignored
from storage.imports.files.source import ImportSource, rows, sources


class Read(NamedTuple):
    """The deals of a file or folder, why rows of it could not be taken, and the list prices of products there.

    `rates` are those that deals in other currencies were taken by, with how many.
    """

    deals: list[DealRecord]
    causes: Causes
    prices: dict[str, int]
    rates: Counter[str]


def read_deals(
    path: Path,
    terms: ImportTerms | None = None,
    money: TeamMoney | None = None,
    reject: Callable[[Rejected], None] = ignored,
) -> Read:
    """Return the deals of a file, or of a folder with the CRM tables, worth what they are by a team's rates.

    `reject` gets every row that cannot be taken.

    A file repeats a deal where it says its id again; the first one stands, as in an import.

    Raises:
        Refusal: if nothing there can be read, or none of it are deals.
    """
    terms = terms or ImportTerms()
    with ExitStack() as kept:
        found, _ = sources(path, terms, kept)
        if not any(source.layout.preset.kind is FileKind.DEALS for source in found):
            raise Refusal(f"{path} holds no deals, only {', '.join(each.name for each in found)}.")
        return read_from(found, terms, money or TeamMoney(terms.currency or DEFAULT), reject)


def read_from(
    found: Sequence[ImportSource], terms: ImportTerms, money: TeamMoney, reject: Callable[[Rejected], None]
) -> Read:
    currency = money.currency
    catalogue, read, causes, rates = Catalogue(), dict[str, DealRecord](), Causes(), Counter[str]()

    def refuse(rejected: Rejected) -> None:
        causes.note(rejected)
        reject(rejected)

    for source in found:
        if source.layout.preset.kind is FileKind.DEALS:
            reader = DealReader(
                source.layout, source.survey, currency, catalogue, terms.stages, rates=money.rates
            )
            for taken in _taken(source, reader, refuse):
                deal = Opportunity.model_validate(taken.entry.values)
                read.setdefault(taken.entry.key, as_record(deal))
                rates.update(at for kind, at in taken.remarks if kind is Remark.RATE)
        else:
            _learn(source, currency, catalogue, refuse)
    prices = {name: price for name, price in catalogue.products.values() if price}
    return Read(list(read.values()), causes, prices, rates)


def as_record(deal: Opportunity) -> DealRecord:
    """Return what a forecast reads of an opportunity."""
    rep = deal.owner_id or deal.owner_name
    return DealRecord(rep, deal.product, deal.opened_on, deal.closed_on, deal.stage, deal.value_minor)


def _learn(
    source: ImportSource, currency: str, catalogue: Catalogue, refuse: Callable[[Rejected], None]
) -> None:
    """Let the deals know the accounts and products of another table."""
    match source.layout.preset.kind:
        case FileKind.PRODUCTS:
            for taken in _taken(source, ProductReader(source.layout, currency), refuse):
                values = taken.entry.values
                catalogue.products[taken.entry.key] = values["name"], values["list_price_minor"]
        case FileKind.ACCOUNTS:
            for taken in _taken(source, AccountReader(source.layout, currency), refuse):
                catalogue.accounts[taken.entry.key] = taken.entry.values["name"]
        case _:
            pass


def _taken(
    source: ImportSource,
    reader: DealReader | ProductReader | AccountReader,
    refuse: Callable[[Rejected], None],
) -> Iterator[TakenRow]:
    """Yield the rows that can be taken, and hand on why the others cannot."""
    for row in rows(source):
        reading = RefusedRow((row.reason,)) if isinstance(row, Damaged) else reader.read(row)
        if isinstance(reading, TakenRow):
            yield reading
        else:
            refuse(Rejected(source.name, row.line, reading.reasons))
