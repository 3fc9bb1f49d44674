"""Facts as they are stored: of an account by any spelling, who is a stranger, who was asked today (#18)."""

from datetime import date, timedelta

from sales.followups.activity import Activity, ActivityKind
from sales.followups.followup import FollowUp
from sales.prospects.account_fact import AccountFact
from sales.prospects.lead import Lead, LeadState
from sales.prospects.target import TargetAccount
from storage.followups.activity import ActivityRow, add_activity
from storage.followups.followup import FollowUpRow, add_followup
from storage.people import workspace
from storage.prospects import account_fact as queries
from storage.prospects.lead import add_lead
from storage.prospects.target import add_target
from tests.known import T0, WORKSPACE

TODAY = T0.date()


async def wants(scope, name, owner="UANA"):
    return await add_target(scope, TargetAccount(owner_id=owner, name=name, added_on=TODAY))


async def fact(scope, account, on=TODAY, says="they open a depot"):
    return await queries.add_fact(scope, AccountFact(account=account, says=says, by="UANA", on=on))


async def test_whom_somebody_pursues_is_found_by_any_of_their_names(database):
    async with database.write(WORKSPACE) as scope:
        await wants(scope, "Alder Yard")
        await wants(scope, "Cedar", owner="UBEN")
        await add_lead(scope, Lead(name="Dana Roe", account="Birch Mill", owner_id="UANA", came_at=T0))
        gone = {"state": LeadState.ACCEPTED, "decided_at": T0}
        await add_lead(scope, Lead(name="Tim Low", account="Elm", owner_id="UANA", came_at=T0, **gone))
        await add_lead(scope, Lead(name="Ola Berg", account="Fir", owner_id="UBEN", came_at=T0))
    async with database.read(WORKSPACE) as scope:

        async def account(who):
            found = await queries.prospect_called(scope, "UANA", who)
            return found.account if found is not None else None

        assert await account("alder yard") == "Alder Yard"
        assert await account("Dana at Alder Yard") == "Alder Yard"
        assert await account("dana roe") == "Birch Mill"
        assert await account("BIRCH MILL") == "Birch Mill"
        assert await account("Tim Low") == "Elm"
        assert await account("Cedar") is None
        assert await account("Ola Berg") is None
        assert await account("Gorse") is None


async def test_a_stranger_is_of_whom_nothing_was_noted_in_ninety_days(database):
    async with database.write(WORKSPACE) as scope:
        for name in ("Alder", "Birch", "Cedar", "Dogwood", "Elm"):
            await wants(scope, name)
        await fact(scope, "ALDER", TODAY - timedelta(days=90))
        await fact(scope, "Birch", TODAY - timedelta(days=91))
        for account, outcome in (("cedar", "they open a depot"), ("Dogwood", "no answer")):
            done = Activity(
                owner_id="UANA", kind=ActivityKind.CALL, on=TODAY, account=account, outcome=outcome
            )
            await add_activity(scope, done, T0)
        others = Activity(owner_id="UBEN", kind=ActivityKind.CALL, on=TODAY, account="Elm", outcome="spoke")
        await add_activity(scope, others, T0)
        said = Lead(name="Dana Roe", owner_id="UANA", came_at=T0, note="wants a price for ten vans")
        await add_lead(scope, said)
    async with database.read(WORKSPACE) as scope:
        for name, unknown in (
            ("Alder", False), ("Birch", True), ("Cedar", False), ("Dogwood", True), ("Elm", True),
            ("Dana Roe", False),
        ):  # fmt: skip
            whom = await queries.prospect_called(scope, "UANA", name)
            assert await queries.is_unknown(scope, "UANA", whom, TODAY) is unknown, name


async def test_whoever_reached_out_today_was_asked(database):
    async with database.write(WORKSPACE) as scope:
        await wants(scope, "Alder")
        whom = await queries.prospect_called(scope, "UANA", "Alder")
        mail = FollowUp(owner_id="UANA", who="Alder", what="email them the list", due_on=TODAY)
        row = await add_followup(scope, mail, T0)
        just_now = {(FollowUpRow, row.id)}
        assert not await queries.was_asked(scope, "UANA", whom, T0, just_now)
        assert await queries.was_asked(scope, "UANA", whom, T0, ())
        assert not await queries.was_asked(scope, "UANA", whom, T0 + timedelta(seconds=1), ())
        assert not await queries.was_asked(scope, "UBEN", whom, T0, ())
        inward = FollowUp(owner_id="UANA", who="Alder", what="prepare the list", due_on=TODAY)
        await add_followup(scope, inward, T0)
        assert not await queries.was_asked(scope, "UANA", whom, T0, just_now)
        done = await add_activity(
            scope, Activity(owner_id="UANA", kind=ActivityKind.CALL, on=TODAY, account="alder"), T0
        )
        assert await queries.was_asked(scope, "UANA", whom, T0, just_now)
        assert not await queries.was_asked(scope, "UANA", whom, T0, {*just_now, (ActivityRow, done.id)})


async def test_the_latest_fact_of_each_account_and_those_that_are_forgotten(database):
    async with database.write(WORKSPACE) as scope:
        for back, says in ((100, "old"), (5, "newer"), (5, "newest")):
            await fact(scope, "Café Noir", TODAY - timedelta(days=back), says)
        await fact(scope, "Birch", TODAY - timedelta(days=100))
        found = await queries.latest_facts(scope, ["cafe noir", "Birch", "Elm"], TODAY - timedelta(days=90))
        assert [row.says for row in found.values()] == ["newest"]
        assert [row.says for row in await queries.facts_of(scope, "CAFE NOIR", 2)] == ["newest", "newer"]
        assert await queries.forget_facts(scope, T0 - timedelta(days=50), 1) == 1
        assert await queries.forget_facts(scope, T0 - timedelta(days=50), 9) == 1
        assert [row.says for row in await queries.facts_of(scope, "Café Noir", 9)] == ["newest", "newer"]


async def test_firms_of_leads_by_what_a_text_begins_with(database):
    async with database.write(WORKSPACE) as scope:
        for firm in ("Birch Mill", "Birch Mill", "Alder", None):
            await add_lead(scope, Lead(name="Dana Roe", account=firm, owner_id="UANA", came_at=T0))
        assert await queries.firms_of_leads(scope, "UANA", "birch mill opens a depot") == ["Birch Mill"]
        assert await queries.firms_of_leads(scope, "UBEN", "birch mill") == []


async def test_another_workspace_sees_nothing(database):
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, "T2", "Other", "UBOT", T0)
    async with database.write(WORKSPACE) as scope:
        row = await fact(scope, "Alder")
        await wants(scope, "Alder")
    async with database.read("T2") as scope:
        assert await queries.find_fact(scope, row.id) is None
        assert await queries.facts_of(scope, "Alder", 9) == []
        assert await queries.latest_facts(scope, ["Alder"], date.min) == {}
        assert await queries.prospect_called(scope, "UANA", "Alder") is None
