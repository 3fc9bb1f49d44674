"""What the runway reads: spans, open deals and mean wins as known on a day, and what was said before."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sales.goals.goal import Goal, Metric
from sales.goals.runway.warning import RunwayMemory
from sales.language.dates.period import PeriodKind
from sales.pipeline.cycle import DealAhead, cycle_as_of
from sales.pipeline.opportunity import Opportunity, Stage, closed_won
from sales.value import changed
from storage.goals import runway as queries
from storage.goals.goal import add_goal
from storage.people import workspace
from storage.pipeline.cycle import open_deals_of, record_on
from storage.pipeline.deal_stamp import deal_stamp
from storage.pipeline.opportunity import (
    OpportunityRow,
    add_opportunity,
    change_opportunity,
    find_opportunity,
)
from tests.known import T0, WORKSPACE
from tests.record import known_of
from tests.sales.conftest import CRM, NOT_AT_HAND, read_deals
from tests.sales_story import by_hand, stored_at_once

TODAY = date(2026, 9, 14)
OPENED = date(2026, 7, 1)


def deal(stage=Stage.OPEN, opened=OPENED, closed=None, value=1000_00, owner="U1", **more):
    return Opportunity(
        name="A deal",
        owner_id=owner,
        stage=stage,
        opened_on=opened,
        closed_on=closed,
        value_minor=value,
        **more,
    )


@pytest.fixture
def stored(database):
    async def store(*deals, workspace_id=WORKSPACE):
        async with database.write(workspace_id) as scope:
            return [(await add_opportunity(scope, one, T0)).id for one in deals]

    return store


async def read(database, question, *given):
    async with database.read(WORKSPACE) as scope:
        return await question(scope, *given)


async def deal_spans(scope, today):
    """What the cycle is estimated from, deal by deal."""
    return (await known_of(scope, "", today)).book.spans


async def mean_won_minor(scope, today):
    return (await record_on(scope, today)).means


async def test_spans_know_nothing_of_the_days_to_come(database, stored):
    yesterday, tomorrow = TODAY - timedelta(1), TODAY + timedelta(1)
    await stored(
        deal(Stage.WON, closed=yesterday),
        deal(Stage.LOST, closed=TODAY),
        deal(Stage.WON, closed=tomorrow),
        deal(Stage.PARKED),
        deal(opened=tomorrow),
        deal(Stage.SUSPECT, opened=None),
    )
    assert sorted(await read(database, deal_spans, TODAY), key=str) == sorted(
        [(OPENED, yesterday, True), (OPENED, TODAY, False), (OPENED, None, None), (OPENED, None, None)],
        key=str,
    )
    assert (OPENED, tomorrow, True) in await read(database, deal_spans, tomorrow)


async def test_another_workspace_is_never_read(database, stored):
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, "T2", "Elsewhere", "UBOT", T0)
    await stored(deal(Stage.WON, closed=TODAY), workspace_id="T2")
    assert await read(database, deal_spans, TODAY) == []
    assert await read(database, mean_won_minor, TODAY) == {}
    assert await read(database, open_deals_of, ["U1"], TODAY) == {"U1": []}


@pytest.mark.large
@pytest.mark.skipif(not CRM.exists(), reason=NOT_AT_HAND)
async def test_spans_are_the_published_cycle(database):
    """As of 2017-09-20 80% of wins take 96 days, whatever the data know of later."""
    stages = {"Won": Stage.WON, "Lost": Stage.LOST, "Engaging": Stage.OPEN, "Prospecting": Stage.SUSPECT}
    today = date(2017, 9, 20)
    rows = [
        OpportunityRow(
            workspace_id=WORKSPACE,
            name="A deal",
            owner_id=one.agent,
            stage=stages[one.stage],
            value_minor=one.value_minor,
            opened_on=one.opened_on,
            closed_on=one.closed_on,
            updated_at=T0,
        )
        for one in read_deals()
    ]
    for start in range(0, len(rows), 500):  # a server lets no unit rest for long
        async with database.write(WORKSPACE) as scope:
            await stored_at_once(scope, rows[start : start + 500])
    spans = await read(database, deal_spans, today)
    assert len(spans) == 6862
    cycle = cycle_as_of(spans, today)
    assert (cycle.days_for(0.8), cycle.closed) == (96, 4517)


async def test_open_deals_are_those_open_that_day_by_owner(database, stored):
    tomorrow = TODAY + timedelta(1)
    await stored(
        deal(value=500_00),
        deal(Stage.WON, closed=tomorrow, value=900_00, owner="U2", product="GTX"),
        deal(Stage.WON, closed=TODAY, value=300_00, product="GTX"),
        deal(Stage.PARKED),
        deal(opened=tomorrow),
        deal(Stage.SUSPECT, opened=None),
        deal(owner="U3"),
    )
    assert await read(database, open_deals_of, ["U1", "U2", "U4"], TODAY) == {
        "U1": [DealAhead("U1", OPENED, 500_00, "USD", 0.0)],
        "U2": [DealAhead("U2", OPENED, 0, "USD", 300_00)],
        "U4": [],
    }


async def test_the_mean_win_is_of_deals_won_by_then_in_each_currency(database, stored):
    await stored(
        deal(Stage.WON, closed=TODAY, value=100_00),
        deal(Stage.WON, closed=TODAY, value=200_00, owner="U2"),
        deal(Stage.WON, closed=TODAY + timedelta(1), value=900_00),
        deal(Stage.LOST, closed=TODAY, value=900_00),
        deal(Stage.WON, closed=TODAY, value=70_00, currency="EUR"),
    )
    assert await read(database, mean_won_minor, TODAY) == {"USD": 150_00, "EUR": 70_00}


async def test_the_stamp_changes_with_every_change_of_a_deal(database, stored):
    seen = [await read(database, deal_stamp)]
    (deal_id,) = await stored(deal())
    seen.append(await read(database, deal_stamp))
    async with database.write(WORKSPACE) as scope:
        row = await find_opportunity(scope, deal_id)
        await change_opportunity(
            scope, row, changed(Opportunity, row, name="Another"), by_hand(T0 + timedelta(seconds=1))
        )
    seen.append(await read(database, deal_stamp))
    async with database.write(WORKSPACE) as scope:
        row = await find_opportunity(scope, deal_id)
        await change_opportunity(scope, row, closed_won(row, TODAY), by_hand(T0 + timedelta(seconds=1)))
    seen.append(await read(database, deal_stamp))
    assert len(set(seen)) == len(seen)
    assert seen[-1] == await read(database, deal_stamp)


async def test_what_was_said_is_remembered_for_each_goal(database):
    wanted = Goal(
        owner_id="U1",
        metric=Metric.DEALS_WON,
        target=5,
        period_kind=PeriodKind.QUARTER,
        starts_on=date(2026, 10, 1),
        ends_on=date(2026, 12, 31),
    )
    memory = RunwayMemory(2, 7, TODAY, gap_is_open=True)
    async with database.write(WORKSPACE) as scope:
        first = (await add_goal(scope, wanted, "U1", datetime(2026, 9, 14, tzinfo=UTC))).id
        second = (await add_goal(scope, wanted, "U2", datetime(2026, 9, 14, tzinfo=UTC))).id
        await queries.remember_runway(scope, first, RunwayMemory(1))
        await queries.remember_runway(scope, first, memory)
    assert await read(database, queries.runway_memories, [first, second]) == {
        first: memory,
        second: RunwayMemory(),
    }
