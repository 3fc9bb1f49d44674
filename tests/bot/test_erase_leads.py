"""Leads hold people: whoever asks to be forgotten is no lead by name, address, number or note any more."""

from sqlmodel import select

from bot.clock import wall_clock
from bot.erase.contact import contact_planned, forget_contact
from bot.erase.person import forget, planned
from bot.erase.report import contact_question
from sales.imports.files.terms import ImportTerms
from sales.people.member import Member
from sales.people.team import Team
from sales.prospects.content_event import ContentEvent, OwnedEvent
from sales.prospects.lead import Lead, RejectCause, accepted, rejected
from storage.imports.files.run import read_in
from storage.people.erased_contact import ErasedContactRow
from storage.people.member import meet_member
from storage.people.team import add_team, set_people
from storage.prospects.content_event import take_events
from storage.prospects.lead import LeadRow, add_lead, change_lead, find_lead
from storage.undo import UndoRow, remember_undo
from tests.known import T0, WORKSPACE

DANA = Lead(
    name="Dana Roe",
    account="Alder Yard",
    email="dana@alder.example",
    phone="+386 1 555 010",
    source="Web form",
    note="Her mail is dana@alder.example",
    owner_id="U1",
    came_at=T0,
)


async def test_a_person_at_a_customer_is_forgotten_as_a_lead(database):
    async with database.write(WORKSPACE) as scope:
        row = await add_lead(scope, DANA)
        touched = await change_lead(scope, row, rejected(row, RejectCause.FIT, "Dana Roe is too small", T0))
        await remember_undo(scope, "U1", T0, "Dana Roe rejected", [touched])
        other = await add_lead(
            scope, DANA.model_copy(update={"name": "Sam Poe", "email": "", "phone": "", "note": ""})
        )
    plan = await contact_planned(database, WORKSPACE, "dana roe")
    assert any("1 lead of that name" in line for line in contact_question(plan, asks=True))
    await forget_contact(plan, wall_clock)
    async with database.read(WORKSPACE) as scope:
        kept = await find_lead(scope, row.id)
        assert kept is not None
        assert (kept.name, kept.email, kept.phone, kept.note) == ("Former contact", "", "", "")
        assert (kept.source, kept.reject_cause, kept.reject_reason) == ("Web form", RejectCause.FIT, "")
        (undo,) = await scope.session.exec(select(UndoRow))
        said = f"{undo.summary} {undo.images}".casefold()
        for trace in ("dana", "555 010"):
            assert trace not in said
        assert (await find_lead(scope, other.id)).name == "Sam Poe"


async def test_leads_of_a_rep_who_is_forgotten_stay_under_a_pseudonym_or_go_to_another(database):
    async with database.write(WORKSPACE) as scope:
        for user_id, name in (("U1", "Ana Kovač"), ("U2", "Ben Ito")):
            await meet_member(scope, Member(user_id=user_id, name=name))
        team = await add_team(scope, Team(name="Field"))
        await set_people(scope, team.id, ["U1", "U2"], [])
        await add_lead(scope, DANA)
        await add_lead(scope, rejected(DANA.model_copy(update={"name": "Sam Poe"}), RejectCause.FIT, "", T0))
        await add_lead(scope, accepted(DANA.model_copy(update={"name": "Kim Lee"}), T0))
    await forget(await planned(database, WORKSPACE, "U1", "U2"), wall_clock)
    async with database.read(WORKSPACE) as scope:
        owners = {row.name: row.owner_id for row in await scope.session.exec(select(LeadRow))}
        assert (owners["Dana Roe"], owners["Kim Lee"]) == ("U2", "U2")
        assert owners["Sam Poe"].startswith("FORMER")


async def erased(database):
    async with database.write(WORKSPACE) as scope:
        await add_lead(scope, DANA)
    await forget_contact(await contact_planned(database, WORKSPACE, "Dana Roe"), wall_clock)


async def brought(database, tmp_path, again, *rows):
    file = tmp_path / "leads.csv"
    file.write_text("\n".join(["name,company,email,source", *rows]) + "\n", encoding="utf-8")
    refused = []
    tally = await read_in(
        database, WORKSPACE, file, wall_clock, ImportTerms(again=again), reject=refused.append
    )
    return tally.files[0].added, [(one.line, one.reason) for one in refused]


ROWS = ("Dana Roe,Alder Yard,,Event", "D. Roe,Alder,DANA@alder.example,Event", "Sam Poe,Birch,,Event")


async def test_a_later_file_leaves_them_out_and_says_so(database, tmp_path):
    await erased(database)
    added, refused = await brought(database, tmp_path, False, *ROWS)
    assert (added, [line for line, _ in refused]) == (1, [2, 3])
    assert all(
        why.startswith("was erased on ") and why.endswith("; --again takes them") for _, why in refused
    )
    async with database.read(WORKSPACE) as scope:
        (row, *_) = await scope.session.exec(select(ErasedContactRow))
        assert "dana" not in f"{row.mark} {row.salt}"


async def test_again_takes_them_and_they_are_no_longer_left_out(database, tmp_path):
    await erased(database)
    added, refused = await brought(database, tmp_path, True, *ROWS)
    assert (added, refused) == (3, [])
    assert await brought(database, tmp_path, False, *ROWS) == (0, [])


async def test_what_they_read_is_not_kept(database):
    await erased(database)
    event = ContentEvent(event_id="1", email="dana@alder.example", content="Prices", happened_at=T0)
    async with database.write(WORKSPACE) as scope:
        assert (
            await take_events(
                scope, [OwnedEvent.model_validate({**event.model_dump(), "owner_id": "U1"})], T0
            )
            == []
        )
