"""The run: rows read in batches, compared, written, and every refusal handed on as it comes.

What only computes, a look through a file or a batch of its rows, is done in a thread; the event loop has what asks the
database, in pieces. So a bot in the same process goes on answering, and one in another waits for one batch at most.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Protocol

from sales.imports.files.deals import Catalogue, DealReader
from sales.imports.files.entry import ImportEntry, Reading, RefusedRow
from sales.imports.files.preset import FileKind
from sales.imports.files.presets import CRM
from sales.imports.files.sheet import Damaged, SheetRecord
from sales.imports.files.tables import AccountReader, AgentReader, ProductReader
from sales.imports.files.tally import Counts, ImportTally, SeenRows
from sales.imports.files.terms import ImportTerms, Rejected
from sales.imports.files.worth import KnownRates
from sales.language.dates.instants import local_date
from sales.language.figures import listed, long_day
from sales.people.access import OPERATOR
from sales.people.directory import Directory
from sales.people.team import Team
from sales.pipeline.gate import Gate
from sales.refusal import Refusal
from storage.database import Database
from storage.engines.turn import give_way
from storage.imports.files.compare import Differences, closes, compare, pushes
from storage.imports.files.known import known_catalogue, known_gates, known_rates, owner_teams
from storage.imports.files.runs import (
    finish_run,
    last_finished,
    latest_runs,
    run_of,
    start_run,
    unfinished_runs,
)
from storage.imports.files.source import ImportSource, rows, sources
from storage.imports.files.undo import Undone, undo_some
from storage.imports.files.write import count, write_entries
from storage.people.member import people_directory
from storage.people.team import every_team, find_team_named
from storage.pieces import pieces
from storage.pipeline.deal_history import BetweenImports
from storage.pipeline.opportunity import LINKED, give, nameless_deals, owners_by_name
from storage.scope import Scope

BATCH = 250  # rows in one unit of work: it holds the database's write lock some 15 ms, and then lets go of it
PIECE = 15  # rows compared and written at once: some 4 ms of the event loop, which nobody should hold for 20


def ignored(*_: object) -> None:
    """Take note of nothing."""


async def unnoted(scope: Scope, run_id: int) -> None:
    """Take no note of a run that begins."""


class ImportReader(Protocol):
    def read(self, record: SheetRecord) -> Reading: ...


Clock = Callable[[], datetime]


@dataclass
class ImportDesk:
    """What the files of one run share."""

    database: Database
    workspace_id: str
    clock: Clock
    terms: ImportTerms
    seen: BetweenImports | None
    people: Directory
    catalogue: Catalogue
    gate_of: Callable[[str], Gate]
    rates: KnownRates
    tally: ImportTally
    reject: Callable[[Rejected], None]
    watch: Callable[[str, int, int], None]
    notice: Callable[[ImportEntry], None] = ignored


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
    begun: Callable[[Scope, int], Awaitable[None]] = unnoted,
    by: str = OPERATOR,
) -> ImportTally:
    """Take a file, or the CRM tables of a folder, into a workspace; return what became of the rows.

    `by` is who brings it, for the log of access. `reject` gets every row that cannot be taken, `notice` every one that
    can, `watch` the file, rows done and rows in all after each batch. `opened` gets the files once they can be read;
    `begun` notes the run in the unit of work in which it begins. The same file twice changes nothing. A run that is
    cut short can be run again or undone.

    Raises:
        Refusal: if nothing could be read at all.
    """
    terms = terms or ImportTerms()
    with ExitStack() as kept:
        found, others = await asyncio.to_thread(sources, path, terms, kept)
        desk = await prepare(database, workspace_id, clock, terms, found, reject, watch)
        desk.tally.left_alone, desk.notice = others, notice
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


async def prepare(
    database: Database,
    workspace_id: str,
    clock: Clock,
    terms: ImportTerms,
    found: Sequence[ImportSource],
    reject: Callable[[Rejected], None],
    watch: Callable[[str, int, int], None],
) -> ImportDesk:
    """Read what the files are held against: the currency, its rates, the people, the catalogue and the gates."""
    tally = ImportTally(notes=noted(found))
    async with database.read(workspace_id) as scope:
        tally.currency = terms.currency or await currency_of(scope, terms.team)
        people, catalogue = await people_directory(scope), await known_catalogue(scope)
        owners = await owner_teams(scope, people, terms.team)
        gate_of = await known_gates(scope, owners)
        today = local_date(clock(), await zone_of(scope, terms.team))
        rates = KnownRates(await known_rates(scope, owners, tally.currency), today)
        tally.unfinished = [run.id for run in await unfinished_runs(scope)]
    return ImportDesk(
        database, workspace_id, clock, terms, None, people, catalogue, gate_of, rates, tally, reject, watch
    )


def noted(found: Sequence[ImportSource]) -> list[str]:
    """Return what was found out about the files, each line with its file where there are several."""
    named = len(found) > 1
    return [f"{source.name}: {note}" if named else note for source in found for note in source.notes]


async def begin(scope: Scope, kind: str, source: str, team_name: str | None, now: datetime) -> BetweenImports:
    """Note that a run begins; return it with its local day and that of the run before, between which deals changed."""
    zone = await zone_of(scope, team_name)
    before = await last_finished(scope)
    run = await start_run(scope, kind, source, now)
    return BetweenImports(run.id, local_date(before, zone) if before else None, local_date(now, zone))


async def zone_of(scope: Scope, team_name: str | None) -> str:
    """Return by whose clock the days of a run are: the named team's, else the first's."""
    teams = [await find_team_named(scope, team_name)] if team_name else await every_team(scope)
    return next((team.zone for team in teams if team is not None), "UTC")


async def take_back(
    database: Database, workspace_id: str, run_id: int, clock: Clock, by: str = OPERATOR
) -> Undone:
    """Undo a run as far as nobody has changed its rows since; return what became of them.

    Raises:
        Refusal: if the workspace has no such run, or all of it was taken back already.
    """
    async with database.read(workspace_id) as scope:
        run = await run_of(scope, run_id)
        if run is None:
            latest = [str(each.id) for each in await latest_runs(scope, 5)]
            known = f"The latest are {', '.join(latest)}" if latest else "Nothing was imported yet"
            raise Refusal(f"There is no import {run_id}. {known}.")
    removed = restored = 0
    left: list[str] = []
    below: int | None = None
    while True:
        async with database.write(workspace_id) as scope:
            step = await undo_some(scope, run_id, clock(), below, by)
            removed, restored, below = removed + step.removed, restored + step.restored, step.rest
            left += step.left
        if below is None:
            break
    await link_all_owners(database, workspace_id)
    if run.undone_at is not None and not (removed or restored or left):
        raise Refusal(f"Import {run_id} was undone already, on {long_day(run.undone_at)}.")
    return Undone(removed, restored, tuple(left), None)


async def link_all_owners(database: Database, workspace_id: str) -> int:
    """Give deals to the members who go by their owners' names now, some in each unit of work; return how many."""
    linked = 0
    async with database.read(workspace_id) as scope:
        owners = await owners_by_name(scope)
    while True:
        async with database.read(workspace_id) as scope:
            found = await nameless_deals(scope, owners)
        if not found:
            return linked
        for some in pieces(found, LINKED):
            async with database.write(workspace_id) as scope:
                linked += await give(scope, some)


