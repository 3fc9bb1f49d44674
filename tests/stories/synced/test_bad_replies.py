"""Bad replies of a CRM: 429 in storms, 500s, HTML, truncated JSON, none at all, a page that repeats, odd records."""

from datetime import date

import pytest

from tests.stories.craft.lived import NONSENSE, has, home, mark, since
from tests.stories.pipeline.walked import asks
from tests.stories.synced.pulled import calm, card, clock, lists, names, status, table
from tests.stories.synced.synced import connect, depots, many, pages, pulled, puts, synced, vendor

pytestmark = pytest.mark.engines("sqlite")

ONCE = ("429", "429 no retry-after", "500", "html 502", "cut")
NO_END = 100_000
ODD: dict[str, dict[str, object]] = {
    "no name": {"name": ""},
    "a long name": {"name": "Lockside " * 700},
    "less than nothing": {"amount": "-24000"},
    "more than there is": {"amount": "9" * 30},
    "long ago": {"close": date(1, 1, 1)},
    "never": {"close": date(9999, 12, 31)},
}


@pytest.fixture
def paged(crm):
    """Sixty deals, ten on a page, of which nothing was read yet."""
    crm.page = 10
    many(crm)
    return crm


@pytest.mark.parametrize("fault", ONCE)
async def test_one_bad_reply_in_mid_pull(team, paged, mia, fault):
    """Each of 429, 500, HTML and a reply cut off: asked again, all sixty are there, each once; nobody is told."""
    await connect(team, paged)
    before = mark(mia)
    paged.faults.plan(pages(paged), fault)
    await synced(team, 2)
    assert await names(team, paged) == depots(60)
    assert not any(has(r"not answer|trouble|fail|refus", one) for one in since(mia, before))


@pytest.mark.parametrize("fault", ONCE)
async def test_bad_replies_without_end_and_then_none(team, paged, ana, mia, fault):
    """A storm: what is known stays, as of when it is from; the CRM is left in peace; then all goes on."""
    await pulled(team, paged)
    last = clock(team)
    paged.faults.plan("/", fault, times=NO_END)
    asked = len(paged.requests)
    await synced(team, 6)
    assert len(paged.requests) - asked <= 6 * 12, "It is asked over and over while it cannot answer."
    assert await names(team, paged) == depots(60)
    said = calm(await card(ana, '"Depot 00"'))
    assert has(rf"as of {last}", said), said
    paged.faults.clear()
    puts(paged)
    await synced(team, 13)
    assert await names(team, paged) == sorted([*depots(60), "Lockside"])
    assert vendor(paged) in calm(await status(team))


@pytest.mark.parametrize("fault", ["429 no retry-after", "500", "cut"])
async def test_a_first_pull_goes_on_where_it_was_stopped(team, paged, fault):
    """429 in mid-run (3): a CRM that answers a few requests at a time is read to its end all the same."""
    await connect(team, paged)
    for _ in range(20):
        paged.faults.plan(pages(paged), fault, times=NO_END, after=4)
        await synced(team)
        paged.faults.clear()
    assert await names(team, paged) == depots(60)


async def test_no_reply_at_all(team, paged):
    """A CRM that hangs: given up after a while, everything else of the bot goes on, and the next pull has all."""
    await pulled(team, paged)
    puts(paged)
    paged.faults.plan(pages(paged), "hang")
    await synced(team, 3)
    assert await names(team, paged) == sorted([*depots(60), "Lockside"])


async def test_a_page_that_comes_twice(team, paged):
    """A page that repeats: each deal is there once, and those of the pages after it are not left out."""
    await connect(team, paged)
    paged.faults.plan(pages(paged), "repeat page")
    await synced(team, 2)
    assert await names(team, paged) == depots(60)


async def test_a_page_that_repeats_for_ever(team, paged, mia):
    """A page that repeats: it is noticed, the pull ends, and once it is over the rest comes in."""
    await connect(team, paged)
    paged.faults.plan(pages(paged), "repeat page", times=NO_END)
    await synced(team)
    assert len(paged.requests) < 200
    held = await names(team, paged)
    assert len(held) == len(set(held))
    paged.faults.clear()
    await synced(team, 3)
    assert await names(team, paged) == depots(60)


async def test_half_a_reply_deletes_nothing(team, paged):
    """Truncated JSON: in a sweep, too, what did not come is not taken to be gone."""
    await pulled(team, paged)
    paged.faults.plan(pages(paged), "cut", times=NO_END)
    for hour in ("23:05", "02:05", "05:05"):
        await team.jump(f"2026-09-{'14' if hour > '12' else '15'} {hour}")
        await synced(team)
    assert [one["stage"] for one in await table(team, paged)] == ["open"] * 60


@pytest.mark.parametrize("what", ODD)
async def test_a_record_that_nobody_would_write(team, crm, ana, what):
    """Odd records: the others come in; the odd one does too, or is named; every surface still reads."""
    odd = puts(crm, **({"name": "Lockside"} | ODD[what]))
    puts(crm, "Granary Road")
    await pulled(team, crm)
    held = [one["CRM id"] for one in await table(team, crm)]
    assert len(held) == len(set(held))
    assert "Granary Road" in await names(team, crm)
    said = calm(await status(team))
    assert odd in held or has(rf"{odd}|\b1\b[^\n]*not", said), said
    for text in (await lists(ana), await asks(ana, "/pipeline", "sales"), await home(ana)):
        assert not NONSENSE.search(text), text
