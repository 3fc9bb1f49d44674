"""Five minutes fresh: what changed there is here, ties and late rows, deletions and merges, and nothing twice."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.stories.craft.lived import has, home
from tests.stories.pipeline.walked import asks, edits
from tests.stories.synced.pulled import book, card, lists, row, table, worth
from tests.stories.synced.synced import a_night, ended, many, owner_of, pages, pulled, puts, synced

pytestmark = pytest.mark.engines("sqlite")

CHANGES = {
    "amount": ("31500", "value", "31500.00"),
    "close": (date(2026, 11, 20), "expected", "2026-11-20"),
    "name": ("Lockside North", "name", "Lockside North"),
}


async def one(team, crm) -> str:
    """Lockside there, pulled; its id."""
    made = puts(crm)
    await pulled(team, crm)
    return made


async def several(team, crm, number) -> list[str]:
    """So many deals there, pulled; their ids."""
    made = many(crm, number)
    await pulled(team, crm)
    return made


async def promises(person, line) -> None:
    await asks(person, line, "sales")
    if person.modal():
        await person.closes(everything=True)


# what changed is here


@pytest.mark.parametrize("field", CHANGES)
async def test_a_change_is_here_within_five_minutes(team, crm, field):
    """Every five minutes (1): what somebody changed there stands here, and nothing else of the deal moved."""
    deal = await one(team, crm)
    before = await row(team, crm)
    value, column, held = CHANGES[field]
    crm.change(deal, **{field: value})
    await synced(team)
    (after,) = await table(team, crm)
    assert after[column] == held
    same = {"id", "CRM id", "owner id", "stage", "opened", "value", "expected", "name"} - {column}
    assert {each: after[each] for each in same} == {each: before[each] for each in same}


async def test_a_deal_that_is_won_there_is_won_here(team, crm, ana):
    """Every five minutes (1): it counts for the goal, and is no open deal any more."""
    deal = await one(team, crm)
    await asks(ana, "/goal 60k this quarter because of last year", "sales")
    crm.change(deal, stage=ended(crm), close=date(2026, 9, 14))
    await synced(team)
    found = await row(team, crm)
    assert (found["stage"], found["closed"]) == ("won", "2026-09-14")
    assert has(r"\$24(,000|k)", await asks(ana, "/goal", "sales"))


async def test_a_deal_changes_hands(team, crm, ana, ben):
    """Every five minutes (1): with its owner it goes from one rep's list into the other's."""
    deal = await one(team, crm)
    crm.change(deal, owner=owner_of(crm, "ben"))
    await synced(team)
    assert "Lockside" not in await lists(ana)
    assert "Lockside" in await lists(ben)


async def test_what_was_changed_here_stays_where_they_changed_nothing(team, crm, ana):
    """Both sides (1): a next step set here is not overwritten because somebody set an amount there."""
    deal = await one(team, crm)
    await card(ana)
    await edits(ana, r"next step", "send the savings sheet")
    crm.change(deal, amount="31500")
    await synced(team)
    said = await card(ana)
    assert "savings sheet" in said, said
    assert has(r"31,500|31\.5k", said), said


async def test_many_change_in_one_instant(team, crm):
    """Ties (1): fifty deals stamped with one and the same millisecond, ten on a page; none is left out."""
    ids = await several(team, crm, 60)
    crm.page = 10
    for each in ids[:50]:
        crm.change(each, amount="31500")
    await synced(team)
    values = [each["value"] for each in await table(team, crm)]
    assert (values.count("31500.00"), values.count("24000.00")) == (50, 10)


async def test_a_change_in_the_very_instant_of_a_pull(team, crm):
    """Ties (1): stamped with the millisecond up to which was read, after it was; the next pull has it."""
    first, second = await several(team, crm, 2)
    crm.change(first, amount="31500")
    await synced(team)
    crm.change(second, amount="42000")
    await synced(team)
    assert sorted([each["value"] for each in await table(team, crm)]) == ["31500.00", "42000.00"]


@pytest.mark.parametrize("minutes", [8, 50])
async def test_what_is_found_late_is_not_missed(team, crm, minutes):
    """Overlap (1): a change that their search shows eight or fifty minutes later, others at once."""
    first, second = await several(team, crm, 2)
    crm.lag = timedelta(minutes=minutes)
    crm.change(first, amount="31500")
    crm.lag = timedelta(0)
    for _ in range(30):
        crm.change(second, amount="42000")
        await synced(team)
    assert (await worth(team, crm, "Depot 00"))[0] == "31500.00"


async def test_a_search_that_shows_old_bodies_is_not_believed(team, crm):
    """Stale (1): the search finds a deal and shows what it was before the change; what stands there is what counts."""
    deal = await one(team, crm)
    crm.change(deal, amount="31500")
    crm.faults.plan(pages(crm), "slow search", times=3)
    await synced(team, 4)
    assert (await worth(team, crm))[0] == "31500.00"


async def test_what_is_not_stamped_is_here_after_a_night(team, crm):
    """Nightly swept (1): what a formula or a link changed bumps no stamp; by the next noon it is here."""
    deal = await one(team, crm)
    crm.change_unstamped(deal, amount="31500")
    await a_night(team)
    assert (await worth(team, crm))[0] == "31500.00"


async def test_a_deal_that_is_deleted_there_is_gone_here(team, crm, ana):
    """Deletions (1): by the next noon it is in no list and no total; what Ana promised stays hers."""
    gone = puts(crm)
    puts(crm, "Granary Road")
    await pulled(team, crm)
    await promises(ana, "/followup Lockside Thu send the sheet")
    crm.archive(gone)
    await a_night(team)
    said = await lists(ana)
    assert "Granary Road" in said, said
    assert "Lockside" not in said, said
    assert not has(r"\$48", said), said
    assert has(r"send the sheet", await asks(ana, "/followup list", "sales") + await home(ana))


async def test_two_that_were_merged_are_one(team, crm, ana):
    """Merges (1): the same deal, whatever its id is now; what stood with either of them stands with it, once."""
    loser, winner = puts(crm), puts(crm, "Granary Road")
    await pulled(team, crm)
    await promises(ana, "/followup Lockside Thu send the sheet")
    await promises(ana, "/followup Granary Road Fri call Dana")
    stays = crm.merge(loser, winner)
    await a_night(team)
    open_ones = [each for each in await table(team, crm) if each["stage"] == "open"]
    assert [each["CRM id"] for each in open_ones] == [stays]
    promised = [" ".join(each.values()) for each in await table(team, crm, "followups")]
    for text in ("send the sheet", "call Dana"):
        assert len([each for each in promised if text in each]) == 1, promised


async def test_a_deal_made_there_is_here(team, crm, ana):
    """Every five minutes (1): a new deal of a new account."""
    await one(team, crm)
    puts(crm, "Granary Road", amount="9100")
    await synced(team)
    assert (await row(team, crm, "Granary Road"))["account"] == "Granary Road"
    assert "Granary Road" in await lists(ana)


# nothing twice


async def test_a_day_without_a_change_changes_nothing(team, crm):
    """Nothing twice (1): a hundred pulls and a night later every table of the book reads as before."""
    ids = await several(team, crm, 12)
    crm.activity("call", ids[0], datetime(2026, 9, 10, 9, 30, tzinfo=UTC), by=owner_of(crm, "ana"))
    await synced(team, 2)
    before = await book(team, crm)
    await synced(team, 100)
    await a_night(team)
    after = await book(team, crm)
    for kind in ("deals", "accounts", "contacts", "activities", "deal-history"):
        assert after.get(kind) == before.get(kind), kind


async def test_a_change_and_back_is_each_told_once(team, crm):
    """Nothing twice (1): read again and again within the overlap, one change is one line of the deal's history."""
    deal = await one(team, crm)
    before = len((await book(team, crm)).get("deal-history", []))
    crm.change(deal, amount="31500")
    await synced(team, 4)
    crm.change(deal, amount="24000")
    await synced(team, 4)
    assert (await worth(team, crm))[0] == "24000.00"
    assert len((await book(team, crm)).get("deal-history", [])) - before <= 2
