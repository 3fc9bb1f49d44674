"""Connecting: credentials tried, said what they may read, and kept encrypted; and how a connection ends."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.sync.adapters import ADAPTERS
from bot.sync.secret import Secrets, belonging
from sales.imports.sync.connection import CrmState
from sales.imports.sync.link import ID
from sales.imports.sync.record import VENDORS, CrmAccess, CrmObject, Vendor
from sales.refusal import Refusal
from storage.database import Database
from storage.imports.files.desk import require_team
from storage.imports.files.runs import SYNCED, start_run
from storage.imports.sync.connection import CrmConnectionRow, connection_to, connections
from storage.imports.sync.known import team_of
from storage.scope import Scope


class Connected(NamedTuple):
    """What trying credentials showed, and whether there was a connection before."""

    access: CrmAccess
    again: bool
    team: str = ""


async def connect(
    database: Database,
    workspace_id: str,
    vendor: Vendor,
    credentials: Mapping[str, str],
    secrets: Secrets,
    now: datetime,
    team: str | None = None,
) -> Connected:
    """Try credentials and keep them encrypted; a connection there is already goes on with them.

    Raises:
        CrmTrouble: if the CRM does not take them; nothing is kept then.
        Refusal: if there is no such team, or the credentials are of another account than before.
    """
    async with database.read(workspace_id) as scope:
        await require_team(scope, team)
    port = ADAPTERS[vendor].opened(credentials)
    try:
        access = await port.probe()
        page = port.link(CrmObject.DEAL, ID)
    finally:
        await port.close()
    kept = secrets.keep(belonging(workspace_id, vendor.value), credentials)
    async with database.write(workspace_id) as scope:
        named = await require_team(scope, team)
        row = await connection_to(scope, vendor)
        again = row is not None
        if row is None:
            row = await made(scope, vendor, kept, now)
        elif row.account and row.account != access.account:
            raise Refusal(
                f"{row.name} is connected to another account ({row.account}). `rainmaker disconnect {vendor.value}`"
                " ends that first; its deals stay."
            )
        row.secret, row.account, row.page = kept, access.account, page
        row.zone, row.currency, row.person = access.zone, access.currency, access.person
        row.unread = dict(access.unread)
        row.state, row.not_before, row.failures = CrmState.ACTIVE, None, 0
        row.asked_at = now
        if named is not None:
            row.team_id = named.id
        scope.session.add(row)
        whose = await team_of(scope, row)
    return Connected(access, again, whose.name if whose is not None else "")


async def made(scope: Scope, vendor: Vendor, secret: str, now: datetime) -> CrmConnectionRow:
    """Return a new connection, with the import that stands for all it brings."""
    run = await start_run(scope, SYNCED, VENDORS[vendor], now)
    row = CrmConnectionRow(
        workspace_id=scope.workspace_id, vendor=vendor, secret=secret, connected_at=now, import_id=run.id
    )
    scope.session.add(row)
    await scope.session.flush()
    return row


async def disconnect(database: Database, workspace_id: str, vendor: Vendor) -> None:
    """End a connection: its credentials and what was known of its records go; the deals stay as they are.

    Raises:
        Refusal: if there is none.
    """
    async with database.write(workspace_id) as scope:
        row = await connection_to(scope, vendor)
        if row is None:
            raise Refusal(f"{VENDORS[vendor]} is not connected.")
        await scope.session.delete(row)


async def rotate(database: Database, workspace_id: str, secrets: Secrets) -> Sequence[str]:
    """Encrypt every connection's credentials with the first key; return whose they are.

    Raises:
        SecretTrouble: if one cannot be read with any of the keys; nothing is changed then.
    """
    async with database.write(workspace_id) as scope:
        rows = await connections(scope)
        for row in rows:
            row.secret = secrets.rotated(belonging(workspace_id, row.vendor.value), row.secret)
            scope.session.add(row)
        return [row.name for row in rows]
