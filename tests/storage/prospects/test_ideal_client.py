"""Ideal clients as they are stored: fits of many accounts at once, families, the census, what losses teach."""

from datetime import timedelta
from random import Random

import pytest

from sales.language.names.match import name_key
from sales.people.member import Member
from sales.people.team import Team
from sales.pipeline.account import MarketReach
from sales.pipeline.debrief import Cause, Debrief, Knowable
from sales.pipeline.opportunity import Stage
from sales.prospects.agreement import AgreementRound
from sales.prospects.attitude import BUYS_ON, AttitudeAnswer
from sales.prospects.can_will import BuyingSigns, BuyingVerdict
from sales.prospects.client_census import census, standing_of
from sales.prospects.ideal_client import Criterion, Firmographics, IdealClient
from storage.people import workspace
from storage.people.member import meet_member
from storage.people.team import add_team, set_people
from storage.pipeline.account import AccountRow, accounts_called, state_account
from storage.pipeline.deal_facts import facts_of_deal
from storage.pipeline.debrief import save_debrief
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects import agreement, attitude, can_will, ideal_client, profile_change
from tests.known import T0, WORKSPACE
from tests.sales_story import deal

TODAY = T0.date()
WANTED = IdealClient(sells_on="value", least_employees=50, most_employees=500, sectors="Logistics, Retail")


@pytest.fixture
async def field_team(database):
    """Ana and Ben, who sell; the id of their team."""
    async with database.write(WORKSPACE) as scope:
        for user_id, name in (("U1", "Ana"), ("U2", "Ben")):
            await meet_member(scope, Member(user_id=user_id, name=name))
        team = await add_team(scope, Team(name="Field"))
        await set_people(scope, team.id, ["U1", "U2"], [])
        return team.id


async def account(scope, name, **columns):
    row = AccountRow(workspace_id=scope.workspace_id, name=name, name_key=name_key(name), **columns)
    scope.session.add(row)
    await scope.session.flush()


async def test_fits_of_many_accounts_are_read_at_once(database):
    async with database.write(WORKSPACE) as scope:
        await account(scope, "Alder", sector="Logistics", employees=120)
        await account(scope, "Birch", employees=4_000, parent="Globex")
        await account(scope, "Globex", sector="Retail", employees=90)
        says = AttitudeAnswer(
            account="ALDER", question=BUYS_ON, says="price", evidence="three quotes", on=TODAY
        )
        await attitude.save_answers(scope, [says])
    async with database.read(WORKSPACE) as scope:
        found = await ideal_client.fits_of(scope, WANTED, ["Alder", "birch", "Unheard"])
        scores = {key: (fit.size.points, fit.attitude.points) for key, fit in found.items()}
        assert scores == {"alder": (10, 0), "birch": (5, None), "unheard": (None, None)}
        firm = (await ideal_client.firms_called(scope, ["Birch"]))["birch"]
        assert (firm.sector, firm.borrowed, firm.parent) == ("Retail", {Criterion.SECTOR}, "Globex")


async def test_a_circle_of_parents_ends(database):
    async with database.write(WORKSPACE) as scope:
        for name, above in (("Alder", "Birch"), ("Birch", "Cedar"), ("Cedar", "Alder")):
            await account(scope, name, parent=above, employees=120)
    async with database.read(WORKSPACE) as scope:
        family = await ideal_client.family_of(scope, ["Alder"])
        assert set(family) == {"alder", "birch", "cedar"}
        assert list(ideal_client.parents_in("Alder", family).circle) == ["Alder", "Birch", "Cedar"]
        assert (await ideal_client.fit_of(scope, WANTED, "Cedar")).size.points == 10


async def test_the_census_counts_accounts_and_customers_without_a_record(database):
    async with database.write(WORKSPACE) as scope:
        await account(scope, "Alder", sector="Logistics", employees=120)
        await account(scope, "Birch", sector="Food", employees=120)
        await account(scope, "Cedar")
        for name in ("Alder", "Dogwood", "DOGWOOD"):
            made = deal("U1", TODAY, None, Stage.OPEN, 4_000_00, name)
            scope.session.add(OpportunityRow.model_validate({**made, "account": name}))
    async with database.read(WORKSPACE) as scope:
        found = await ideal_client.census_of(scope, WANTED)
        assert (found.accounts, found.known, found.measured, found.fit) == (4, 2, 2, 1)


async def test_the_database_measures_as_the_rule_does(database):
    wanted = IdealClient(
        least_employees=50, most_employees=500, least_revenue_minor=1, most_locations=3,
        reaches="national international", sectors="Logistics, Retail",
    )  # fmt: skip
    drawn = Random(30)
    firms = [
        Firmographics(
            drawn.choice([None, 49, 50, 500, 501]),
            drawn.choice([None, 0, 1, 9]),
            drawn.choice([None, 0, 3, 4]),
            drawn.choice([None, *MarketReach]),
            drawn.choice(["", "logistics", "RETAIL", "Food"]),
        )
        for _ in range(120)
    ]
    async with database.write(WORKSPACE) as scope:
        for number, one in enumerate(firms):
            said = {
                name: value for name, value in one._asdict().items() if name not in ("borrowed", "parent")
            }
            await account(scope, f"Firm {number}", **said)
        found = await ideal_client.census_of(scope, wanted)
    assert found == census(wanted.criteria, [(standing_of(wanted, one), 1) for one in firms])
    assert 0 < found.fit < found.measured < found.accounts


