"""What stands beside deals: their history as it is typed, imported and taken back, and everything read at once."""

from datetime import date, timedelta

from sqlmodel import select

from sales.followups.activity import Activity, ActivityKind
from sales.followups.followup import FollowUp, done
from sales.people.team import Team
from sales.pipeline.deal_contact import DealContact
from sales.pipeline.deal_history import DealField, pushes
from sales.pipeline.obstacle import DealObstacle
from sales.pipeline.opportunity import Opportunity, Stage, Waking, moved_to, parked
from sales.pipeline.stage import USUAL_STAGES, DealStage, StageNeed
from sales.value import changed
from storage.followups.activity import add_activity
from storage.followups.followup import add_followup
from storage.people.team import add_team
from storage.pipeline.deal_contact import add_contact
from storage.pipeline.deal_facts import deal_facts
from storage.pipeline.deal_history import DealChangeRow, history_of
from storage.pipeline.obstacle import add_obstacle
from storage.pipeline.opportunity import add_opportunity, change_opportunity
from storage.pipeline.stage import set_stages, stages_of
from storage.undo import remember_undo, undo_last
from tests.known import T0, WORKSPACE
from tests.sales_story import by_hand
from tests.storage.imports.taken import acme, take, undo

TODAY = T0.date()
OCT, NOV = date(2026, 10, 15), date(2026, 11, 20)


def deal(name="Acme", **values):
    return Opportunity(**{"name": name, "owner_id": "U1", "opened_on": TODAY, **values})


def said(rows):
    return [(row.what, row.was, row.now) for row in rows]


async def test_each_field_that_says_something_else_is_a_line_of_the_history(database):
    async with database.write(WORKSPACE) as scope:
        row = await add_opportunity(scope, deal(value_minor=100, expected_on=OCT), T0)
        for what in ({"value_minor": 250, "expected_on": NOV}, {"expected_on": OCT}, {"value_minor": 250}):
            await change_opportunity(scope, row, changed(Opportunity, row, **what), by_hand())
        kept = (await history_of(scope, [row.id]))[row.id]
    assert said(kept) == [
        (DealField.VALUE, "100", "250"),
        (DealField.EXPECTED, "2026-10-15", "2026-11-20"),
        (DealField.EXPECTED, "2026-11-20", "2026-10-15"),
    ]
    assert {(one.by, one.on, one.since) for one in kept} == {("U1", TODAY, None)}
    assert [one.days_later for one in kept] == [0, 36, -36]
    assert len(pushes(kept)) == 1


async def test_what_is_taken_back_leaves_no_line(database):
    async with database.write(WORKSPACE) as scope:
        row = await add_opportunity(scope, deal(stage_label="Proposal"), T0)
        touched = await change_opportunity(scope, row, parked(row, OCT, Waking.ACTIVITY), by_hand())
        assert (row.stage, row.parked_until, row.stage_label) == (Stage.PARKED, OCT, "Proposal")
        await remember_undo(scope, "U1", T0, "parked", touched)
        await undo_last(scope, "U1", T0)
        await scope.session.refresh(row)
        assert (row.stage, row.parked_until, row.wakes) == (Stage.OPEN, None, None)
        assert await history_of(scope, [row.id]) == {}


async def test_a_deal_that_wakes_stands_where_it_stood(database):
    async with database.write(WORKSPACE) as scope:
        row = await add_opportunity(scope, deal(stage_label="Proposal"), T0)
        await change_opportunity(scope, row, parked(row, OCT), by_hand())
        await change_opportunity(scope, row, moved_to(row, Stage.OPEN, OCT), by_hand())
        assert (row.stage, row.stage_label, row.opened_on, row.parked_until) == (
            Stage.OPEN,
            "Proposal",
            TODAY,
            None,
        )


async def test_an_import_that_is_taken_back_takes_its_lines_along(database):
    await take(database, acme(value="100"))
    second, _ = await take(database, acme(value="250"))
    async with database.read(WORKSPACE) as scope:
        assert said(await scope.session.exec(select(DealChangeRow))) == [(DealField.VALUE, "10000", "25000")]
    assert (await undo(database, second)).restored == 1
    async with database.read(WORKSPACE) as scope:
        assert list(await scope.session.exec(select(DealChangeRow))) == []


async def test_facts_of_many_deals_are_read_together(database):
    week = timedelta(days=7)
    async with database.write(WORKSPACE) as scope:
        one = await add_opportunity(scope, deal(stage_label="negotiation"), T0)
        other = await add_opportunity(scope, deal("Globex"), T0)
        await add_contact(scope, DealContact(opportunity_id=one.id, name="Dana", decides=True))
        late = DealObstacle(opportunity_id=one.id, what="Legal", owner_id="U1", due_on=TODAY - week)
        for each in (late, changed(DealObstacle, late, what="Gone", cleared_on=TODAY)):
            await add_obstacle(scope, each)
        for days in (3, 1):
            step = FollowUp(owner_id="U1", who="Acme", what=f"in {days}", due_on=TODAY + timedelta(days=days))
            (await add_followup(scope, step, T0)).opportunity_id = one.id
        kept = FollowUp(owner_id="U1", who="Acme", what="kept", due_on=TODAY)
        (await add_followup(scope, done(kept, T0), T0)).opportunity_id = one.id
        call = Activity(owner_id="U1", kind=ActivityKind.CALL, count=1, on=TODAY - week)
        for each in (one, other):
            (await add_activity(scope, call, T0)).opportunity_id = each.id
        await scope.session.flush()
        first, second = await deal_facts(scope, [one, other], USUAL_STAGES)
    assert first.stage is not None
    assert StageNeed.DECISION_MAKER in first.stage.needed
    assert first.has_decision_maker
    assert [each.what for each in first.obstacles] == ["Legal"]
    assert first.obstacles[0].is_overdue(TODAY)
    assert first.next_step is not None
    assert first.next_step.what == "in 1"
    assert (first.last_touch, second.last_touch) == (TODAY, TODAY - week)
    assert (second.stage, second.contacts, second.next_step) == (None, [], None)


async def test_a_team_has_its_own_stages_or_the_usual_ones(database):
    async with database.write(WORKSPACE) as scope:
        team = await add_team(scope, Team(name="West"))
        assert await stages_of(scope, team.id) == list(USUAL_STAGES) == await stages_of(scope, None)
        own = [DealStage(name="Site visit", needs="contact"), DealStage(name="Pilot")]
        await set_stages(scope, team.id, own)
        assert await stages_of(scope, team.id) == own