async def currency_of(scope: Scope, team_name: str | None) -> str:
    """Return the currency amounts are in: the named team's, or the one all teams share."""
    if team_name is not None:
        team = await find_team_named(scope, team_name)
        if team is None:
            known = ", ".join(each.name for each in await every_team(scope)) or "none yet"
            raise Refusal(f"There is no team “{team_name}”. Teams: {known}.")
        return team.currency
    currencies = sorted({team.currency for team in await every_team(scope)})
    if len(currencies) > 1:
        raise Refusal(
            f"The teams count in {listed(currencies)}. Say whose deals these are.",
            example="--team West",
        )
    return currencies[0] if currencies else Team.model_fields["currency"].default


async def bring_in_file(desk: ImportDesk, source: ImportSource) -> None:
    """Read one file batch by batch; nothing is locked while rows are read, so others can write between."""
    reader = reader_for(desk, source)
    counts, seen = Counts(source.name, source.layout.preset.kind), SeenRows()
    desk.tally.files.append(counts)
    desk.watch(counts.source, 0, source.survey.rows)
    found = rows(source)

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
            )


def accepted(
    desk: ImportDesk, reader: ImportReader, counts: Counts, seen: SeenRows, batch: list[SheetRecord | Damaged]
) -> Iterator[tuple[int, ImportEntry]]:
    """Yield line and entry of the rows that can be taken; the others are handed on with their reasons."""
    for row in batch:
        if isinstance(row, Damaged):
            refuse(desk, counts, row.line, (row.reason,))
            continue
        reading = reader.read(row)
        if isinstance(reading, RefusedRow):
            refuse(desk, counts, row.line, reading.reasons)
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
        case FileKind.DEALS:
            pass


async def store(desk: ImportDesk, counts: Counts, entries: dict[int, ImportEntry]) -> None:
    """Compare a batch with what is stored and, unless this is a dry run, write the differences."""
    unit = desk.database.read if desk.tally.run_id is None else desk.database.write
    found = list[Differences]()
    async with unit(desk.workspace_id) as scope:
        for piece in pieces(list(entries.values()), PIECE):
            differences = await compare(scope, counts.kind, piece, desk.people)
            await give_way()
            if desk.seen is not None:
                await write_entries(scope, desk.seen, differences, desk.people, desk.clock())
            found.append(differences)
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
        for entry, reason in differences.refused:
            refuse(desk, counts, lines[entry.key], (reason,))


def refuse(desk: ImportDesk, counts: Counts, line: int, reasons: tuple[str, ...]) -> None:
    counts.refused += 1
    rejected = Rejected(counts.source, line, reasons)
    desk.tally.causes.note(rejected)
    desk.reject(rejected)