async def test_what_is_stated_of_an_account_is_new_or_changes_it(database):
    async with database.write(WORKSPACE) as scope:
        made = await state_account(scope, "Alder", {"employees": 120, "reach": MarketReach.REGIONAL})
        assert made.before is None
        again = await state_account(scope, "ALDER", {"employees": 130})
        assert again.before["employees"] == 120
    async with database.read(WORKSPACE) as scope:
        row = (await accounts_called(scope, ["alder"]))["alder"]
        assert ideal_client.of_row(row) == Firmographics(employees=130, reach=MarketReach.REGIONAL)


async def test_an_answer_takes_the_place_of_the_one_before(database):
    def says(points):
        return AttitudeAnswer(account="Alder", question=BUYS_ON, says=points, on=TODAY)

    async with database.write(WORKSPACE) as scope:
        assert len(await attitude.save_answers(scope, [says("price")])) == 1
        assert await attitude.save_answers(scope, [says("price")]) == []
        (changed,) = await attitude.save_answers(scope, [says("value")])
        assert changed.before["says"] == "price"
        rows = (await attitude.answers_for(scope, ["alder"]))["alder"]
        assert len(rows) == 1
        await attitude.forget_answers(scope, rows)
        assert await attitude.answers_for(scope, ["alder"]) == {}


async def lost(scope, name, *, belonged, sector="Retail"):
    await account(scope, name, sector=sector, employees=120)
    made = {**deal("U1", TODAY - timedelta(days=40), TODAY - timedelta(days=3), Stage.LOST), "name": name}
    row = OpportunityRow.model_validate({**made, "account": name})
    scope.session.add(row)
    await scope.session.flush()
    said = Debrief(
        opportunity_id=row.id,
        closed_on=row.closed_on,
        cause=Cause.FIT,
        should_have_been_there=belonged,
        knowable=Knowable.START,
    )
    await save_debrief(scope, said, T0)
    return row


async def test_losses_propose_a_change(database, field_team):
    async with database.write(WORKSPACE) as scope:
        await ideal_client.save_ideal_client(scope, field_team, WANTED)
        for number in range(7):
            await lost(scope, f"Retail {number}", belonged=number == 0)
    async with database.read(WORKSPACE) as scope:
        found = await profile_change.change_proposed(scope, field_team, TODAY)
        assert (found.what, found.regrets, found.among) == ("Retail", 6, 7)
        assert await profile_change.change_proposed(scope, field_team, TODAY + timedelta(days=400)) is None


async def test_a_customer_that_was_not_for_us_is_remembered(database):
    async with database.write(WORKSPACE) as scope:
        await lost(scope, "Alder", belonged=False)
        made = deal("U1", TODAY, None, Stage.OPEN, 4_000_00, "Alder again")
        row = OpportunityRow.model_validate({**made, "account": "Alder"})
        scope.session.add(row)
        await scope.session.flush()
        await can_will.save_buying_signs(
            scope, BuyingSigns(opportunity_id=row.id, budget=False, note="Frozen")
        )
        found = (await can_will.buying_picture(scope, await facts_of_deal(scope, row), TODAY)).found
        assert found.facts.not_for_us
        assert found.verdict is BuyingVerdict.STOP


async def test_each_describes_in_a_round_once(database, field_team):
    async with database.write(WORKSPACE) as scope:
        said = AgreementRound(team_id=field_team, asked="U1 U2", by="U3", begun_on=TODAY)
        row = await agreement.begin_round(scope, said)
        await agreement.save_description(scope, row.id, "U1", WANTED)
        await agreement.save_description(scope, row.id, "U1", IdealClient(sectors="Food"))
        found = await agreement.descriptions_in(scope, row.id)
        assert {who: one.sectors for who, one in found.items()} == {"U1": "Food"}
        assert (await agreement.latest_round(scope, field_team)).id == row.id


async def test_another_workspace_sees_nothing(database, field_team):
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, "T2", "Other", "UBOT", T0)
    async with database.write(WORKSPACE) as scope:
        await ideal_client.save_ideal_client(scope, field_team, WANTED)
        await account(scope, "Alder", sector="Logistics", employees=120)
        asked = await agreement.begin_round(
            scope, AgreementRound(team_id=field_team, asked="U1 U2", by="U3", begun_on=TODAY)
        )
    async with database.read("T2") as scope:
        assert await ideal_client.ideal_client_of(scope, field_team) is None
        assert await agreement.find_round(scope, asked.id) is None
        assert (await ideal_client.census_of(scope, WANTED)).accounts == 0
        assert (await ideal_client.fit_of(scope, WANTED, "Alder")).size.points is None
