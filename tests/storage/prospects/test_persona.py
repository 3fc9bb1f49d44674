"""Personas as they are stored: a team's own, with the roles of its reps' deals, in their own workspace (#34)."""

from datetime import date, timedelta

from sales.people.member import Member
from sales.people.team import Team
from sales.pipeline.deal_contact import DealContact
from sales.pipeline.debrief import Cause, Debrief
from sales.pipeline.opportunity import Stage
from sales.prospects.persona import HeardCause, Persona, PersonaNeed
from sales.value import changed
from storage.people import workspace
from storage.people.member import meet_member
from storage.people.team import add_team, set_people
from storage.pipeline.deal_contact import add_contact
from storage.pipeline.debrief import save_debrief
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects import persona as queries
from storage.row_image import Touched
from storage.undo import remember_undo, undo_last
from tests.known import T0, WORKSPACE
from tests.sales_story import deal

TODAY = date(2026, 9, 14)


async def field(scope, name="Field", *reps):
    for user_id in reps:
        await meet_member(scope, Member(user_id=user_id, name=user_id))
    team = await add_team(scope, Team(name=name))
    await set_people(scope, team.id, list(reps), [])
    return team


async def stands(scope, name, owner, *roles, lost_on=None, cause=None):
    stage = Stage.OPEN if lost_on is None else Stage.LOST
    made = deal(owner, TODAY - timedelta(days=800), lost_on, stage, 4_000_00, name)
    row = OpportunityRow.model_validate(made)
    scope.session.add(row)
    await scope.session.flush()
    for number, role in enumerate(roles):
        await add_contact(scope, DealContact(opportunity_id=row.id, name=f"Pat {number}", role=role))
    if lost_on is not None:
        said = Debrief(opportunity_id=row.id, closed_on=lost_on, cause=cause)
        await save_debrief(scope, said, T0)


async def test_what_a_team_needs_is_read_from_its_own_deals(database):
    async with database.write(WORKSPACE) as scope:
        team, other = await field(scope, "Field", "U1", "U2"), await field(scope, "North", "U9")
        await stands(scope, "Alder", "U1", "CFO", "Chief financial officer")
        await stands(scope, "Birch", "U2", "cfo", "")
        await stands(scope, "Cedar", "U9", "CFO", "Buyer")
        await stands(scope, "Dogwood", "U1", "Buyer", lost_on=TODAY)
    async with database.read(WORKSPACE) as scope:
        assert (await queries.persona_shelf(scope, team.id, TODAY)).needs == [PersonaNeed("CFO", 2)]
        theirs = (await queries.persona_shelf(scope, other.id, TODAY)).needs
        assert theirs == [PersonaNeed("Buyer", 1), PersonaNeed("CFO", 1)]


async def test_what_lost_deals_say_of_a_role_is_a_year_old_at_most(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope, "Field", "U1")
        for number, ago in enumerate((10, 365, 366, 700)):
            lost_on = TODAY - timedelta(days=ago)
            await stands(scope, f"Elm {number}", "U1", "CFO", lost_on=lost_on, cause=Cause.PRICE)
        await queries.add_persona(scope, team.id, Persona(role="CFO"))
    async with database.read(WORKSPACE) as scope:
        card = (await queries.persona_shelf(scope, team.id, TODAY)).cards[0]
        assert (card.heard, card.lost, card.deals) == ([HeardCause(Cause.PRICE, 2)], 2, 0)


async def test_a_card_is_changed_removed_and_put_back(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope, "Field", "U1")
        row = await queries.add_persona(scope, team.id, Persona(role="CFO", goals="cash"))
        await remember_undo(scope, "U3", T0, "the card", [Touched(row)])
        touched = await queries.change_persona(scope, row, changed(Persona, row, goals="calm"))
        await remember_undo(scope, "U3", T0, "the card", [touched])
        await remember_undo(scope, "U3", T0, "the card", [await queries.remove_persona(scope, row)])
        assert await queries.personas_of(scope, team.id) == []
        for goals in ("calm", "cash"):
            await undo_last(scope, "U3", T0)
            assert [one.goals for one in await queries.personas_of(scope, team.id)] == [goals]
        await undo_last(scope, "U3", T0)
        assert await queries.personas_of(scope, team.id) == []


async def test_another_workspace_sees_nothing(database):
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, "T2", "Other", "UBOT", T0)
    async with database.write(WORKSPACE) as scope:
        team = await field(scope, "Field", "U1")
        row = await queries.add_persona(scope, team.id, Persona(role="CFO"))
    async with database.read("T2") as scope:
        assert await queries.find_persona(scope, row.id) is None
        assert await queries.personas_of(scope, team.id) == []
        assert await queries.personas_of(scope, None) == []
