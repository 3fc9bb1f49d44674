"""Who was named, who does not want to be, and what a week held, on either engine."""

from datetime import date, timedelta

from sales.coaching.kudos import Kudos
from sales.coaching.recognition import PUBLIC, WEEK, Behaviour, Deed, Share
from sales.followups.followup import FollowUp, FollowUpState
from sales.goals.goal import Goal, Metric
from sales.goals.outcome import GoalOutcome
from sales.language.dates.period import span
from sales.people.member import Member
from sales.people.team import Team
from sales.pipeline.debrief import Cause, Debrief, Knowable
from sales.pipeline.opportunity import Stage
from storage.coaching import kudos, recognition
from storage.coaching.leaderboard import board_of
from storage.followups.followup import add_followup
from storage.goals.goal import add_goal
from storage.goals.outcome import keep_outcome, reviews
from storage.nudges.mute import set_mutes
from storage.people.member import meet_member
from storage.people.team import add_team, set_people
from storage.pipeline.debrief import save_debrief
from storage.pipeline.opportunity import OpportunityRow
from tests.known import T0, WORKSPACE
from tests.sales_story import deal

MONDAY = date(2026, 9, 14)
SUNDAY = MONDAY + timedelta(days=6)


async def field(scope, *ids):
    for user_id in ids:
        await meet_member(scope, Member(user_id=user_id, name=f"Rep {user_id}"))
    team = await add_team(scope, Team(name="Field"))
    await set_people(scope, team.id, list(ids), [])
    return team


async def promised(scope, owner, on, *, kept):
    state = {"state": FollowUpState.DONE, "settled_at": T0} if kept else {}
    await add_followup(scope, FollowUp(owner_id=owner, who="Acme", what="call", due_on=on, **state), T0)


async def ended(scope, owner, on, stage):
    opened = on - timedelta(days=30)
    row = OpportunityRow.model_validate(deal(owner, opened, on, stage, name=f"{owner} {on} {stage}"))
    scope.session.add(row)
    await scope.session.flush()
    return row


async def goal_of(scope, owner, first, last, target=100_000):
    said = {
        "owner_id": owner,
        "metric": Metric.REVENUE,
        "target": target,
        "starts_on": first,
        "ends_on": last,
    }
    kind = span(first, last).kind
    return await add_goal(scope, Goal(**said, period_kind=kind, currency="USD"), owner, T0)


async def test_a_week_is_beside_the_weeks_before(database):
    async with database.write(WORKSPACE) as scope:
        await field(scope, "U1", "U2")
        for number in range(5):
            await promised(scope, "U1", MONDAY + timedelta(days=number), kept=True)
            await promised(scope, "U1", MONDAY - timedelta(days=3 + 7 * (number % 4)), kept=number == 0)
        mine, theirs = await recognition.work_of(scope, ["U2", "U1"], MONDAY, SUNDAY)
        assert (mine.user_id, mine.kept, mine.before) == ("U1", Share(5, 5), Share(1, 5))
        assert (theirs.kept, theirs.before, theirs.debriefs) == (Share(), Share(), Share())


async def test_a_debrief_counts_when_each_question_is_answered(database):
    async with database.write(WORKSPACE) as scope:
        await field(scope, "U1")
        whole = {"should_have_been_there": False, "knowable": Knowable.START, "cause": Cause.PRICE}
        for number, answers in enumerate((whole, whole, {"cause": Cause.PRICE})):
            row = await ended(scope, "U1", MONDAY + timedelta(days=number), Stage.LOST)
            said = Debrief(opportunity_id=row.id, outcome=Stage.LOST, closed_on=row.closed_on, **answers)
            await save_debrief(scope, said, T0)
        (work,) = await recognition.work_of(scope, ["U1"], MONDAY, SUNDAY)
        assert (work.debriefs, work.is_debrief_new) == (Share(2, 3), True)
        (later,) = await recognition.work_of(scope, ["U1"], MONDAY + WEEK, SUNDAY + WEEK)
        assert (later.debriefs, later.is_debrief_new) == (Share(2, 3), False)


async def test_who_was_named_is_kept_by_week_and_a_goal_once(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope, "U1", "U2")
        goal = await goal_of(scope, "U1", date(2026, 7, 1), date(2026, 9, 30))
        told = Deed(user_id="U1", behaviour=Behaviour.GOAL_REACHED, times=3, goal_id=goal.id)
        await recognition.keep_named(scope, team.id, MONDAY, [told])
        kept = Deed(user_id="U1", behaviour=Behaviour.KEPT_ALL, times=5)
        await recognition.keep_named(scope, team.id, MONDAY + WEEK, [kept])
        assert [one.behaviour for one in await recognition.named_for(scope, team.id, MONDAY)] == [
            "goal_reached"
        ]
        assert await recognition.last_named(scope, ["U1", "U2"], MONDAY + WEEK) == {"U1": MONDAY}
        assert await recognition.last_named(scope, ["U1", "U2"], MONDAY + 2 * WEEK) == {"U1": MONDAY + WEEK}
        assert await recognition.goals_told(scope, ["U1", "U2"]) == {goal.id}


