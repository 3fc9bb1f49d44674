"""What is there no more: deals deleted in their CRM, or missing from a whole sweep twice.

One on which nobody here did anything goes with what was written down of it. One that somebody worked on stays, lost and
called deleted, so that nobody's work goes. What only vanished may be out of sight: it stays until it was looked for by
its id and was missing in two sweeps, and where a tenth of all open deals is, nothing goes (docs/crm.md, "How it is
read").
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, delete
from sqlmodel import col, select

from sales.imports.sync.record import CrmFound, CrmGone, CrmObject
from sales.language.dates.instants import local_date
from sales.pipeline.opportunity import AWAKE, Stage
from storage.imports.files.rows import ImportedRow, rows_by_id
from storage.imports.files.undo import referred_to
from storage.imports.files.write import set_rows
from storage.imports.sync.connection import CrmConnectionRow
from storage.imports.sync.known import team_of
from storage.imports.sync.record import CrmRecordRow, open_here, records_by_id
from storage.imports.sync.take_in import DEALS
from storage.pipeline.deal_history import BetweenImports, write_imported_history
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope

TWICE = 2  # sweeps that miss a deal before it counts as deleted
MISSING_SHARE = 0.1  # of the open deals; more than that is no deleting but something in the way
FEW = 10  # open deals, among which a tenth says nothing


async def note_gone(
    scope: Scope, connection: CrmConnectionRow, gone: Sequence[CrmGone], now: datetime
) -> int:
    """Let deals go that their CRM says are deleted, or part of another by now; return how many went."""
    known = await records_by_id(scope, connection.id, CrmObject.DEAL, [one.id for one in gone])
    leaving = []
    for one in gone:
        row = known.get(one.id)
        if row is None or row.gone_at is not None:
            continue
        row.gone_at, row.waits = one.at, ""
        row.merged_into = one.merged_into or row.merged_into
        scope.session.add(row)
        if row.row_id is not None:
            leaving.append(row)
    await scope.session.flush()
    return await leave(scope, connection, leaving, now)


async def note_sweep(
    scope: Scope, connection: CrmConnectionRow, back: CrmFound, asked: Collection[str], now: datetime
) -> int:
    """Note which deals were asked for by id and did not come; return how many went, as they did so twice."""
    missing = (back.missing | back.gone) & set(asked)
    known = await records_by_id(scope, connection.id, CrmObject.DEAL, missing)
    leaving = []
    for record_id, row in known.items():
        row.missed += 1
        if (record_id in back.gone or row.missed >= TWICE) and row.gone_at is None:
            row.gone_at, row.waits = now, ""
            if row.row_id is not None:
                leaving.append(row)
        scope.session.add(row)
    await scope.session.flush()
    return await leave(scope, connection, leaving, now)


async def note_unseen(scope: Scope, connection_id: int, ids: Collection[str]) -> None:
    """Note that deals are not to be seen any more, without believing that they are gone."""
    for row in (await records_by_id(scope, connection_id, CrmObject.DEAL, ids)).values():
        row.missed = max(row.missed, 1)
        scope.session.add(row)


async def unseen_deals(scope: Scope, connection_id: int) -> list[str]:
    """Return the deals that a sweep did not find and that stay, by name."""
    statement = (
        select(OpportunityRow.name)
        .join(CrmRecordRow, col(CrmRecordRow.row_id) == col(OpportunityRow.id))
        .where(
            CrmRecordRow.workspace_id == scope.workspace_id,
            OpportunityRow.workspace_id == scope.workspace_id,
            CrmRecordRow.connection_id == connection_id,
            CrmRecordRow.what == CrmObject.DEAL,
            CrmRecordRow.missed > 0,
            col(CrmRecordRow.gone_at).is_(None),
        )
        .order_by(col(OpportunityRow.name))
    )
    return list(await scope.session.exec(statement))


async def open_deals_of(scope: Scope, connection_id: int) -> list[str]:
    """Return the ids that the deals of a connection have there which are open here."""
    statement = (
        select(CrmRecordRow.external_id)
        .join(OpportunityRow, col(OpportunityRow.id) == col(CrmRecordRow.row_id))
        .where(*open_here(scope, connection_id))
    )
    return list(await scope.session.exec(statement))


def is_too_much(missing: int, of: int) -> bool:
    """Say whether so many open deals are missing that a sweep was cut short, or may not see them."""
    return missing > max(FEW, of) * MISSING_SHARE


async def leave(
    scope: Scope, connection: CrmConnectionRow, records: Sequence[CrmRecordRow], now: datetime
) -> int:
    """Take deals out of here, or close those that somebody worked on."""
    ids = [int(one.row_id) for one in records if one.row_id is not None]
    if not ids:
        return 0
    rows = await rows_by_id(scope, DEALS, ids)
    worked_on = await referred_to(scope, DEALS, ids)
    team = await team_of(scope, connection)
    today = local_date(now, team.zone if team is not None else "UTC")
    await close(scope, connection, [rows[one] for one in ids if one in rows and one in worked_on], today, now)
    table = DEALS.table
    removed = [one for one in ids if one in rows and one not in worked_on]
    if removed:
        statement = delete(table).where(
            table.c.id == bindparam("of_row"), table.c.workspace_id == scope.workspace_id
        )
        await (await scope.session.connection()).execute(statement, [{"of_row": one} for one in removed])
    for one in records:
        if one.row_id in worked_on:
            one.said = {**one.said, "stage": Stage.LOST.value, "stage_label": label(connection)}
        else:
            one.row_id, one.said, one.contested = None, {}, {}
        scope.session.add(one)
    await scope.session.flush()
    return len(ids)


async def close(
    scope: Scope, connection: CrmConnectionRow, rows: Sequence[ImportedRow], today: date, now: datetime
) -> None:
    """Call deals lost on a day, as they were deleted there."""
    if not rows:
        return
    assert connection.import_id is not None
    news = {"stage": Stage.LOST, "stage_label": label(connection), "closed_on": today, **AWAKE}
    changes = []
    for row in rows:
        opened = row["opened_on"] if row["opened_on"] is None or row["opened_on"] <= today else None
        changes.append((row, {**news, "opened_on": opened}))
    stamp = {"import_id": connection.import_id, "updated_at": now}
    await set_rows(scope, DEALS, [(row["id"], {**said, **stamp}) for row, said in changes])
    await write_imported_history(scope, changes, BetweenImports(connection.import_id, None, today))


def label(connection: CrmConnectionRow) -> str:
    return f"Deleted in {connection.name}"
