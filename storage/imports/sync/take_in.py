"""Taking in: what a page of a CRM's deals makes of ours, in the unit of work that keeps how far it was read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from pydantic import ValidationError
from sqlalchemy import insert

from sales.imports.files.entry import ImportEntry
from sales.imports.files.lookalike import ANOTHER, SAME
from sales.imports.files.preset import FileKind
from sales.imports.sync.deal import KnownThere, NotYet, deal_said
from sales.imports.sync.merge import merge, plain
from sales.imports.sync.record import CrmDeal, CrmObject
from sales.language.typed_text import shorten
from sales.people.directory import Directory
from sales.pipeline.opportunity import AWAKE, Opportunity, Stage
from storage.engines.turn import give_way
from storage.imports.files.compare import contradiction
from storage.imports.files.rows import TABLES, ImportedRow, rows_by_id, rows_by_key
from storage.imports.files.twins import TypedDeals, as_it_is
from storage.imports.files.write import set_rows
from storage.imports.sync.connection import CrmConnectionRow
from storage.imports.sync.merged import note_merged
from storage.imports.sync.record import CrmRecordRow, new_record, records_by_id
from storage.pipeline.comparable_name import with_comparable
from storage.pipeline.deal_history import BetweenImports, write_imported_history
from storage.scope import Scope

DEALS = TABLES[FileKind.DEALS]
BESIDE = frozenset({"next_step", "stage_there"})  # what a CRM says of a deal that is no column of ours
TWIN = "It may be a deal that was typed here"


@dataclass
class TakenDeals:
    """What became of deals: counts, and how many wait."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    waiting: int = 0
    lost: list[int] = field(default_factory=list)  # our ids of deals that were open here until now


class Against(NamedTuple):
    """What deals of a page are held against: who is known, what was typed here, and between which days they changed."""

    known: KnownThere
    people: Directory
    typed: TypedDeals
    since: date | None
    today: date
    now: datetime
    there: datetime  # by the clock of the CRM


async def take_deals(
    scope: Scope, connection: CrmConnectionRow, deals: Sequence[CrmDeal], against: Against
) -> TakenDeals:
    """Add and change our deals as their CRM says; what somebody changed here since stays until they decide.

    What the CRM said before an instant that is known already is old, and says nothing; unless that instant is still to
    come there, as its clock was set back.
    """
    taken = TakenDeals()
    await note_merged(scope, connection, deals, against.today)
    known = await records_by_id(scope, connection.id, CrmObject.DEAL, [one.id for one in deals])
    rows = await rows_by_id(scope, DEALS, [row.row_id for row in known.values() if row.row_id is not None])
    strange = [one.id for one in deals if one.id not in known or known[one.id].row_id is None]
    of_files = await rows_by_key(scope, DEALS, strange) if strange else {}
    changes: list[tuple[ImportedRow, ImportedRow]] = []
    new: list[tuple[CrmRecordRow, dict[str, Any]]] = []
    for deal in latest(deals):
        record = known.get(deal.id) or new_record(scope, connection.id, CrmObject.DEAL, deal.id)
        if record.modified_at is not None and deal.modified_at < record.modified_at <= against.there:
            taken.unchanged += 1
            continue
        scope.session.add(record)
        record.gone_at, record.missed = None, 0
        row = rows.get(record.row_id or 0) or of_files.get(deal.id)
        try:
            said = deal_said(deal, against.known)
            if row is None:
                row = await typed_here(scope, record, said, against)
            news, contested = differing(record, said, row)
            check(row, said if row is None else news)
        except NotYet as why:
            record.waits = str(why)[:500]
            record.said = {**record.said, "name": shorten(deal.name, 200)}
            taken.waiting += 1
            continue
        if row is None:
            new.append((record, said))
        else:
            if news.get("stage") is Stage.LOST:
                taken.lost.append(row["id"])
            record.row_id, record.contested = row["id"], contested
            if news:
                changes.append((row, news))
            else:
                taken.unchanged += 1
        record.waits, record.modified_at = "", deal.modified_at
        record.said = {**record.said, **{name: kept(value) for name, value in said.items()}}
    await scope.session.flush()
    await write(scope, connection, against, changes, new)
    taken.added, taken.changed = len(new), len(changes)
    return taken


