"""Freshness: when deals were last written and files last imported, for whoever watches over the process."""

from datetime import datetime

from sqlmodel import col, func, select

from storage.imports.files.runs import ImportRow
from storage.pipeline.deal_stamp import DealStampRow
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Ledger

Stamps = tuple[str, ...]


async def deal_stamps(ledger: Ledger) -> Stamps:
    """Return the stamps of all workspaces: while they stay the same, no deal was written."""
    statement = select(DealStampRow.stamp).order_by(DealStampRow.workspace_id)
    return tuple(await ledger.session.exec(statement))


async def newest_deal(ledger: Ledger) -> datetime | None:
    """Return when a deal was last written, of all there are; it reads them all."""
    return (await ledger.session.exec(select(func.max(col(OpportunityRow.updated_at))))).one()


async def latest_import(ledger: Ledger) -> datetime | None:
    """Return when an import last reached its end."""
    return (await ledger.session.exec(select(func.max(col(ImportRow.finished_at))))).one()
