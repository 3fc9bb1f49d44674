"""Parked deals: they open again by themselves, told in one message, and sleep on where the rep says so (#22)."""

from datetime import date, timedelta

import pytest

from sales.pipeline.opportunity import Opportunity, Stage, Waking, parked
from storage.pipeline.opportunity import OpportunityRow, add_opportunity, change_opportunity
from tests.known import T0, WORKSPACE
from tests.sales_story import by_hand

HERE = "Europe/Ljubljana"
OPENED = date(2026, 8, 3)
pytestmark = pytest.mark.engines("sqlite")


async def sleeps(town, name, until=None, wakes=None, **columns):
    known = {"name": name, "owner_id": "U1", "value_minor": 4_000_00, "opened_on": OPENED}
    deal = Opportunity.model_validate({**known, **columns})
    async with town.bot.database.write(WORKSPACE) as scope:
        row = await add_opportunity(scope, deal, T0)
        await change_opportunity(scope, row, parked(row, until, wakes), by_hand())
        return row.id


async def stage(town, deal_id):
    async with town.bot.database.read(WORKSPACE) as scope:
        row = await scope.session.get(OpportunityRow, deal_id)
        return row.stage, row.opened_on, row.stage_label, row.parked_until


async def test_all_that_wakes_on_a_morning_is_one_message_and_one_sleeps_on(team):
    ana, thursday = team.person("ana"), date(2026, 10, 1)
    acme = await sleeps(team, "Acme", thursday, stage_label="Proposal")
    quarter = await sleeps(team, "Globex", wakes=Waking.PERIOD)
    early = await sleeps(team, "Initech", stage=Stage.SUSPECT, opened_on=None, until=thursday)
    later, forever = await sleeps(team, "Hooli", thursday + timedelta(days=1)), await sleeps(team, "Umbrella")
    await team.jump("2026-09-30 12:00", HERE)
    assert (await stage(team, acme))[0] is Stage.PARKED
    await team.jump("2026-10-01 08:30", HERE)
    (said,) = [one for one in ana.sees() if "parked deals are open again" in one]
    assert said.startswith("Rainmaker: 3 parked deals are open again.")
    assert "Acme · $4,000 · its day has come [Park again…]" in said
    assert "Globex · $4,000 · the new quarter has begun" in said
    assert await stage(team, acme) == (Stage.OPEN, OPENED, "Proposal", None)
    assert (await stage(team, quarter))[0] is Stage.OPEN
    assert (await stage(team, early))[:2] == (Stage.SUSPECT, None)
    assert {(await stage(team, one))[0] for one in (later, forever)} == {Stage.PARKED}

    await ana.clicks("Park again…", near="Globex")
    await ana.chooses("Park until", "2026-10-01")
    await ana.submits()
    assert ana.modal_errors() == {"Park until": "That day wakes it at once. Choose a later one."}
    await ana.chooses("Park until", "2026-11-02")
    await ana.submits()
    said = next(one for one in ana.sees() if "parked deals are open again" in one)
    assert said.startswith("Rainmaker: 2 parked deals are open again.")
    assert "Globex · $4,000 · parked until Mon 2 Nov" in said
    await ana.says("/rainmaker undo", channel="sales")
    assert (await stage(team, quarter))[0] is Stage.OPEN


async def test_a_call_wakes_what_waited_for_the_customer_and_undo_puts_it_back(team):
    ana = team.person("ana")
    acme = await sleeps(team, "Acme renewal", date(2026, 12, 1), Waking.ACTIVITY, account="Acme")
    other = await sleeps(team, "Acme rollout", date(2026, 12, 1), account="Acme")
    (said,) = await ana.says("/log 1 call Acme", channel="sales")
    assert "Acme renewal was parked until you were in touch again: it is open where it stood." in said
    assert (await stage(team, acme))[0] is Stage.OPEN
    assert (await stage(team, other))[0] is Stage.PARKED
    await ana.says("/rainmaker undo", channel="sales")
    assert await stage(team, acme) == (Stage.PARKED, OPENED, "", date(2026, 12, 1))


async def test_parked_deals_are_listed_with_what_wakes_them_and_opened_from_there(team):
    ana = team.person("ana")
    await sleeps(team, "Acme", date(2026, 10, 2))
    await sleeps(team, "Globex", wakes=Waking.PERIOD)
    await sleeps(team, "Hooli", date(2026, 12, 1), Waking.ACTIVITY)
    umbrella = await sleeps(team, "Umbrella")
    (said,) = await ana.says("/deal", channel="sales")
    assert "4 parked. [Parked deals]" in said
    await ana.clicks("Parked deals")
    said = ana.sees("sales")[-1]
    assert "You have 4 parked deals, $16,000: in no forecast until they wake." in said
    for line in (
        "Acme · $4,000 · parked until Fri 2 Oct [Reopen]",
        "Hooli · $4,000 · parked until you log something with them, Tue 1 Dec at the latest [Reopen]",
        "Globex · $4,000 · parked until the next quarter [Reopen]",
        "Umbrella · $4,000 · parked until you reopen it [Reopen]",
    ):
        assert line in said
    for typed in ("/deal parked", "/deal list parked", "my parked deals"):
        assert "Acme · $4,000 · parked until Fri 2 Oct [Reopen]" in (await ana.says(typed))[0]
    await ana.clicks("Reopen", near="Umbrella")
    assert (await stage(team, umbrella))[0] is Stage.OPEN
    assert "parked until Fri 2 Oct" in (await ana.says("/deal Acme", channel="sales"))[0]


async def test_a_deal_is_parked_from_its_card_until_a_day_or_until_they_call(team):
    ana = team.person("ana")
    acme = await sleeps(team, "Acme", date(2026, 10, 2))
    await ana.says("/deal reopen Acme", channel="sales")
    await ana.says("/deal Acme", channel="sales")
    await ana.chooses("⋯", "Park until…")
    await ana.chooses("Park until", "2026-11-02")
    await ana.chooses("Wake it earlier", "A call, a mail or a meeting with them is logged")
    await ana.submits()
    said = ana.sees("sales")[-1]
    assert "Parked: it is in no forecast until it wakes. [Undo]" in said
    assert "parked until you log something with them, Mon 2 Nov at the latest" in said
    await ana.clicks("Undo")
    assert (await stage(team, acme))[0] is Stage.OPEN


async def test_what_can_be_done_to_a_deal_stands_in_its_help(team):
    (said,) = await team.person("ana").says("/deal help")
    for word in ("park Acme", "parked", "reopen Acme", "move Acme"):
        assert f"/deal {word}" in said
    assert "No deal of yours is parked." in (await team.person("ana").says("/deal parked"))[0]
