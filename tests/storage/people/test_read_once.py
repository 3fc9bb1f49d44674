"""Who somebody is, their team, its holidays and their leave: read once in a unit of work, and never stale in it."""

import re
from datetime import date

import pytest

from sales.people.holiday import HolidayChange
from sales.people.member import Member
from sales.people.team import Team
from sales.value import changed
from storage.database import Database
from storage.people.calendar import calendar_of
from storage.people.holiday import change_holiday, forget_holiday_change, holiday_changes
from storage.people.leave import add_leave, leave_of, remove_leave
from storage.people.member import find_member, mark_welcomed, meet_member, meet_members, save_member
from storage.people.team import add_team, change_team, find_team, set_people
from storage.people.workspace import install_workspace
from tests.known import T0, WORKSPACE
from tests.statements import asked_of

MONDAY, TUESDAY = date(2026, 9, 14), date(2026, 9, 15)
OFF, DAY = HolidayChange(on=TUESDAY, name="Harvest"), (TUESDAY, TUESDAY)


def tables(asked: list[str]) -> list[str]:
    """Return which tables are read from."""
    return sorted(table for one in asked for table in re.findall(r"\nFROM (\w+)", one)[:1])


@pytest.fixture
async def team_id(database: Database) -> int:
    """A team with one rep, U1, who is away on Monday; the team has a holiday of its own on Tuesday."""
    async with database.write(WORKSPACE) as scope:
        await meet_member(scope, Member(user_id="U1", name="Ana"))
        team = await add_team(scope, Team(name="Field", country=None))
        await set_people(scope, team.id, ["U1"], [])
        await add_leave(scope, "U1", MONDAY, MONDAY)
        await change_holiday(scope, team.id, OFF)
    return team.id


async def ask_all(scope, team_id: int) -> None:
    member, team = await find_member(scope, "U1"), await find_team(scope, team_id)
    assert (member.name, team.name) == ("Ana", "Field")
    assert await find_member(scope, "U2") is None
    calendar = await calendar_of(scope, team, member)
    assert calendar.working_days(MONDAY, TUESDAY) == 0
    assert [row.on for row in await holiday_changes(scope, team_id)] == [TUESDAY]
    assert len(await leave_of(scope, "U1", MONDAY)) == 1
    assert await leave_of(scope, "U1", TUESDAY) == []


@pytest.mark.parametrize("kind", ["read", "write"])
async def test_each_is_read_once_however_often_it_is_asked(database, team_id, kind):
    with asked_of(database) as found:
        async with getattr(database, kind)(WORKSPACE) as scope:
            for _ in range(3):
                await ask_all(scope, team_id)
    assert tables(found) == ["holiday_change", "leave", "member", "member", "team"]  # U2, who is nobody, too


async def test_a_member_changed_in_the_unit_is_seen_in_it(database, team_id):
    async with database.write(WORKSPACE) as scope:
        await ask_all(scope, team_id)
        await save_member(scope, "U1", name="Anna")
        assert (await find_member(scope, "U1")).name == "Anna"
        await mark_welcomed(scope, "U1", T0)
        assert (await find_member(scope, "U1")).welcomed_at == T0
        await set_people(scope, team_id, [], ["U1"])
        member = await find_member(scope, "U1")
        assert (member.is_rep, member.is_manager) == (False, True)


async def test_somebody_met_in_the_unit_is_known_in_it(database, team_id):
    async with database.write(WORKSPACE) as scope:
        assert await find_member(scope, "U2") is None
        await meet_member(scope, Member(user_id="U2", name="Ben"))
        assert (await find_member(scope, "U2")).name == "Ben"
        assert await find_member(scope, "U3") is None
        await meet_members(scope, [Member(user_id="U3", name="Mia")])
        assert (await find_member(scope, "U3")).name == "Mia"


async def test_a_team_changed_in_the_unit_is_seen_in_it(database, team_id):
    async with database.write(WORKSPACE) as scope:
        await ask_all(scope, team_id)
        assert await find_team(scope, team_id + 1) is None
        team = await find_team(scope, team_id)
        await change_team(scope, team, changed(Team, team, name="West"))
        assert (await find_team(scope, team_id)).name == "West"
        added = await add_team(scope, Team(name="East"))
        assert (await find_team(scope, added.id)).name == "East"


async def test_days_off_changed_in_the_unit_are_seen_in_it(database, team_id):
    async with database.write(WORKSPACE) as scope:
        await ask_all(scope, team_id)
        team, member = await find_team(scope, team_id), await find_member(scope, "U1")

        async def works_on() -> list[date]:
            calendar = await calendar_of(scope, team, member)
            return [day for day in (MONDAY, TUESDAY) if calendar.working_days(day, day)]

        await forget_holiday_change(scope, team_id, TUESDAY)
        assert await works_on() == [TUESDAY]
        more = await add_leave(scope, "U1", *DAY)
        assert await works_on() == []
        await remove_leave(scope, "U1", more.id)
        assert await works_on() == [TUESDAY]
        await change_holiday(scope, team_id, OFF)
        assert await works_on() == []


async def test_what_a_savepoint_undid_is_not_remembered(database, team_id):
    async with database.write(WORKSPACE) as scope:
        await ask_all(scope, team_id)
        savepoint = await scope.session.begin_nested()
        await save_member(scope, "U1", name="Anna")
        await add_leave(scope, "U1", *DAY)
        assert (await find_member(scope, "U1")).name == "Anna"
        assert len(await leave_of(scope, "U1", date.min)) == 2
        await savepoint.rollback()
        await ask_all(scope, team_id)


async def test_workspaces_in_one_read_do_not_mix(database, team_id):
    async with database.write_ledger() as ledger:
        await install_workspace(ledger, "T2", "Other", "UBOT", T0)
    async with database.read_ledger() as ledger:
        here, there = ledger.workspace(WORKSPACE), ledger.workspace("T2")
        await ask_all(here, team_id)
        assert await find_member(there, "U1") is None
        assert await find_team(there, team_id) is None
        assert await holiday_changes(there, team_id) == []
        assert await leave_of(there, "U1", date.min) == []
        await ask_all(here, team_id)
