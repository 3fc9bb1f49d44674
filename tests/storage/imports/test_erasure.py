"""Erasing walks through every table there is: whatever a new one holds of a person is gone, or was left on purpose."""

import json
import re
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from sqlalchemy import Boolean, Date, DateTime, Enum, Float, Integer, LargeBinary, Time, insert, select
from sqlmodel import JSON, SQLModel

from bot.erase.contact import contact_planned, forget_contact
from bot.erase.person import Cleared, forget, planned, stand_in
from handlers.registry import REGISTRY
from sales.followups.activity import ActivityKind
from sales.imports.sync.record import Vendor
from sales.people.member import Member
from sales.people.pseudonym import FORMER
from sales.people.team import Team
from sales.pipeline.deal_contact import DealContact
from sales.pipeline.opportunity import Opportunity, Stage
from sales.refusal import Refusal
from storage.columns import Exact
from storage.followups.activity import ActivityRow
from storage.imports.erasure import searched, stored, worded
from storage.imports.files.compare import kept_name
from storage.people.member import find_member, meet_member, people_directory, reps_counted
from storage.people.team import add_team, set_people
from storage.pipeline.deal_contact import add_contact
from storage.pipeline.opportunity import OpportunityRow, add_opportunity
from tests.known import T0, WORKSPACE
from tests.storage.imports.taken import acme, entry, take

ANA, OTHER = "U1", "U12"
NAMES = {ANA: "Ana Kovač", OTHER: "Anastasia Kovačič"}
TRACES = re.compile(r"\bU1\b|Ana Kova|Ana Kova\\u010d|ana@northwind")
FITS = {"delivery": {"slack_ts": None}, "member": {"active": True, "is_rep": True}}
ONE_OF_A_WORKSPACE = {"app_manifest", "webhook_secret"}
RECORDS = {str(record.table.__tablename__): record for record in REGISTRY.records}


def filled(table, number, user_id):
    """A row that names somebody wherever it can."""
    name = NAMES[user_id]
    row = {column.name: value(column, number, user_id, name) for column in table.columns}
    record = RECORDS[table.name]
    if record.erased:
        row[record.erased] = user_id
    if table.name == "member":
        row |= {"user_id": user_id, "name": name, "email": f"{name.split()[0].lower()}@northwind.example"}
    if table.name == "crm_connection":
        row["vendor"] = list(Vendor)[number % len(Vendor)]
    return row | FITS.get(table.name, {})


def value(column, number, user_id, name):
    kind = stored(column)
    if column.name == "workspace_id":
        return WORKSPACE
    if isinstance(column.type, Exact):
        return Decimal("1.08")
    if isinstance(column.type, Enum):
        return (
            column.type.enum_class(column.type.enums[0]) if column.type.enum_class else column.type.enums[0]
        )
    if any(foreign.column.table.name in {"import_run", "team"} for foreign in column.foreign_keys):
        return number
    simple = {
        Boolean: False, Integer: number, Float: 0.5, DateTime: T0, Date: date(2026, 9, 14), Time: time(9),
        LargeBinary: f"{user_id}:{number} {name}".encode(),
        JSON: {"to": [user_id, {"words": f"<@{user_id}> {name}"}], user_id: number},
    }  # fmt: skip
    for one, made in simple.items():
        if isinstance(kind, one):
            return made
    words = f"{user_id}:{number} {name} <@{user_id}>"
    longest = getattr(kind, "length", None) or len(words)
    return next(each for each in (words, f"{user_id}:{number}", "xx") if len(each) <= longest)


async def everything(database):
    """Every row of the workspace's tables, as text by table."""
    found = {}
    async with database.read(WORKSPACE) as scope:
        connection = await scope.session.connection()
        for table in searched():
            rows = (await connection.execute(select(table))).mappings()
            found[table.name] = [json.dumps(dict(row), default=str, ensure_ascii=False) for row in rows]
    return found


@pytest.fixture
async def full(database):
    """A database whose every table has a row of Ana's and one of Anastasia's."""
    async with database.write(WORKSPACE) as scope:
        connection = await scope.session.connection()
        for table in SQLModel.metadata.sorted_tables:
            if table.name not in {"workspace", "owner_stamp", "deal_stamp"}:  # triggers write the last two
                both = ((1001, ANA), (1002, OTHER))
                for number, user_id in both[:1] if table.name in ONE_OF_A_WORKSPACE else both:
                    await connection.execute(insert(table).values(filled(table, number, user_id)))
    return database


async def erased(database, said=ANA, **terms):
    plan = await planned(database, WORKSPACE, said, terms.get("deals_to"))
    return plan, await forget(plan, lambda: datetime(2026, 9, 14, 12, tzinfo=UTC))


async def test_every_table_names_somebody_before(full):
    found = await everything(full)
    silent = {table for table, rows in found.items() if not TRACES.search("\n".join(rows))}
    wordless = {table.name for table in searched() if not worded(table)} - {"import_piece"}  # bytes of a file
    assert silent == wordless | {"deal_stamp"}