async def test_who_wants_no_mention_is_known_for_many_at_once(database):
    async with database.write(WORKSPACE) as scope:
        await field(scope, "U1", "U2")
        await set_mutes(scope, "U2", [PUBLIC], [PUBLIC])
        assert await recognition.unmentioned(scope, ["U1", "U2", "U3"]) == {"U2"}
        assert await recognition.wants_no_mention(scope, "U2")
        assert not await recognition.wants_no_mention(scope, "U1")
        assert await recognition.unmentioned(scope, []) == set()


async def test_a_board_leaves_out_who_wants_no_mention(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope, "U1", "U2", "U3", "U4")
        for user_id in ("U1", "U2", "U3", "U4"):
            await goal_of(scope, user_id, date(2026, 7, 1), date(2026, 9, 30))
        await goal_of(scope, "U1", date(2026, 1, 1), date(2026, 12, 31))
        await set_mutes(scope, "U4", [PUBLIC], [PUBLIC])
        board = await board_of(scope, team, MONDAY)
        assert sorted(one.user_id for one in board.places) == ["U1", "U2", "U3"]
        assert board.period.label == "Q3 2026"
        assert await board_of(scope, team, date(2027, 3, 1)) is None


async def test_the_same_words_of_the_same_person_are_known_until_taken_back(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope, "U1", "U2")
        said = Kudos(giver_id="U1", receiver_id="U2", team_id=team.id, on=MONDAY, deed="Calling back")
        row = await kudos.add_kudos(scope, said, T0)
        again = Kudos(**{**said.model_dump(), "deed": "calling back", "on": MONDAY + timedelta(days=9)})
        assert await kudos.is_said_already(scope, again)
        late = Kudos(**{**said.model_dump(), "on": MONDAY + timedelta(days=30)})
        assert not await kudos.is_said_already(scope, late)
        assert await kudos.given_on(scope, "U1", MONDAY) == 1
        row.taken_back = True
        scope.session.add(row)
        await scope.session.flush()
        assert not await kudos.is_said_already(scope, again)
        assert await kudos.given_on(scope, "U1", MONDAY) == 1  # it was read meanwhile
        before = T0 - timedelta(hours=1)
        assert [one.id for one in await kudos.taken_back_unshown(scope, before)] == [row.id]
        await kudos.note_shown_back(scope, row.id)
        assert await kudos.taken_back_unshown(scope, before) == []


async def test_another_workspace_sees_none_of_it(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope, "U1", "U2")
        said = Kudos(giver_id="U1", receiver_id="U2", team_id=team.id, on=MONDAY, deed="Calling back")
        row = await kudos.add_kudos(scope, said, T0)
        await recognition.keep_named(
            scope, team.id, MONDAY, [Deed(user_id="U1", behaviour=Behaviour.KEPT_ALL, times=5)]
        )
        row_id, team_id = row.id, team.id
    async with database.read("T2") as scope:
        assert await kudos.find_kudos(scope, row_id) is None
        assert await recognition.named_for(scope, team_id, MONDAY) == []
        assert await recognition.last_named(scope, ["U1"], MONDAY + WEEK) == {}


async def test_months_in_a_row_are_ones_own(database):
    months = [date(2026, number, 1) for number in (5, 6, 7, 8)]
    async with database.write(WORKSPACE) as scope:
        team = await field(scope, "U1", "U2")
        for owner, reached in (("U1", (True, False, True, True)), ("U2", (True, True, True, False))):
            for first, done in zip(months, reached, strict=True):
                last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
                goal = await goal_of(scope, owner, first, last)
                came = GoalOutcome(
                    team_id=team.id,
                    owner_id=owner,
                    target=goal.target,
                    starts_on=first,
                    ends_on=last,
                    attained=goal.target if done else 0,
                    settled_on=last,
                )
                await keep_outcome(scope, goal.id, came)
        found = await reviews(scope, team, range(1, 100))
        streaks = {(one.goal.owner_id, one.goal.starts_on.month): one.streak for one in found.values()}
        assert [streaks["U1", month] for month in (5, 6, 7, 8)] == [1, 0, 1, 2]
        assert [streaks["U2", month] for month in (5, 6, 7, 8)] == [1, 2, 3, 0]
