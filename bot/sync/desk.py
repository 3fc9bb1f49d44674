"""The desk of CRMs: which connection is read when, by which process, and what is said where that does not go well.

A connection is read under a lease of its own, so that of several processes one asks the CRM. What fails is tried again
with the next pull; somebody hears of it once it lasts, and once more when it is over (docs/crm.md, "How it is read").
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime

import structlog

from bot.desk import Desk
from bot.sync.pull import Pull
from handlers.imports.files.run import tell_wins
from handlers.imports.sync.trouble import note_trouble, note_well
from handlers.imports.write_back.told import tell_waiting
from handlers.pipeline.debrief.asking import ask_of_lost
from sales.imports.sync.connection import CrmState
from sales.imports.sync.port import CrmBusy, CrmPort, CrmTrouble, TokenRefused
from sales.imports.sync.window import EVERY, SyncPass
from storage.database import Database
from storage.imports.sync.connection import (
    CrmConnectionRow,
    Held,
    LostLease,
    find_connection,
    free_leases,
    held_connection,
    let_go,
    take_lease,
    waiting_connections,
)
from storage.trouble import StorageTrouble

log = structlog.get_logger()

RENEWED = 20.0  # seconds between two renewals of a lease of sixty, however long a CRM takes to answer
OURS = "What {name} sent could not be taken in: something here is wrong, and the log says what. I try again."

Adapters = Callable[[CrmConnectionRow, dict[str, str]], CrmPort]


class SyncDesk(Desk):
    """Reads what is due."""

    things = "CRMs"

    def __init__(
        self,
        database: Database,
        workspace_id: str,
        now: Callable[[], datetime],
        owner: str,
        deliver: Callable[[], None],
        adapters: Adapters,
        keys: Callable[[], str],
    ) -> None:
        """`deliver` lets delivery look, `adapters` make the port of a connection, `keys` read credentials."""
        super().__init__()
        self.database, self.workspace_id, self.now, self.owner = database, workspace_id, now, owner
        self.deliver, self.adapters, self.keys = deliver, adapters, keys
        self.renews_every = RENEWED

    async def begin(self) -> None:
        """Free what the last process held, where only one serves a database: it ended, however it did."""
        if not self.database.engine.shared:
            async with self.database.write(self.workspace_id) as scope:
                await free_leases(scope)

    async def round(self) -> None:
        """Read each connection that is due, one after the other."""
        now = self.now()
        async with self.database.read_ledger() as ledger:
            waiting = await waiting_connections(ledger, self.workspace_id, now)
            due = [row.id for row in waiting if is_due(row, now)]
        for connection_id in due:
            await self.read(connection_id)

    async def read(self, connection_id: int) -> None:
        """Read a connection if nobody else does, and write down how that went."""
        holder = f"{self.owner}:{secrets.token_hex(2)}"
        async with self.database.write(self.workspace_id) as scope:
            held = await take_lease(scope, connection_id, holder, self.now())
            row = await find_connection(scope, connection_id) if held is not None else None
            if row is not None:
                row.tried_at = self.now()
                scope.session.add(row)
        if held is None or row is None:
            return
        began = self.now()
        try:
            async with self.renewed(held):
                await self.pull(row, held)
        except LostLease:
            log.info("a CRM is read elsewhere", connection=connection_id)
        except CrmTrouble as trouble:
            await self.failed(held, trouble)
        except StorageTrouble:
            raise
        except Exception as fault:  # the edge: whoever looks after the CRM hears of it as of any trouble
            log.exception("a CRM was not taken in", connection=connection_id, exc_info=fault)
            await self.failed(held, CrmTrouble(OURS.format(name=row.name)))
        finally:
            if row.read_at is not None:
                with suppress(StorageTrouble):
                    await tell_wins(self.database, self.workspace_id, began, self.now())
            with suppress(StorageTrouble):
                async with self.database.write(self.workspace_id) as scope:
                    await let_go(scope, held)
            self.deliver()

    @asynccontextmanager
    async def renewed(self, held: Held) -> AsyncIterator[None]:
        """Renew a lease while the block lasts."""

        async def renew() -> None:
            with suppress(LostLease):  # the next page finds out, and ends the pull
                while True:
                    await asyncio.sleep(self.renews_every)
                    with suppress(StorageTrouble):
                        async with self.database.write(self.workspace_id) as scope:
                            await held_connection(scope, held, self.now())

        renewing = asyncio.create_task(renew())
        try:
            yield
        finally:
            renewing.cancel()
            await asyncio.gather(renewing, return_exceptions=True)

    async def pull(self, row: CrmConnectionRow, held: Held) -> None:
        port = self.adapters(row, self.credentials(row))
        try:
            asked = row.asked_at is not None
            pull = Pull(self.database, self.workspace_id, held, port, self.now, asked, row.rereads)
            taken = await pull.run()
        finally:
            await port.close()
        log.info(
            "a CRM was read", crm=row.name, added=taken.added, changed=taken.changed, waits=taken.waiting
        )
        async with self.database.write(self.workspace_id) as scope:
            await note_well(scope, held.id, self.now())
            if row.read_at is not None:  # what the first reading brings is no news
                await ask_of_lost(scope, taken.lost, self.now())

    def credentials(self, row: CrmConnectionRow) -> dict[str, str]:
        """Return what a connection is read with. What encrypts it is loaded for whoever has one.

        Raises:
            TokenRefused: if what is kept cannot be read.
        """
        from bot.sync.secret import Secrets, SecretTrouble, belonging

        try:
            return Secrets(self.keys()).read(belonging(row.workspace_id, row.vendor.value), row.secret)
        except SecretTrouble as trouble:
            raise TokenRefused(str(trouble)) from None

    async def failed(self, held: Held, trouble: CrmTrouble) -> None:
        """Write down what is in the way, and when it is tried again; what came until then stays."""
        log.warning("a CRM was not read", connection=held.id, trouble=str(trouble))
        async with self.database.write(self.workspace_id) as scope:
            row = await find_connection(scope, held.id)
            if row is None or row.fence != held.fence:
                return
            row.asked_at = None
            row.failed(str(trouble), self.now(), trouble.pause if isinstance(trouble, CrmBusy) else None)
            if isinstance(trouble, TokenRefused):
                row.state = CrmState.NEEDS_TOKEN
            scope.session.add(row)
            await note_trouble(scope, row, self.now())
            await tell_waiting(scope, row.id, str(trouble), self.now())


def is_due(row: CrmConnectionRow, now: datetime) -> bool:
    """Say whether a connection is read now: every five minutes, or as somebody asked; at once if a clock went back."""
    if row.asked_at is not None or row.tried_at is None or now < row.tried_at:
        return True
    return now - row.tried_at >= EVERY[SyncPass.FRESH]
