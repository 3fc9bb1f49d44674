"""The run: rows read in batches, compared, written, and every refusal handed on as it comes.

What only computes, a look through a file or a batch of its rows, is done in a thread; the event loop has what asks the
database, in pieces. So a bot in the same process goes on answering, and one in another waits for one batch at most.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from sales.imports.files.content_events import ContentEventReader
from sales.imports.files.deal_news import MOST_ASKED_WHO, is_otherwise, standing
from sales.imports.files.deals import DealReader
from sales.imports.files.entry import ImportEntry, RefusedRow
from sales.imports.files.leads import LeadReader, SeenPeople
from sales.imports.files.lookalike import Lookalike
from sales.imports.files.preset import FileKind
from sales.imports.files.presets import CRM
from sales.imports.files.sheet import Damaged, SheetRecord
from sales.imports.files.tables import AccountReader, AgentReader, ProductReader
from sales.imports.files.tally import Counts, ImportTally, SeenRows
from sales.imports.files.terms import ImportTerms, Rejected
from sales.language.dates.instants import local_date
from sales.people.access import OPERATOR
from sales.people.erased_contact import told_erased
from storage.database import Database
from storage.engines.turn import give_way
from storage.imports.files.by_name import named_deals
from storage.imports.files.compare import Differences, closes, compare, pushes
from storage.imports.files.content_events import strangers_among, told_of_strangers, with_owners
from storage.imports.files.desk import Clock, ImportDesk, ImportReader, ignored, prepare, unnoted, zone_of
from storage.imports.files.leads import KnownBefore, LeadOwners, compare_leads
from storage.imports.files.missing import missing_deals
from storage.imports.files.owners import link_all_owners
from storage.imports.files.rows import ImportedRow
from storage.imports.files.runs import (
    finish_run,
    last_finished,
    start_run,
)
from storage.imports.files.source import ImportSource, rows, sources
from storage.imports.files.stoppable import in_a_thread
from storage.imports.files.twins import typed_deals
from storage.imports.files.write import count, write_entries
from storage.people.erased_contact import take_again
from storage.pieces import pieces
from storage.pipeline.deal_history import BetweenImports, last_said_by
from storage.scope import Scope

BATCH = 250  # rows in one unit of work: it holds the database's write lock some 15 ms, and then lets go of it
PIECE = 15  # rows compared and written at once: some 4 ms of the event loop, which nobody should hold for 20


async def read_in(
    database: Database,
    workspace_id: str,
    path: Path,
    clock: Clock,
    terms: ImportTerms | None = None,
    *,
    reject: Callable[[Rejected], None] = ignored,
    watch: Callable[[str, int, int], None] = ignored,
    opened: Callable[[Sequence[ImportSource]], None] = ignored,
    notice: Callable[[ImportEntry], None] = ignored,
    settle: Callable[[ImportEntry, ImportedRow | None], None] = ignored,
    begun: Callable[[Scope, int], Awaitable[None]] = unnoted,
    by: str = OPERATOR,
) -> ImportTally:
    """Take a file, or the CRM tables of a folder, into a workspace; return what became of the rows.

    `by` is who brings it, for the log of access. `reject` gets every row that cannot be taken, `notice` every one that
    can, `settle` how each that is here already will stand, `watch` the file, rows done and rows in all after each
    batch. `opened` gets the files once they can be read; `begun` notes the run in the unit of work in which it begins.
    The same file twice changes nothing. A run that is cut short can be run again or undone.

    Raises:
        Refusal: if nothing could be read at all.
    """
    terms = replace(terms or ImportTerms(), today=clock().date())
    with ExitStack() as kept:
        found, others = await in_a_thread(sources, path, terms, kept)
        desk = await prepare(database, workspace_id, clock, terms, found, reject, watch)
        desk.tally.left_alone, desk.notice, desk.settle = others, notice, settle
        opened(found)
        if not terms.dry_run:
            kind = found[0].layout.preset.name if found[0].name == path.name else CRM
            async with database.write(workspace_id) as scope:
                desk.seen = await begin(scope, kind, path.name, terms.team, clock())
                await begun(scope, desk.seen.import_id)
            desk.tally.run_id = desk.seen.import_id
        for source in found:
            await bring_in_file(desk, source)
    if desk.tally.run_id is not None:
        desk.tally.linked = await link_all_owners(database, workspace_id)
        async with database.write(workspace_id) as scope:
            await finish_run(scope, desk.tally.run_id, desk.tally.refused, clock(), by)
    return desk.tally


async def begin(scope: Scope, kind: str, source: str, team_name: str | None, now: datetime) -> BetweenImports:
    """Note that a run begins; return it with its local day and that of the run before, between which deals changed."""
    zone = await zone_of(scope, team_name)
    before = await last_finished(scope)
    run = await start_run(scope, kind, source, now)
    return BetweenImports(run.id, local_date(before, zone) if before else None, local_date(now, zone))


async def bring_in_file(desk: ImportDesk, source: ImportSource) -> None:
    """Read one file batch by batch; nothing is locked while rows are read, so others can write between."""
    reader = reader_for(desk, source)
    counts = Counts(source.name, source.layout.preset.kind)
    seen = SeenPeople() if counts.kind is FileKind.LEADS else SeenRows()
    desk.tally.files.append(counts)
    desk.watch(counts.source, 0, source.survey.rows)
    found = rows(source)
    if counts.kind is FileKind.DEALS:
        async with desk.database.read(desk.workspace_id) as scope:
            desk.typed, desk.named = await typed_deals(scope, desk.terms.twins), await named_deals(scope)

    def read() -> tuple[int, dict[int, ImportEntry]]:
        """Return how many rows the next batch has, and those of them that can be taken."""
        batch = list(islice(found, BATCH))
        return len(batch), dict(accepted(desk, reader, counts, seen, batch))

    while True:
        length, entries = await asyncio.to_thread(read)
        if not length:
            break
        if counts.kind is not FileKind.AGENTS:
            await store(desk, counts, entries)
        counts.rows += length
        desk.watch(counts.source, counts.rows, source.survey.rows)
    if counts.strangers:
        desk.tally.notes.append(told_of_strangers(counts.strangers))
    for reused in (desk.tally.deals.reused, desk.tally.leads.reused):
        reused.forget_unless_most(counts.changed + counts.unchanged)
    if counts.kind is FileKind.DEALS and isinstance(seen, SeenRows):
        await note_missing(desk, source, counts, seen)
    if isinstance(seen, SeenPeople):
        desk.tally.notes += [*desk.tally.leads.told(), *seen.told()]


async def note_missing(desk: ImportDesk, source: ImportSource, counts: Counts, seen: SeenRows) -> None:
    """Take note of open deals of earlier files that this one lacks; not where it lacks more than it has of them.

    Such a file is of a part of the deals, and says nothing of the others.
    """
    owners = {owner for named in desk.tally.owners for owner in (named, desk.people.find(named)) if owner}
    async with desk.database.read(desk.workspace_id) as scope:
        missing = await missing_deals(scope, source.layout.preset.name, seen, owners)
    if len(missing) <= counts.changed + counts.unchanged:
        desk.tally.deals.missing += missing


def reader_for(desk: ImportDesk, source: ImportSource) -> ImportReader:
    layout = source.layout
    match layout.preset.kind:
        case FileKind.ACCOUNTS:
            return AccountReader(layout, desk.tally.currency)
        case FileKind.PRODUCTS:
            return ProductReader(layout, desk.tally.currency)
        case FileKind.AGENTS:
            return AgentReader(layout, desk.tally.currency)
        case FileKind.DEALS:
            return DealReader(
                layout,
                source.survey,
                desk.tally.currency,
                desk.catalogue,
                desk.terms.stages,
                desk.gate_of,
                desk.rates,
                desk.terms.apart,
            )
        case FileKind.CONTENT:
            return ContentEventReader(layout, desk.zone, desk.clock())
        case FileKind.LEADS:
            return LeadReader(layout, source.survey.orders, desk.terms, desk.zone, desk.began)


def accepted(
    desk: ImportDesk,
    reader: ImportReader,
    counts: Counts,
    seen: SeenRows | SeenPeople,
    batch: list[SheetRecord | Damaged],
) -> Iterator[tuple[int, ImportEntry]]:
    """Yield line and entry of the rows that can be taken; the others are handed on with their reasons."""
    for row in batch:
        if isinstance(row, Damaged):
            refuse(desk, counts, row.line, (row.reason,))
            continue
        reading = reader.read(row)
        if isinstance(reading, RefusedRow):
            refuse(desk, counts, row.line, reading.reasons)
            if isinstance(reader, DealReader) and isinstance(seen, SeenRows):
                seen.refuse(reader.id_of(row))
            continue
        if (on := erased_on(desk, counts.kind, reading.entry)) is not None and not desk.terms.again:
            refuse(desk, counts, row.line, (told_erased(on),))
            continue
        again = seen.meet(reading.entry, row.line)
        if again:
            refuse(desk, counts, row.line, (again,))
        elif again == "":
            counts.repeated += 1
        else:
            desk.tally.note(reading, desk.people)
            desk.notice(reading.entry)
            learn(desk, counts.kind, reading.entry)
            yield row.line, reading.entry


def erased_on(desk: ImportDesk, kind: FileKind, entry: ImportEntry) -> date | None:
    """Return when the person of a row was erased; None for whoever was not, and for rows that are of no person."""
    if kind not in (FileKind.LEADS, FileKind.CONTENT) or not desk.erased.days:
        return None
    return desk.erased.on((entry.values["name"], entry.values["email"]))


def learn(desk: ImportDesk, kind: FileKind, entry: ImportEntry) -> None:
    """Let later files know of an account, a product or a person."""
    name = entry.values["name"]
    match kind:
        case FileKind.ACCOUNTS:
            desk.catalogue.accounts[entry.key] = name
        case FileKind.PRODUCTS:
            desk.catalogue.products[entry.key] = (name, entry.values["list_price_minor"])
        case FileKind.AGENTS:
            desk.tally.agents.add(name)
        case FileKind.DEALS | FileKind.LEADS | FileKind.CONTENT:
            pass


async def store(desk: ImportDesk, counts: Counts, entries: dict[int, ImportEntry]) -> None:
    """Compare a batch with what is stored and, unless this is a dry run, write the differences."""
    unit = desk.database.read if desk.tally.run_id is None else desk.database.write
    found = list[Differences]()
    async with unit(desk.workspace_id) as scope:
        for entry in entries.values() if desk.terms.again and desk.tally.run_id is not None else ():
            if erased_on(desk, counts.kind, entry) is not None:
                await take_again(scope, (entry.values["name"], entry.values["email"]))
        known = None
        if counts.kind is FileKind.LEADS:
            known = await KnownBefore.of(scope, list(entries.values()), desk.people)
            await give_way()
        for piece in pieces(list(entries.values()), PIECE):
            differences = await differing(desk, scope, counts, piece, known)
            await give_way()
            if desk.seen is not None:
                await write_entries(scope, desk.seen, differences, desk.people, desk.clock())
            found.append(differences)
            if differences.kept and desk.tally.deals.kept_count < MOST_ASKED_WHO:
                said = await last_said_by(scope, [row["id"] for _, row in differences.kept])
                desk.tally.deals.kept_by |= {desk.people.names.get(one, "") for one in said} - {""}
            await give_way()
        if desk.tally.run_id is not None:
            await count(scope, desk.tally.run_id, found)
    lines = {entry.key: line for line, entry in entries.items()}
    for differences in found:
        counts.added += len(differences.added)
        counts.changed += len(differences.changed)
        counts.unchanged += differences.unchanged
        counts.closed += sum(closes(row, news) for row, news in differences.changed)
        counts.pushed += sum(pushes(row, news) for row, news in differences.changed)
        note_deals(desk, counts, differences)
        settle_samples(desk, differences)
        if counts.kind is FileKind.CONTENT:
            counts.strangers += strangers_among(differences.added)
        for entry, reason in differences.refused:
            refuse(desk, counts, lines[entry.key], (reason,))


def note_deals(desk: ImportDesk, counts: Counts, differences: Differences) -> None:
    """Take note of what becomes of deals there are that is worth knowing."""
    if counts.kind is not FileKind.DEALS:
        return
    news, currency = desk.tally.deals, desk.tally.currency
    for row, said in differences.changed:
        news.note_change(row, said)
    for entry, row in differences.kept:
        counts.kept += 1
        news.note_kept(row, entry.values, currency)
    for entry, row in differences.joined:
        if is_otherwise(row, entry.values, entry.fields):
            news.note_kept(row, entry.values, currency)
    for entry, row in differences.reused:
        news.note_reused(row, entry.values, currency)
    for entry, row in differences.twins:
        whose = desk.people.names.get(row["owner_id"]) or str(row["owner_name"])
        news.note_twin(Lookalike(entry.key, entry.values["name"], whose, standing(row, currency)))


def settle_samples(desk: ImportDesk, differences: Differences) -> None:
    """Let whoever shows rows know how those that are here already will stand."""
    stand = [*differences.stayed]
    stand += [
        (entry, {**row, **news})
        for entry, (row, news) in zip(differences.altered, differences.changed, strict=True)
    ]
    for entry, row in stand:
        whose = (
            {} if "owner_name" in row else {"owner_name": desk.people.names.get(str(row.get("owner_id")), "")}
        )
        desk.settle(entry, {**row, **whose})
    for entry, _ in differences.refused:
        desk.settle(entry, None)


async def differing(
    desk: ImportDesk,
    scope: Scope,
    counts: Counts,
    piece: Sequence[ImportEntry],
    known: KnownBefore | None,
) -> Differences:
    """Return what some entries would change; of leads, beside what their batch is held against."""
    if counts.kind is FileKind.CONTENT:
        piece = await with_owners(scope, piece)
    if known is None:
        return await compare(scope, counts.kind, piece, desk.people, desk.typed, desk.named)
    owners = LeadOwners(desk.people, desk.teams, desk.began)
    return compare_leads(piece, known, owners, desk.tally.leads)


def refuse(desk: ImportDesk, counts: Counts, line: int, reasons: tuple[str, ...]) -> None:
    counts.refused += 1
    rejected = Rejected(counts.source, line, reasons)
    desk.tally.causes.note(rejected)
    desk.reject(rejected)
