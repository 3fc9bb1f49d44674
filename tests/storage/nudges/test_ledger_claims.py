"""Claiming costs what is claimed, however much waits for a later day; and replicas never claim the same."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import event, insert

from sales.nudges.ledger import LATE, ON_TIME, PRIORITIES, PROMPT, DeliveryState, Nudge
from storage.database import Database
from storage.nudges.ledger.claims import any_ready, claim_ready, hand_back, reconcile_since
from storage.nudges.ledger.intake import enqueue_all, pending_delivery
from storage.nudges.ledger.lookup import delivery_by_key
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.ledger.steps import move_delivery
from storage.people import workspace
from storage.scope import Ledger
from tests.known import T0, WORKSPACE

WAITING = 3_000  # of each priority, all for tomorrow
EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN (ANALYZE, FORMAT TEXT) "}
BOUNDED = {"sqlite": "(priority=? AND not_before<?)", "postgresql": "Index Cond: ((priority ="}


def nudge(name: str, **values) -> Nudge:
    told = {"key": name, "kind": "test", "intent": {}, "why": "", "not_before": T0, "user_id": "U1"}
    return Nudge(**{**told, **values})


async def put(database: Database, *nudges: Nudge, workspace_id: str = WORKSPACE) -> None:
    async with database.write_ledger() as ledger:
        await enqueue_all(ledger, [(workspace_id, one) for one in nudges], T0)


async def plans(database: Database, work: Callable[[Ledger], Awaitable[object]]) -> str:
    """Return the plans of what a piece of work asks of the ledger; nothing of it is kept."""
    asked: list[tuple[str, object]] = []

    def note(connection, cursor, statement, parameters, context, many) -> None:
        if "ix_delivery" not in statement and "priority" in statement and statement[:6] != "INSERT":
            asked.append((statement, parameters))

    found = []
    with suppress(InterruptedError):
        async with database.write_ledger() as ledger:
            connection = await ledger.session.connection()
            event.listen(connection.sync_connection, "before_cursor_execute", note)
            await work(ledger)
            event.remove(connection.sync_connection, "before_cursor_execute", note)
            explain = EXPLAIN[connection.dialect.name]
            for statement, parameters in asked:
                rows = await connection.exec_driver_sql(explain + statement, parameters)
                found += [str(row[-1]) for row in rows]
            raise InterruptedError
    return "\n".join(found)


@pytest.fixture
async def waiting(database: Database) -> Database:
    """A ledger in which much waits for tomorrow."""
    tomorrow = T0 + timedelta(days=1)
    rows = [
        pending_delivery(
            WORKSPACE, nudge(f"later:{priority}:{number}", priority=priority, not_before=tomorrow), T0
        )
        for priority in PRIORITIES
        for number in range(WAITING)
    ]
    async with database.write_ledger() as ledger:
        connection = await ledger.session.connection()
        for at in range(0, len(rows), 1_000):
            await connection.execute(insert(DeliveryRow), rows[at : at + 1_000])
    return database


@pytest.mark.parametrize("work", ["look", "claim"])
async def test_what_waits_for_tomorrow_is_never_read(waiting: Database, work) -> None:
    await put(waiting, *(nudge(f"now:{number}", priority=LATE) for number in range(30)))

    async def look(ledger: Ledger) -> None:
        if work == "look":
            assert await any_ready(ledger, T0)
        else:
            assert len(await claim_ready(ledger, "w", T0)) == 20

    plan = await plans(waiting, look)
    name = "postgresql" if waiting.engine.shared else "sqlite"
    assert plan.count(BOUNDED[name]) == len(PRIORITIES), plan
    assert plan.count("ix_delivery_ready") == len(PRIORITIES), plan
    assert "SCAN delivery" not in plan
    assert "Seq Scan on delivery" not in plan
    if waiting.engine.shared and work == "claim":
        assert plan.count("LockRows") == len(PRIORITIES), plan


async def test_the_urgent_goes_first_and_no_more_than_asked_for(database: Database) -> None:
    names = {PROMPT: "prompt", ON_TIME: "due", LATE: "late"}
    for priority, name in names.items():
        await put(database, *(nudge(f"{name}:{number}", priority=priority) for number in range(3)))
    async with database.write_ledger() as ledger:
        claimed = await claim_ready(ledger, "w", T0, 5)
    assert [row.occurrence_key.split(":")[0] for row in claimed] == ["prompt"] * 3 + ["due"] * 2


async def test_workspaces_whose_gate_is_shut_wait(database: Database) -> None:
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, "T2", "Other", "UBOT2", T0)
    await put(database, nudge("mine"))
    await put(database, nudge("theirs"), workspace_id="T2")
    async with database.write_ledger() as ledger:
        (claimed,) = await claim_ready(ledger, "w", T0, excluding=[WORKSPACE])
    assert claimed.occurrence_key == "theirs"
    async with database.read_ledger() as ledger:
        assert await any_ready(ledger, T0)


@pytest.mark.engines("postgresql")
async def test_two_replicas_that_claim_at_once_pass_each_other_by(database: Database) -> None:
    await put(database, *(nudge(f"one:{number}") for number in range(10)))
    async with database.write_ledger() as first, database.write_ledger() as second:
        mine = await claim_ready(first, "first", T0, 6)
        theirs = await claim_ready(second, "second", T0, 6)
    assert (len(mine), len(theirs)) == (6, 4)
    assert not {row.id for row in mine} & {row.id for row in theirs}


async def test_a_worker_that_ends_hands_back_what_it_did_not_send(database: Database) -> None:
    await put(database, *(nudge(f"one:{number}") for number in range(4)))
    async with database.write_ledger() as ledger:
        leased, sending, unsure = await claim_ready(ledger, "ending", T0, 3)
        (other,) = await claim_ready(ledger, "other", T0)
        await move_delivery(ledger, sending, DeliveryState.SENDING, T0, first_post_at=T0)
        await move_delivery(ledger, unsure, DeliveryState.RECON, T0)
    async with database.write_ledger() as ledger:
        assert await hand_back(ledger, "ending", T0) == 2
    async with database.read(WORKSPACE) as scope:
        states = [
            (found.state, found.fence)
            for row in (leased, sending, unsure, other)
            if (found := await delivery_by_key(scope, row.occurrence_key))
        ]
    assert states == [
        (DeliveryState.PENDING, 2),
        (DeliveryState.SENDING, 1),
        (DeliveryState.UNCERTAIN, 2),
        (DeliveryState.LEASED, 1),
    ]


async def test_after_a_restore_what_may_have_been_sent_is_doubted(database: Database) -> None:
    backup, now = T0, T0 + timedelta(hours=2)
    before = backup - timedelta(minutes=1)
    await put(
        database,
        nudge("due before", not_before=before),
        nudge("taken", not_before=before, priority=PROMPT),
        nudge("due since", not_before=now - timedelta(hours=1)),
        nudge("to come", not_before=now + timedelta(days=1)),
    )
    async with database.write_ledger() as ledger:
        (taken,) = await claim_ready(ledger, "lost", before, 1)
        assert taken.occurrence_key == "taken"
        rows = [(WORKSPACE, nudge("asked anew", not_before=now + timedelta(minutes=5)))]
        await enqueue_all(ledger, rows, now)  # by the first heartbeat, spread over some minutes
    async with database.write_ledger() as ledger:
        # What had been written down for tomorrow by the time of the backup cannot have been sent.
        assert await reconcile_since(ledger, backup + timedelta(seconds=1), now) == 4
    async with database.read(WORKSPACE) as scope:
        doubted = {
            name: (found.state, found.first_post_at, found.not_before)
            for name in ("due before", "taken", "due since", "asked anew", "to come")
            if (found := await delivery_by_key(scope, name))
        }
    since = backup + timedelta(seconds=1)
    unsure = DeliveryState.UNCERTAIN
    assert doubted == {
        "due before": (unsure, since, now),
        "taken": (unsure, since, now),
        "due since": (unsure, since, now),
        "asked anew": (unsure, since, now + timedelta(minutes=5)),
        "to come": (DeliveryState.PENDING, None, now + timedelta(days=1)),
    }
