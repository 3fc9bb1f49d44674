"""Leads as they are stored: whose, in what order, by what name, how long, and nobody else's workspace's."""

from datetime import timedelta
from time import perf_counter

import pytest
from sqlalchemy import Insert, String, cast, func, insert, literal, select, text

from sales.people.member import Member
from sales.people.team import Team
from sales.pipeline.opportunity import Stage
from sales.prospects.first_call import AgeingLimits
from sales.prospects.lead import Lead, LeadState, RejectCause, accepted, called, rejected
from sales.prospects.source import LeadSource
from storage.people import workspace
from storage.people.member import meet_member
from storage.people.team import add_team
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects import lead as queries
from storage.prospects import named_lead
from storage.prospects.known_firm import known_firm
from storage.prospects.lead import LeadRow
from storage.prospects.lead_retention import FORGOTTEN, forget_leads, forget_person, leads_of_person
from storage.prospects.named_lead import LeadsSeen
from storage.prospects.source import clocks_of_team, forget_source, sources_stated, state_source
from storage.prospects.team_leads import (
    RepLeads,
    UntouchedLeads,
    called_between,
    count_nobodys,
    counts_by_rep,
    nobodys,
    open_leads_whole,
    untouched_before,
)
from tests.known import T0, WORKSPACE
from tests.sales_story import deal

MANY, A_PIECE = 100_000, 5_000


def lead(
    name: str = "Dana Roe",
    account: str | None = "Alder Yard",
    owner: str | None = "UANA",
    ago: int = 0,
    **more,
):
    return Lead(name=name, account=account, owner_id=owner, came_at=T0 - timedelta(hours=ago), **more)


async def test_somebodys_open_leads_new_ones_first_the_latest_first_by_pages(database):
    async with database.write(WORKSPACE) as scope:
        for number in range(4):
            await queries.add_lead(scope, lead(f"New {number}", ago=number))
        await queries.add_lead(scope, accepted(lead("Accepted"), T0))
        await queries.add_lead(scope, rejected(lead("Rejected"), RejectCause.FIT, "", T0))
        await queries.add_lead(scope, lead("Ben's", owner="UBEN"))
    async with database.read(WORKSPACE) as scope:
        rows = await queries.open_leads_of(scope, "UANA")
        assert [one.name for one in rows] == ["New 0", "New 1", "New 2", "New 3", "Accepted"]
        assert [one.name for one in await queries.open_leads_of(scope, "UANA", 2, at=3)] == [
            "New 3",
            "Accepted",
        ]
        assert [one.name for one in await queries.open_leads_of(scope, "UANA", 2, at=4)] == ["Accepted"]
        assert await queries.open_leads_of(scope, "UANA", 2, at=5) == []
        assert await queries.open_counts(scope, "UANA") == {LeadState.NEW: 4, LeadState.ACCEPTED: 1}
        (gone,) = await queries.decided_lately(scope, "UANA", LeadState.REJECTED, T0 - timedelta(days=1), 3)
        assert gone.name == "Rejected"
        assert len(await open_leads_whole(scope, "UANA")) == 5


async def test_a_whole_name_beats_a_beginning_and_only_whom_one_may_read_is_found(database):
    async with database.write(WORKSPACE) as scope:
        await queries.add_lead(scope, lead("Dana"))
        await queries.add_lead(scope, lead("Dana Roe", owner="UBEN"))
        await queries.add_lead(scope, lead("Sam Poe", "Dana Foods", owner=None))
    async with database.read(WORKSPACE) as scope:
        assert [one.name for one in await named_lead.leads_called(scope, "dana")] == ["Dana"]
        assert {one.name for one in await named_lead.leads_called(scope, "Dana ")} == {"Dana"}
        assert {one.name for one in await named_lead.leads_called(scope, "Dan")} == {
            "Dana",
            "Dana Roe",
            "Sam Poe",
        }
        seen = LeadsSeen(["UANA"], [])
        assert {one.name for one in await named_lead.leads_called(scope, "Dan", seen=seen)} == {
            "Dana",
            "Sam Poe",
        }
        assert [one.name for one in await named_lead.leads_called(scope, "Dan", ["UBEN"])] == ["Dana Roe"]
        assert await named_lead.leads_called(scope, " ") == []
        among = await named_lead.leads_among(scope, ["dana roe", "alder yard"], LeadsSeen())
        assert {one.name for one in among} == {"Dana", "Dana Roe"}


async def test_the_same_person_is_found_by_address_or_by_name_and_firm(database):
    async with database.write(WORKSPACE) as scope:
        await queries.add_lead(scope, lead(email="dana@alder.example"))
        await queries.add_lead(scope, lead("Sam Poe", None))
    async with database.read(WORKSPACE) as scope:
        for same in (
            lead("D. Roe", "Other", email="DANA@alder.example"),
            lead("dana  roe", "ALDER YARD"),
        ):
            found = await named_lead.same_lead(scope, same)
            assert found is not None
            assert found.name == "Dana Roe"
        assert await named_lead.same_lead(scope, lead(email="other.dana@alder.example")) is None
        assert await named_lead.same_lead(scope, lead(account="Birch")) is None
        assert (await named_lead.same_lead(scope, lead("Sam Poe", None))) is not None


