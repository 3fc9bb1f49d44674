"""The desk of CRMs: one process asks at a time, a dead one is followed, and trouble is told once."""

import asyncio
from datetime import timedelta

import pytest

from bot.sync.hubspot import HubSpot
from bot.sync.pull import Pull
from handlers.registry import REGISTRY
from sales.imports.sync.record import CrmStage, Vendor
from storage.database import Database
from storage.imports.sync.connection import LostLease, take_lease
from tests.bot.sync import crm as hubspot
from tests.bot.sync.desk import DEALS, connected, dead, deals, desk, leaving, pulls, row_of, told
from tests.known import WORKSPACE

LOOK = 0.02


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
        assert await leaving(database, crm.clock.now()) == ["", ""]  # over before anybody heard of it
        assert await leaving(database, crm.clock.now(), sent=True) == ["", "well"]


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
