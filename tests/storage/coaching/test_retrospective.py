"""What the system did in a quarter of a team, and what its leaders change, on either engine (11)."""

from datetime import UTC, date, datetime, timedelta

from sales.coaching.retrospective import LeaderChange, SystemPart, quarter_of
from sales.followups.activity import ActivityKind
from sales.goals.goal import Goal, Metric
from sales.language.dates.period import span
from sales.people.member import Member
from sales.people.team import Team
from sales.pipeline.opportunity import Stage
from sales.pipeline.price_cut import DiscountRequest, DiscountState
from sales.prospects.lead import Lead, RejectCause, called, rejected
from sales.value import changed
from storage.coaching import retrospective as queries
from storage.goals.goal import add_goal, change_goal, close_goal
from storage.people.member import meet_member
from storage.people.team import add_team, set_people
from storage.people.workspace import install_workspace
from storage.pipeline.opportunity import OpportunityRow
from storage.pipeline.price_cut import add_request, answer_request
from storage.prospects.lead import add_lead
from storage.undo import remember_undo, undo_last
from tests.known import T0, WORKSPACE
from tests.sales_story import deal

QUARTER = quarter_of(date(2026, 9, 14), 1)
AFTER = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
MIDDLE = datetime(2026, 8, 12, 9, 0, tzinfo=UTC)
REPS = ["U1", "U2"]


async def field(scope):
    for user_id in (*REPS, "U3"):
        await meet_member(scope, Member(user_id=user_id, name=f"Person {user_id}"))
    team = await add_team(scope, Team(name="Field", zone="Europe/Ljubljana"))
    await set_people(scope, team.id, REPS, ["U3"])
    return team


async def goal_of(scope, owner, first, last, by="U3", **more):
    days = {"starts_on": first, "ends_on": last, "period_kind": span(first, last).kind}
    said = {"owner_id": owner, "metric": Metric.REVENUE, "target": 100_000, "currency": "USD"}
    goal = Goal(**{**said, **days, **more})
    return await add_goal(scope, goal, by, datetime(2026, 6, 30, 9, 0, tzinfo=UTC))


async def moved(scope, row, at, target=90_000):
    await change_goal(scope, row, changed(Goal, row, target=target), "U3", at)


async def part(scope, team, now=AFTER):
    return await queries.system_part(scope, team, REPS, QUARTER, now)


async def test_a_target_that_moved_while_it_ran_counts_a_years_too(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope)
        quarter = await goal_of(scope, "U1", QUARTER.start, QUARTER.end)
        year = await goal_of(scope, "U2", date(2026, 1, 1), date(2026, 12, 31))
        await moved(scope, quarter, MIDDLE)
        await moved(scope, quarter, MIDDLE)  # the same again
        await moved(scope, year, MIDDLE)
        await moved(scope, year, AFTER, 80_000)  # after it
        assert await part(scope, team) == SystemPart(targets_moved=2)


async def test_a_goal_that_is_its_owners_alone_is_nobody_elses_to_count(database):
    """Calls that a rep counts for themselves: neither that their target moved, nor that there was one."""
    async with database.write(WORKSPACE) as scope:
        team = await field(scope)
        calls = {"metric": Metric.ACTIVITIES, "activity_kind": ActivityKind.CALL}
        own = await goal_of(scope, "U1", QUARTER.start, QUARTER.end, "U1", target=40, **calls)
        await moved(scope, own, MIDDLE, 30)
        assert not await part(scope, team)
        assert not await queries.had_goals(scope, REPS, QUARTER)
        asked = await goal_of(scope, "U2", QUARTER.start, QUARTER.end, "U3", target=40, **calls)
        await moved(scope, asked, MIDDLE, 30)
        assert await part(scope, team) == SystemPart(targets_moved=1)
        assert await queries.had_goals(scope, REPS, QUARTER)


async def test_a_goal_that_was_closed_before_its_end_was_no_goal_of_it(database):
    async with database.write(WORKSPACE) as scope:
        await field(scope)
        row = await goal_of(scope, "U1", QUARTER.start, QUARTER.end)
        assert await queries.had_goals(scope, REPS, QUARTER)
        await close_goal(scope, row, "U1", MIDDLE)
        assert not await queries.had_goals(scope, REPS, QUARTER)


