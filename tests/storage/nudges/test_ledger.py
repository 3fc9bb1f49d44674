"""The ledger: every step is fenced, every occurrence exists once, nothing leased is lost."""

from datetime import timedelta

import pytest
from sqlmodel import select

from sales.nudges.ledger import LATE, ON_TIME, PROMPT, TIMING, DeliveryState, Nudge
from storage.database import Database
from storage.nudges.ledger.claims import any_ready, claim_ready, reap_leases
from storage.nudges.ledger.intake import enqueue, enqueue_all, has_enqueued, supersede_delivery
from storage.nudges.ledger.lookup import delivery_by_key
from storage.nudges.ledger.rows import DeliveryEventRow, DeliveryRow
from storage.nudges.ledger.steps import move_delivery
from storage.people import workspace
from tests.known import T0, WORKSPACE


def nudge(name: str = "one", **values) -> Nudge:
    told = {
        "key": f"test:{name}",
        "kind": "test",
        "intent": {"n": name},
        "why": "A test asked.",
        "not_before": T0,
    }
    return Nudge(**{**told, "user_id": "U1", **values})


async def put(database: Database, *nudges: Nudge) -> list[bool]:
    async with database.write(WORKSPACE) as scope:
        return [await enqueue(scope, each, T0) for each in nudges]


async def claimed(database: Database, owner: str = "first", now=T0, batch: int = 20) -> list[DeliveryRow]:
    async with database.write_ledger() as ledger:
        return await claim_ready(ledger, owner, now, batch)


async def moved(database: Database, row: DeliveryRow, state: DeliveryState, **values) -> bool:
    async with database.write_ledger() as ledger:
        return await move_delivery(ledger, row, state, T0, **values)


async def stored(database: Database, name: str = "one") -> DeliveryRow:
    async with database.read(WORKSPACE) as scope:
        found = await delivery_by_key(scope, f"test:{name}")
    assert found is not None
    return found


async def history(database: Database) -> list[tuple[str, str, str, int]]:
    async with database.read(WORKSPACE) as scope:
        rows = await scope.session.exec(select(DeliveryEventRow).order_by(DeliveryEventRow.id))
        return [(row.from_state, row.to_state, row.owner, row.fence) for row in rows]


async def test_an_occurrence_is_enqueued_once(database: Database) -> None:
    assert await put(database, nudge()) == [True]
    assert await put(database, nudge(why="Another reason."), nudge("two")) == [False, True]
    assert (await stored(database)).why == "A test asked."


async def test_enqueuing_many_leaves_those_that_are_there(database: Database) -> None:
    await put(database, nudge(why="The first."))
    async with database.write_ledger() as ledger:
        both = [(WORKSPACE, nudge(why="The second.")), (WORKSPACE, nudge("two"))]
        await enqueue_all(ledger, both, T0)
    assert (await stored(database)).why == "The first."
    assert (await stored(database, "two")).state is DeliveryState.PENDING


async def test_a_unit_of_work_knows_whether_it_enqueued(database: Database) -> None:
    async with database.write(WORKSPACE) as scope:
        assert not has_enqueued(scope)
        await enqueue(scope, nudge(), T0)
        assert has_enqueued(scope)


async def test_claims_go_by_urgency_then_by_time_and_each_row_has_one_owner(database: Database) -> None:
    soon = T0 - timedelta(minutes=1)
    await put(
        database,
        nudge("late", priority=LATE, not_before=soon),
        nudge("second", priority=ON_TIME),
        nudge("first", priority=ON_TIME, not_before=soon),
        nudge("answer", priority=PROMPT),
        nudge("future", not_before=T0 + timedelta(seconds=1)),
    )
    taken = await claimed(database, batch=3)
    assert [row.intent["n"] for row in taken] == ["answer", "first", "second"]
    assert {(row.state, row.lease_owner, row.fence) for row in taken} == {(DeliveryState.LEASED, "first", 1)}
    assert {row.lease_until for row in taken} == {T0 + TIMING.lease}
    assert [row.intent["n"] for row in await claimed(database, "second")] == ["late"]
    assert await claimed(database, "third") == []
    assert await history(database) == [("pending", "leased", "first", 1)] * 3 + [
        ("pending", "leased", "second", 1)
    ]


