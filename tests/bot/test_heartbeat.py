"""The heartbeat: what is due becomes messages once, whatever the clock and the jobs do."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.tick import BATCH
from sales.nudges.ledger import LATE, ON_TIME, TERMINAL, DeliveryState
from sales.nudges.schedule import CatchUp
from storage import inbox
from storage.database import Database
from storage.engines import writer
from storage.inbox import InboxRow
from storage.nudges.ledger.claims import claim_ready
from storage.nudges.ledger.lookup import delivery_by_key
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.ledger.steps import move_delivery
from storage.nudges.schedule.due import find_schedule, set_schedule
from storage.people import workspace
from storage.people.member import find_member
from tests.bot.heartbeats import EVENING, BeatWatch, heart, put, state
from tests.known import T0, WORKSPACE
from tests.listener import heard


async def test_nothing_comes_early_and_each_comes_once(database: Database) -> None:
    await put(database, "U1", "U2")
    watch = BeatWatch(EVENING - timedelta(seconds=1))
    beating = heart(database, watch)
    assert await beating.beat() == 0
    watch.now = EVENING
    assert [await beating.beat(), await beating.beat()] == [2, 0]
    assert [await state(database, "U1"), await state(database, "U2")] == [DeliveryState.PENDING] * 2


async def test_more_than_one_batch_moves_on_in_one_beat(database: Database) -> None:
    await put(database, *(f"X{number}" for number in range(BATCH + 7)))
    assert await heart(database, BeatWatch(EVENING)).beat() == BATCH + 7


async def test_one_that_fails_stops_no_other_and_leaves_nothing_half_done(database: Database) -> None:
    await put(database, "U12", "U13", "U14")
    beating = heart(database, BeatWatch(EVENING))
    await beating.beat()
    assert await state(database, "U12") is await state(database, "U14") is DeliveryState.PENDING
    async with database.read(WORKSPACE) as scope:
        waiting = await find_schedule(scope, "prompt", "U13")
        assert waiting is not None
        assert waiting.next_due_at == EVENING
        assert await find_member(scope, "U13") is None


@pytest.mark.parametrize(
    ("catch_up", "earlier"),
    [
        (CatchUp.DELIVER_LATEST, DeliveryState.SKIPPED),
        (CatchUp.COALESCE, DeliveryState.SUPERSEDED),
        (CatchUp.LEVEL, DeliveryState.SUPERSEDED),
        (CatchUp.EACH, DeliveryState.PENDING),
    ],
)
async def test_what_was_missed_is_accounted_for(database: Database, catch_up, earlier) -> None:
    await put(database, "U1")
    await heart(database, BeatWatch(EVENING + timedelta(days=2)), catch_up).beat()
    days = ("2026-09-14", "2026-09-15", "2026-09-16")
    assert [await state(database, "U1", day) for day in days] == [earlier, earlier, DeliveryState.PENDING]


async def test_what_covers_a_missed_one_is_on_record(database: Database) -> None:
    await put(database, "U1")
    await heart(database, BeatWatch(EVENING + timedelta(days=1)), CatchUp.COALESCE).beat()
    async with database.read(WORKSPACE) as scope:
        covered = await delivery_by_key(scope, "prompt:U1:2026-09-14")
    assert covered is not None
    assert covered.superseded_by == "prompt:U1:2026-09-15"


async def test_a_year_of_missed_ones_is_accounted_for(database: Database) -> None:
    await put(database, "U1", "U2", "U3")
    await heart(database, BeatWatch(EVENING + timedelta(days=364))).beat()
    assert await counted(database, DeliveryState.SKIPPED) == 3 * 260
    assert await counted(database, DeliveryState.PENDING) == 3


@pytest.mark.parametrize("policy", list(CatchUp))
async def test_two_heartbeats_at_once_make_each_occurrence_once(database: Database, policy) -> None:
    await put(database, *(f"X{number}" for number in range(200)))
    watch = BeatWatch(EVENING + timedelta(days=1))
    with heard() as logs:
        moved = await asyncio.gather(*(heart(database, watch, policy).beat() for _ in range(2)))
    assert sum(moved) == 200
    ended = 0 if policy is CatchUp.EACH else 200
    assert await counted(database, DeliveryState.PENDING) == 400 - ended
    assert await counted(database, *TERMINAL) == ended
    assert [each for each in logs if each["log_level"] in ("warning", "error")] == []
    assert await heart(database, watch).beat() == 0


async def counted(database: Database, *states: DeliveryState) -> int:
    async with database.read_ledger() as ledger:
        rows = list(await ledger.session.exec(select(DeliveryRow.state)))
    return sum(state in states for state in rows)


async def test_what_is_late_goes_behind_what_is_on_time(database: Database) -> None:
    """After a restart today's messages are claimed first, and yesterday's in turn over the minutes they take."""
    await put(database, *(f"Y{number}" for number in range(60)))
    async with database.write(WORKSPACE) as scope:
        await set_schedule(
            scope, "prompt", "today", zone="UTC", at=time(9), weekdays=31, now=T0, spread_seconds=0
        )
    morning = datetime(2026, 9, 15, 9, 0, 10, tzinfo=UTC)
    await heart(database, BeatWatch(morning)).beat()
    async with database.write_ledger() as ledger:
        [first] = await claim_ready(ledger, "w", morning, 1)
    assert first.occurrence_key == "prompt:today:2026-09-15"
    assert first.priority == ON_TIME
    async with database.read_ledger() as ledger:
        asked = select(DeliveryRow).where(DeliveryRow.priority == LATE)
        late = list(await ledger.session.exec(asked))
    assert len(late) == 60
    span = timedelta(seconds=(60 - 20) / 4)
    assert all(morning <= row.not_before < morning + span for row in late)
    assert len({row.not_before for row in late}) > 50


async def test_what_was_promised_keeps_its_place_however_late(database: Database) -> None:
    await put(database, "U1")
    await heart(database, BeatWatch(EVENING + timedelta(days=2)), CatchUp.EACH).beat()
    async with database.read_ledger() as ledger:
        rows = list(await ledger.session.exec(select(DeliveryRow)))
    assert {row.priority for row in rows} == {ON_TIME}
    assert min(row.not_before for row in rows) == EVENING


async def test_two_missed_beats_are_not_late_yet(database: Database) -> None:
    await put(database, "U1")
    await heart(database, BeatWatch(EVENING + timedelta(seconds=30))).beat()
    async with database.read(WORKSPACE) as scope:
        row = await delivery_by_key(scope, "prompt:U1:2026-09-14")
    assert row is not None
    assert (row.priority, row.not_before) == (ON_TIME, EVENING)


async def test_old_requests_are_forgotten_and_old_messages_archived_once_a_day(database: Database) -> None:
    await put(database, "U1")
    watch = BeatWatch(EVENING)
    beating = heart(database, watch)
    async with database.write(WORKSPACE) as scope:
        await inbox.take(scope, "ev:1", T0)
    await beating.beat()
    async with database.write_ledger() as ledger:
        [row] = await claim_ready(ledger, "w", EVENING)
        await move_delivery(ledger, row, DeliveryState.SKIPPED, EVENING, last_error="test")
    watch.now = EVENING + timedelta(days=120)
    await beating.beat()
    async with database.read(WORKSPACE) as scope:
        assert await delivery_by_key(scope, "prompt:U1:2026-09-14") is None
        assert list(await scope.session.exec(select(InboxRow))) == []
    async with database.write(WORKSPACE) as scope:
        await inbox.take(scope, "ev:2", T0)
    watch.now += timedelta(hours=23)
    await beating.beat()
    async with database.read(WORKSPACE) as scope:
        assert len(list(await scope.session.exec(select(InboxRow)))) == 1


async def test_trouble_with_the_database_is_waited_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "LOCK_SECONDS", 0.05)
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/rainmaker.db")
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, WORKSPACE, "Testing", "UBOT", T0)
    await put(database, "U1")
    beating = heart(database, BeatWatch(EVENING))
    with closing(sqlite3.connect(tmp_path / "rainmaker.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await beating.beat() == 0
        other.execute("ROLLBACK")
    assert await beating.beat() == 1
    await database.close()
