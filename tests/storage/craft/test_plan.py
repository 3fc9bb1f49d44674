"""Plans as they are stored: in their workspace, with follow-ups as steps, and gone with their goal (#13, #14)."""

from datetime import date, timedelta

from sales.craft.plan import SalesMotion, Strategy
from sales.craft.plan_record import EndedPlan
from sales.followups.followup import FollowUp, done, dropped
from sales.goals.goal import Goal, Metric
from sales.goals.outcome import GoalOutcome
from sales.language.dates.period import PeriodKind
from sales.people.member import Member
from sales.people.team import Team
from storage.craft import plan as queries
from storage.craft.plan import StrategyRow
from storage.followups.followup import (
    add_followup,
    change_followup,
    find_followup,
    give_followup,
    remove_followup,
)
from storage.goals.goal import add_goal, goal_history
from storage.goals.outcome import keep_outcome
from storage.people import workspace
from storage.people.member import meet_member
from storage.people.team import add_team
from storage.row_image import Touched
from storage.undo import remember_undo, undo_last
from tests.known import T0, WORKSPACE

TODAY = T0.date()


async def aims(scope, owner="U1", starts=date(2026, 7, 1), ends=date(2026, 9, 30)):
    wanted = Goal(
        owner_id=owner,
        metric=Metric.REVENUE,
        target=100_000_00,
        period_kind=PeriodKind.QUARTER,
        starts_on=starts,
        ends_on=ends,
    )
    return await add_goal(scope, wanted, owner, T0)


async def planned(scope, goal, *steps, motion=SalesMotion.REFERRAL, owner=None):
    said = Strategy(
        goal_id=goal.id, owner_id=owner or goal.owner_id, motion=motion, cue="thanked", action="ask"
    )
    row = await queries.add_strategy(scope, said)
    return row, [await stepped(scope, row, what, days) for what, days in steps]


async def stepped(scope, strategy, what, days):
    said = FollowUp(
        owner_id=strategy.owner_id, who="Referral plan", what=what, due_on=TODAY + timedelta(days=days)
    )
    row = await add_followup(scope, said, T0)
    await queries.add_step(scope, strategy.id, row.id)
    return row


async def test_a_plan_has_its_steps_in_time_and_none_that_was_dropped(database):
    async with database.write(WORKSPACE) as scope:
        goal = await aims(scope)
        first, (late, early, gone) = await planned(scope, goal, ("b", 4), ("a", 2), ("c", 3))
        second, _ = await planned(scope, goal, motion=SalesMotion.EVENT)
        await change_followup(scope, gone, dropped(gone, T0, "no"))
        await change_followup(scope, early, done(early, T0))
    async with database.read(WORKSPACE) as scope:
        plan = await queries.plan_for(scope, goal)
        assert [one.strategy.id for one in plan.strategies] == [first.id, second.id]
        assert [one.id for one in plan.strategies[0].steps] == [early.id, late.id]
        assert not plan.strategies[1].counts
        assert (plan.done, len(plan.open)) == (1, 1)


async def test_plans_are_of_their_workspace_and_their_owner(database):
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, "T2", "Other", "UBOT", T0)
    async with database.write(WORKSPACE) as scope:
        goal = await aims(scope)
        row, (step,) = await planned(scope, goal, ("a", 2))
        await give_followup(scope, step, "U2")
    async with database.read(WORKSPACE) as scope:
        plan = await queries.plan_for(scope, goal)
        assert not plan.strategies[0].counts  # what somebody else owes is no step of hers
        assert await queries.find_strategy(scope, row.id) is not None
        assert [(one.id, of.id) for one, of in await queries.with_steps_of(scope, "U1", "U2")] == [
            (row.id, goal.id)
        ]
    async with database.read("T2") as scope:
        assert await queries.find_strategy(scope, row.id) is None
        assert (await queries.plans_for(scope, "U1", [goal.id]))[goal.id].strategies == ()


async def test_a_strategy_that_is_taken_out_is_put_back_with_its_steps(database):
    async with database.write(WORKSPACE) as scope:
        goal = await aims(scope)
        row, (step,) = await planned(scope, goal, ("a", 2))
        touched = await queries.remove_strategy(scope, row)
        await remember_undo(scope, "U1", T0, "given up", touched)
    async with database.write(WORKSPACE) as scope:
        assert (await queries.plan_for(scope, goal)).strategies == ()
        assert await find_followup(scope, step.id) is not None
        await undo_last(scope, "U1", T0)
        (back,) = (await queries.plan_for(scope, goal)).strategies
        assert [one.id for one in back.steps] == [step.id]


async def test_what_was_added_is_taken_back_with_its_steps(database):
    async with database.write(WORKSPACE) as scope:
        goal = await aims(scope)
        row, (step,) = await planned(scope, goal, ("a", 2))
        (link,) = await queries.steps_of(scope, row.id)
        await remember_undo(scope, "U1", T0, "added", [Touched(row), Touched(step), Touched(link)])
        await undo_last(scope, "U1", T0)
        assert (await queries.plan_for(scope, goal)).strategies == ()
        assert await find_followup(scope, step.id) is None


async def test_a_step_goes_with_its_follow_up_and_a_plan_with_its_goal(database):
    async with database.write(WORKSPACE) as scope:
        goal = await aims(scope)
        row, (first, second) = await planned(scope, goal, ("a", 2), ("b", 3))
        await remove_followup(scope, first)
    async with database.write(WORKSPACE) as scope:
        assert [one.followup_id for one in await queries.steps_of(scope, row.id)] == [second.id]
        held = await scope.session.get(type(goal), goal.id)
        for change in (await goal_history(scope, [goal.id]))[goal.id]:
            await scope.session.delete(change)
        await scope.session.flush()
        await scope.session.delete(held)
    async with database.read(WORKSPACE) as scope:
        assert await scope.session.get(StrategyRow, row.id) is None
        assert await queries.steps_of(scope, row.id) == []
        assert await find_followup(scope, second.id) is not None  # what was promised stays promised


async def test_what_plans_came_to_counts_strategies_with_steps(database):
    async with database.write(WORKSPACE) as scope:
        await meet_member(scope, Member(user_id="U1", name="Ana"))
        team = await add_team(scope, Team(name="Field"))
        reached, missed, old = await aims(scope), await aims(scope, "U2"), await aims(scope, "U2")
        await planned(scope, reached, ("a", 1), ("b", 2))
        await planned(scope, reached, ("c", 1), motion=SalesMotion.EVENT)
        await planned(scope, reached, motion=SalesMotion.PARTNER)
        await planned(scope, missed, ("d", 1))
        await planned(scope, old, ("e", 1))
        for goal, attained, ends in (
            (reached, 100_000_00, date(2026, 9, 30)),
            (missed, 99_999_99, date(2026, 9, 30)),
            (old, 1, date(2022, 9, 30)),
        ):
            outcome = GoalOutcome(
                team_id=team.id,
                owner_id=goal.owner_id,
                target=goal.target,
                starts_on=ends - timedelta(days=90),
                ends_on=ends,
                attained=attained,
                settled_on=ends,
            )
            await keep_outcome(scope, goal.id, outcome)
    async with database.read(WORKSPACE) as scope:
        found = await queries.ended_plans(scope, date(2026, 10, 5))
        assert sorted(found) == [EndedPlan("U1", 2, True), EndedPlan("U2", 1, False)]
        rows = await queries.goals_with_plans(scope, "U1", date(2026, 10, 5), 5)
        assert [row.id for row in rows] == [reached.id]
        assert await queries.strategy_with(scope, 0) is None