async def test_no_table_names_an_erased_person(full):
    plan, done = await erased(full)
    found = await everything(full)
    assert {table: rows for table, rows in found.items() if TRACES.search("\n".join(rows))} == {}
    assert done.left == 0
    pseudonym = plan.traces.pseudonym
    there = {table for table, rows in found.items() if pseudonym in "\n".join(rows)}
    on_purpose = {name for name, one in RECORDS.items() if one.stays is not None or one.exempt}
    others = {name for name in there - on_purpose if not RECORDS[name].erased}
    assert others == set(), "rows stay under a pseudonym without a reason"


async def test_what_is_declared_to_go_is_gone_and_what_stays_is_there(full):
    before = await everything(full)
    plan, _ = await erased(full)
    after = await everything(full)
    for name, record in RECORDS.items():
        if record.erased and name not in {"member", "owner_stamp"}:
            gone = len(before[name]) - len(after[name])
            assert gone == (0 if record.stays else 1) or name == "access_log", name  # says that it was done
    assert sum(plan.traces.pseudonym in row for row in after["opportunity"]) == 1


# Stamps are renewed; copies of files go whoever stands in them, as no name is looked for there.
WHOEVERS = {"owner_stamp", "import_drop", "import_piece"}


async def test_nobody_elses_rows_change(full):
    def of_other(found):
        return {
            table: [row for row in rows if OTHER in row]
            for table, rows in found.items()
            if table not in WHOEVERS
        }

    before = of_other(await everything(full))
    await erased(full)
    assert of_other(await everything(full)) == before


async def town_of(database, *people):
    """A team of these people, each with a won and an open deal."""
    async with database.write(WORKSPACE) as scope:
        for user_id, name in people:
            email = f"{user_id.lower()}@northwind.example"
            await meet_member(scope, Member(user_id=user_id, name=name, email=email))
        team = await add_team(scope, Team(name="Field"))
        await set_people(scope, team.id, [user_id for user_id, _ in people], [])
        for user_id, name in people:
            for stage, value in ((Stage.WON, 5_000_00), (Stage.OPEN, 7_000_00)):
                won_on = date(2026, 9, 14) if stage is Stage.WON else None
                deal = Opportunity(
                    name=f"{name}'s {stage}", owner_id=user_id, owner_name=name, stage=stage,
                    value_minor=value, opened_on=date(2026, 9, 1), closed_on=won_on,
                )  # fmt: skip
                await add_opportunity(scope, deal, T0)
    return team.id


async def deals(database):
    async with database.read(WORKSPACE) as scope:
        rows = await scope.session.exec(select(OpportunityRow).order_by(OpportunityRow.id))
        return [(row.name, row.owner_id, row.owner_name, row.value_minor) for row in rows.scalars()]


async def test_what_was_won_is_the_teams_still(database):
    team_id = await town_of(database, (ANA, "Ana Kovač"), ("U2", "Ben Ito"))
    plan, _ = await erased(database)
    async with database.read(WORKSPACE) as scope:
        counted = [(row.user_id, row.name, row.active) for row in await reps_counted(scope, team_id)]
        assert await find_member(scope, ANA) is None
    assert sorted(counted) == sorted([(plan.traces.pseudonym, FORMER, False), ("U2", "Ben Ito", True)])
    of_hers = [deal for deal in await deals(database) if deal[1] == plan.traces.pseudonym]
    assert of_hers == [
        ("Former colleague's won", plan.traces.pseudonym, FORMER, 5_000_00),
        ("Former colleague's open", plan.traces.pseudonym, FORMER, 7_000_00),
    ]


async def test_open_deals_go_to_whoever_is_named_and_won_ones_stay(database):
    await town_of(database, (ANA, "Ana Kovač"), ("U2", "Ben Ito"))
    plan, done = await erased(database, deals_to="Ben Ito")
    owners = {name: owner for name, owner, _, _ in await deals(database)}
    assert owners["Former colleague's won"] == plan.traces.pseudonym
    assert owners["Former colleague's open"] == "U2"
    assert done.given["deals"] == 1


async def test_two_of_a_name_are_told_apart_by_id(database):
    await town_of(database, (ANA, "Ana Kovač"), ("U2", "ana kovac"))
    with pytest.raises(Refusal, match=r"U1, U2"):
        await erased(database, "Ana Kovač")
    plan, _ = await erased(database, ANA)
    assert plan.traces.names == ()
    async with database.read(WORKSPACE) as scope:
        assert (await find_member(scope, "U2")).name == "ana kovac"
    assert [owner for _, _, owner, _ in await deals(database)] == [FORMER, FORMER, "ana kovac", "ana kovac"]


async def test_an_erasure_that_was_cut_short_is_completed_by_the_next(database):
    await town_of(database, (ANA, "Ana Kovač"), ("U2", "Ben Ito"))
    cut = await planned(database, WORKSPACE, ANA, None)
    await stand_in(cut, Cleared(), lambda: T0)
    plan, done = await erased(database, ANA)
    assert plan.traces.pseudonym == cut.traces.pseudonym
    found = await everything(database)
    assert not TRACES.search("\n".join(row for rows in found.values() for row in rows))
    assert done.left == 0


