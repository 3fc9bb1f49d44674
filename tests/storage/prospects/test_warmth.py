"""Who may be called, as the books have it: leads, deals put off, parked ones that are awake, readers (39–42)."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from sales.followups.activity import Activity, ActivityKind
from sales.people.member import Member
from sales.pipeline.debrief import Cause, Debrief
from sales.pipeline.opportunity import Stage, parked
from sales.prospects.content_event import ContentEvent
from sales.prospects.lead import Lead, RejectCause, rejected
from sales.prospects.referral import Referral, ReferralState
from sales.prospects.warmth import SignalKind, warmest
from storage.followups.activity import add_activity
from storage.people.member import find_member, meet_member
from storage.pipeline.debrief import save_debrief
from storage.pipeline.opportunity import OpportunityRow, Typed, change_opportunity
from storage.pipeline.waking import wake
from storage.prospects.content_event import news_among, take_events
from storage.prospects.lead import add_lead
from storage.prospects.referral import (
    add_referral,
    introduced_since,
    referral_asks,
    referral_count,
    referrals_of,
)
from storage.prospects.touch_mix import own_mix
from storage.prospects.warmth import prospects_of
from tests.known import T0, WORKSPACE
from tests.sales_story import deal

TODAY = date(2026, 9, 14)
DAY = timedelta(days=1)


@pytest.fixture
async def scope(database):
    async with database.write(WORKSPACE) as made:
        await meet_member(made, Member(user_id="UANA", name="Ana Kovač", zone="UTC", is_rep=True))
        yield made


async def listed(scope, on=TODAY):
    ana = await find_member(scope, "UANA")
    assert ana is not None
    found = warmest(await prospects_of(scope, ana, T0 + (on - TODAY)), on)
    return {one.prospect.name: [signal.kind for signal in one.reasons] for one in found}


def lead(name="Dana Roe", account="Alder Yard", **more):
    said = {
        "name": name,
        "account": account,
        "came_at": T0 - 3 * DAY,
        "owner_id": "UANA",
        "source": "Web form",
    }
    return Lead.model_validate({**said, **more})


async def stands(scope, name, stage=Stage.OPEN, closed=None, **more):
    made = deal("UANA", (closed or TODAY) - 60 * DAY, closed, stage, 4_000_00, name)
    row = OpportunityRow.model_validate({**made, "account": name, **more})
    scope.session.add(row)
    await scope.session.flush()
    return row


async def lost(scope, name, cause, reason="", days_ago=100, **more):
    row = await stands(scope, name, Stage.LOST, TODAY - days_ago * DAY)
    said = Debrief(opportunity_id=row.id, closed_on=row.closed_on, cause=cause, reason=reason, **more)
    await save_debrief(scope, said, T0)
    return row


async def logs(scope, who, kind=ActivityKind.CALL, days_ago=0, outcome="", count=1):
    done = Activity(
        owner_id="UANA", kind=kind, on=TODAY - days_ago * DAY, account=who, outcome=outcome, count=count
    )
    await add_activity(scope, done, T0 - days_ago * DAY)


async def test_leads_by_where_they_are_from(scope):
    await add_lead(scope, lead())
    await add_lead(scope, lead("Sam Poe", "Cedar", source="Referral"))
    await add_lead(scope, lead("Ola Berg", "Birch", source="Cold list"))
    await add_lead(scope, lead("Kim Lee", "Dogwood", came_at=T0 - 90 * DAY))
    await add_lead(scope, lead("Max Orr", "Elm", owner_id="UBEN"))
    assert await listed(scope) == {
        "Sam Poe": [SignalKind.INTRODUCED],
        "Dana Roe": [SignalKind.ASKED],
        "Kim Lee": [SignalKind.BEFORE],
        "Ola Berg": [SignalKind.KNOWN],
    }


async def test_a_lead_that_was_put_off_comes_back_on_its_day(scope):
    await add_lead(scope, rejected(lead(), RejectCause.TIMING, "not now, until 1 December", T0))
    await add_lead(scope, rejected(lead("Sam Poe", "Cedar"), RejectCause.NEED, "no budget", T0))
    assert await listed(scope, date(2026, 11, 30)) == {}
    assert await listed(scope, date(2026, 12, 1)) == {"Dana Roe": [SignalKind.NOT_NOW]}
    assert await listed(scope, date(2027, 6, 1)) == {}


async def test_who_is_in_a_pipeline_or_bought_is_no_prospect(scope):
    for name in ("Alder", "Birch", "Cedar"):
        await add_lead(scope, lead(f"Pat {name}", name))
    await stands(scope, "Alder")
    await stands(scope, "Birch", Stage.WON, TODAY - 20 * DAY)
    await stands(scope, "Cedar", Stage.WON, TODAY - 500 * DAY)
    assert await listed(scope) == {"Pat Cedar": [SignalKind.ASKED]}


async def test_deals_that_were_put_off_or_never_decided(scope):
    await lost(scope, "Alder", Cause.TIMING)
    await lost(scope, "Birch", Cause.TIMING, "again on 1 December")
    await lost(scope, "Cedar", Cause.PRICE)
    await lost(scope, "Dogwood", Cause.NO_DECISION, days_ago=200)
    await lost(scope, "Elm", Cause.TIMING, should_have_been_there=False)
    await lost(scope, "Fir", None, "not now")
    assert await listed(scope) == {
        "Alder": [SignalKind.NOT_NOW],
        "Fir": [SignalKind.NOT_NOW],
        "Dogwood": [SignalKind.BEFORE],
    }


async def test_a_firm_that_has_another_deal_by_now_is_left_alone(scope):
    await lost(scope, "Alder", Cause.TIMING)
    await stands(scope, "Alder pilot", account="Alder")
    assert await listed(scope) == {}


async def test_parked_deals_are_warm_once_they_are_awake(scope):
    row = await stands(scope, "Alder")
    typed = Typed("UANA", T0, TODAY)
    await change_opportunity(scope, row, parked(row, TODAY + 20 * DAY), typed)
    assert await listed(scope) == {}
    assert await listed(scope, TODAY + 20 * DAY) == {"Alder": [SignalKind.WOKE]}
    await wake(scope, row, Typed("", T0 + 20 * DAY, TODAY + 20 * DAY))
    assert await listed(scope, TODAY + 21 * DAY) == {"Alder": [SignalKind.WOKE]}
    await logs(scope, "Alder", days_ago=-21)
    assert await listed(scope, TODAY + 30 * DAY) == {}


async def test_readers_are_warm_until_one_was_in_touch(scope):
    row = await add_lead(scope, lead(source="Cold list", email="dana@alder.example"))
    await stands(scope, "Cedar")
    said = {"content": "Guide", "happened_at": T0 - DAY}
    events = [
        ContentEvent(event_id="1", email="dana@alder.example", **said),
        ContentEvent(event_id="2", account="Cedar", **said),
    ]
    await take_events(scope, await news_among(scope, events), T0 - DAY)
    found = await listed(scope)
    assert found == {"Dana Roe": [SignalKind.CONTENT, SignalKind.KNOWN], "Cedar": [SignalKind.CONTENT]}
    await logs(scope, row.name)
    assert await listed(scope, TODAY + 4 * DAY) == {
        "Dana Roe": [SignalKind.KNOWN],
        "Cedar": [SignalKind.CONTENT],
    }


async def test_who_asks_and_introduces_is_counted(scope):
    since = TODAY - 364 * DAY
    row = await add_lead(scope, lead("Ben Hall", "Borealis", source="Referral"))
    await add_lead(scope, lead("Kim Lee", "Dogwood"))
    said = Referral(
        owner_id="UANA",
        who="Acme",
        on=TODAY,
        state=ReferralState.INTRODUCED,
        introduced="Ben Hall",
        lead_id=row.id,
    )
    await add_referral(scope, said)
    await add_referral(scope, Referral(owner_id="UANA", who="Birch", on=TODAY))
    assert [one.lead_id for one in await introduced_since(scope, "UANA", since, "UTC")] == [row.id]
    count = await referral_count(scope, "UANA", TODAY, "UTC")
    assert (count.asked, count.introduced, count.deals) == (2, 1, 0)
    assert [one.who for one in count.waiting] == ["Birch"]
    assert await referrals_of(scope, "UBEN", since) == []


async def test_whom_to_ask_is_read_from_wins_and_notes(scope):
    await stands(scope, "Alder", Stage.WON, TODAY - 14 * DAY)
    await stands(scope, "Birch", Stage.WON, TODAY - 13 * DAY)
    await logs(scope, "Cedar", days_ago=14, outcome="spoke, they are delighted")
    found = await referral_asks(scope, "UANA", TODAY)
    assert [one.who for one in found] == ["Cedar", "Alder"]


async def test_the_mix_is_ones_own_record(scope):
    ana = await find_member(scope, "UANA")
    await add_lead(scope, lead("Dana Roe", "Alder", came_at=T0 - 100 * DAY))
    await add_lead(scope, lead("Ola Berg", "Birch", source="Cold list", came_at=T0 - 100 * DAY))
    for _ in range(3):
        await logs(scope, "Alder", days_ago=50, count=10)
    await logs(scope, "Birch", days_ago=50, count=40)
    await logs(scope, "Birch", ActivityKind.SERVICE, days_ago=50, count=9)
    made = deal("UANA", TODAY - 40 * DAY, None, Stage.OPEN, 4_000_00, "Alder pilot")
    scope.session.add(OpportunityRow.model_validate({**made, "account": "Alder"}))
    await scope.session.flush()
    mix = await own_mix(scope, ana, T0)
    assert (mix.warm, mix.cold) == ((30, 1), (40, 0))
    assert len(list(await scope.session.exec(select(OpportunityRow)))) == 1
