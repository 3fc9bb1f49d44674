"""Playbooks as they are stored: a team's own, ticks outlive another list, decided deals are counted (#47)."""

from datetime import date, timedelta

import pytest

from sales.craft.playbook import TypedSteps, what_changes
from sales.people.member import Member
from sales.people.team import Team
from sales.pipeline.deal_history import DealField
from sales.pipeline.opportunity import Stage
from sales.pipeline.tender import Tender
from sales.pipeline.win_rate import Decided
from storage.craft import playbook as queries
from storage.craft.adherence import adherence_of
from storage.people import workspace
from storage.people.member import meet_member
from storage.people.team import add_team, set_people
from storage.pipeline.deal_history import note_change
from storage.pipeline.merge import merge_deals
from storage.pipeline.opportunity import OpportunityRow, Typed
from storage.pipeline.tender import save_tender
from storage.undo import remember_undo, undo_last
from tests.known import T0, WORKSPACE
from tests.sales_story import deal

TODAY = date(2026, 9, 14)
A_WEEK = timedelta(days=7)
TWO = [TypedSteps("Proposal", ["Walk the yard", "Agree the price"])]


async def field(scope, name="Field", *reps):
    for user_id in reps:
        await meet_member(scope, Member(user_id=user_id, name=user_id))
    team = await add_team(scope, Team(name=name))
    await set_people(scope, team.id, list(reps), [])
    return team


async def stands(scope, name, owner="U1", label="Proposal", closed_on=None, won=True):
    stage = Stage.OPEN if closed_on is None else Stage.WON if won else Stage.LOST
    row = OpportunityRow.model_validate(
        {**deal(owner, TODAY - timedelta(days=40), closed_on, stage, 4_000_00, name), "stage_label": label}
    )
    scope.session.add(row)
    await scope.session.flush()
    return row


async def write(scope, team, wanted=TWO, on=TODAY):
    held = await queries.every_step(scope, team.id)
    return await queries.save_steps(scope, team.id, what_changes(held, wanted, on), on)


async def texts(scope, team):
    found = await queries.playbook_of(scope, team.id)
    return {each.stage: [step.text for step in each.steps] for each in found if each.steps}


@pytest.fixture
async def two(database):
    """A team whose stage Proposal has two steps, and a deal of its that stands there: team, step ids and deal id."""
    async with database.write(WORKSPACE) as scope:
        team = await field(scope, "Field", "U1", "U2")
        steps = [one.row.id for one in await write(scope, team)]
        return team, steps, (await stands(scope, "Alder")).id


async def test_steps_are_kept_in_their_order_and_written_again_change_nothing(database, two):
    team, _, _ = two
    async with database.write(WORKSPACE) as scope:
        assert await texts(scope, team) == {"Proposal": ["Walk the yard", "Agree the price"]}
        assert await write(scope, team) == []


async def test_a_step_that_is_taken_out_and_put_back_has_its_ticks(database, two):
    team, (walk, agree), deal_id = two
    async with database.write(WORKSPACE) as scope:
        assert len(await queries.tick_steps(scope, deal_id, [walk], [], TODAY, "U1")) == 1
        assert await queries.tick_steps(scope, deal_id, [walk], [agree], TODAY, "U2") == []
        await write(scope, team, [TypedSteps("Proposal", ["Agree the price"])])
        assert await texts(scope, team) == {"Proposal": ["Agree the price"]}
        assert await queries.live_ticks(scope, team.id, [walk, agree]) == {walk: 1}
        await write(scope, team)
        row = await scope.session.get(OpportunityRow, deal_id)
        found = await queries.steps_for(scope, row)
        assert [one.id for one in found.missing] == [agree]
        assert (found.ticks[walk].by, found.ticks[walk].on) == ("U1", TODAY)


async def test_another_list_is_taken_back_with_one_undo(database, two):
    team, _, _ = two
    async with database.write(WORKSPACE) as scope:
        anew = [TypedSteps("Proposal", ["Agree the price"]), TypedSteps("Negotiation", ["Meet their buyer"])]
        await remember_undo(scope, "U9", T0, "playbook", await write(scope, team, anew))
        assert await texts(scope, team) == {
            "Proposal": ["Agree the price"],
            "Negotiation": ["Meet their buyer"],
        }
        await undo_last(scope, "U9", T0)
        assert await texts(scope, team) == {"Proposal": ["Walk the yard", "Agree the price"]}


async def test_a_tick_is_taken_back_and_given_back_with_undo(database, two):
    _, (walk, agree), deal_id = two
    async with database.write(WORKSPACE) as scope:
        await queries.tick_steps(scope, deal_id, [walk], [], TODAY, "U1")
        changes = await queries.tick_steps(scope, deal_id, [agree], [walk], TODAY, "U1")
        await remember_undo(scope, "U1", T0, "steps", changes)
        assert set(await queries.ticks_of_deal(scope, deal_id)) == {agree}
        await undo_last(scope, "U1", T0)
        assert set(await queries.ticks_of_deal(scope, deal_id)) == {walk}