async def test_an_answer_about_a_price_that_came_late_counts(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope)
        for owner, asked, answered in (
            ("U1", date(2026, 8, 26), date(2026, 8, 28)),
            ("U1", date(2026, 8, 26), date(2026, 8, 31)),
            ("U2", date(2026, 9, 29), None),
            ("U2", date(2026, 10, 2), None),
            ("U9", date(2026, 9, 29), None),  # of another team
        ):
            row = OpportunityRow.model_validate(deal(owner, date(2026, 7, 1), None, Stage.OPEN, 12_000_00))
            scope.session.add(row)
            await scope.session.flush()
            wish = DiscountRequest(
                opportunity_id=row.id,
                asked_by=owner,
                asked_on=asked,
                wish_minor=9_000_00,
                from_minor=12_000_00,
                stood_minor=12_000_00,
                currency="USD",
                worth="It saves two hours",
            )
            [*_, touched] = await add_request(scope, wish)
            if answered is not None:
                await answer_request(scope, touched.row, DiscountState.GRANTED, "U3", answered)
        assert await part(scope, team) == SystemPart(approvals_late=2)


async def test_a_lead_that_nobody_called_for_a_fortnight_counts(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope)
        for number, (came, owner, done) in enumerate(
            (
                (MIDDLE, "U1", None),
                (MIDDLE, None, None),  # the team's, nobody took it
                (MIDDLE, "U2", lambda one: called(one, MIDDLE + timedelta(days=15))),
                (MIDDLE, "U2", lambda one: called(one, MIDDLE + timedelta(days=2))),
                (MIDDLE, "U1", lambda one: rejected(one, RejectCause.FIT, "", MIDDLE)),
                (datetime(2026, 9, 20, 9, 0, tzinfo=UTC), "U1", None),  # no fortnight of the quarter is left
                (MIDDLE, "U9", None),
            )
        ):
            team_id = team.id if owner is None else None
            lead = Lead(name=f"Lead {number}", owner_id=owner, team_id=team_id, came_at=came)
            await add_lead(scope, done(lead) if done is not None else lead)
        assert await part(scope, team) == SystemPart(leads_untouched=3)


async def test_what_one_changes_is_kept_once_a_quarter_and_can_be_taken_back(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope)

        async def says(text):
            said = LeaderChange(
                team_id=team.id, manager_id="U3", period_start=QUARTER.start, text=text, on=date(2026, 10, 5)
            )
            touched = await queries.keep_change(scope, said)
            await remember_undo(scope, "U3", AFTER, "what you change", [touched])

        async def stands(who="U3"):
            row = await queries.change_of(scope, team.id, who, QUARTER.start)
            return row.text if row is not None else None

        await says("I read every list on Tuesdays")
        await says("I answer prices within a day")
        assert await stands() == "I answer prices within a day"
        assert await stands("U1") is None
        await undo_last(scope, "U3", AFTER)
        assert await stands() == "I read every list on Tuesdays"
        await undo_last(scope, "U3", AFTER)
        assert await stands() is None


async def test_another_workspace_sees_none_of_it(database):
    async with database.write_ledger() as ledger:
        await install_workspace(ledger, "T2", "Other", "UBOT", T0)
    async with database.write(WORKSPACE) as scope:
        team = await field(scope)
        said = LeaderChange(
            team_id=team.id, manager_id="U3", period_start=QUARTER.start, text="Less", on=date(2026, 10, 5)
        )
        await queries.keep_change(scope, said)
        await add_lead(scope, Lead(name="Dana Roe", owner_id="U1", came_at=MIDDLE))
        await moved(scope, await goal_of(scope, "U1", QUARTER.start, QUARTER.end), MIDDLE)
        team_id = team.id
    async with database.write("T2") as scope:
        other = await field(scope)
        assert await queries.change_of(scope, team_id, "U3", QUARTER.start) is None
        assert not await part(scope, other)
        assert not await queries.had_goals(scope, REPS, QUARTER)
