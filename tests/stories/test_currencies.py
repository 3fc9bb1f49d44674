"""Deals in another currency than the team's: edited, won, halved and told in their own, and never mixed."""

import re

import pytest
from sqlmodel import select

from sales.pipeline.opportunity import Stage
from storage.pipeline.opportunity import OpportunityRow
from tests.known import WORKSPACE
from tests.stories.pipeline import books
from tests.stories.pipeline.walked import asks, card

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
async def ana(team):
    await books.stands(team, "Lockside", value=9_000_00)
    await books.stands(team, "Eurobahn", value=7_000_00, currency="EUR")
    await books.stands(team, "Yenco", value=450_000, currency="JPY")
    return team.person("ana")


async def stored(team, name):
    async with team.bot.database.read(WORKSPACE) as scope:
        row = (await scope.session.exec(select(OpportunityRow).where(OpportunityRow.name == name))).one()
        return row.stage, row.value_minor, row.currency


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("/deal edit eurobahn 8k", "Eurobahn", 8_000_00),
        ("/deal edit Eurobahn €8k", "Eurobahn", 8_000_00),
        ("/deal edit Eurobahn 8000 EUR closes 9 oct", "Eurobahn", 8_000_00),
        ("/deal edit Yenco 500k", "Yenco", 500_000),
        ("/deal edit Yenco ¥500k", "Yenco", 500_000),
        ("/deal edit Lockside 9.5k", "Lockside", 9_500_00),
    ],
)
async def test_a_typed_amount_is_in_the_deals_own_currency(ana, team, line, name, value):
    said = await asks(ana, line, "sales")
    assert "Saved: value " in said
    assert (await stored(team, name))[:2] == (Stage.OPEN, value)


async def test_a_win_and_a_further_deal_are_in_the_currency_of_the_one_that_is_there(ana, team):
    assert "Won: Eurobahn, €8,000." in await asks(ana, "/deal won Eurobahn 8k", "sales")
    assert await stored(team, "Eurobahn") == (Stage.WON, 8_000_00, "EUR")
    assert "[Set to ¥500,000]" in await asks(ana, "/deal Yenco 500k", "sales")
    assert "$8,000" in await asks(ana, "/deal Norway 8k", "sales")


async def test_an_amount_in_another_currency_is_refused_with_the_deals(ana, team):
    said = await asks(ana, "/deal edit Eurobahn 12.5k usd", "sales")
    assert "Eurobahn is in EUR, and that amount is in USD. Type the amount in EUR." in said
    assert "press Edit" not in said
    await card(ana, "Eurobahn")
    await ana.clicks("Edit…")
    await ana.fills("Value", "$12,500")
    await ana.submits()
    assert (
        "$12,500 is in USD; it is counted in EUR here. Type the amount in EUR." in ana.modal_errors()["Value"]
    )
    await ana.fills("Value", "12.5k")
    await ana.submits()
    assert (await stored(team, "Eurobahn"))[1] == 12_500_00


async def test_nothing_is_not_said_of_a_currency_beside_others(ana, team):
    await books.a_record(team)
    await asks(ana, "/deal edit Yenco", "sales")
    await ana.fills("Value", "")
    await ana.submits()
    await ana.closes(everything=True)
    said = await asks(ana, "/pipeline")
    assert re.match(r"Likely \$[\d.]+k of \$9k and €[\d.]+k of €7k on paper\.", said)
    assert "¥0" not in said
    assert "¥0" not in await asks(ana, "/deal", "sales")


async def test_halving_says_what_it_lacks(ana, team):
    said = await asks(ana, "/pipeline halve")
    assert "You have 3 open deals, no two of them in one currency." in said
