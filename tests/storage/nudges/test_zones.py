"""Zones: other rules move instants and never dates, and a name that vanished stops nothing."""

from datetime import date, time, timedelta

from sqlmodel import col, select, update

from sales.nudges.schedule import CatchUp, occurrences
from sales.people.member import Member
from sales.people.team import Team
from storage.database import Database
from storage.nudges.schedule import zones
from storage.nudges.schedule.due import advance_schedules, due_schedules, set_schedule
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.member import meet_member, save_member
from storage.people.team import add_team
from tests.known import T0, WORKSPACE

LOST = "Europe/Atlantis"
TERMS = {"at": time(17), "weekdays": 0b0011111, "spread_seconds": 0, "now": T0}


async def put(database: Database, subject: str, zone: str = "Europe/Paris", **terms) -> ScheduleRow:
    async with database.write(WORKSPACE) as scope:
        return await set_schedule(scope, "end_of_day", subject, **{**TERMS, "zone": zone, **terms})


async def set_all(database: Database, **values) -> None:
    async with database.write_ledger() as ledger:
        await ledger.session.exec(update(ScheduleRow).values(**values))


async def kept(database: Database) -> dict[str, ScheduleRow]:
    async with database.read_ledger() as ledger:
        rows = await ledger.session.exec(select(ScheduleRow).order_by(col(ScheduleRow.id)))
        return {row.subject_id: row for row in rows}


async def refreshed(database: Database, limit: int = 2) -> tuple[int, int]:
    """Refresh in small batches; return how many were looked at and how many moved."""
    after = stale = moved = 0
    while True:
        async with database.write_ledger() as ledger:
            batch = await zones.refresh_zones(ledger, after, limit)
        if batch is None:
            return stale, moved
        after, stale, moved = batch.last, stale + batch.stale, moved + batch.moved


def test_the_rules_name_their_release() -> None:
    assert (
        zones.installed_rules() == "+".join(filter(None, [zones.system_rules(), zones.packaged_rules()]))[:20]
    )
    assert zones.packaged_rules()


async def test_schedules_of_other_rules_are_computed_anew_and_keep_their_date(database: Database) -> None:
    before = {f"U{n}": await put(database, f"U{n}") for n in range(5)}
    assert await refreshed(database) == (0, 0)
    await set_all(database, tzdata_version="1970a", next_due_at=T0)
    assert await refreshed(database) == (5, 5)
    after = await kept(database)
    for subject, row in before.items():
        assert after[subject].next_due_at == row.next_due_at
        assert after[subject].next_local_date == row.next_local_date
        assert after[subject].version == row.version + 1
        assert after[subject].tzdata_version == zones.installed_rules()
    assert await refreshed(database) == (0, 0)


async def test_schedules_that_are_right_already_are_only_marked(database: Database) -> None:
    rows = [await put(database, f"U{n}") for n in range(3)]
    await set_all(database, tzdata_version="1970a")
    assert await refreshed(database) == (3, 0)
    assert [row.version for row in (await kept(database)).values()] == [row.version for row in rows]


async def test_what_came_under_the_old_rules_does_not_come_again(database: Database) -> None:
    row = await put(database, "U1")
    due = occurrences(row, row.next_due_at, CatchUp.DELIVER_LATEST)
    async with database.write_ledger() as ledger:
        await advance_schedules(ledger, [(row, due.next)])
    await set_all(database, tzdata_version="1970a", next_due_at=due.next.due_at + timedelta(hours=1))
    assert await refreshed(database) == (1, 1)
    found = (await kept(database))["U1"]
    assert (found.next_local_date, found.next_due_at) == tuple(due.next)
    assert found.done_through == row.next_local_date


async def test_a_schedule_that_moved_meanwhile_is_left_as_it_is(database: Database) -> None:
    row = await put(database, "U1")
    await set_all(database, tzdata_version="1970a", next_due_at=T0)
    async with database.write_ledger() as ledger:
        await zones.move_to_rules(
            ledger, [{"row_id": row.id, "seen": row.version + 7, "due_at": T0, "day": date(2030, 1, 1)}]
        )
    assert (await kept(database))["U1"].next_local_date == row.next_local_date


async def test_a_vanished_zone_is_its_teams_and_utc_without_one(database: Database) -> None:
    async with database.write(WORKSPACE) as scope:
        team = await add_team(scope, Team(name="Field", zone="Asia/Tokyo"))
        await meet_member(scope, Member(user_id="U1", name="Ana"))
        await save_member(scope, "U1", zone=LOST, team_id=team.id)
    mine = await put(database, "U1", LOST)
    alone = await put(database, "U2", LOST)
    assert (mine.zone, alone.zone) == (LOST, LOST)
    assert mine.next_due_at.hour == 8, "17:00 in Tokyo, tomorrow"
    assert alone.next_due_at.hour == 17
    async with database.write_ledger() as ledger:
        due = await due_schedules(ledger, T0 + timedelta(days=2), 10)
    assert {row.subject_id: row.zone for row in due} == {"U1": "Asia/Tokyo", "U2": "UTC"}
    assert {row.zone for row in (await kept(database)).values()} == {LOST}, "the name is kept"
    async with database.read_ledger() as ledger:
        assert await zones.unknown_zones(ledger) == {LOST: 2}


async def test_a_zone_that_is_back_is_used_again_on_the_same_date(database: Database) -> None:
    row = await put(database, "U1", "Europe/Paris")
    await set_all(database, tzdata_version="1970a", zone=LOST)
    assert await refreshed(database) == (1, 1)
    assert (await kept(database))["U1"].next_due_at.hour == 17
    await set_all(database, tzdata_version="1971a", zone="Europe/Paris")
    assert await refreshed(database) == (1, 1)
    found = (await kept(database))["U1"]
    assert (found.next_local_date, found.next_due_at) == (row.next_local_date, row.next_due_at)
