"""Content events as they are stored: whose business each is, once by its id, let go of, and forgotten (#41)."""

from datetime import date, timedelta

import pytest

from sales.followups.activity import Activity, ActivityKind
from sales.pipeline.opportunity import Stage
from sales.prospects.content_event import ContentEvent
from sales.prospects.lead import Lead, RejectCause, rejected
from storage.followups.activity import add_activity
from storage.people import workspace
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects import content_event as queries
from storage.prospects.content_reader import addresses_of, askers_of_nobody, forget_reader, phones_of
from storage.prospects.lead import add_lead
from storage.prospects.spoken import last_touches, spoken_since
from tests.known import T0, WORKSPACE
from tests.sales_story import deal

TODAY = date(2026, 9, 14)
DAY = timedelta(days=1)


def event(number=1, **more):
    said = {"event_id": f"e-{number}", "email": "dana@alder.example", "content": "Guide", "happened_at": T0}
    return ContentEvent.model_validate({**said, **more})


def lead(**more):
    said = {"name": "Dana Roe", "account": "Alder Yard", "email": "dana@alder.example", "came_at": T0}
    return Lead.model_validate({**said, "owner_id": "UANA", "phone": "+386 1", **more})


async def take(scope, *events, now=T0):
    return await queries.take_events(scope, await queries.news_among(scope, events), now)


async def test_an_event_is_of_whose_lead_reads_and_says_who_it_is(database):
    async with database.write(WORKSPACE) as scope:
        row = await add_lead(scope, lead())
        (taken,) = await take(scope, event())
        assert (taken.owner_id, taken.lead_id) == ("UANA", row.id)
        (stored,) = await queries.events_of(scope, "UANA", T0 - DAY)
        assert stored.who == "Dana Roe at Alder Yard"
        assert await phones_of(scope, [row.id]) == {row.id: "+386 1"}


async def test_an_id_counts_once(database):
    async with database.write(WORKSPACE) as scope:
        assert len(await take(scope, event(1), event(1, content="Other"), event(2))) == 2
        assert await take(scope, event(1)) == []
        known = [await queries.whose_business(scope, event(1))]
        assert await queries.take_events(scope, known, T0) == []  # somebody else was faster
        assert await queries.counts_since(scope, T0) == (2, 0)


@pytest.mark.parametrize(
    ("said", "owner"),
    [
        ({"account": "ALDER yard"}, "UANA"),
        ({"account": "Alder Yard", "name": "Dana Roe", "email": ""}, "UANA"),
        ({"account": "Alder Yard", "name": "Sam Poe", "email": ""}, None),
        ({"account": "Birch Mill"}, "UBEN"),
        ({"account": "Cedar"}, "UANA"),
        ({"account": "Nobody"}, None),
        ({"email": "other@alder.example"}, None),
    ],
)
async def test_whose_business_it_is_by_name_and_firm(database, said, owner):
    async with database.write(WORKSPACE) as scope:
        await add_lead(scope, lead(email=""))
        for name, stage, whose, closed in (
            ("Birch Mill", Stage.OPEN, "UBEN", None),
            ("Birch Mill", Stage.LOST, "UANA", TODAY),
            ("Cedar", Stage.WON, "UANA", TODAY),
        ):
            made = deal(whose, TODAY - 40 * DAY, closed, stage, 4_000_00, name)
            scope.session.add(OpportunityRow.model_validate(made))
        found = await queries.whose_business(scope, event(**said))
        assert found.owner_id == owner


async def test_a_deal_that_is_live_counts_more_than_a_lead_that_was_sent_back(database):
    async with database.write(WORKSPACE) as scope:
        await add_lead(scope, rejected(lead(), RejectCause.TIMING, "not now", T0))
        assert (await queries.whose_business(scope, event())).owner_id == "UANA"
        made = deal("UBEN", TODAY - 9 * DAY, None, Stage.OPEN, 4_000_00, "Alder Yard")
        scope.session.add(OpportunityRow.model_validate(made))
        await scope.session.flush()
        assert (await queries.whose_business(scope, event())).owner_id == "UBEN"


