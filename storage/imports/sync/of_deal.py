"""The record that a deal of ours has in a CRM, for what its card says."""

from typing import NamedTuple

from sales.imports.sync.record import CrmObject
from storage.imports.sync.connection import CrmConnectionRow, connections
from storage.imports.sync.record import CrmRecordRow, records_of
from storage.scope import Scope


class DealInCrm(NamedTuple):
    """A deal as a CRM knows it: which connection, and which record."""

    connection: CrmConnectionRow
    record: CrmRecordRow


async def deal_in_crm(scope: Scope, deal_id: int) -> DealInCrm | None:
    """Return what a CRM has of a deal; read once in a unit of work, and not at all where none is connected."""

    async def read() -> DealInCrm | None:
        by_id = {row.id: row for row in await connections(scope)}
        record = (await records_of(scope, CrmObject.DEAL, [deal_id])).get(deal_id) if by_id else None
        return DealInCrm(by_id[record.connection_id], record) if record is not None else None

    return await scope.once(DealInCrm, deal_id, read)
