"""On demand, how fresh each surface says that it is, no word of a pull that went well, and two replicas."""

import asyncio

import pytest

from tests.stories.craft.lived import has, home, mark, since
from tests.stories.pipeline.walked import asks, texts
from tests.stories.synced.pulled import calm, card, clock, names, status, worth
from tests.stories.synced.synced import depots, many, pulled, puts, synced, vendor
from tests.stories.synced.test_crash import stage
from tests.topology import topology

pytestmark = pytest.mark.engines("sqlite")

HUBSPOT = pytest.mark.parametrize("there", ["hubspot"], indirect=True)  # where the vendor makes no difference


# on demand


async def test_it_is_pulled_on_demand(team, crm):
    """On demand (1): `/rainmaker sync` pulls at once, and says when, how many, and what is not read and why."""
    crm.forbid("activity")
    ids = many(crm, 3)
    await pulled(team, crm)
    crm.change(ids[0], amount="31500")
    said = calm(await status(team))
    assert (await worth(team, crm, "Depot 00"))[0] == "31500.00"
    assert vendor(crm) in said
    assert has(rf"{clock(team)}|just now|now\b", said), said
    assert has(r"\b3\b[^\n]{0,20}deal", said), said
    assert has(r"activit|call|e-?mail", said), said


@HUBSPOT
async def test_a_rep_cannot_have_it_pulled(team, crm, ana):
    """On demand (1): for admins and managers; a rep's line asks the CRM for nothing, and says who can."""
    puts(crm)
    await pulled(team, crm)
    asked = len(crm.requests)
    said = await asks(ana, "/rainmaker sync", "sales")
    assert len(crm.requests) == asked
    assert has(r"manager|admin|Mia", said), said


@HUBSPOT
async def test_asked_twice_at_once_it_is_pulled_once(team, crm, mia):
    """On demand (1): two taps are one pull; the second says that one is under way, or what it brought."""
    many(crm, 40)
    await pulled(team, crm)
    asked = len(crm.requests)
    await mia.says("/rainmaker sync", channel="sales")
    once = len(crm.requests) - asked
    asked = len(crm.requests)
    lines = (mia.says("/rainmaker sync", channel="sales"), mia.says("/rainmaker sync", channel="sales"))
    await asyncio.gather(*lines)
    assert len(crm.requests) - asked <= once + once // 2 + 1
    assert await names(team, crm) == depots(40)


# freshness


@pytest.mark.parametrize("line", ["/deal Lockside", "/pipeline", "/goal", "home"])
async def test_every_surface_says_how_fresh_it_is(team, crm, ana, line):
    """Freshness on every surface (1): the time of the last pull, and a later one after it."""
    puts(crm)
    await pulled(team, crm)
    await asks(ana, "/goal 60k this quarter because of last year", "sales")
    for _ in range(2):
        await synced(team)
        said = await home(ana) if line == "home" else await asks(ana, line, "sales")
        assert has(rf"as of {clock(team)}", said), said


async def test_the_digest_says_how_fresh_it_is(team, crm, mia):
    """Freshness on every surface (1): the digest of Monday, and where nothing came since Thursday, that day."""
    puts(crm)
    await pulled(team, crm)
    await team.jump("2026-09-17 16:00")
    await synced(team)
    crm.faults.plan("/", "500", times=100_000)
    await team.jump("2026-09-21 09:05", "Europe/Ljubljana")
    said = "\n".join(texts(mia, "sales")[-1:])
    assert has(r"(Thu )?17 Sep", said), said


async def test_a_card_does_not_say_it_is_fresh_when_it_is_not(team, crm, ana):
    """Freshness (1): with their side down the time stands still, and the day is named when it is another."""
    puts(crm)
    await pulled(team, crm)
    last = clock(team)
    crm.faults.plan("/", "500", times=100_000)
    await synced(team, 3)
    assert has(rf"as of {last}", await card(ana)), await card(ana)
    await team.jump("2026-09-16 10:00")
    assert has(r"14 Sep", await card(ana)), await card(ana)


@HUBSPOT
async def test_a_pull_is_no_message(team, crm, ana, mia):
    """Quiet (1): a day on which deals change now and then tells nobody that a pull was done."""
    deal = puts(crm)
    await pulled(team, crm)
    before = mark(ana, mia)
    for amount in ("25000", "26000", "27000"):
        crm.change(deal, amount=amount)
        await synced(team, 3)
    assert not any(has(r"sync|pulled|hubspot", one) for who in (ana, mia) for one in since(who, before))


# two replicas


@pytest.mark.processes
@pytest.mark.engines("postgresql")
@pytest.mark.parametrize("name", ["hubspot", "salesforce"])
async def test_two_replicas_never_pull_at_once(database_url, tmp_path, name):
    """Two replicas (1): the CRM is asked no more often than by one alone, and each deal is there once."""
    two = await first_pull(name, database_url, tmp_path, replicas=2)
    alone = await first_pull(name, f"sqlite+aiosqlite:///{tmp_path}/alone.db", tmp_path / "alone", replicas=1)
    assert two <= alone + 3


async def first_pull(name, url, folder, replicas) -> int:
    """How often the CRM was asked until so many replicas had its 230 deals."""
    folder.mkdir(exist_ok=True)
    async with stage(name, url, folder, count=230) as made:
        made.crm.page = 20
        begun = len(made.crm.requests)
        async with topology(made.server, url, folder, replicas, **made.settings):
            await made.asked_for(begun + 3)
            await made.quiet()
        found = [one["name"] for one in await made.deals()]
        assert len(found) == len(set(found)) == 230
        return len(made.crm.requests) - begun
