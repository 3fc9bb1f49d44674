"""Leads of files on a real database: who is there already, what a file may change, whose they are, the way back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from sales.imports.files.entry import ImportEntry, TakenRow
from sales.imports.files.header import drafted
from sales.imports.files.leads import LeadReader
from sales.imports.files.preset import FileKind
from sales.imports.files.sheet import SheetRecord
from sales.imports.files.survey import surveyed
from sales.imports.files.tally import LeadNews
from sales.imports.files.terms import ImportTerms
from sales.people.member import Member
from sales.people.team import Team
from sales.pipeline.opportunity import Stage
from sales.prospects.lead import Lead, LeadState, RejectCause, accepted, assigned, qualified, rejected
from storage.database import Database
from storage.imports.files.compare import Differences
from storage.imports.files.known import owner_teams
from storage.imports.files.leads import KnownBefore, LeadOwners, compare_leads, owners_of_run
from storage.imports.files.runs import finish_run, start_run
from storage.imports.files.undo import undo_some
from storage.imports.files.write import count, write_entries
from storage.people.member import meet_member, people_directory
from storage.people.team import add_team, set_people
from storage.pipeline.deal_history import BetweenImports
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects.lead import LeadRow, change_lead
from tests.known import T0, WORKSPACE
from tests.sales_story import deal

HEADER = [
    "id",
    "name",
    "company",
    "title",
    "email",
    "phone",
    "source",
    "owner",
    "created",
    "status",
    "reason",
]
LATER = T0 + timedelta(hours=2)
TODAY = f"{T0:%Y-%m-%d}"


def row(number: str = "1", **more: str) -> dict[str, str]:
    plain = {
        "id": number,
        "name": "Dana Roe",
        "company": "Alder Yard",
        "email": "dana@alder.example",
        "owner": "Ana Bell",
        "created": TODAY,
    }
    return {**plain, **more}


def entries(*rows: dict[str, str], header: list[str] = HEADER, now: datetime = T0) -> list[ImportEntry]:
    terms = ImportTerms(today=now.date())
    records = [SheetRecord(at, [one.get(name, "") for name in header]) for at, one in enumerate(rows, 2)]
    layout, survey = surveyed(records, drafted(header, None, {}), terms)
    reader = LeadReader(layout, survey.orders, terms, "UTC", now)
    found = [reader.read(one) for one in records]
    assert all(isinstance(one, TakenRow) for one in found), found
    return [one.entry for one in found if isinstance(one, TakenRow)]


async def take(
    database: Database, *rows: dict[str, str], header: list[str] = HEADER, now: datetime = T0
) -> tuple[int, Differences, LeadNews]:
    """Take rows in as one finished run."""
    news = LeadNews()
    async with database.write(WORKSPACE) as scope:
        run = await start_run(scope, "leads", "leads.csv", now)
        people = await people_directory(scope)
        owners = LeadOwners(people, await owner_teams(scope, people, None), now)
        found = entries(*rows, header=header, now=now)
        differences = compare_leads(found, await KnownBefore.of(scope, found, people), owners, news)
        await write_entries(scope, BetweenImports(run.id, None, now.date()), differences, people, now)
        await count(scope, run.id, [differences])
        await finish_run(scope, run.id, 0, now)
    return run.id, differences, news


def counts(differences: Differences) -> tuple[int, int, int]:
    return len(differences.added), len(differences.changed), differences.unchanged


async def stored(database: Database) -> list[LeadRow]:
    async with database.read(WORKSPACE) as scope:
        return list(await scope.session.exec(select(LeadRow).order_by(LeadRow.id)))


async def by_hand(database: Database, change: Any) -> None:
    """Change the first lead as a handler does."""
    async with database.write(WORKSPACE) as scope:
        found = (await scope.session.exec(select(LeadRow).order_by(LeadRow.id))).first()
        assert found is not None
        await change_lead(scope, found, change(found))


@pytest.fixture
async def team(database: Database) -> int:
    """Ana Bell and Ben Ito, in the only team there is."""
    async with database.write(WORKSPACE) as scope:
        for user_id, name in (("U1", "Ana Bell"), ("U2", "Ben Ito")):
            await meet_member(scope, Member(user_id=user_id, name=name))
        made = await add_team(scope, Team(name="Field"))
        await set_people(scope, made.id, ["U1", "U2"], [])
        return made.id


async def test_a_new_lead_is_its_owners_from_now_on(database: Database, team: int) -> None:
    run, differences, _ = await take(
        database, row(), row("2", name="Zoe", email="z@z.example", owner="Nobody")
    )
    assert counts(differences) == (2, 0, 0)
    dana, zoe = await stored(database)
    assert (dana.owner_id, dana.team_id, dana.assigned_at) == ("U1", team, T0)
    assert (zoe.owner_id, zoe.team_id, zoe.assigned_at) == (
        None,
        team,
        T0,
    )  # by the day alone: from the drop on
    assert dana.name_folded == "dana roe"
    async with database.read(WORKSPACE) as scope:
        assert await owners_of_run(scope, run, T0) == ["U1"]


async def test_what_came_long_ago_is_no_news(database: Database, team: int) -> None:
    run, _, _ = await take(database, row(created="2024-01-05"))
    (dana,) = await stored(database)
    assert dana.assigned_at == dana.came_at == datetime(2024, 1, 5, tzinfo=UTC)
    async with database.read(WORKSPACE) as scope:
        assert await owners_of_run(scope, run, T0) == []


async def test_the_same_rows_twice_change_nothing(database: Database, team: int) -> None:
    await take(database, row())
    before = [one.model_dump() for one in await stored(database)]
    _, differences, _ = await take(database, row(), now=LATER)
    assert counts(differences) == (0, 0, 1)
    assert [one.model_dump() for one in await stored(database)] == before


@pytest.mark.parametrize(
    "again",
    [
        {"id": "1", "name": "D. Roe", "company": "Alder Ltd", "email": "other@alder.example"},
        {"id": "9", "name": "D. Roe", "company": "Alder Ltd", "email": "DANA@alder.example"},
        {"id": "", "email": "Dana@alder.example"},
        {"id": "", "email": ""},
    ],
    ids=["id", "address", "address without an id", "name and firm"],
)
async def test_one_person_is_one_lead(database: Database, team: int, again: dict[str, str]) -> None:
    await take(database, row())
    _, differences, _ = await take(database, row(**again), now=LATER)
    assert not differences.added
    assert len(await stored(database)) == 1


async def test_two_addresses_are_two_people(database: Database, team: int) -> None:
    await take(database, row(number="", id=""))
    _, differences, _ = await take(database, row(id="", email="other@alder.example"), now=LATER)
    assert counts(differences) == (1, 0, 0)


async def test_lists_without_ids_are_known_again(database: Database, team: int) -> None:
    header = ["name", "company", "email", "phone"]
    await take(database, row(), row(name="Ola", email=""), header=header)
    _, differences, _ = await take(
        database, row(phone="555"), row(name="Ola", email=""), header=header, now=LATER
    )
    assert counts(differences) == (0, 1, 1)
    assert [one.phone for one in await stored(database)] == ["555", ""]


async def test_a_changed_row_is_changed_and_goes_back_exactly(database: Database, team: int) -> None:
    await take(database, row(phone="1"))
    before = [one.model_dump(exclude={"import_id"}) for one in await stored(database)]
    run, differences, _ = await take(database, row(phone="2", title="CFO"), now=LATER)
    assert counts(differences) == (0, 1, 0)
    (dana,) = await stored(database)
    assert (dana.phone, dana.title) == ("2", "CFO")
    async with database.write(WORKSPACE) as scope:
        undone = await undo_some(scope, run, LATER)
    assert (undone.removed, undone.restored, undone.left) == (0, 1, ())
    assert [one.model_dump(exclude={"import_id"}) for one in await stored(database)] == before


async def test_undoing_leaves_whom_somebody_worked_on(database: Database, team: int) -> None:
    run, _, _ = await take(database, row(), row("2", name="Ola", email="o@b.example"))
    await by_hand(database, lambda lead: accepted(Lead.model_validate(lead.model_dump()), LATER))
    async with database.write(WORKSPACE) as scope:
        undone = await undo_some(scope, run, LATER)
    assert (undone.removed, undone.restored) == (1, 0)
    assert undone.left == ("Dana Roe (1): changed since",)


# what was decided here


async def test_a_decision_here_is_not_taken_back_by_a_file(database: Database, team: int) -> None:
    await take(database, row())
    await by_hand(database, lambda lead: accepted(lead, LATER))
    await take(database, row(phone="5", status="new"), now=LATER)
    (dana,) = await stored(database)
    assert (dana.state, dana.phone) == (LeadState.ACCEPTED, "5")


async def test_a_file_that_knows_more_is_believed(database: Database, team: int) -> None:
    await take(database, row())
    await take(database, row(status="Unqualified", reason="no budget"), now=LATER)
    (dana,) = await stored(database)
    assert (dana.state, dana.reject_cause, dana.reject_reason) == (
        LeadState.REJECTED,
        RejectCause.NEED,
        "no budget",
    )
    assert dana.decided_at == LATER


async def test_a_lead_that_is_a_deal_stays_one(database: Database, team: int) -> None:
    await take(database, row())
    async with database.write(WORKSPACE) as scope:
        made = OpportunityRow.model_validate(deal("U1", T0.date(), None, Stage.OPEN, 100, "Alder Yard"))
        scope.session.add(made)
        await scope.session.flush()
        deal_id = made.id
    await by_hand(database, lambda lead: qualified(lead, deal_id, LATER))
    await take(database, row(status="rejected"), now=LATER)
    (dana,) = await stored(database)
    assert (dana.state, dana.deal_id) == (LeadState.QUALIFIED, deal_id)


async def test_who_was_sent_back_here_and_comes_again_is_told(database: Database, team: int) -> None:
    await take(database, row())
    await by_hand(database, lambda lead: rejected(lead, RejectCause.NEED, "no budget", LATER))
    _, _, news = await take(database, row("9", status="new"), now=LATER)
    assert news.sent_back == 1
    assert "rejected here before" in news.told()[0]
    (dana,) = await stored(database)
    assert dana.state is LeadState.REJECTED


# whose they are


async def test_a_file_gives_away_what_is_as_a_file_left_it(database: Database, team: int) -> None:
    await take(database, row())
    await take(database, row(owner="Ben Ito"), now=LATER)
    (dana,) = await stored(database)
    assert (dana.owner_id, dana.assigned_at) == ("U2", LATER)


async def test_what_was_given_away_here_stays_so(database: Database, team: int) -> None:
    await take(database, row())
    await by_hand(database, lambda lead: assigned(lead, "U2", LATER))
    await take(database, row(phone="5"), now=LATER)
    await take(database, row(phone="6", owner="Ana Bell"), now=LATER)
    (dana,) = await stored(database)
    assert (dana.owner_id, dana.phone) == ("U2", "6")


async def test_nobodys_gets_its_owner_once_that_is_known(database: Database, team: int) -> None:
    await take(database, row(owner="Cy Young"))
    async with database.write(WORKSPACE) as scope:
        await meet_member(scope, Member(user_id="U9", name="Cy Young"))
    _, differences, _ = await take(database, row(owner="Cy Young"), now=LATER)
    assert counts(differences) == (0, 1, 0)
    (dana,) = await stored(database)
    assert (dana.owner_id, dana.assigned_at) == ("U9", LATER)


# what is told


async def test_customers_and_nobodys_are_told(database: Database, team: int) -> None:
    async with database.write(WORKSPACE) as scope:
        bought = {**deal("U1", T0.date(), T0.date(), Stage.WON, 100, "Lamp"), "account": "alder yard"}
        scope.session.add(OpportunityRow.model_validate(bought))
    _, _, news = await take(database, row(), row("2", name="Ola", company="Birch", email="", owner=""))
    assert (news.customer_count, news.nobodys) == (1, 1)
    assert news.told() == [
        "1 lead of firms that are customers already: Dana Roe (Alder Yard).",
        "1 lead without an owner, to be assigned: /lead assign Dana to @ben.",
    ]


async def test_leads_are_compared_in_the_kind_of_their_file(database: Database, team: int) -> None:
    _, differences, _ = await take(database, row())
    assert differences.kind is FileKind.LEADS
