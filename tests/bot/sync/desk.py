"""A database that is connected to a CRM of deals, and the desk that reads it, which waits for nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from cryptography.fernet import Fernet
from sqlmodel import col, func, select

from bot.sync.connect import connect
from bot.sync.desk import SyncDesk
from bot.sync.secret import Secrets
from handlers.imports.sync import trouble
from sales.imports.sync.record import Vendor
from sales.nudges.ledger import DeliveryState
from sales.nudges.policy import Skip
from sales.people.member import Member
from storage.database import Database
from storage.imports.sync.connection import CrmConnectionRow, Held, connection_to, take_lease
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.member import meet_members
from storage.people.team import Team, add_team, set_people
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope
from tests.bot.sync import crm as hubspot
from tests.bot.sync import org as salesforce
from tests.known import WORKSPACE

KEY = Fernet.generate_key().decode()
DEALS = 30
VENDORS = {Vendor.HUBSPOT: hubspot, Vendor.SALESFORCE: salesforce}
FIRST = {  # asked first in every pull
    Vendor.HUBSPOT: "/account-info/2026-09/details",
    Vendor.SALESFORCE: "/services/data/v66.0/",
}


@asynccontextmanager
async def connected(database: Database, vendor: Vendor = Vendor.HUBSPOT) -> AsyncIterator:
    """A CRM with deals, connected, and Mia who looks after the team."""
    there = hubspot.account() if vendor is Vendor.HUBSPOT else salesforce.org()
    async with there as crm:
        for number in range(DEALS):
            crm.deal(f"Depot {number}")
        async with database.write(WORKSPACE) as scope:
            await meet_members(scope, [Member(user_id="U3", name="Mia Horvat", zone="UTC")])
            team = await add_team(scope, Team(name="Field", zone="UTC", digest_channel="C1"))
            await set_people(scope, team.id, [], ["U3"])
        access = {"token": crm.token, "url": crm.address}
        if vendor is Vendor.SALESFORCE:
            access |= {"host": crm.address, "client_id": "rainmaker", "client_secret": crm.token}
        await connect(database, WORKSPACE, vendor, access, Secrets(KEY), crm.clock.now())
        yield crm


def desk(database: Database, crm, vendor: Vendor = Vendor.HUBSPOT, name: str = "one") -> SyncDesk:
    """A desk whose adapter waits for nothing."""
    port = VENDORS[vendor].adapter
    return SyncDesk(
        database, WORKSPACE, crm.clock.now, name, lambda: None, lambda row, _: port(crm), lambda: KEY
    )


def pulls(crm, vendor: Vendor = Vendor.HUBSPOT) -> int:
    """How often a pull began since the connection was tried."""
    return sum(one[1] == FIRST[vendor] for one in crm.requests) - 1


async def deals(database: Database) -> int:
    async with database.read(WORKSPACE) as scope:
        return (await scope.session.exec(select(func.count(col(OpportunityRow.id))))).one()


async def row_of(database: Database) -> CrmConnectionRow:
    async with database.read(WORKSPACE) as scope:
        row = await connection_to(scope, Vendor.HUBSPOT)
        assert row is not None
        return row


async def leaving(database: Database, now: datetime, *, sent: bool = False) -> list[str]:
    """What of that would leave now, "" for what would not; `sent` where the trouble left while it lasted."""
    async with database.write(WORKSPACE) as scope:
        rows = [one for one in await messages(scope) if one.intent["what"] != "match"]
        if sent:
            rows[0].state, rows[0].slack_ts, rows[0].sent_at = DeliveryState.SENT, "1.1", now
            scope.session.add(rows[0])
            await scope.session.flush()
        made = [await trouble.render(scope, one, now) for one in rows]
    return [
        "" if isinstance(one, Skip) else str(row.intent["what"]) for row, one in zip(rows, made, strict=True)
    ]


async def messages(scope: Scope) -> list[DeliveryRow]:
    statement = select(DeliveryRow).where(DeliveryRow.kind == "crm")
    return list(await scope.session.exec(statement.order_by(col(DeliveryRow.not_before))))


async def told(database: Database) -> list[str]:
    """What was told of how the CRM fares, in order."""
    async with database.read(WORKSPACE) as scope:
        rows = await messages(scope)
        return [one.intent["what"] for one in rows if one.intent["what"] != "match"]


async def dead(database: Database, crm) -> Held:
    """Let somebody take the lease and never be heard of again."""
    row = await row_of(database)
    async with database.write(WORKSPACE) as scope:
        held = await take_lease(scope, row.id, "gone", crm.clock.now())
    assert held is not None
    return held