async def test_a_call_finds_who_it_was_with_by_their_name_their_firms_or_the_beginning_of_either(database):
    async with database.write(WORKSPACE) as scope:
        row = await queries.add_lead(scope, lead())
        await queries.add_lead(scope, lead("Danae Poe", "Birch"))
    async with database.read(WORKSPACE) as scope:
        for name in ("Dana Roe", "alder yard", "DANA", "alder"):
            assert [one.id for one in await named_lead.known_as(scope, "UANA", name)] == [row.id]
        assert await named_lead.known_as(scope, "UANA", "Dan") == []
        assert await named_lead.known_as(scope, "UBEN", "Alder Yard") == []
        assert len(await queries.open_names(scope, "UANA")) == 2


async def test_a_team_in_numbers(database):
    async with database.write(WORKSPACE) as scope:
        team = await add_team(scope, Team(name="Field"))
        await queries.add_lead(scope, lead(ago=50, source="Web form"))
        await queries.add_lead(scope, lead("Two", ago=60, source="Cold list"))
        await queries.add_lead(scope, lead("Three", ago=900, source="Cold list"))
        await queries.add_lead(scope, called(lead("Four", ago=900), T0))
        await queries.add_lead(scope, accepted(lead("Five", owner="UBEN"), T0))
        await queries.add_lead(scope, lead("Six", owner=None, team_id=team.id, ago=3))
        await queries.add_lead(scope, lead("Seven", owner=None, ago=2))
    async with database.read(WORKSPACE) as scope:
        assert await counts_by_rep(scope, ["UANA", "UBEN"]) == {
            "UANA": RepLeads(new=4, untouched=3),
            "UBEN": RepLeads(accepted=1),
        }
        limits = AgeingLimits(T0 - timedelta(hours=40), T0 - timedelta(hours=400))
        old = await untouched_before(scope, ["UANA", "UBEN"], limits, {})
        assert old == {"UANA": UntouchedLeads(2, T0 - timedelta(hours=900))}
        assert await count_nobodys(scope, [team.id]) == UntouchedLeads(2, T0 - timedelta(hours=3))
        assert (await count_nobodys(scope, [])).total == 1
        assert [one.name for one in await nobodys(scope, [team.id], 5)] == ["Seven", "Six"]
        assert [one.name for one in await called_between(scope, ["UANA"], T0 - timedelta(days=60), 5)] == [
            "Four"
        ]


async def test_the_deals_of_ones_own_team_say_what_a_firm_is(database):
    async with database.write(WORKSPACE) as scope:
        for owner, stage, name in (("UANA", Stage.WON, "Alder Yard"), ("UZOE", Stage.OPEN, "Birch")):
            closed = T0.date() if stage is Stage.WON else None
            made = deal(owner, T0.date() - timedelta(days=9), closed, stage, 4_000_00, f"{name} fleet")
            scope.session.add(OpportunityRow.model_validate({**made, "account": name}))
    async with database.read(WORKSPACE) as scope:
        found = await known_firm(scope, "alder yard", ["UANA"])
        assert found.won is not None
        assert found.live is None
        assert (await known_firm(scope, "Alder Yard fleet", ["UANA"])).is_known
        assert not (await known_firm(scope, "Birch", ["UANA"])).is_known
        assert (await known_firm(scope, "Birch", None)).live is not None


async def test_what_came_to_nothing_goes_and_the_reason_of_a_rejection_stays(database):
    old = 24 * 800
    async with database.write(WORKSPACE) as scope:
        await queries.add_lead(scope, lead("Old", ago=old))
        gone = rejected(lead("Rejected", ago=old, phone="1", source="Fair"), RejectCause.FIT, "too small", T0)
        row = await queries.add_lead(scope, gone.model_copy(update={"decided_at": T0 - timedelta(days=790)}))
        await queries.add_lead(scope, lead("Lately given", ago=old, assigned_at=T0))
        await queries.add_lead(scope, accepted(lead("Accepted", ago=old), T0))
        await queries.add_lead(scope, lead("New"))
    before = T0 - timedelta(days=730)
    async with database.write(WORKSPACE) as scope:
        assert await forget_leads(scope, before, 50) == 2
        assert await forget_leads(scope, before, 50) == 0
    async with database.read(WORKSPACE) as scope:
        names = {one.name for one in await named_lead.leads_called(scope, "", None)} | {
            one.name for one in await open_leads_whole(scope, "UANA")
        }
        assert names == {"Lately given", "Accepted", "New"}
        kept = await queries.find_lead(scope, row.id)
        assert kept is not None
        assert (kept.name, kept.phone, kept.reject_reason) == (FORGOTTEN, "", "")
        assert (kept.source, kept.reject_cause) == ("Fair", RejectCause.FIT)


