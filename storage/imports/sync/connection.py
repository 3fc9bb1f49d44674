"""CRM connections, and which process reads one: under a lease, with a fence that every write of it is checked by."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import Field, UniqueConstraint, col, or_, select, update

from sales.imports.sync.connection import LEASE, CrmConnection, CrmState
from sales.imports.sync.record import Vendor
from storage.imports.files.drop import WOKEN
from storage.imports.files.runs import ImportRow
from storage.scope import Ledger, Scope


class CrmConnectionRow(CrmConnection, table=True):
    __tablename__ = "crm_connection"
    __table_args__ = (UniqueConstraint("workspace_id", "vendor"), {"sqlite_autoincrement": True})

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int | None = Field(default=None, foreign_key="team.id", ondelete="SET NULL")
    import_id: int | None = Field(default=None, foreign_key="import_run.id")
    holder: str | None = None
    fence: int = 0
    lease_until: datetime | None = None


class Held(NamedTuple):
    """A connection as this process holds it; what it writes counts while `fence` is the connection's."""

    id: int
    fence: int


class LostLease(Exception):
    """Somebody else reads the connection by now; nothing of this unit of work is kept."""


async def connections(scope: Scope) -> list[CrmConnectionRow]:
    """Return the CRMs of a workspace, in the order in which they were connected."""
    statement = select(CrmConnectionRow).where(CrmConnectionRow.workspace_id == scope.workspace_id)
    return list(await scope.session.exec(statement.order_by(col(CrmConnectionRow.id))))


async def find_connection(scope: Scope, connection_id: int) -> CrmConnectionRow | None:
    """Return one of them, or None."""
    row = await scope.session.get(CrmConnectionRow, connection_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def connection_to(scope: Scope, vendor: Vendor) -> CrmConnectionRow | None:
    """Return the connection to a CRM, or None."""
    return next((one for one in await connections(scope) if one.vendor is vendor), None)


def ask_for_pull(scope: Scope, row: CrmConnectionRow, now: datetime, *, rereads: bool = False) -> None:
    """Let a connection be read once this unit of work is durable; `rereads` for every open deal."""
    row.asked_at = now
    row.rereads = row.rereads or rereads
    scope.session.add(row)
    scope.unit.noted.add(WOKEN)


async def waiting_connections(ledger: Ledger, workspace_id: str, now: datetime) -> list[CrmConnectionRow]:
    """Return the connections that may be read now and that nobody reads."""
    statement = select(CrmConnectionRow).where(
        CrmConnectionRow.workspace_id == workspace_id,
        col(CrmConnectionRow.state) == CrmState.ACTIVE,
        or_(col(CrmConnectionRow.not_before).is_(None), col(CrmConnectionRow.not_before) <= now),
        or_(col(CrmConnectionRow.lease_until).is_(None), col(CrmConnectionRow.lease_until) < now),
    )
    return list(await ledger.session.exec(statement.order_by(col(CrmConnectionRow.id))))


async def take_lease(scope: Scope, connection_id: int, holder: str, now: datetime) -> Held | None:
    """Begin to read a connection; None where another process does. Whoever read it before writes nothing more."""
    taken = (
        update(CrmConnectionRow)
        .where(
            col(CrmConnectionRow.id) == connection_id,
            col(CrmConnectionRow.workspace_id) == scope.workspace_id,
            or_(col(CrmConnectionRow.lease_until).is_(None), col(CrmConnectionRow.lease_until) < now),
        )
        .values(holder=holder, lease_until=now + LEASE, fence=CrmConnectionRow.fence + 1)
        .returning(col(CrmConnectionRow.fence))
    )
    fence = (await (await scope.session.connection()).execute(taken)).scalar_one_or_none()
    return Held(connection_id, fence) if fence is not None else None


async def held_connection(scope: Scope, held: Held, now: datetime) -> CrmConnectionRow:
    """Return a connection that this process holds, for longer from now on.

    Raises:
        LostLease: if another took it, or it was disconnected.
    """
    renewed = (
        update(CrmConnectionRow)
        .where(
            col(CrmConnectionRow.id) == held.id,
            col(CrmConnectionRow.workspace_id) == scope.workspace_id,
            col(CrmConnectionRow.fence) == held.fence,
        )
        .values(lease_until=now + LEASE)
    )
    done = await (await scope.session.connection()).execute(renewed)
    row = await scope.session.get(CrmConnectionRow, held.id, populate_existing=True)
    if not done.rowcount or row is None:
        raise LostLease
    return row


async def let_go(scope: Scope, held: Held) -> None:
    """Give a connection back; nothing where another process has it by now."""
    statement = (
        update(CrmConnectionRow)
        .where(col(CrmConnectionRow.id) == held.id, col(CrmConnectionRow.fence) == held.fence)
        .values(holder=None, lease_until=None)
    )
    await (await scope.session.connection()).execute(statement)


async def free_leases(scope: Scope) -> None:
    """Let every connection be read by whoever is first, where no process can hold one; none that had goes on."""
    statement = (
        update(CrmConnectionRow)
        .where(
            col(CrmConnectionRow.workspace_id) == scope.workspace_id,
            col(CrmConnectionRow.lease_until).is_not(None),
        )
        .values(holder=None, lease_until=None, fence=CrmConnectionRow.fence + 1)
    )
    await (await scope.session.connection()).execute(statement)


async def note_read(scope: Scope, row: CrmConnectionRow, began: datetime, now: datetime) -> None:
    """Note that a connection was read whole: the import that stands for it ended just now, so that deals are fresh."""
    row.well(began)
    scope.session.add(row)
    run = await scope.session.get(ImportRow, row.import_id) if row.import_id is not None else None
    if run is not None:
        run.started_at, run.finished_at = began, now
        scope.session.add(run)