async def test_a_step_in_other_words_takes_the_ticks_of_both_and_undo_gives_them_back(database, two):
    team, (walk, _), deal_id = two
    async with database.write(WORKSPACE) as scope:
        other = await stands(scope, "Birch")
        await queries.tick_steps(scope, deal_id, [walk], [], TODAY, "U1")
        changes = await write(
            scope, team, [TypedSteps("Proposal", ["Visit the yard together", "Agree the price"])]
        )
        new = next(one.row for one in changes if one.before is None)
        new_id = new.id
        await queries.tick_steps(scope, deal_id, [new_id], [], TODAY, "U2")
        await queries.tick_steps(scope, other.id, [new_id], [], TODAY, "U2")
        old = await queries.find_step(scope, walk)
        await remember_undo(scope, "U9", T0, "playbook", await queries.same_step(scope, old, new))
        assert await texts(scope, team) == {"Proposal": ["Visit the yard together", "Agree the price"]}
        assert {one.opportunity_id for one in await queries.ticks_of_step(scope, walk)} == {deal_id, other.id}
        await undo_last(scope, "U9", T0)
        assert {one.opportunity_id for one in await queries.ticks_of_step(scope, walk)} == {deal_id}
        assert {one.opportunity_id for one in await queries.ticks_of_step(scope, new_id)} == {
            deal_id,
            other.id,
        }


async def test_a_playbook_is_its_teams_alone_and_its_workspaces(database, two):
    team, (walk, _), deal_id = two
    async with database.write(WORKSPACE) as scope:
        north = await field(scope, "North", "U9")
        theirs = await stands(scope, "Cedar", "U9")
        nobodys = await stands(scope, "Dogwood", None)
        assert await texts(scope, north) == {}
        assert await queries.steps_for(scope, theirs) is None
        assert await queries.steps_for(scope, nobodys) is None
        assert await queries.deals_standing(scope, team.id) == {"proposal": 1}
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, "T2", "Other", "UBOT", T0)
    async with database.read("T2") as scope:
        assert await queries.every_step(scope, team.id) == []
        assert await queries.find_step(scope, walk) is None
        assert await queries.ticks_of_deal(scope, deal_id) == {}
        assert (await adherence_of(scope, team.id, TODAY)).deals == 0


async def test_deals_made_one_keep_the_ticks_of_both_each_once(database, two):
    _, (walk, agree), deal_id = two
    async with database.write(WORKSPACE) as scope:
        other = await stands(scope, "Alder Ltd")
        await queries.tick_steps(scope, deal_id, [walk], [], TODAY, "U1")
        await queries.tick_steps(scope, other.id, [walk, agree], [], TODAY, "U2")
        kept = await scope.session.get(OpportunityRow, deal_id)
        touched = await merge_deals(scope, kept, other, Typed("U1", T0, TODAY))
        await remember_undo(scope, "U1", T0, "made one", touched)
        ticks = await queries.ticks_of_deal(scope, deal_id)
        assert {step: tick.by for step, tick in ticks.items()} == {walk: "U1", agree: "U2"}
        await undo_last(scope, "U1", T0)
        assert set(await queries.ticks_of_deal(scope, deal_id)) == {walk}


# decided deals


async def test_decided_deals_are_counted_by_the_stage_they_left_and_what_was_ticked_in_time(database, two):
    team, (walk, agree), _ = two
    on = TODAY + A_WEEK
    async with database.write(WORKSPACE) as scope:
        won = await stands(scope, "Elm", "U1", "", on)
        lost = await stands(scope, "Fir", "U2", "", on, won=False)
        early = await stands(scope, "Gum", "U2", "", on, won=False)
        before = await stands(scope, "Hazel", "U2", "", TODAY - A_WEEK)
        for row, label in (
            (won, "Negotiation"),
            (lost, "Proposal"),
            (early, "Talking"),
            (before, "Proposal"),
        ):
            end = "won" if row.stage is Stage.WON else "lost"
            await note_change(scope, row.id, DealField.STAGE, "open", end, "U1", on)
            await note_change(scope, row.id, DealField.STAGE_LABEL, label, "", "U1", on)
        await queries.tick_steps(scope, won.id, [walk], [], TODAY, "U1")
        await queries.tick_steps(scope, lost.id, [walk], [], on + A_WEEK, "U2")
        found = await adherence_of(scope, team.id, on + A_WEEK)
        assert (found.kept.decided, found.left.decided) == (Decided(1, 1), Decided(0, 1))
        assert [(one.step.id, one.ticked, one.of) for one in found.steps] == [(walk, 1, 2), (agree, 0, 2)]
        assert found.owners == 2
        assert (await adherence_of(scope, team.id, on + A_WEEK, TODAY, TODAY)).deals == 0


async def test_a_tender_that_was_challenged_in_time_has_one_step_more(database, two):
    team, _, _ = two
    async with database.write(WORKSPACE) as scope:
        row = await stands(scope, "Elm", "U1", "Proposal", TODAY)
        row.is_tender = True
        scope.session.add(row)
        said = Tender(
            opportunity_id=row.id, shaped=True, has_access=True, challenge="Too late", answered_on=TODAY
        )
        await save_tender(scope, said)
        found = await adherence_of(scope, team.id, TODAY)
        assert [(one.step is None, one.ticked, one.of) for one in found.steps][-1] == (True, 1, 1)