async def test_a_person_is_forgotten_wherever_they_are_a_lead(database):
    async with database.write(WORKSPACE) as scope:
        await queries.add_lead(scope, lead("Dána Roe", email="d@alder.example", phone="1", note="tall"))
        await queries.add_lead(scope, rejected(lead("dana roe", "Birch"), RejectCause.FIT, "", T0))
        found = await leads_of_person(scope, "Dana Roe")
        assert len(found) == 2
        for row in found:
            await forget_person(scope, row, "Former contact")
    async with database.read(WORKSPACE) as scope:
        assert await leads_of_person(scope, "Dana Roe") == []
        assert await named_lead.leads_at(scope, "d@alder.example") == []


async def test_what_a_team_says_of_a_source(database):
    async with database.write(WORKSPACE) as scope:
        team = await add_team(scope, Team(name="Field"))
        await state_source(
            scope, LeadSource(team_id=team.id, name="Webinar", target_minutes=5, limit_minutes=60)
        )
        await state_source(
            scope, LeadSource(team_id=team.id, name="webinar", target_minutes=9, limit_minutes=60)
        )
        (said,) = await sources_stated(scope, team.id)
        assert (said.name, said.target_minutes) == ("webinar", 9)
        assert (await clocks_of_team(scope, team.id))["webinar"] == (timedelta(minutes=9), timedelta(hours=1))
        await forget_source(scope, said)
        assert await clocks_of_team(scope, team.id) == {}
        assert await clocks_of_team(scope, None) == {}


async def test_another_workspace_sees_nothing(database):
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, "T2", "Other", "UBOT", T0)
    async with database.write(WORKSPACE) as scope:
        row = await queries.add_lead(scope, lead(email="dana@alder.example"))
    async with database.read("T2") as scope:
        assert await queries.find_lead(scope, row.id) is None
        assert await queries.open_leads_of(scope, "UANA") == []
        assert await named_lead.leads_called(scope, "Dana Roe") == []
        assert await named_lead.leads_at(scope, "dana@alder.example") == []
        assert await leads_of_person(scope, "Dana Roe") == []


@pytest.mark.large
async def test_a_hundred_thousand_leads_do_not_slow_a_list(database):
    """A page, the numbers beside it, a name and the untouched ones: each well within what a person waits for."""
    async with database.write(WORKSPACE) as scope:
        await meet_member(scope, Member(user_id="UANA", name="Ana"))
    async with database.write(WORKSPACE) as scope:
        rows = [one_of_many(number) for number in range(A_PIECE)]
        await (await scope.session.connection()).execute(insert(LeadRow), rows)
    for first in range(A_PIECE, MANY, A_PIECE):
        async with database.write(WORKSPACE) as scope:  # each within the time that a unit of work may take
            await (await scope.session.connection()).execute(as_many_more(first))
    async with database.write(WORKSPACE) as scope:
        await (await scope.session.connection()).execute(text("ANALYZE"))  # as PostgreSQL does by itself
    limits = AgeingLimits(T0 - timedelta(days=2), T0 - timedelta(days=10))
    async with database.read(WORKSPACE) as scope:
        for ask in (
            lambda: queries.open_leads_of(scope, "UANA", 5, at=2_000),
            lambda: queries.open_counts(scope, "UANA"),
            lambda: named_lead.leads_called(scope, "Lead 7777"),
            lambda: named_lead.same_lead(scope, lead("Lead 99", "Firm 99")),
            lambda: counts_by_rep(scope, [f"U{one}" for one in range(20)]),
            lambda: untouched_before(scope, [f"U{one}" for one in range(20)], limits, {}),
        ):
            assert min([await took(ask) for _ in range(3)]) < 0.5


async def took(ask) -> float:
    begun = perf_counter()
    await ask()
    return perf_counter() - begun


def as_many_more(first: int) -> Insert:
    """Return what stores the first piece again, under the numbers from `first` on."""
    table = LeadRow.metadata.tables["lead"]
    number = cast(table.c.id - 1 + first, String)
    name, firm = literal("Lead ") + number, literal("Firm ") + number
    said = {
        "name": name,
        "name_folded": func.lower(name),
        "account": firm,
        "account_folded": func.lower(firm),
    }
    columns = [one for one in table.columns if one.name != "id"]
    again = select(*(said.get(one.name, one) for one in columns)).where(table.c.id <= A_PIECE)
    return insert(table).from_select([one.name for one in columns], again)


def one_of_many(number: int) -> dict[str, object]:
    """Return one of many leads, a third of them Ana's."""
    name, firm = f"Lead {number}", f"Firm {number}"
    made = lead(name, firm, "UANA" if number % 3 == 0 else f"U{number % 20}", ago=number % 900)
    return {
        **made.model_dump(),
        "workspace_id": WORKSPACE,
        "name_folded": name.casefold(),
        "account_folded": firm.casefold(),
        "source": ("Web form", "Referral", "Cold list")[number % 3],
    }