def latest(deals: Sequence[CrmDeal]) -> list[CrmDeal]:
    """Return each deal once, as it was modified last: a page may repeat one."""
    found: dict[str, CrmDeal] = {}
    for one in deals:
        if one.id not in found or one.modified_at >= found[one.id].modified_at:
            found[one.id] = one
    return list(found.values())


async def typed_here(
    scope: Scope, record: CrmRecordRow, said: dict[str, Any], against: Against
) -> ImportedRow | None:
    """Return the deal typed here that one of the CRM is, as somebody said; None where it is another.

    Raises:
        NotYet: if nobody said yet.
    """
    entry = ImportEntry(key=record.external_id, said=(), values=said, fields=frozenset(said))
    twin = against.typed.like(entry, against.people)
    if twin is None or record.chosen == ANOTHER:
        return None
    record.twin_id = twin["id"]
    if record.chosen != SAME:
        raise NotYet(f"{TWIN}: {shorten(twin['name'])}.")
    return await as_it_is(scope, twin)


def differing(
    record: CrmRecordRow, said: dict[str, Any], row: ImportedRow | None
) -> tuple[ImportedRow, dict[str, dict[str, Any]]]:
    """Return what is set on a row of ours, and what stood there of what both sides changed."""
    if row is None:
        return {}, {}
    before = record.said if record.row_id is not None else None
    found = merge(before, said, row, record.contested)
    news = {name: value for name, value in found.news.items() if row[name] != value}
    if row["external_id"] != record.external_id:
        news["external_id"] = record.external_id
    if "opened_on" in news and row["opened_on"] is not None and news.get("stage") is not Stage.SUSPECT:
        closed = news.get("closed_on", row["closed_on"])
        if closed is None or closed >= row["opened_on"]:
            del news["opened_on"]  # the day it passed the gate here
    if row["stage"] is Stage.PARKED and "stage" in news:
        news |= AWAKE
    return news, {
        group: {column: kept(value) for column, value in ours.items()}
        for group, ours in found.contested.items()
    }


def check(row: ImportedRow | None, said: Mapping[str, Any]) -> None:
    """Refuse what a deal cannot say.

    Raises:
        NotYet: with the reason.
    """
    stands = {**(row or {}), **{name: said[name] for name in said.keys() - BESIDE}}
    try:
        Opportunity.model_validate({name: stands[name] for name in Opportunity.model_fields.keys() & stands})
    except ValidationError as invalid:
        raise NotYet(f"It {contradiction(invalid)}.") from None


async def write(
    scope: Scope,
    connection: CrmConnectionRow,
    against: Against,
    changes: Sequence[tuple[ImportedRow, ImportedRow]],
    new: Sequence[tuple[CrmRecordRow, dict[str, Any]]],
) -> None:
    """Store what is new and what changed, with its history."""
    assert connection.import_id is not None
    stamp = {"import_id": connection.import_id, "updated_at": against.now}
    if new:
        await add_deals(scope, stamp, against, new)
    if changes:
        columns_set = sorted({name for _, news in changes for name in news})
        rows = [
            (row["id"], {**{name: news.get(name, row[name]) for name in columns_set}, **stamp})
            for row, news in changes
        ]
        await set_rows(scope, DEALS, rows)
        seen = BetweenImports(connection.import_id, against.since, against.today)
        await write_imported_history(scope, changes, seen)
    await scope.session.flush()
    await give_way()


async def add_deals(
    scope: Scope,
    stamp: Mapping[str, Any],
    against: Against,
    new: Sequence[tuple[CrmRecordRow, dict[str, Any]]],
) -> None:
    """Store deals in one statement, and note on their records which they are."""
    table, rows = DEALS.table, []
    for _, said in new:
        columns = {name: value for name, value in said.items() if name not in BESIDE}
        deal = Opportunity.model_validate({"currency": against.known.currency, **columns})
        values = {**deal.model_dump(), "converted_minor": said.get("converted_minor"), **stamp}
        rows.append(with_comparable(table, {**values, "workspace_id": scope.workspace_id}))
    together = insert(table).returning(table.c.id, table.c.external_id)
    stored = await (await scope.session.connection()).execute(together, rows)
    ids = {external_id: row_id for row_id, external_id in stored}
    for record, said in new:
        record.row_id = ids[said["external_id"]]
        scope.session.add(record)


def kept(value: Any) -> Any:
    """Return a value as JSON keeps it."""
    return value if value is None or isinstance(value, bool | int) else plain(value)
