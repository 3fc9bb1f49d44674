"""The heartbeat: what is due becomes messages once, whatever the clock and the jobs do."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.heartbeat import BATCH, Heartbeat
from handlers.feature import Job
from sales.delivery import DeliveryState, Nudge
from sales.schedule import CatchUp
from storage import delivery as ledger_rows
from storage import member as members
from storage import schedule as schedules
from storage import workspace
from storage.database import Database
from storage.engines import sqlite as opening
from tests.known import T0, WORKSPACE

EVENING = datetime(2026, 9, 14, 17, 0, tzinfo=UTC)


class Watch:
    """A clock that a test sets."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


async def decide(scope, schedule, occurrence, now) -> list[Nudge]:
    """Ask for one message; for U13 only after having written something, and then fail."""
    if schedule.subject_id == "U13":
        await members.meet(scope, user_id="U13", name="Half done")
        raise ZeroDivisionError
    key = f"prompt:{schedule.subject_id}:{occurrence.local_date}"
    return [Nudge(key=key, kind="prompt", intent={}, why="", not_before=occurrence.due_at, user_id="U1")]


def heart(database: Database, watch: Watch, catch_up: CatchUp = CatchUp.DELIVER_LATEST) -> Heartbeat:
    return Heartbeat(database, watch, {"prompt": Job(catch_up, decide)}, lambda: None)


async def put(database: Database, *subjects: str) -> None:
    async with database.write(WORKSPACE) as scope:
        for subject in subjects:
            await schedules.set_schedule(
                scope, "prompt", subject, zone="UTC", at=time(17), weekdays=31, now=T0, spread_seconds=0
            )


async def state(database: Database, subject: str, day: str = "2026-09-14") -> DeliveryState | None:
    async with database.read(WORKSPACE) as scope:
        found = await ledger_rows.by_key(scope, f"prompt:{subject}:{day}")
    return found.state if found else None


async def test_nothing_comes_early_and_each_comes_once(database: Database) -> None:
    await put(database, "U1", "U2")
    watch = Watch(EVENING - timedelta(seconds=1))
    beating = heart(database, watch)
    assert await beating.beat() == 0
    watch.now = EVENING
    assert [await beating.beat(), await beating.beat()] == [2, 0]
    assert [await state(database, "U1"), await state(database, "U2")] == [DeliveryState.PENDING] * 2


async def test_more_than_one_batch_moves_on_in_one_beat(database: Database) -> None:
    await put(database, *(f"X{number}" for number in range(BATCH + 7)))
    assert await heart(database, Watch(EVENING)).beat() == BATCH + 7


async def test_one_that_fails_stops_no_other_and_leaves_nothing_half_done(database: Database) -> None:
    await put(database, "U12", "U13", "U14")
    beating = heart(database, Watch(EVENING))
    await beating.beat()
    assert await state(database, "U12") is await state(database, "U14") is DeliveryState.PENDING
    async with database.read(WORKSPACE) as scope:
        waiting = await schedules.schedule(scope, "prompt", "U13")
        assert waiting is not None
        assert waiting.next_due_at == EVENING
        assert await members.member(scope, "U13") is None


async def test_a_clock_that_stepped_back_decides_nothing(database: Database) -> None:
    await put(database, "U1")
    watch = Watch(EVENING + timedelta(minutes=10))
    beating = heart(database, watch)
    assert await beating.beat() == 1
    await put(database, "U2")
    watch.now = EVENING + timedelta(minutes=4)
    assert await beating.beat() == 0
    assert await state(database, "U2") is None
    watch.now = EVENING + timedelta(minutes=6)
    assert await beating.beat() == 1


async def test_a_clock_that_stepped_back_may_be_accepted(database: Database) -> None:
    await put(database, "U1")
    watch = Watch(EVENING + timedelta(days=1))
    beating = heart(database, watch)
    await beating.beat()
    await put(database, "U2")
    watch.now = EVENING
    beating.allow_any_step()
    assert await beating.beat() == 1


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
    await heart(database, Watch(EVENING + timedelta(days=2)), catch_up).beat()
    days = ("2026-09-14", "2026-09-15", "2026-09-16")
    assert [await state(database, "U1", day) for day in days] == [earlier, earlier, DeliveryState.PENDING]


async def test_two_heartbeats_together_ask_once(database: Database) -> None:
    await put(database, "U1", "U2")
    watch = Watch(EVENING)
    moved = [await heart(database, watch).beat() for _ in range(2)]
    assert sum(moved) == 2


async def test_trouble_with_the_database_is_waited_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.05)
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/rainmaker.db")
    async with database.write_ledger() as ledger:
        await workspace.install(ledger, WORKSPACE, "Testing", "UBOT", T0)
    await put(database, "U1")
    beating = heart(database, Watch(EVENING))
    with closing(sqlite3.connect(tmp_path / "rainmaker.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await beating.beat() == 0
        other.execute("ROLLBACK")
    assert await beating.beat() == 1
    await database.close()
