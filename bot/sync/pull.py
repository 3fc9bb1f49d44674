"""One pull: a connection read from where it was left to now, every page taken in together with how far it was read.

Owners and stages come first, then what refers to them. Each page is one unit of work, in which the lease is renewed and
its fence checked; so whoever lost the lease writes nothing, and a process that ends leaves whole pages behind.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.sync.outbox import Outbox
from sales.imports.sync.match import match_owners
from sales.imports.sync.port import CrmPort, NotAllowed
from sales.imports.sync.record import CrmAccount, CrmActivity, CrmContact, CrmDeal, CrmObject, CrmPage
from sales.imports.sync.window import BEGINNING, ReadTo, SyncPass, SyncWindow, is_due, next_window
from sales.language.dates.instants import local_date
from sales.language.names.descent import comparable
from storage.database import Database
from storage.imports.files.twins import typed_called
from storage.imports.sync.beside import name_contacts, take_accounts, take_activities, take_contacts
from storage.imports.sync.connection import (
    CrmConnectionRow,
    Held,
    LostLease,
    find_connection,
    held_connection,
    note_read,
)
from storage.imports.sync.gone import is_too_much, note_gone, note_sweep, note_unseen, open_deals_of
from storage.imports.sync.known import account_names, known_there, people_addressed
from storage.imports.sync.place import keep_place, places
from storage.imports.sync.record import records_by_id, waiting_records
from storage.imports.sync.stage import keep_owners, keep_stages, owners_of
from storage.imports.sync.take_in import Against, TakenDeals, take_deals
from storage.people.member import people_directory
from storage.pieces import pieces
from storage.scope import Scope

log = structlog.get_logger()

A_MOMENT = timedelta(seconds=1)  # what was changed in this very second is read too; windows overlap by more
HIDDEN = "deal."  # begins what of deals is not read
PIECE = 50  # deals in one unit of work: some 20 ms of the database's writer
ASKED = 300  # deals that are asked for by id at once: whole requests of HubSpot's hundred, and of Salesforce's 150


@dataclass
class Pull:
    """Reads one connection that this process holds."""

    database: Database
    workspace_id: str
    held: Held
    port: CrmPort
    now: Callable[[], datetime]
    asked: bool = False  # what changed is read though it is not due yet
    rereads: bool = False  # and every open deal
    there: datetime = BEGINNING  # by the CRM's clock, once it said it

    async def run(self) -> TakenDeals:
        """Read what is due; return what became of deals.

        Raises:
            CrmTrouble: if the CRM is in the way; what came until then is kept.
            LostLease: if somebody else reads it by now.
        """
        began, total = self.now(), TakenDeals()
        there = self.there = await self.port.clock() + A_MOMENT
        await self.owners_and_stages()
        for what in (CrmObject.ACCOUNT, CrmObject.CONTACT):
            await self.beside(what, there)
        outbox = Outbox(self.database, self.workspace_id, self.held, self.port, self.now)
        await self.take(await outbox.send())
        for way in (SyncPass.FRESH, SyncPass.SETTLED):
            add(total, await self.deals(way, there))
        add(total, await self.waiting())
        await self.gone(there)
        add(total, await self.sweep(there))
        await self.beside(CrmObject.ACTIVITY, there)
        async with self.database.write(self.workspace_id) as scope:
            connection = await held_connection(scope, self.held, self.now())
            await note_read(scope, connection, began, self.now())
        return total

    async def owners_and_stages(self) -> None:
        stages = await self.port.stages()
        try:
            owners = await self.port.owners()
        except NotAllowed as why:
            owners = ()
            await self.unread(CrmObject.OWNER, str(why))
        async with self.database.write(self.workspace_id) as scope:
            await held_connection(scope, self.held, self.now())
            await keep_stages(scope, self.held.id, stages)
            rows = await owners_of(scope, self.held.id)
            said = {row.owner_id: row.user_id for row in rows if row.said}
            before = {row.owner_id: row.user_id for row in rows if not row.said}
            found = match_owners(owners, await people_addressed(scope), said, before)
            await keep_owners(scope, self.held.id, owners, found.known)

    async def window(
        self, what: CrmObject, way: SyncPass, there: datetime
    ) -> tuple[ReadTo, SyncWindow] | None:
        """Return what a pass reads now; None where it is not due, or there is nothing yet."""
        async with self.database.read(self.workspace_id) as scope:
            row = (await places(scope, self.held.id)).get((what, way))
            connection = await find_connection(scope, self.held.id)
        zone = connection.zone if connection is not None else "UTC"
        read = row.read_to if row is not None else ReadTo()
        began = row.began_at if row is not None else None
        wanted = self.asked if way in (SyncPass.FRESH, SyncPass.SETTLED) else self.rereads
        if not (wanted or read.within is not None or is_due(way, began, self.now(), zone)):
            return None
        window = next_window(way, read, there)
        return (read, window) if window is not None else None

    async def deals(self, way: SyncPass, there: datetime) -> TakenDeals:
        """Read the deals that were modified since."""
        total = TakenDeals()
        found = await self.window(CrmObject.DEAL, way, there)
        if found is None:
            return total
        read, window = found
        began = self.now()
        async for page in self.port.changed(CrmObject.DEAL, window.since, window.until):
            add(total, await self.take(of_deals(page.records)))
            read = read.going_on(window, page.place)
            await self.keep(CrmObject.DEAL, way, read, began)
        await self.keep(CrmObject.DEAL, way, read.done(window), began)
        return total

    async def keep(self, what: CrmObject, way: SyncPass, read: ReadTo, began: datetime) -> None:
        async with self.database.write(self.workspace_id) as scope:
            await held_connection(scope, self.held, self.now())
            await keep_place(scope, self.held.id, what, way, read, began)

    async def take(self, deals: Sequence[CrmDeal]) -> TakenDeals:
        """Take deals in, piece by piece; the names of accounts that were never read are asked for first."""
        total = TakenDeals()
        if not deals:
            return total
        await self.accounts_of(deals)
        await self.note_hidden({one for deal in deals for one in deal.unread})
        against = await self.against(deals)
        for some in pieces(list(deals), PIECE):
            async with self.database.write(self.workspace_id) as scope:
                connection = await held_connection(scope, self.held, self.now())
                add(total, await take_deals(scope, connection, some, against))
                await name_contacts(scope, connection, {one.id: one.contact_ids for one in some})
        return total

    async def note_hidden(self, fields: set[str]) -> None:
        """Note which fields of deals may not be read now, or are not there under their name."""
        async with self.database.read(self.workspace_id) as scope:
            connection = await find_connection(scope, self.held.id)
        known = connection.unread if connection is not None else {}
        hidden = {f"{HIDDEN}{one}": known.get(f"{HIDDEN}{one}", "") for one in sorted(fields)}
        others = {what: mend for what, mend in known.items() if not what.startswith(HIDDEN)}
        if {**others, **hidden} == known:
            return
        async with self.database.write(self.workspace_id) as scope:
            row = await held_connection(scope, self.held, self.now())
            row.unread = {**others, **hidden}
            scope.session.add(row)

    async def against(self, deals: Iterable[CrmDeal]) -> Against:
        """Return what the deals of a page are held against, read once for all of them."""
        async with self.database.read(self.workspace_id) as scope:
            connection = await find_connection(scope, self.held.id)
            if connection is None:
                raise LostLease
            people = await people_directory(scope)
            known = await known_there(scope, connection, people, self.now())
            names = await account_names(scope, connection, {one.account_id for one in deals})
            since = local_date(connection.read_at, connection.zone) if connection.read_at else None
            called = {
                comparable(one) for deal in deals for one in (deal.name, names.get(deal.account_id, ""))
            }
            typed = await typed_called(scope, called)
        return Against(
            replace(known, accounts=names), people, typed, since, known.rates.today, self.now(), self.there
        )

    async def accounts_of(self, deals: Iterable[CrmDeal]) -> None:
        """Read the accounts of deals that no pass has read yet."""
        wanted = {one.account_id for one in deals} - {""}
        async with self.database.read(self.workspace_id) as scope:
            known = await records_by_id(scope, self.held.id, CrmObject.ACCOUNT, wanted)
        missing = wanted - known.keys()
        if not missing:
            return
        try:
            found = await self.port.by_ids(CrmObject.ACCOUNT, missing)
        except NotAllowed:
            return
        accounts = [one for one in found.records.values() if isinstance(one, CrmAccount)]
        async with self.database.write(self.workspace_id) as scope:
            connection = await held_connection(scope, self.held, self.now())
            await take_accounts(scope, connection, accounts)

    async def waiting(self) -> TakenDeals:
        """Try the deals again that could not be taken in, as a rate or a stage may be there by now."""
        async with self.database.read(self.workspace_id) as scope:
            ids = [row.external_id for row in await waiting_records(scope, self.held.id, CrmObject.DEAL)]
        total = TakenDeals()
        for some in pieces(ids, ASKED):
            found = await self.port.by_ids(CrmObject.DEAL, some)
            add(total, await self.take(of_deals(found.records.values())))
        return total

    async def gone(self, there: datetime) -> None:
        """Take note of deals that were deleted or merged."""
        found = await self.window(CrmObject.DEAL, SyncPass.GONE, there)
        if found is None:
            return
        read, window = found
        began, gone = self.now(), await self.port.gone(CrmObject.DEAL, window.since.at, window.until)
        winners = {one.merged_into for one in gone if one.merged_into}
        if winners:
            kept = await self.port.by_ids(CrmObject.DEAL, winners)
            await self.take(of_deals(kept.records.values()))
        async with self.database.write(self.workspace_id) as scope:
            connection = await held_connection(scope, self.held, self.now())
            await note_gone(scope, connection, gone, self.now())
            await keep_place(scope, self.held.id, CrmObject.DEAL, SyncPass.GONE, read.done(window), began)

    async def sweep(self, there: datetime) -> TakenDeals:
        """Read every open deal once a night: some changes and some deals are in no list of what changed."""
        total = TakenDeals()
        found = await self.window(CrmObject.DEAL, SyncPass.SWEEP, there)
        if found is None:
            return total
        read, window = found
        began, seen = self.now(), set[str]()
        if read.to is not None:  # the first pull has read everything
            async for ids in self.port.ids(CrmObject.DEAL):
                seen.update(ids)
                await self.hold()
            asked = await self.missing_here(seen)
            for some in pieces(sorted(seen | asked), ASKED):
                back = await self.port.by_ids(CrmObject.DEAL, some)
                add(total, await self.take(of_deals(back.records.values())))
                async with self.database.write(self.workspace_id) as scope:
                    connection = await held_connection(scope, self.held, self.now())
                    await note_sweep(scope, connection, back, asked, self.now())
        await self.keep(CrmObject.DEAL, SyncPass.SWEEP, read.done(window), began)
        return total

    async def hold(self) -> None:
        """Renew the lease."""
        async with self.database.write(self.workspace_id) as scope:
            await held_connection(scope, self.held, self.now())

    async def missing_here(self, seen: set[str]) -> set[str]:
        """Return which deals that are open here were not seen there; none where there are too many to be believed."""
        async with self.database.read(self.workspace_id) as scope:
            open_here = await open_deals_of(scope, self.held.id)
        missing = set(open_here) - seen
        if not is_too_much(len(missing), len(open_here)):
            return missing
        log.warning("many deals are missing from a CRM; none goes", missing=len(missing), of=len(open_here))
        async with self.database.write(self.workspace_id) as scope:
            await held_connection(scope, self.held, self.now())
            await note_unseen(scope, self.held.id, missing)
        return set()

    async def beside(self, what: CrmObject, there: datetime) -> None:
        """Read accounts, contacts or activities that were modified since; nothing where that is not allowed."""
        found = await self.window(what, SyncPass.FRESH, there)
        if found is None:
            return
        read, window = found
        began = self.now()
        try:
            async for page in self.port.changed(what, window.since, window.until):
                read = read.going_on(window, page.place)
                async with self.database.write(self.workspace_id) as scope:
                    connection = await held_connection(scope, self.held, self.now())
                    await take_beside(scope, connection, page, self.now())
                    await keep_place(scope, self.held.id, what, SyncPass.FRESH, read, began)
        except NotAllowed as why:
            await self.unread(what, str(why))
            return
        await self.keep(what, SyncPass.FRESH, read.done(window), began)

    async def unread(self, what: CrmObject, why: str) -> None:
        """Note what may not be read, and the mend."""
        async with self.database.write(self.workspace_id) as scope:
            connection = await held_connection(scope, self.held, self.now())
            connection.unread = {**connection.unread, what.value: why}
            scope.session.add(connection)


async def take_beside(scope: Scope, connection: CrmConnectionRow, page: CrmPage, now: datetime) -> None:
    await take_accounts(scope, connection, [one for one in page.records if isinstance(one, CrmAccount)])
    await take_contacts(scope, connection, [one for one in page.records if isinstance(one, CrmContact)])
    await take_activities(
        scope, connection, [one for one in page.records if isinstance(one, CrmActivity)], now
    )


def of_deals(records: Iterable[object]) -> list[CrmDeal]:
    return [one for one in records if isinstance(one, CrmDeal)]


def add(total: TakenDeals, some: TakenDeals) -> None:
    """Count some deals with the others."""
    total.added += some.added
    total.changed += some.changed
    total.unchanged += some.unchanged
    total.waiting += some.waiting
    total.lost += some.lost
