"""Deals as they were known on a day: later openings do not exist, later closes are still open."""

from datetime import date

import pytest
from pydantic import ValidationError
from sqlmodel import select

from sales.pipeline.debrief import Debrief
from sales.pipeline.opportunity import Opportunity, Stage, closed_lost, closed_won, moved_to
from sales.value import changed
from storage.people import workspace
from storage.pipeline import opportunity as queries
from storage.pipeline.account import AccountRow
from storage.pipeline.debrief import DebriefRow, save_debrief
from storage.pipeline.known_name import known_names
from tests.known import T0, WORKSPACE
from tests.sales_story import by_hand

AUG, SEP, OCT, NOV = (date(2026, month, 10) for month in (8, 9, 10, 11))
ANA = "UANA"


async def add(scope, name, opened_on=AUG, owner_id=ANA, **values):
    deal = Opportunity(name=name, owner_id=owner_id, opened_on=opened_on, **values)
    return await queries.add_opportunity(scope, deal, T0)


def names(rows):
    return [row.name for row in rows]


async def test_a_deal_is_open_between_its_days_and_only_then(database):
    async with database.write(WORKSPACE) as scope:
        await add(scope, "Won", AUG, stage=Stage.WON, closed_on=OCT)
        await add(scope, "Later", NOV)
        await add(scope, "Suspect", None, stage=Stage.SUSPECT)
        await add(scope, "Parked", AUG, stage=Stage.PARKED)
        await add(scope, "Bens", AUG, owner_id="UBEN")
        for day, opened, live, closed in (
            (date(2026, 8, 9), [], ["Suspect"], []),
            (SEP, ["Won"], ["Suspect", "Won", "Parked"], []),
            (OCT, [], ["Suspect", "Parked"], ["Won"]),
            (NOV, ["Later"], ["Suspect", "Parked", "Later"], ["Won"]),
        ):
            assert names(await queries.open_deals(scope, ANA, day)) == opened
            assert sorted(names(await queries.live_deals(scope, ANA, day))) == sorted(live)
            assert names(await queries.closed_deals(scope, ANA, day)) == closed


async def test_winning_losing_and_moving_keep_what_was_said_before(database):
    async with database.write(WORKSPACE) as scope:
        row = await add(scope, "Acme", value_minor=100, stage_label="Engaging")
        await queries.change_opportunity(scope, row, closed_won(row, SEP, 250), by_hand())
        assert (row.stage, row.closed_on, row.value_minor, row.stage_label) == (Stage.WON, SEP, 250, "")
        await queries.change_opportunity(scope, row, moved_to(row, Stage.OPEN, OCT), by_hand())
        assert (row.stage, row.closed_on, row.opened_on) == (Stage.OPEN, None, AUG)
        await queries.change_opportunity(scope, row, closed_lost(row, OCT), by_hand())
        assert (row.stage, row.closed_on, row.value_minor) == (Stage.LOST, OCT, 250)
        await queries.change_opportunity(scope, row, moved_to(row, Stage.SUSPECT, OCT), by_hand())
        assert (row.closed_on, row.opened_on) == (None, None)
        await queries.change_opportunity(scope, row, moved_to(row, Stage.OPEN, OCT), by_hand())
        assert row.opened_on == OCT


async def test_a_deal_that_would_contradict_itself_is_not_stored(database):
    async with database.write(WORKSPACE) as scope:
        row = await add(scope, "Acme", SEP)
        for values in ({"stage": Stage.WON}, {"stage": Stage.WON, "closed_on": AUG}, {"value_minor": -1}):
            with pytest.raises(ValidationError):
                await queries.change_opportunity(scope, row, changed(Opportunity, row, **values), by_hand())
        assert (row.stage, row.value_minor) == (Stage.OPEN, 0)


async def test_names_are_found_live_and_closed_by_name_or_account(database):
    async with database.write(WORKSPACE) as scope:
        await add(scope, "Rollout", account="GTX Pro")
        await add(scope, "Acme", stage=Stage.WON, closed_on=SEP)
        await add(scope, "Acme", AUG, owner_id="UBEN")
        assert (await queries.find_live(scope, ANA, "gtxpro", SEP)).sure.name == "Rollout"
        assert not (await queries.find_live(scope, ANA, "acme", SEP)).found
        assert (await queries.find_live(scope, ANA, "acme", AUG)).sure.name == "Acme"
        assert (await queries.find_closed(scope, ANA, "acme", SEP)).sure.stage is Stage.WON


async def test_the_names_a_phrase_may_mean(database):
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, "T2", "Other", "UBOT", T0)
    async with database.write("T2") as scope:
        await add(scope, "Foreign")
    async with database.write(WORKSPACE) as scope:
        await add(scope, "Rollout", account="acme")
        await add(scope, "Later", OCT)
        await add(scope, "Bens", owner_id="UBEN")
        scope.session.add(AccountRow(workspace_id=WORKSPACE, name="Zeta", name_key="zeta"))
        await scope.session.flush()
        text = "Acme, rollout’s, bens later; (zeta) foreign"
        assert await known_names(scope, text, SEP, None) == ["acme", "Bens", "Rollout", "Zeta"]
        assert "Later" in await known_names(scope, text, OCT, None)


async def test_another_workspace_cannot_reach_a_deal(database):
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, "T2", "Other", "UBOT", T0)
    async with database.write(WORKSPACE) as scope:
        row = await add(scope, "Acme")
    async with database.read("T2") as scope:
        assert await queries.find_opportunity(scope, row.id) is None
        assert await queries.live_deals(scope, ANA, SEP) == []
    async with database.read(WORKSPACE) as scope:
        assert (await queries.find_opportunity(scope, row.id)).name == "Acme"


async def test_there_is_one_debrief_for_a_deal_and_it_goes_with_it(database):
    async with database.write(WORKSPACE) as scope:
        row = await add(scope, "Acme")
        for reason in ("price", "timing"):
            said = Debrief(opportunity_id=row.id, reason=reason, should_have_been_there=False)
            await save_debrief(scope, said, T0)
        kept = list(await scope.session.exec(select(DebriefRow)))
        assert [(one.reason, one.should_have_been_there) for one in kept] == [("timing", False)]
        await scope.session.delete(row)
        await scope.session.flush()
        scope.session.expunge_all()
        assert list(await scope.session.exec(select(DebriefRow))) == []


async def test_the_largest_deal_is_told_where_a_value_is_ten_times_that(database):
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, "T2", "Other", "UBOT", T0)
    async with database.write("T2") as scope:
        await add(scope, "Foreign", value_minor=10**9)
    async with database.write(WORKSPACE) as scope:
        assert await queries.largest_far_below(scope, [ANA], "USD", 10**9, 10) is None
        await add(scope, "Acme", value_minor=2_000)
        await add(scope, "Globex", value_minor=1_000)
        await add(scope, "Euros", value_minor=10**9, currency="EUR")
        assert await queries.largest_far_below(scope, [ANA], "USD", 19_999, 10) is None
        assert await queries.largest_far_below(scope, [ANA], "USD", 20_000, 10) == 2_000
        assert await queries.largest_far_below(scope, [ANA], "JPY", 20_000, 10) is None