async def test_a_suspended_workspace_waits(database: Database) -> None:
    await put(database, nudge())
    async with database.write_ledger() as ledger:
        await workspace.suspend_workspace(ledger, WORKSPACE, "token_revoked")
    assert await claimed(database) == []
    async with database.read_ledger() as ledger:
        assert not await any_ready(ledger, T0)
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, WORKSPACE, "Testing", "UBOT", T0)
    assert len(await claimed(database)) == 1


async def test_a_step_of_a_worker_that_lost_the_row_is_refused(database: Database) -> None:
    await put(database, nudge())
    (stale,) = await claimed(database, "slow")
    after = T0 + TIMING.lease + timedelta(seconds=1)
    async with database.write_ledger() as ledger:
        assert await reap_leases(ledger, after) == 1
    (fresh,) = await claimed(database, "quick", after)
    assert not await moved(database, stale, DeliveryState.SENDING)
    assert stale.state is DeliveryState.LEASED
    assert await moved(database, fresh, DeliveryState.SENDING)
    assert not await moved(database, stale, DeliveryState.SENT, slack_ts="1.0")
    assert await moved(database, fresh, DeliveryState.SENT, slack_ts="2.0")
    assert (await stored(database)).slack_ts == "2.0"
    fences = [fence for *_, fence in await history(database)]
    assert fences == sorted(fences)


@pytest.mark.parametrize(
    ("held", "back"),
    [
        (DeliveryState.LEASED, DeliveryState.PENDING),
        (DeliveryState.SENDING, DeliveryState.UNCERTAIN),
        (DeliveryState.RECON, DeliveryState.UNCERTAIN),
    ],
)
async def test_a_lease_that_ran_out_gives_the_row_back(database: Database, held, back) -> None:
    await put(database, nudge())
    (row,) = await claimed(database)
    if held is not DeliveryState.LEASED:
        assert await moved(database, row, held)
    async with database.write_ledger() as ledger:
        assert await reap_leases(ledger, T0 + TIMING.lease) == 0
        assert await reap_leases(ledger, T0 + TIMING.lease + timedelta(seconds=1)) == 1
    found = await stored(database)
    assert (found.state, found.fence) == (back, 2)


async def test_an_uncertain_row_is_claimed_for_reconciliation(database: Database) -> None:
    await put(database, nudge())
    (row,) = await claimed(database)
    await moved(database, row, DeliveryState.SENDING, first_post_at=T0)
    await moved(database, row, DeliveryState.UNCERTAIN, not_before=T0 + TIMING.grace)
    assert await claimed(database, now=T0 + TIMING.grace - timedelta(seconds=1)) == []
    (again,) = await claimed(database, now=T0 + TIMING.grace)
    assert (again.state, again.fence, again.first_post_at) == (DeliveryState.RECON, 2, T0)


async def test_withdrawing_reaches_only_what_nobody_works_on(database: Database) -> None:
    await put(database, nudge("taken", priority=PROMPT))
    assert len(await claimed(database)) == 1
    await put(database, nudge("open"), nudge("other", user_id="U2"), nudge("unnamed"))
    async with database.write(WORKSPACE) as scope:
        keys = ["test:taken", "test:open", "test:other"]
        assert await supersede_delivery(scope, "test", "U1", T0, "changed", keys=keys) == 1
    states = {name: (await stored(database, name)).state for name in ("taken", "open", "other", "unnamed")}
    assert states == {
        "taken": DeliveryState.LEASED,
        "open": DeliveryState.SUPERSEDED,
        "other": DeliveryState.PENDING,
        "unnamed": DeliveryState.PENDING,
    }
