"""What the nudging policy looks up: through its indexes, and never the same message in two hands."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from handlers.nudges import bundle
from sales.coaching.drill.note import DRILL
from sales.coaching.role_play import ROLE_PLAY
from sales.nudges.end_of_day import END_OF_DAY
from sales.nudges.ledger import DeliveryState, Nudge
from sales.nudges.policy import ToldLately
from sales.people.member import Member
from sales.prospects.warmth import WARM_LIST
from sales.surfaces.morning import MORNING
from storage.nudges import policy as queries
from storage.nudges.ledger.claims import claim_ready
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.lookup import recent_deliveries
from storage.nudges.ledger.rows import parts_of
from storage.nudges.ledger.steps import move_delivery
from storage.nudges.mute import mutes, set_mutes
from storage.people.member import find_member, meet_member
from tests.known import T0, WORKSPACE

OPT_INS = frozenset({DRILL, MORNING, ROLE_PLAY, WARM_LIST})  # off until somebody wants them


def nudge(name: str, **values) -> Nudge:
    return Nudge(
        key=f"test:{name}", kind=END_OF_DAY, intent={}, why=name, not_before=T0, user_id="U1", **values
    )


@pytest.fixture
async def two_ready(database):
    """Two messages to the same person, on a Monday morning."""
    async with database.write(WORKSPACE) as scope:
        await meet_member(scope, Member(user_id="U1", name="Ana"))
        for name in ("one", "two"):
            await enqueue(scope, nudge(name), T0)
    return database


async def states(database):
    async with database.read(WORKSPACE) as scope:
        return {row.occurrence_key: row for row in await recent_deliveries(scope, "U1", T0)}


async def test_a_message_that_is_ready_joins_one_that_was_claimed(two_ready):
    async with two_ready.write_ledger() as ledger:
        claimed = await claim_ready(ledger, "worker", T0, 1)
        [made] = await bundle.gather(ledger, claimed, T0)
    rows = await states(two_ready)
    assert (made.state, made.lease_owner, made.kind) == (DeliveryState.LEASED, "worker", "bundle")
    for name in ("one", "two"):
        row = rows[f"test:{name}"]
        assert (row.state, row.superseded_by) == (DeliveryState.SUPERSEDED, made.occurrence_key)
    async with two_ready.write_ledger() as ledger:
        assert await claim_ready(ledger, "another", T0, 10) == []


async def test_what_another_worker_holds_is_left_to_it(two_ready):
    async with two_ready.write_ledger() as ledger:
        first = await claim_ready(ledger, "another", T0, 1)
    async with two_ready.write_ledger() as ledger:
        claimed = await claim_ready(ledger, "worker", T0, 10)
        assert await bundle.gather(ledger, claimed, T0) == claimed
    assert {row.state for row in (await states(two_ready)).values()} == {DeliveryState.LEASED}
    assert first[0].id != claimed[0].id


async def test_what_must_wait_is_not_put_together(two_ready):
    night = T0 + timedelta(hours=12)
    async with two_ready.write_ledger() as ledger:
        claimed = await claim_ready(ledger, "worker", night, 10)
        assert await bundle.gather(ledger, claimed, night) == claimed


async def test_a_bundle_that_waited_takes_in_what_came_since(two_ready):
    async with two_ready.write_ledger() as ledger:
        [made] = await bundle.gather(ledger, await claim_ready(ledger, "worker", T0, 10), T0)
        await move_delivery(ledger, made, DeliveryState.PENDING, T0, not_before=T0)
    async with two_ready.write(WORKSPACE) as scope:
        await enqueue(scope, nudge("three"), T0)
    async with two_ready.write_ledger() as ledger:
        [again] = await bundle.gather(ledger, await claim_ready(ledger, "worker", T0, 10), T0)
    assert len(parts_of(again)) == 3
    rows = await states(two_ready)
    assert rows[made.occurrence_key].superseded_by == again.occurrence_key
    assert rows["test:three"].superseded_by == again.occurrence_key


async def test_somebody_is_noted_as_heard_once_a_minute(two_ready):
    for seconds in (0, 30, 61):
        async with two_ready.write(WORKSPACE) as scope:
            await queries.note_heard(scope, await find_member(scope, "U1"), T0 + timedelta(seconds=seconds))
        async with two_ready.read(WORKSPACE) as scope:
            found = await find_member(scope, "U1")
        assert found is not None
        assert found.heard_at == T0 + timedelta(seconds=seconds if seconds != 30 else 0)


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("where", "index"),
    [
        (
            "workspace_id = 'T1' AND user_id = 'U1' AND sent_at IS NOT NULL ORDER BY sent_at DESC LIMIT 60",
            "ix_delivery_told",
        ),
        (
            "state IN ('pending', 'uncertain') AND workspace_id = 'T1' AND user_id = 'U1'",
            "ix_delivery_waiting",
        ),
        (
            "state IN ('pending', 'uncertain') AND (workspace_id, user_id) IN (('T1', 'U1'), ('T1', 'U2'))",
            "ix_delivery_waiting",
        ),
        ("channel_id = 'D1' AND slack_ts = '1.0'", "ix_delivery_place"),
    ],
)
async def test_each_look_is_through_an_index(database, where, index):
    async with database.read_ledger() as ledger:
        connection = await ledger.session.connection()
        plan = list(
            await connection.execute(text(f"EXPLAIN QUERY PLAN SELECT id FROM delivery WHERE {where}"))
        )
    assert any(index in str(step) for step in plan), plan


async def test_a_unit_of_work_sees_what_it_switched_off_and_what_it_is_saying(two_ready):
    async with two_ready.write(WORKSPACE) as scope:
        before = await queries.person(scope, "U1")
        await set_mutes(scope, "U1", [END_OF_DAY], [])
        await queries.told_also(scope, "U1", ToldLately(END_OF_DAY, T0, "this one"))
        after = await queries.person(scope, "U1")
        assert (before.muted, after.muted) == (OPT_INS, {END_OF_DAY, *OPT_INS})
        assert [each.message for each in after.told] == ["this one"]
    async with two_ready.read(WORKSPACE) as scope:
        assert await queries.told(scope, "U1") == before.told == ()


async def test_an_opt_in_comes_only_to_who_wants_it_and_can_be_switched_off_again(two_ready):
    async with two_ready.write(WORKSPACE) as scope:
        assert MORNING in await mutes(scope, "U1")
        await set_mutes(scope, "U1", [END_OF_DAY], [END_OF_DAY, MORNING])
        assert await mutes(scope, "U1") == {END_OF_DAY, *OPT_INS} - {MORNING}
        await set_mutes(scope, "U1", [MORNING], [MORNING])
        assert await mutes(scope, "U1") == {END_OF_DAY, *OPT_INS}
        assert MORNING in await mutes(scope, "U2")
