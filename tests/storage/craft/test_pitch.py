"""Drafts and evidence as they are stored: what is known of whom one is for, sketches by owner, one check a team."""

from datetime import date, timedelta

from sales.craft.evidence import InboxCheck
from sales.craft.library import EntryKind, LibraryEntry
from sales.craft.pitch.draft import read_draft
from sales.craft.pitch.known_of_account import KnownOfAccount
from sales.craft.pitch.sketch import PitchSketch, sketch_of
from sales.followups.activity import Activity, ActivityKind
from sales.language.names.match import name_key
from sales.pipeline.deal_contact import DealContact
from sales.pipeline.obstacle import DealObstacle
from sales.pipeline.opportunity import Stage
from sales.prospects.account_fact import AccountFact
from storage.craft import evidence
from storage.craft import pitch as queries
from storage.craft.library import add_entry
from storage.craft.pitch import DraftedFor
from storage.followups.activity import add_activity
from storage.pipeline.account import AccountRow
from storage.pipeline.deal_contact import add_contact
from storage.pipeline.obstacle import add_obstacle
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects.account_fact import add_fact
from storage.undo import remember_undo, undo_last
from tests.known import T0, WORKSPACE
from tests.sales_story import deal
from tests.storage.craft.test_library import field

TODAY = date(2026, 9, 14)
TEXT = "Your {} yard lost two trucks in August. Most yards wait a week for parts. Would a list of who has them help?"


async def stands(scope, name, owner="U1", account=None):
    made = deal(owner, TODAY - timedelta(days=9), None, Stage.OPEN, 4_000_00, name)
    row = OpportunityRow.model_validate({**made, "account": account or name})
    scope.session.add(row)
    await scope.session.flush()
    return row


def firm(name, **more):
    return AccountRow(workspace_id=WORKSPACE, name=name, name_key=name_key(name), **more)


def sketched(account, sector, owner="U1", on=TODAY, text=TEXT):
    hashes = sketch_of(read_draft(text.format(account)), [account])
    return PitchSketch(owner_id=owner, on=on, account_key=name_key(account), sector=sector, hashes=hashes)


async def test_what_is_known_of_whom_a_draft_is_for(database):
    async with database.write(WORKSPACE) as scope:
        scope.session.add(firm("Alder Yard", sector="Logistics", location="Leeds", employees=120))
        row = await stands(scope, "Winter rollout", account="Alder Yard")
        await add_contact(scope, DealContact(opportunity_id=row.id, name="Dana Poe", role="CFO"))
        blocked = DealObstacle(opportunity_id=row.id, what="Their board meets in November", owner_id="U1")
        await add_obstacle(scope, blocked)
        for says, on in (("a second gate", TODAY), ("an old one", TODAY - timedelta(days=91))):
            await add_fact(scope, AccountFact(account="alder yard", says=says, by="U2", on=on))
        for outcome in ("they lost two trucks", "no answer"):
            done = Activity(
                owner_id="U1",
                kind=ActivityKind.CALL,
                count=1,
                on=TODAY,
                account="Alder Yard",
                outcome=outcome,
            )
            await add_activity(scope, done, T0)
    async with database.read(WORKSPACE) as scope:
        for name in ("alder yard", "Winter rollout"):
            found = await queries.drafted_for(scope, "U1", None, name, TODAY)
            known = found.account
            assert (known.name, known.sector, known.town, known.employees) == (
                "Alder Yard",
                "Logistics",
                "Leeds",
                120,
            )
            assert set(known.notes) == {
                "a second gate",
                "they lost two trucks",
                "Their board meets in November",
            }
            assert (list(known.contacts), list(found.roles)) == (["Dana Poe"], ["CFO"])
        stranger = await queries.drafted_for(scope, "U1", None, "Gorse", TODAY)
        assert not stranger.is_known
        assert not stranger.account.has_facts


async def test_what_only_another_team_knows_stays_with_it(database):
    async with database.write(WORKSPACE) as scope:
        ours, _ = await field(scope, "Field", "U1"), await field(scope, "North", "U2")
        await stands(scope, "Birch Mill", owner="U2")
        await add_fact(scope, AccountFact(account="Birch Mill", says="a fire", by="U2", on=TODAY))
    async with database.read(WORKSPACE) as scope:
        assert await queries.drafted_for(scope, "U1", ours.id, "birch mill", TODAY) is None