async def test_what_was_read_before_there_was_a_lead_is_theirs_by_the_address(database):
    async with database.write(WORKSPACE) as scope:
        await take(scope, event())
        assert await queries.events_of(scope, "UANA", T0 - DAY) == []
        await add_lead(scope, lead())
        assert len(await queries.events_of(scope, "UANA", T0 - DAY)) == 1
        assert await queries.events_of(scope, "UBEN", T0 - DAY) == []
        assert await queries.events_of(scope, "UANA", T0 + DAY) == []


async def test_another_workspace_sees_nothing(database):
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, "T2", "Other", "UBOT", T0)
    async with database.write(WORKSPACE) as scope:
        await add_lead(scope, lead())
        await take(scope, event())
    async with database.write("T2") as scope:
        assert await queries.events_of(scope, "UANA", T0 - DAY) == []
        (taken,) = await take(scope, event())
        assert taken.owner_id is None
        assert await queries.forget_events(scope, T0 + DAY, 10) == 1
    async with database.read(WORKSPACE) as scope:
        assert await queries.counts_since(scope, T0) == (1, 1)


async def test_what_is_old_goes_some_at_a_time(database):
    async with database.write(WORKSPACE) as scope:
        await take(scope, *(event(one, happened_at=T0 - one * DAY) for one in range(5)))
        assert await queries.forget_events(scope, T0 - DAY, 2) == 2
        assert await queries.forget_events(scope, T0 - DAY, 2) == 1
        assert await queries.counts_since(scope, T0) == (2, 0)


async def test_a_reader_is_forgotten_by_name_and_by_the_addresses_of_that_name(database):
    async with database.write(WORKSPACE) as scope:
        await take(
            scope,
            event(1, name="Dana Roe"),
            event(2),
            event(3, name="DANA ROE", email="", account="Alder"),
            event(4, name="Sam Poe", email="sam@alder.example"),
        )
        addresses = await addresses_of(scope, "dana roe")
        assert addresses == ("dana@alder.example",)
        assert await forget_reader(scope, "Dana Roe", addresses) == 3
        assert await queries.known_ids(scope, ["e-1", "e-2", "e-3", "e-4"]) == {"e-4"}


async def test_whom_one_was_in_touch_with_goes_by_every_name_that_was_said(database):
    async with database.write(WORKSPACE) as scope:
        call = Activity(owner_id="UANA", kind=ActivityKind.CALL, on=TODAY, account="Dana Roe at Alder Yard")
        await add_activity(scope, call, T0)
        ask = Activity(owner_id="UANA", kind=ActivityKind.REFERRAL_ASK, on=TODAY, account="Cedar")
        await add_activity(scope, ask, T0)
        names = {name for name, _ in await spoken_since(scope, "UANA", TODAY)}
        assert {"danaroe", "alderyard", "danaroeatalderyard", "cedar"} == names
        assert set(await last_touches(scope, "UANA", TODAY - DAY)) == names - {"cedar"}
        assert await spoken_since(scope, "UBEN", TODAY) == []


async def test_who_asked_for_a_word_and_is_nobodys_is_named_once_until_a_lead_is_made_of_them(database):
    async with database.write(WORKSPACE) as scope:
        await add_lead(scope, lead())
        await take(
            scope,
            event(1, action="asked"),
            event(2, action="read", email="who@nowhere.example"),
            event(3, action="asked", email="who@nowhere.example"),
        )
        await take(
            scope, event(4, action="asked", email="who@nowhere.example", content="Prices"), now=T0 + DAY / 9
        )
        await take(scope, event(5, action="asked", email="", account="Krona"), now=T0 + DAY / 8)
        found = await askers_of_nobody(scope, T0 - DAY, 50)
        assert [(one.who, one.content) for one in found] == [
            ("Krona", "Guide"),
            ("who@nowhere.example", "Prices"),
        ]
        await add_lead(scope, lead(name="Wil Ho", account="Nowhere", email="who@nowhere.example"))
        assert [one.who for one in await askers_of_nobody(scope, T0 - DAY, 50)] == ["Krona"]
        assert await askers_of_nobody(scope, T0 + DAY, 50) == []
