"""Windows over HubSpot's search: ties, the end of a search, records that leave it, late ones, merges, deletions."""

from contextlib import suppress
from datetime import timedelta

import pytest

from sales.imports.sync.port import CrmSilent, CrmTrouble
from sales.imports.sync.record import CrmObject, CrmPlace
from tests.bot.sync.crm import BEGINNING, NOW, adapter, later, read


async def spread(crm, number: int, every: int = 1) -> list[str]:
    """So many deals, of which `every` share a millisecond."""
    ids = []
    for one in range(number):
        ids.append(crm.deal(f"Depot {one:03}"))
        if (one + 1) % every == 0:
            await later(crm)
    await later(crm)
    return ids


@pytest.mark.parametrize("every", [1, 3, 7, 60])
@pytest.mark.parametrize("page", [1, 2, 10, 200])
async def test_ties_over_small_pages(crm, port, every, page):
    """However many share a millisecond, and however HubSpot shuffles them: each is there."""
    ids = await spread(crm, 60, every)
    crm.page = page
    found = [one.id for one in await read(port)]
    assert set(found) == set(ids)
    assert len(found) == 60


@pytest.mark.parametrize("every", [1, 50])
async def test_no_search_goes_past_its_end(crm, port, every):
    """A search of more than its cap is begun anew behind what came, and never asks beyond."""
    ids = await spread(crm, 50, every)
    crm.page, crm.search_cap = 5, 20
    assert {one.id for one in await read(port)} == set(ids)
    assert {one[3] for one in crm.requests} <= {200, 207}


async def test_pages_go_on_where_they_were_broken_off(crm, port):
    """Each page's place leads to the rest, in another process too."""
    ids = await spread(crm, 40, 9)
    crm.page, until = 7, await port.clock()
    place, seen = CrmPlace(BEGINNING), set()
    while True:
        again, page = adapter(crm), None
        async for one in again.changed(CrmObject.DEAL, place, until):
            page = one
            break
        await again.close()
        if page is None:
            break
        assert {one.id for one in page.records} - seen or page.place != place
        seen |= {one.id for one in page.records}
        place = page.place
    assert seen == set(ids)


async def test_pages_are_in_order(crm, port):
    await spread(crm, 40, 9)
    crm.page = 7
    places = [
        page.place async for page in port.changed(CrmObject.DEAL, CrmPlace(BEGINNING), await port.clock())
    ]
    assert places == sorted(places, key=lambda one: (one.at, int(one.after_id or 0)))
    read_once = [(one.modified_at, int(one.id)) for one in await read(port)]
    assert read_once == sorted(read_once)


async def test_what_leaves_a_window_takes_nothing_with_it(crm, port):
    """Records that are changed while a window is read move out of it; those behind them are not skipped."""
    ids = await spread(crm, 60, 1)
    crm.page, until = 10, await port.clock()
    seen = set()
    async for page in port.changed(CrmObject.DEAL, CrmPlace(BEGINNING), until):
        seen |= {one.id for one in page.records}
        for one in [each for each in ids if each in seen][-5:]:
            crm.change(one, amount="1")
    assert seen == set(ids)


async def test_the_ends_of_a_window(crm, port):
    """From its first instant, which is in it, to its last, which is not."""
    first = crm.deal("First")
    await later(crm)
    last = crm.deal("Last")
    assert [one.id for one in await read(port, since=CrmPlace(NOW), until=NOW + timedelta(seconds=1))] == [
        first
    ]
    assert [
        one.id
        for one in await read(
            port, since=CrmPlace(NOW + timedelta(seconds=1)), until=NOW + timedelta(seconds=2)
        )
    ] == [last]
    assert await read(port, since=CrmPlace(NOW, first), until=NOW + timedelta(seconds=1)) == []
    assert [
        one.id for one in await read(port, since=CrmPlace(NOW), until=NOW + timedelta(microseconds=1))
    ] == [first]
    assert await read(port, since=CrmPlace(NOW), until=NOW) == []


async def test_what_a_search_shows_is_not_believed(crm, port):
    """The search finds the deal and shows what it was before: what stands there is what comes."""
    made = crm.deal("Lockside")
    await later(crm, 60)
    crm.change(made, amount="31500", name="Lockside North")
    await later(crm)
    crm.faults.plan("search", "slow search", times=5)
    (deal,) = await read(port, since=CrmPlace(NOW + timedelta(seconds=30)))
    assert (deal.name, str(deal.amount)) == ("Lockside North", "31500")


async def test_pages_full_of_old_bodies_end(crm, port):
    """Where each body on a page is from before the window, the pages go on all the same, and do not go round."""
    ids = await spread(crm, 30, 30)
    for one in ids:
        crm.change(one, amount="2")
    await later(crm)
    crm.page = 4
    crm.faults.plan("search", "slow search", times=1000)
    found = {one.id for one in await read(port, since=CrmPlace(NOW + timedelta(milliseconds=500)))}
    assert found == set(ids)
    assert len(crm.requests) < 80


async def test_a_search_that_is_late(crm, port):
    made = crm.deal("Lockside")
    crm.lag = timedelta(minutes=8)
    await later(crm, 60)
    crm.change(made, amount="31500")
    await later(crm)
    assert await read(port, since=CrmPlace(NOW + timedelta(seconds=30))) == []
    assert (await port.by_ids(CrmObject.DEAL, [made])).records[made].amount == 31500
    await later(crm, 600)
    assert [one.id for one in await read(port, since=CrmPlace(NOW + timedelta(seconds=30)))] == [made]