async def test_the_best_proposition_is_one_whose_key_fits(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope, "Field", "U1")
        said = {"kind": EntryKind.VALUE_PROPOSITION, "text": "Yards like theirs save a shift."}
        for title, keys in (
            ("Night gates", {"sector": "Ports"}),
            ("Storm proof", {"sector": "Ports", "pain": "ice"}),
        ):
            await add_entry(scope, team.id, LibraryEntry(title=title, **said, **keys))
    async with database.read(WORKSPACE) as scope:
        for sector, text, best in (
            ("Ports", "the gate", "Night gates"),
            ("Ports", "the ice on the gate", "Storm proof"),
            ("Music", "the gate", None),
        ):
            whom = DraftedFor(KnownOfAccount("Alder", sector))
            found = await queries.best_proposition(scope, team.id, whom, text)
            assert (found.entry.title if found is not None else None) == best


async def test_sketches_are_of_their_writer_alone_and_for_ninety_days(database):
    async with database.write(WORKSPACE) as scope:
        for account, sector in (("Alder", "Ports"), ("Birch", "Retail")):
            await queries.keep_sketch(scope, sketched(account, sector))
        await queries.keep_sketch(scope, sketched("Cedar", "Food", owner="U2"))
        await queries.keep_sketch(scope, sketched("Elm", "Mining", on=TODAY - timedelta(days=90)))
    async with database.read(WORKSPACE) as scope:
        found = await queries.sectors_reached(scope, sketched("Fir", "Energy"))
        assert sorted(found) == ["Energy", "Ports", "Retail"]


async def test_a_draft_that_is_mended_and_checked_again_is_one(database):
    async with database.write(WORKSPACE) as scope:
        await queries.keep_sketch(scope, sketched("Alder", "Ports", on=TODAY - timedelta(days=3)))
        await queries.keep_sketch(scope, sketched("Alder", "Ports", text=TEXT.replace("August", "June")))
        assert [one.on for one in await queries.sketches_of(scope, "U1", TODAY)] == [TODAY]


async def test_old_sketches_go_a_few_at_a_time(database):
    async with database.write(WORKSPACE) as scope:
        for account in ("Alder", "Birch", "Cedar"):
            await queries.keep_sketch(scope, sketched(account, "Ports", on=TODAY - timedelta(days=99)))
        assert await queries.forget_sketches(scope, T0, 2) == 2
        assert await queries.forget_sketches(scope, T0, 2) == 1


async def test_a_team_has_one_check_that_remembers_that_it_was_asked(database):
    async with database.write(WORKSPACE) as scope:
        team, other = await field(scope, "Field", "U1"), await field(scope, "North", "U2")
        await evidence.state_inbox_check(scope, team.id, asked_on=TODAY)
        touched = await evidence.state_inbox_check(scope, team.id, received=40, answered=2, by="U3", on=TODAY)
        await remember_undo(scope, "U3", T0, "the evidence", [touched])
    async with database.read(WORKSPACE) as scope:
        found = await evidence.inbox_check_of(scope, team.id)
        assert (found.received, found.answered, found.asked_on, found.line) == (40, 2, TODAY, 70)
        assert await evidence.inbox_check_of(scope, other.id) == InboxCheck()
    async with database.write(WORKSPACE) as scope:
        await undo_last(scope, "U3", T0)
    async with database.read(WORKSPACE) as scope:
        found = await evidence.inbox_check_of(scope, team.id)
        assert (found.is_counted, found.asked_on) == (False, TODAY)


async def test_a_teams_mails_are_its_reps_of_thirty_days(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope, "Field", "U1", "U4")
        await field(scope, "North", "U2")
        for owner, kind, on, count in (
            ("U1", ActivityKind.EMAIL, TODAY, 30),
            ("U4", ActivityKind.CALL, TODAY - timedelta(days=30), 20),
            ("U4", ActivityKind.EMAIL, TODAY - timedelta(days=31), 99),
            ("U2", ActivityKind.EMAIL, TODAY, 99),
        ):
            await add_activity(scope, Activity(owner_id=owner, kind=kind, count=count, on=on), T0)
    async with database.read(WORKSPACE) as scope:
        assert await evidence.mail_share_of(scope, team.id, TODAY) == (30, 50)
