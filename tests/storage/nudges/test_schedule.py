"""Schedules: found when due, moved on once, and never twice on one local date."""

from datetime import date, time, timedelta

import pytest

from sales.nudges.schedule import occurrence_after
from storage.database import Database
from storage.nudges.schedule.due import (
    advance_schedules,
    due_schedules,
    find_schedule,
    set_schedule,
    stop_schedule,
)
from storage.nudges.schedule.rows import ScheduleRow
from tests.known import T0, WORKSPACE

TERMS = {"zone": "UTC", "at": time(17), "weekdays": 0b0011111, "spread_seconds": 0}


async def put(database: Database, subject: str = "U1", now=T0, **terms) -> ScheduleRow:
    async with database.write(WORKSPACE) as scope:
        return await set_schedule(scope, "end_of_day", subject, now=now, **{**TERMS, **terms})


async def due(database: Database, now, **terms) -> list[str]:
    async with database.write_ledger() as ledger:
        return [row.subject_id for row in await due_schedules(ledger, now, terms.pop("limit", 10), **terms)]


async def test_the_longest_due_come_first_and_the_future_not_at_all(database: Database) -> None:
    await put(database, "late", at=time(12))
    first = await put(database, "first", at=time(11))
    await put(database, "tomorrow", at=time(8))
    assert await due(database, T0) == []
    assert await due(database, T0 + timedelta(hours=3)) == ["first", "late"]
    assert await due(database, T0 + timedelta(hours=3), limit=1) == ["first"]
    assert await due(database, T0 + timedelta(hours=3), excluding={first.id}) == ["late"]


async def test_a_schedule_moves_on_once_however_many_saw_it_due(database: Database) -> None:
    row = await put(database)
    following = occurrence_after(row, row.next_local_date)
    async with database.write_ledger() as ledger:
        await advance_schedules(ledger, [(row, following)])
        await advance_schedules(ledger, [(row, following)])
    async with database.read(WORKSPACE) as scope:
        found = await find_schedule(scope, "end_of_day", "U1")
    assert found is not None
    assert (found.next_local_date, found.next_due_at) == tuple(following)
    assert found.version == row.version + 1


async def test_moving_many_on_leaves_those_that_somebody_else_moved(database: Database) -> None:
    rows = [await put(database, subject) for subject in ("U1", "U2")]
    moves = [(row, occurrence_after(row, row.next_local_date)) for row in rows]
    async with database.write_ledger() as ledger:
        await advance_schedules(ledger, [])
        await advance_schedules(ledger, moves[:1])
        await advance_schedules(ledger, moves)
    async with database.read(WORKSPACE) as scope:
        found = [await find_schedule(scope, "end_of_day", row.subject_id) for row in rows]
    assert [row.version for row in found if row] == [1, 1]


async def test_setting_the_same_again_moves_nothing(database: Database) -> None:
    row = await put(database)
    again = await put(database, now=T0 + timedelta(days=3))
    assert (again.id, again.version, again.next_due_at) == (row.id, row.version, row.next_due_at)


async def test_changed_terms_give_no_second_occurrence_on_a_date_that_was_acted_on(
    database: Database,
) -> None:
    row = await put(database, at=time(8, 30), now=T0 - timedelta(hours=1))
    assert row.next_local_date == date(2026, 9, 14)
    async with database.write_ledger() as ledger:
        await advance_schedules(ledger, [(row, occurrence_after(row, row.next_local_date))])
    moved = await put(database, at=time(17))
    assert (moved.next_local_date, moved.version) == (date(2026, 9, 15), row.version + 2)


async def test_what_is_stopped_is_not_due_until_it_is_set_again(database: Database) -> None:
    await put(database)
    async with database.write(WORKSPACE) as scope:
        await stop_schedule(scope, "end_of_day", "U1")
    assert await due(database, T0 + timedelta(days=1)) == []
    await put(database)
    assert await due(database, T0 + timedelta(days=1)) == ["U1"]


async def test_what_is_due_when_the_terms_change_stays_due(database: Database) -> None:
    row = await put(database)
    moment = row.next_due_at + timedelta(seconds=5)
    changed = await put(database, now=moment, at=time(8), weekdays=0b0000100)
    assert (changed.next_local_date, changed.next_due_at) == (row.next_local_date, row.next_due_at)
    assert await due(database, moment) == ["U1"]


@pytest.mark.engines("postgresql")
async def test_schedules_that_another_process_holds_are_left_to_it(database: Database) -> None:
    for subject in ("U1", "U2", "U3"):
        await put(database, subject)
    evening = T0 + timedelta(hours=9)
    async with database.write_ledger() as mine:
        taken = [row.subject_id for row in await due_schedules(mine, evening, 2)]
        assert len(await due(database, evening)) == 1
        assert set(taken).isdisjoint(await due(database, evening))
    assert len(await due(database, evening)) == 3
