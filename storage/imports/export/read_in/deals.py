"""Deals read in, and who is spoken to about them.

A deal is known by its id in the CRM. One without is known by its id here, where the folder is from here, and else by a
mark that it got when it was first read in, so that the same folder, or a later one, never makes it two.
"""

from collections.abc import Sequence

from sqlmodel import col, select

from sales.language.names.match import name_key
from storage.imports.export.read_in.reading import FileReadIn, FolderReading, insert_rows, stored, there_by_id
from storage.imports.export.read_in.tables import ReadRow, Values
from storage.people.erased_contact import erased_contacts
from storage.pieces import pieces
from storage.pipeline.deal_contact import DealContactRow
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope

DEALS, ID, CRM_ID, MARK = "opportunity", "id", "external_id", "import_sha"
READ_AT_ONCE = 2000
NO_DEAL = "its deal is not among the deals that were read in"

Line = tuple[int | None, Values]  # the id in the folder, and what is stored


async def read_deals(reading: FolderReading) -> None:
    """Read in deals, then their contacts."""
    table = reading.table(OpportunityRow)
    if table is not None:
        told, marks = reading.begin(table), await known_marks(reading)
        for batch in table.batches():
            await read_batch(reading, told, marks, lines(told, reading, batch))
    await read_contacts(reading)


def lines(told: FileReadIn, reading: FolderReading, batch: Sequence[ReadRow]) -> list[Line]:
    found = []
    for row in batch:
        was = row.values.pop(ID, None)
        row.values["import_id"] = None  # imports are not read in again
        if (values := stored(reading, told, OpportunityRow, row)) is not None:
            found.append((was, values))
    return found


async def known_marks(reading: FolderReading) -> dict[str, int]:
    """Return the deals without an id in a CRM that came in from a folder, by their marks."""
    found: dict[str, int] = {}
    after = 0
    while True:
        statement = (
            select(OpportunityRow.id, OpportunityRow.import_sha)
            .where(
                OpportunityRow.workspace_id == reading.workspace_id,
                col(OpportunityRow.external_id).is_(None),
                col(OpportunityRow.import_sha).is_not(None),
                col(OpportunityRow.id) > after,
            )
            .order_by(col(OpportunityRow.id))
            .limit(READ_AT_ONCE)
        )
        async with reading.database.read(reading.workspace_id) as scope:
            page = list(await scope.session.exec(statement))
        if not page:
            return found
        found.update({str(mark): row_id for row_id, mark in page})
        after = page[-1][0]


async def read_batch(
    reading: FolderReading, told: FileReadIn, marks: dict[str, int], batch: Sequence[Line]
) -> None:
    async with reading.database.write(reading.workspace_id) as scope:
        by_crm = await crm_ids(scope, [values[CRM_ID] for _, values in batch if values[CRM_ID]])
        own = [was for was, _ in batch if was is not None] if reading.is_same else []
        here = await there_by_id(scope, OpportunityRow, own)
        new: list[Line] = []
        for was, values in batch:
            if was is None or values[CRM_ID]:
                known = by_crm.get(values[CRM_ID] or "")
            else:
                values[MARK] = reading.own_key(DEALS, was)
                known = was if was in here else marks.get(values[MARK])
            if known is not None:
                reading.became(DEALS, was, known)
                told.there += 1
            elif values[CRM_ID] and values[CRM_ID] in {one[CRM_ID] for _, one in new}:
                told.there += 1  # twice in the file
            else:
                new.append((was, values))
        ids = await insert_rows(scope, OpportunityRow, [values for _, values in new])
        await reading.keep(scope, OpportunityRow, ids)
    for (was, values), made in zip(new, ids, strict=True):
        reading.became(DEALS, was, made)
        if values[CRM_ID] is None and values[MARK]:
            marks[values[MARK]] = made
    told.added += len(new)


async def crm_ids(scope: Scope, wanted: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in pieces(wanted):
        statement = select(OpportunityRow.external_id, OpportunityRow.id).where(
            OpportunityRow.workspace_id == scope.workspace_id, col(OpportunityRow.external_id).in_(some)
        )
        found.update({str(crm): row_id for crm, row_id in await scope.session.exec(statement)})
    return found


async def read_contacts(reading: FolderReading) -> None:
    """Read in contacts; one of the same name for the same deal is there already."""
    table = reading.table(DealContactRow)
    if table is None:
        return
    told = reading.begin(table)
    for batch in table.batches():
        rows = [values for row in batch if (values := contact(told, reading, row)) is not None]
        async with reading.database.write(reading.workspace_id) as scope:
            known = await contacts_there(scope, sorted({values["opportunity_id"] for values in rows}))
            erased, new = await erased_contacts(scope), []
            for values in rows:
                if erased.on((values["name"],)) is not None:
                    told.there += 1  # and forgotten since: they stay so
                    continue
                who = values["opportunity_id"], name_key(values["name"])
                if who in known:
                    told.there += 1
                else:
                    known.add(who)
                    new.append(values)
            await reading.keep(scope, DealContactRow, await insert_rows(scope, DealContactRow, new))
        told.added += len(new)


def contact(told: FileReadIn, reading: FolderReading, row: ReadRow) -> Values | None:
    row.values.pop(ID, None)
    if not row.refused:
        row.values["opportunity_id"] = reading.of(DEALS, row.values["opportunity_id"])
        if row.values["opportunity_id"] is None:
            told.refuse(row.line, NO_DEAL)
            return None
    return stored(reading, told, DealContactRow, row)


async def contacts_there(scope: Scope, deals: Sequence[int]) -> set[tuple[int, str]]:
    found = set()
    for some in pieces(deals):
        statement = select(DealContactRow.opportunity_id, DealContactRow.name).where(
            DealContactRow.workspace_id == scope.workspace_id, col(DealContactRow.opportunity_id).in_(some)
        )
        found.update({(deal, name_key(name)) for deal, name in await scope.session.exec(statement)})
    return found
