"""The desk of CRMs: one process asks at a time, a dead one is followed, and trouble is told once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from sqlmodel import col, func, select

from bot.sync.connect import connect
from bot.sync.desk import SyncDesk
from bot.sync.hubspot import HubSpot
from bot.sync.pull import Pull
from bot.sync.secret import Secrets
from handlers.registry import REGISTRY
from sales.imports.sync.record import CrmStage, Vendor
from sales.people.member import Member
from storage.database import Database
from storage.imports.sync.connection import (
    CrmConnectionRow,
    Held,
    LostLease,
    connection_to,
    take_lease,
)
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.member import meet_members
from storage.people.team import Team, add_team, set_people
from storage.pipeline.opportunity import OpportunityRow
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
LOOK = 0.02


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


async def told(database: Database) -> list[str]:
    """What was told of how the CRM fares, in order."""
    async with database.read(WORKSPACE) as scope:
        rows = await scope.session.exec(
            select(DeliveryRow).where(DeliveryRow.kind == "crm").order_by(col(DeliveryRow.not_before))
        )
        return [one.intent["what"] for one in rows if one.intent["what"] != "match"]


async def dead(database: Database, crm) -> Held:
    """Let somebody take the lease and never be heard of again."""
    row = await row_of(database)
    async with database.write(WORKSPACE) as scope:
        held = await take_lease(scope, row.id, "gone", crm.clock.now())
    assert held is not None
    return held


@pytest.mark.parametrize("vendor", [Vendor.HUBSPOT, Vendor.SALESFORCE])
async def test_of_two_desks_one_reads(database, database_url, vendor):
    """Each over a pool of its own: every deal is there once, and the CRM was asked for one pull."""
    other = await Database.open(database_url, declared=REGISTRY.declared)
    async with connected(database, vendor) as crm:
        desks = [desk(database, crm, vendor, "one"), desk(other, crm, vendor, "other")]
        await asyncio.gather(*(one.round() for one in desks))
        assert pulls(crm, vendor) == 1
        assert await deals(database) == DEALS
        await crm.clock.advance(timedelta(minutes=5))
        await asyncio.gather(*(one.round() for one in desks))
        assert pulls(crm, vendor) == 2
    await other.close()


async def test_who_died_is_followed_once_its_lease_is_over(database):
    """Nobody reads for a minute; whoever comes back after it writes nothing. One process alone need not wait."""
    async with connected(database) as crm:
        held, here = await dead(database, crm), desk(database, crm)
        await crm.clock.advance(timedelta(seconds=59))
        await here.round()
        assert pulls(crm) == 0
        await crm.clock.advance(timedelta(seconds=2))
        await here.round()
        assert await deals(database) == DEALS
        port = hubspot.adapter(crm)
        crm.change(crm.deal("Late"), amount="1")
        with pytest.raises(LostLease):
            await Pull(database, WORKSPACE, held, port, crm.clock.now, asked=True).run()
        await port.close()
        assert await deals(database) == DEALS
        await dead(database, crm)
        await crm.clock.advance(timedelta(seconds=1))
        await here.begin()
        async with database.write(WORKSPACE) as scope:
            again = await take_lease(scope, held.id, "one", crm.clock.now())
        assert (again is not None) is not database.engine.shared


async def test_a_lease_lasts_while_a_crm_takes_its_time(database):
    """It is renewed though no page comes."""
    async with connected(database) as crm:
        here = desk(database, crm)
        here.renews_every = LOOK
        crm.faults.plan("/owners/", "hang")
        reading = asyncio.create_task(here.round())
        async with asyncio.timeout(20):
            while pulls(crm) == 0 or "/owners/" not in crm.requests[-1][1]:  # noqa: ASYNC110 -- the desk's doing
                await asyncio.sleep(LOOK)
            await crm.clock.advance(timedelta(seconds=50))
            until = crm.clock.now() + timedelta(seconds=60)
            while (await row_of(database)).lease_until != until:  # noqa: ASYNC110 -- and its other task's
                await asyncio.sleep(LOOK)
        await reading
        assert await deals(database) == DEALS
        assert (await row_of(database)).lease_until is None


@pytest.mark.parametrize("vendor", [Vendor.HUBSPOT, Vendor.SALESFORCE])
@pytest.mark.parametrize("fault", ["429 no retry-after", "500"])
async def test_an_hour_of_trouble_is_told_once(database, vendor, fault):
    """A look every half minute asks a dozen times in an hour, a handful of requests each; then it is well, once."""
    async with connected(database, vendor) as crm:
        here = desk(database, crm, vendor)
        await here.round()
        before = len(crm.requests)
        crm.faults.plan("/", fault, times=100_000)
        for _ in range(120):
            await crm.clock.advance(timedelta(seconds=30))
            await here.round()
        assert 12 <= len(crm.requests) - before <= 12 * 4
        assert await told(database) == ["trouble"]
        crm.faults.clear()
        for _ in range(20):
            await crm.clock.advance(timedelta(seconds=30))
            await here.round()
        assert await told(database) == ["trouble", "well"]


class Mistaken(HubSpot):
    """An adapter that does not expect what it reads."""

    async def stages(self) -> list[CrmStage]:
        raise KeyError("label")


async def test_a_fault_of_ours_is_told_as_any_trouble(database):
    """It lasts, so whoever looks after the CRM hears of it, in words and without what the program says."""
    async with connected(database) as crm:
        here = desk(database, crm)
        here.adapters = lambda row, kept: Mistaken(kept)
        for _ in range(5):
            await here.round()
            await crm.clock.advance(timedelta(minutes=5))
        assert await told(database) == ["trouble"]
        row = await row_of(database)
        assert "HubSpot" in row.trouble
        assert "label" not in row.trouble
        assert row.lease_until is None
