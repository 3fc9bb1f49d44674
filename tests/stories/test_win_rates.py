"""Win rates, as a manager reads them: ranked only where they can be told apart, and month ends beside the rest."""

import csv
from datetime import date, timedelta

import pytest

from sales.people.member import Member
from sales.pipeline.opportunity import Opportunity, Stage
from storage.people.member import meet_members
from storage.people.team import find_team_named, set_people
from storage.pipeline.account import AccountRow, ProductRow
from storage.pipeline.opportunity import OpportunityRow, add_opportunity
from tests.known import WORKSPACE
from tests.sales.conftest import CRM, NOT_AT_HAND, read_deals

TODAY = date(2026, 9, 14)


async def closed(
    town, owner, won, lost, product=None, value=900_00, on=TODAY - timedelta(days=40), source=None
):
    async with town.bot.database.write(WORKSPACE) as scope:
        for number in range(won + lost):
            deal = Opportunity(
                name=f"Deal {number}",
                owner_id=owner,
                product=product,
                source=source,
                stage=Stage.WON if number < won else Stage.LOST,
                value_minor=value,
                opened_on=date(2026, 1, 5),
                closed_on=on,
            )
            await add_opportunity(scope, deal, town.clock.now())


async def test_reps_who_cannot_be_told_apart_are_not_ranked(team):
    await closed(team, "U1", 24, 16)
    await closed(team, "U2", 18, 22)
    (said,) = await team.person("mia").says("/team winrates")
    assert "Win rates of 2 reps run from 45% to 60%." in said
    assert "They cannot be told apart, so they are not ranked." in said
    assert "Ana" not in said
    assert "Ben" not in said
    assert "By product" not in said


async def test_a_difference_beyond_chance_is_ranked_and_leans_on_the_common_rate(team):
    await closed(team, "U1", 80, 20)
    await closed(team, "U2", 40, 60)
    (said,) = await team.person("mia").says("/team winrates")
    assert "They differ by more than chance makes them" in said
    assert said.index("Ana Kovač: ") < said.index("Ben Ito: ")
    assert "(counted 80 of 100), above the common rate" in said


async def test_sources_are_compared_as_reps_are(team):
    await closed(team, "U1", 40, 10, source="Referral")
    await closed(team, "U1", 15, 35, source="Cold call")
    await closed(team, "U2", 30, 20, source="Trade fair")
    (said,) = await team.person("mia").says("/team winrates")
    assert "By source" in said
    assert said.index("Referral: ") < said.index("Trade fair: ") < said.index("Cold call: ")


async def test_only_managers_see_win_rates_and_only_of_their_team(team):
    (said,) = await team.person("ana").says("/team winrates")
    assert "for managers and admins" in said


async def test_too_little_is_said_to_be(team):
    await closed(team, "U1", 5, 1)
    (said,) = await team.person("mia").says("/team winrates")
    assert "Not enough yet: win rates are compared from two reps with 10 closed deals each." in said
    assert "Discounts" not in said


async def test_month_ends_that_are_sold_cheaper_are_reported_where_list_prices_are_known(team):
    async with team.bot.database.write(WORKSPACE) as scope:
        scope.session.add(
            ProductRow(workspace_id=WORKSPACE, name="GTX", name_key="gtx", list_price_minor=1_000_00)
        )
    for month in (5, 6, 7, 8):
        await closed(team, "U1", 10, 0, "GTX", 980_00 + month, date(2026, month, 10))
        await closed(team, "U1", 10, 0, "GTX", 900_00 + month, date(2026, month, 29))
    (said,) = await team.person("mia").says("/team winrates")
    assert "Discounts at month end" in said
    assert "Mean discount in the last 5 days of a month 9.99% (40 deals), in the rest 1.99% (40)." in said
    assert "8.00% of price more; by chance that happens less than 1 time in 1,000." in said


# the CRM Sales Opportunities data


@pytest.fixture
async def thirty_agents(team):
    """Everybody in the data as a rep of Mia's team, with their deals, the accounts and the products."""
    if not CRM.exists():
        pytest.skip(NOT_AT_HAND)
    agents = sorted({deal.agent for deal in read_deals()})
    ids = {name: f"A{number}" for number, name in enumerate(agents)}
    async with team.bot.database.write(WORKSPACE) as scope:
        people = [Member(user_id=user_id, name=name) for name, user_id in ids.items()]
        await meet_members(scope, people)
        row = await find_team_named(scope, "Field")
        await set_people(scope, row.id, list(ids.values()), ["U3"])
    rows = [
        *rows_of(AccountRow, "accounts.csv", "account", sector="sector"),
        *rows_of(ProductRow, "products.csv", "product", list_price_minor="sales_price"),
        *deals_of(ids, team.clock.now()),
    ]
    for start in range(0, len(rows), 500):  # a server lets no unit rest for long
        async with team.bot.database.write(WORKSPACE) as scope:
            scope.session.add_all(rows[start : start + 500])
    return team


def rows_of(table, file, name, **columns):
    with (CRM / file).open(newline="") as rows:
        for row in csv.DictReader(rows):
            values = {column: row[source] for column, source in columns.items()}
            if "list_price_minor" in values:
                values["list_price_minor"] = int(values["list_price_minor"]) * 100
            yield table(workspace_id=WORKSPACE, name=row[name], name_key=row[name].casefold(), **values)


def deals_of(ids, now):
    with (CRM / "sales_pipeline.csv").open(newline="") as rows:
        accounts = [row["account"] for row in csv.DictReader(rows)]
    outcome = {"Won": Stage.WON, "Lost": Stage.LOST, "Engaging": Stage.OPEN, "Prospecting": Stage.SUSPECT}
    for number, (deal, account) in enumerate(zip(read_deals(), accounts, strict=True)):
        yield OpportunityRow(
            workspace_id=WORKSPACE,
            name=f"Deal {number}",
            account=account or None,
            product="GTX Pro" if deal.product == "GTXPro" else deal.product,
            owner_id=ids[deal.agent],
            stage=outcome[deal.stage],
            value_minor=deal.value_minor,
            opened_on=deal.opened_on,
            closed_on=deal.closed_on,
            updated_at=now,
        )


@pytest.mark.large
async def test_the_thirty_agents_the_sectors_and_the_products_are_not_ranked(thirty_agents):
    await thirty_agents.jump("2017-12-31 12:00")
    (said,) = await thirty_agents.person("mia").says("/team winrates")
    assert "Win rates of 30 reps run from 55% to 70%." in said
    assert "chance alone would spread them this far 1 time in 4. They cannot be told apart" in said
    assert "chance alone would spread them this far nearly every time." in said
    assert said.count("They cannot be told apart, so they are not ranked.") == 3
    assert not any(agent in said for agent in {deal.agent for deal in read_deals()})
    assert "Nothing to report: the difference is too small, or no more than chance." in said