async def test_what_is_not_stamped_is_found_by_id(crm, port):
    """A formula changes a deal and no stamp: no window has it, a sweep has."""
    made = crm.deal("Lockside")
    await later(crm, 60)
    crm.change_unstamped(made, amount="31500")
    assert await read(port, since=CrmPlace(NOW + timedelta(seconds=30))) == []
    assert (await port.by_ids(CrmObject.DEAL, [made])).records[made].amount == 31500


# gone


async def test_what_does_not_come_back(crm, port):
    """Deleted is known to be gone; what is not shared any more and what never was are only missing."""
    stays, deleted, unshared = (crm.deal(one) for one in ("Stays", "Deleted", "Unshared"))
    crm.archive(deleted)
    crm.unshare(unshared)
    found = await port.by_ids(CrmObject.DEAL, [stays, deleted, unshared, "999"])
    assert set(found.records) == {stays}
    assert found.gone == {deleted}
    assert found.missing == {unshared, "999"}


async def test_many_by_id(crm, port):
    ids = await spread(crm, 230)
    found = await port.by_ids(CrmObject.DEAL, ids)
    assert list(found.records) == ids or set(found.records) == set(ids)
    assert [one[3] for one in crm.requests].count(400) == 0


async def test_two_that_became_one(crm, port):
    """A third id: asked by either of the old ones it answers; what went into it is said, chains to their end."""
    first, second, third = (crm.deal(one) for one in ("First", "Second", "Third"))
    await later(crm)
    once = crm.merge(first, second)
    await later(crm)
    twice = crm.merge(once, third)
    await later(crm)
    found = await port.by_ids(CrmObject.DEAL, [first, second, third, once, twice])
    assert {one.id for one in found.records.values()} == {twice}
    assert set(found.records) == {first, second, third, once, twice}
    (deal,) = await read(port)
    assert set(deal.merged) == {first, second, third, once}
    gone = await port.gone(CrmObject.DEAL, NOW, await port.clock())
    assert {(one.id, one.merged_into) for one in gone} == {
        (one, twice) for one in (first, second, third, once)
    }


async def test_a_merge_that_the_property_does_not_tell(crm, port):
    """The record that answers by an old id is asked for by itself, where nothing else says which it was."""
    first, second = crm.deal("First"), crm.deal("Second")
    stays = crm.merge(first, second)
    crm.find(stays).properties["hs_merged_object_ids"] = None
    found = await port.by_ids(CrmObject.DEAL, [first, second])
    assert {key: one.id for key, one in found.records.items()} == {first: stays, second: stays}


async def test_what_was_deleted_since(crm, port):
    ids = await spread(crm, 12)
    crm.archive(ids[0])
    await later(crm, 3600)
    for one in ids[1:8]:
        crm.archive(one)
    crm.page = 3
    gone = await port.gone(CrmObject.DEAL, NOW + timedelta(minutes=30), await port.clock())
    assert {one.id for one in gone} == set(ids[1:8])
    assert not any(one.merged_into for one in gone)
    assert await read(port, since=CrmPlace(NOW + timedelta(minutes=30))) == []  # it stamps nothing


async def test_a_sweep_has_all_that_is_open(crm, port):
    ids = await spread(crm, 25)
    crm.change(ids[0], stage="Closed Won")
    crm.archive(ids[1])
    crm.page, crm.lag = 4, timedelta(hours=9)
    new = crm.deal("New")  # the search does not know it yet
    swept = [one async for page in port.ids(CrmObject.DEAL) for one in page]
    assert swept == [*ids[2:], new]


async def test_a_pipeline_that_is_edited_stamps_everything(crm, port):
    ids = await spread(crm, 5)
    await later(crm, 60)
    crm.rename_stage("contractsent", "Paper out")
    await later(crm)
    assert {one.id for one in await read(port, since=CrmPlace(NOW + timedelta(seconds=30)))} == set(ids)


@pytest.mark.parametrize("every", [1, 60])
async def test_a_page_that_repeats_for_ever_is_noticed(crm, port, every):
    """It does not go round, and once it is over everything is there."""
    ids = await spread(crm, 60, every)
    crm.page = 10
    crm.faults.plan("search", "repeat page", times=100_000)
    with pytest.raises(CrmSilent):
        await read(port)
    assert len(crm.requests) < 60
    crm.faults.clear()
    assert {one.id for one in await read(port)} == set(ids)


@pytest.mark.parametrize("fault", ["429", "500", "cut", "hang"])
@pytest.mark.parametrize("every", [1, 60])
async def test_few_answers_at_a_time_are_enough(crm, port, fault, every):
    """An account that answers a few requests and then no more is read to its end from place to place."""
    ids = await spread(crm, 60, every)
    crm.page, crm.silence, until = 10, 0.01, await port.clock()
    place, seen = CrmPlace(BEGINNING), set()
    for _ in range(20):
        crm.faults.plan("search", fault, times=100_000, after=2)
        with suppress(CrmTrouble):
            async for page in port.changed(CrmObject.DEAL, place, until):
                seen |= {one.id for one in page.records}
                place = page.place
            break
        crm.faults.clear()
    assert seen == set(ids)