@pytest.mark.parametrize("named", ["Ana Kovač", "kovač ana", "Kovač, Ana", "u1@northwind.example"])
async def test_a_file_that_still_names_them_does_not_bring_them_back(database, named):
    await town_of(database, (ANA, "Ana Kovač"), ("U2", "Ben Ito"))
    plan, _ = await erased(database)
    async with database.read(WORKSPACE) as scope:
        people = await people_directory(scope)
    assert people.find(named) == plan.traces.pseudonym
    assert people.shown(named) == FORMER
    assert people.shown("Ben Ito") == "Ben Ito"


async def test_met_again_they_are_new_and_their_old_deals_are_not_theirs(database):
    await town_of(database, (ANA, "Ana Kovač"), ("U2", "Ben Ito"))
    plan, _ = await erased(database)
    async with database.write(WORKSPACE) as scope:
        row = await meet_member(scope, Member(user_id=ANA, name="Ana Kovač"))
        assert (row.team_id, row.is_rep) == (None, False)
        people = await people_directory(scope)
    assert people.find("Ana Kovač") == ANA
    kept = {"owner_name": FORMER, "owner_id": plan.traces.pseudonym}
    assert kept_name(kept, "Ana Kovač", people) == FORMER
    assert kept_name({"owner_name": "Ben Ito", "owner_id": "U2"}, "Ana Kovač", people) == "Ana Kovač"


async def test_a_contact_by_a_colleagues_name_is_not_erased_by_it(database):
    await town_of(database, (ANA, "Ana Kovač"))
    with pytest.raises(Refusal, match=r"U1"):
        await contact_planned(database, WORKSPACE, "Ana Kovač")


async def test_a_contact_nobody_knows_is_refused_by_name(database):
    await town_of(database, (ANA, "Ana Kovač"))
    with pytest.raises(Refusal, match="Jo Field"):
        await contact_planned(database, WORKSPACE, "Jo Field")


async def test_a_contact_is_taken_off_every_deal_and_out_of_every_text(database):
    await town_of(database, (ANA, "Ana Kovač"))
    async with database.write(WORKSPACE) as scope:
        for deal in (1, 2):
            await add_contact(scope, DealContact(opportunity_id=deal, name="Jo Field", role="Buyer"))
        await add_activity_text(scope, "rang jo  field, she is in")
    before = await deals(database)
    plan = await contact_planned(database, WORKSPACE, "Jo Field")
    assert plan.deals == 2
    done = await forget_contact(plan, lambda: T0)
    assert (done.removed["deal_contact"], done.left) == (2, 0)
    found = await everything(database)
    assert not re.search(r"(?i)jo\s+field", "\n".join(row for rows in found.values() for row in rows))
    assert "rang Former contact, she is in" in found["activity"][0]
    assert await deals(database) == before


async def add_activity_text(scope, text):
    called = {"owner_id": ANA, "kind": ActivityKind.CALL, "on": date(2026, 9, 14), "outcome": text}
    scope.session.add(ActivityRow(**called, workspace_id=WORKSPACE, created_at=T0))
    await scope.session.flush()


async def people_with(database, *names):
    async with database.write(WORKSPACE) as scope:
        for number, name in enumerate(names, 1):
            await meet_member(scope, Member(user_id=f"U{number}", name=name))
        team = await add_team(scope, Team(name="Field"))
        await set_people(scope, team.id, [f"U{number}" for number in range(1, len(names) + 1)], [])


async def owner_of_deal(database, number=0):
    return (await deals(database))[number][1:]


async def test_next_weeks_file_changes_the_deal_and_not_whose_it_is(database):
    await people_with(database, "Ana Bell", "Ben Ito")
    await take(database, acme())
    plan, _ = await erased(database)
    theirs = (plan.traces.pseudonym, FORMER)
    _, again = await take(database, acme())
    assert again.unchanged == 1
    await take(database, acme(value="250"))
    assert await owner_of_deal(database) == (*theirs, 250_00)
    await take(database, entry("D2", "", "Globex", "GTXPro", "ANA BELL", "open", "90", "2026-01-05", ""))
    assert await owner_of_deal(database, 1) == (*theirs, 90_00)
    found = await everything(database)
    assert not re.search(r"(?i)ana bell", "\n".join(row for rows in found.values() for row in rows))


async def test_next_weeks_file_leaves_a_deal_that_was_given_with_its_new_owner(database):
    await people_with(database, "Ana Bell", "Ben Ito")
    await take(database, acme())
    await erased(database, deals_to="Ben Ito")
    await take(database, acme(value="250"))
    assert await owner_of_deal(database) == ("U2", "Ben Ito", 250_00)


async def test_a_file_that_names_another_owner_gives_the_deal_away(database):
    await people_with(database, "Ana Bell", "Ben Ito")
    await take(database, acme())
    await erased(database)
    await take(database, acme(owner="Ben Ito"))
    assert (await owner_of_deal(database))[:2] == ("U2", "Ben Ito")
