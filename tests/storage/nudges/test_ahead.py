"""What is read ahead for several people is what each would have been told alone."""

from datetime import date, timedelta

import pytest
from sqlmodel import insert

from handlers.registry import REGISTRY
from sales.followups.activity import Activity, ActivityKind
from sales.nudges.kind import ANSWER, BUNDLE
from sales.nudges.ledger import DeliveryState, Nudge
from sales.people.member import Member
from sales.people.team import Team
from storage.database import Database
from storage.followups.activity import add_activity, counts_ahead, counts_on
from storage.followups.followup import FollowUp, add_followup, open_ahead, open_between
from storage.nudges.ledger.intake import pending_delivery
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.mute import set_mutes
from storage.nudges.policy import LOOKED_AT, people_ahead, person, read_told, read_told_to
from storage.people.leave import add_leave
from storage.people.member import meet_members
from storage.people.team import add_team, set_people
from tests.known import T0, WORKSPACE

TODAY = T0.date()
PEOPLE = ("U1", "U2", "U3")


@pytest.fixture
async def told(database: Database) -> Database:
    """U1 got more than anybody looks at, U2 a bundle of two and an answer, U3 nothing; U9 is nobody we met."""
    rows = [sent(f"many:{number}", "U1", "end_of_day", number) for number in range(LOOKED_AT + 5)]
    parts = [["one", "reminder", "followup:1"], ["two", "end_of_day", ""]]
    rows += [
        sent("both", "U2", BUNDLE, 3, parts=parts),
        sent("reply", "U2", ANSWER, 4),
        sent("late", "U2", "runway", 9),
    ]
    async with database.write(WORKSPACE) as scope:
        await meet_members(scope, [Member(user_id=user_id, name=user_id) for user_id in PEOPLE])
        team = await add_team(scope, Team(name="Field", country=None))
        await set_people(scope, team.id, ["U1", "U2"], [])
        await set_mutes(scope, "U2", ["runway"], ["runway"])
        await add_leave(scope, "U1", TODAY, TODAY + timedelta(days=2))
        await scope.session.exec(insert(DeliveryRow).values(rows))
    return database


def sent(key: str, user_id: str, kind: str, hours: int, **intent) -> dict:
    nudge = Nudge(key=key, kind=kind, intent=intent, why="", not_before=T0, user_id=user_id)
    at = T0 - timedelta(hours=hours)
    return pending_delivery(WORKSPACE, nudge, T0) | {
        "state": DeliveryState.SENT, "slack_ts": key, "sent_at": at, "attempts": 1, "throttles": 0, "misses": 0,
        "fence": 1, "plain": False, "repeated": False,
    }  # fmt: skip


async def test_what_people_were_told_is_the_same_in_a_set(told):
    async with told.read(WORKSPACE) as scope:
        together = await read_told_to(scope, [*PEOPLE, "U9"])
        assert {user_id: await read_told(scope, user_id) for user_id in ("U1", "U2")} == together
    assert [len(together["U1"]), len(together["U2"])] == [LOOKED_AT, 3]


async def test_what_the_policy_knows_of_people_is_the_same_in_a_set(told):
    told.declared = REGISTRY.declared
    async with told.read(WORKSPACE) as alone:
        each = [await person(alone, user_id) for user_id in (*PEOPLE, "U9")]
    async with told.read(WORKSPACE) as scope:
        await people_ahead(scope, [*PEOPLE, "U9", "U1"])
        assert [await person(scope, user_id) for user_id in (*PEOPLE, "U9")] == each
    assert each[1].muted == {
        "runway",
        "drill",
        "morning",
        "role_play",
        "warm_list",
    }  # nobody asked for mornings
    assert each[0].hours.calendar.why_not(TODAY) == "on leave"
    assert each[3] is None


async def test_what_is_due_and_done_is_the_same_in_a_set_and_no_unit_that_writes_sees_it(told):
    async with told.write(WORKSPACE) as scope:
        for owner_id in ("U1", "U1", "U2"):
            due = FollowUp(owner_id=owner_id, who="Acme", what="call", due_on=TODAY)
            await add_followup(scope, due, T0)
            await add_activity(
                scope, Activity(owner_id=owner_id, kind=ActivityKind.CALL, on=TODAY, count=2), T0
            )
    async with told.read(WORKSPACE) as scope:
        due = {one: await open_between(scope, one, date.min, TODAY) for one in PEOPLE}
        done = {one: await counts_on(scope, one, TODAY) for one in PEOPLE}
        await open_ahead(scope, PEOPLE, TODAY)
        await counts_ahead(scope, PEOPLE, TODAY)
        assert {one: await open_between(scope, one, date.min, TODAY) for one in PEOPLE} == due
        assert {one: await counts_on(scope, one, TODAY) for one in PEOPLE} == done
    assert [len(due[one]) for one in PEOPLE] == [2, 1, 0]
    async with told.write(WORKSPACE) as scope:
        more = FollowUp(owner_id="U3", who="Acme", what="call", due_on=TODAY)
        await add_followup(scope, more, T0)
        assert len(await open_between(scope, "U3", date.min, TODAY)) == 1
