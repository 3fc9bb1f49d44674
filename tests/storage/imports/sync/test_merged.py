"""Deals that their CRM made one, and what of ours hung on each of them."""

from datetime import date

from sqlmodel import select

from sales.followups.followup import FollowUp
from sales.imports.sync.record import CrmDeal, CrmGone, CrmObject, CrmStage, CrmStageKind, Vendor
from sales.imports.sync.write_back import CrmWrite, Writable
from sales.pipeline.deal_contact import DealContact
from storage.followups.followup import FollowUpRow, add_followup
from storage.imports.files.runs import start_run
from storage.imports.files.twins import typed_deals
from storage.imports.sync.connection import CrmConnectionRow
from storage.imports.sync.gone import note_gone
from storage.imports.sync.known import known_there
from storage.imports.sync.of_deal import deal_in_crm
from storage.imports.sync.record import records_by_id
from storage.imports.sync.stage import keep_stages
from storage.imports.sync.take_in import Against, take_deals
from storage.imports.sync.write import CrmWriteRow, approve
from storage.people.member import people_directory
from storage.pipeline.deal_contact import DealContactRow, add_contact
from storage.pipeline.deal_history import changes_of
from storage.pipeline.opportunity import OpportunityRow
from tests.known import T0, WORKSPACE

CLOSES = date(2026, 10, 14)


async def connected(scope) -> CrmConnectionRow:
    run = await start_run(scope, "hubspot", "HubSpot", T0)
    row = CrmConnectionRow(
        workspace_id=WORKSPACE, vendor=Vendor.HUBSPOT, secret="-", connected_at=T0, import_id=run.id
    )
    scope.session.add(row)
    await scope.session.flush()
    await keep_stages(scope, row.id, [CrmStage("s", "Talking there", CrmStageKind.OPEN, "p")])
    return row


async def take(scope, row, *deals: tuple[str, str, tuple[str, ...]]) -> None:
    """Take in deals by id, name and what was merged into them."""
    people = await people_directory(scope)
    known = await known_there(scope, row, people, T0)
    against = Against(known, people, await typed_deals(scope, {}), None, T0.date(), T0, T0)
    there = [CrmDeal(one, name, "s", T0, close_on=CLOSES, merged=merged) for one, name, merged in deals]
    await take_deals(scope, row, there, against)


async def worked_on(scope, row, external_id: str) -> int:
    """Let a promise, people and something that was sent hang on a deal; return our id of it."""
    known = await records_by_id(scope, row.id, CrmObject.DEAL, [external_id])
    deal_id = known[external_id].row_id
    said = FollowUp(owner_id="U1", who=external_id, what="call", due_on=CLOSES)
    await add_followup(scope, said, T0, deal_id)
    for name in ("Dana Roe", f"Somebody of {external_id}"):
        await add_contact(scope, DealContact(opportunity_id=deal_id, name=name))
    write = CrmWrite(
        opportunity_id=deal_id,
        external_id=external_id,
        approval=f"V:{external_id}",
        ours={Writable.NEXT_STEP.value: "call"},
        approved_by="U1",
        approved_at=T0,
    )
    await approve(scope, row.id, write)
    return deal_id


async def test_deals_that_were_merged_there_are_one_here_with_all_that_hung_on_them(database):
    async with database.write(WORKSPACE) as scope:
        row = await connected(scope)
        await take(scope, row, ("1", "Lockside", ()), ("2", "Granary Road", ()), ("3", "Lock Lane", ()))
        kept, *_ = [await worked_on(scope, row, one) for one in ("1", "2", "3")]
    async with database.write(WORKSPACE) as scope:
        row = await scope.session.get(CrmConnectionRow, row.id)
        await take(scope, row, ("4", "Lockside", ("1", "2")))
        await note_gone(scope, row, [CrmGone(one, T0, merged_into="4") for one in ("1", "2")], T0)
    async with database.write(WORKSPACE) as scope:  # and what was made one is merged with another
        row = await scope.session.get(CrmConnectionRow, row.id)
        await take(scope, row, ("5", "Lockside", ("4", "3", "1", "2")))
        await note_gone(scope, row, [CrmGone(one, T0, merged_into="5") for one in ("4", "3")], T0)
    async with database.read(WORKSPACE) as scope:
        (deal,) = await scope.session.exec(select(OpportunityRow))
        assert (deal.id, deal.external_id, deal.closed_on, deal.name) == (kept, "5", None, "Lockside")
        promises = list(await scope.session.exec(select(FollowUpRow)))
        assert sorted((one.who, one.opportunity_id) for one in promises) == [(one, kept) for one in "123"]
        people = [one.name for one in await scope.session.exec(select(DealContactRow))]
        assert sorted(people) == ["Dana Roe", *(f"Somebody of {one}" for one in "123")]
        sent = list(await scope.session.exec(select(CrmWriteRow)))
        assert {one.opportunity_id for one in sent} == {kept}
        assert len(sent) == 3
        said = [(one.was, one.now) for one in await changes_of(scope, kept)]
        assert said == [("Granary Road", "Lockside"), ("Lock Lane", "Lockside")]
        there = await deal_in_crm(scope, kept)
        assert there.record.external_id == "5"
        assert there.record.said["merged"] == ["Granary Road", "Lock Lane"]


async def test_the_one_that_stays_is_the_one_that_was_here_first(database):
    """A CRM may let one of the two stay, under its own id: what is open stays open, whatever the other was."""
    async with database.write(WORKSPACE) as scope:
        row = await connected(scope)
        await take(scope, row, ("1", "Lockside", ()), ("2", "Granary Road", ()))
        known = await records_by_id(scope, row.id, CrmObject.DEAL, ["1", "2"])
        winner = known["2"].row_id
        await take(scope, row, ("2", "Granary Road", ("1",)))
        await take(scope, row, ("2", "Granary Road", ("1",)))  # told again with every reading
    async with database.read(WORKSPACE) as scope:
        (deal,) = await scope.session.exec(select(OpportunityRow))
        assert (deal.id, deal.external_id, deal.name) == (winner, "2", "Granary Road")
