"""Teams and members as they are kept: who is in which, who manages, days off, and other workspaces."""

from datetime import date

import pytest

from sales.people.holiday import HolidayChange
from sales.people.leave import Leave
from sales.people.member import Member
from sales.people.team import Team
from sales.people.wizard import SetupDraft, SetupStep
from storage.people import team as queries
from storage.people import workspace
from storage.people.holiday import change_holiday, forget_holiday_change, holiday_changes
from storage.people.leave import add_leave, find_leave, leave_in_team, leave_of, remove_leave
from storage.people.member import find_member, meet_member, members_in, reps_in, save_member
from storage.people.wizard import find_draft, forget_draft, keep_draft
from tests.known import T0, WORKSPACE


async def people(scope, *user_ids):
    for user_id in user_ids:
        await meet_member(scope, Member(user_id=user_id, name=f"Person {user_id}", zone="Europe/Ljubljana"))


async def team_of(scope, name, reps, managers):
    row = await queries.add_team(scope, Team(name=name))
    await queries.set_people(scope, row.id, reps, managers)
    return row


async def roles(scope, user_id):
    row = await find_member(scope, user_id)
    return row.team_id, row.is_rep, row.is_manager


async def test_reps_and_managers_belong_to_the_team(database):
    async with database.write(WORKSPACE) as scope:
        await people(scope, "U1", "U2", "U3")
        field = await team_of(scope, "Field", ["U1", "U2"], ["U3"])
    async with database.read(WORKSPACE) as scope:
        assert [row.user_id for row in await reps_in(scope, field.id)] == ["U1", "U2"]
        assert await queries.managers_of(scope, field.id) == ["U3"]
        assert await roles(scope, "U3") == (field.id, False, True)
        assert [row.name for row in await queries.teams_managed_by(scope, "U3")] == ["Field"]


async def test_who_leaves_is_in_no_team_and_who_manages_nothing_is_no_manager(database):
    async with database.write(WORKSPACE) as scope:
        await people(scope, "U1", "U2", "U3", "U4")
        field = await team_of(scope, "Field", ["U1", "U2"], ["U3"])
        await queries.set_people(scope, field.id, ["U2"], ["U4"])
    async with database.read(WORKSPACE) as scope:
        assert await roles(scope, "U1") == (None, False, False)
        assert await roles(scope, "U3") == (None, False, False)
        assert await roles(scope, "U4") == (field.id, False, True)


async def test_a_rep_who_becomes_manager_only_stays_without_being_rep(database):
    async with database.write(WORKSPACE) as scope:
        await people(scope, "U1", "U2")
        field = await team_of(scope, "Field", ["U1", "U2"], ["U2"])
        await queries.set_people(scope, field.id, ["U1"], ["U2"])
    async with database.read(WORKSPACE) as scope:
        assert await roles(scope, "U2") == (field.id, False, True)


async def test_a_rep_moves_from_one_team_to_another_and_a_manager_of_two_keeps_both(database):
    async with database.write(WORKSPACE) as scope:
        await people(scope, "U1", "U2", "U3")
        west = await team_of(scope, "West", ["U1", "U2"], ["U3"])
        east = await team_of(scope, "East", ["U1"], ["U3"])
        await queries.set_people(scope, west.id, ["U2"], ["U2"])
    async with database.read(WORKSPACE) as scope:
        assert (await roles(scope, "U1"))[0] == east.id
        assert [row.user_id for row in await members_in(scope, west.id)] == ["U2"]
        assert (await roles(scope, "U3"))[2]  # East is still theirs
        assert [row.name for row in await queries.teams_managed_by(scope, "U3")] == ["East"]


async def test_another_workspace_sees_and_changes_nothing(database):
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, "T2", "Other", "UBOT", T0)
    async with database.write(WORKSPACE) as scope:
        await people(scope, "U1", "U3")
        field = await team_of(scope, "Field", ["U1"], ["U3"])
        leave = await add_leave(scope, "U1", date(2026, 9, 21), date(2026, 9, 25))
    async with database.write("T2") as scope:
        await people(scope, "U1")
        assert await queries.find_team(scope, field.id) is None
        assert await queries.find_team_named(scope, "field") is None
        assert await queries.managers_of(scope, field.id) == []
        assert await find_leave(scope, leave.id) is None
        assert await leave_in_team(scope, field.id, date.min) == []
        assert not await remove_leave(scope, "U1", leave.id)
        await save_member(scope, "U1", zone="Asia/Kolkata")
    async with database.read(WORKSPACE) as scope:
        assert (await find_member(scope, "U1")).zone == "Europe/Ljubljana"
        assert len(await leave_of(scope, "U1", date.min)) == 1


async def test_a_team_is_found_whatever_the_letter_case(database):
    async with database.write(WORKSPACE) as scope:
        await queries.add_team(scope, Team(name="Straße"))
        assert (await queries.find_team_named(scope, " STRASSE ")).name == "Straße"


async def test_a_team_without_a_country_stays_without_one(database):
    async with database.write(WORKSPACE) as scope:
        field = await queries.add_team(scope, Team(name="Field", country=None))
        default = await queries.add_team(scope, Team(name="West"))
    async with database.read(WORKSPACE) as scope:
        assert (await queries.find_team(scope, field.id)).country is None
        assert (await queries.find_team(scope, default.id)).country == "US"


async def test_settings_are_validated_when_they_change(database):
    async with database.write(WORKSPACE) as scope:
        field = await queries.add_team(scope, Team(name="Field"))
    for absurd in ({"cycle_days": 0}, {"zone": "Mars/Base"}, {"name": "x" * 10_000}, {"workdays": 0}):
        with pytest.raises(ValueError, match=next(iter(absurd))):
            async with database.write(WORKSPACE) as scope:
                await queries.change_team(scope, field, Team(name="Field").model_copy(update=absurd))
    async with database.read(WORKSPACE) as scope:
        assert (await queries.find_team(scope, field.id)).cycle_days == 90


async def test_leave_of_a_team_is_in_order_and_leaves_out_what_is_over(database):
    async with database.write(WORKSPACE) as scope:
        await people(scope, "U1", "U2", "U9")
        field = await team_of(scope, "Field", ["U1", "U2"], ["U2"])
        await add_leave(scope, "U2", date(2026, 12, 24), date(2026, 12, 31))
        await add_leave(scope, "U1", date(2026, 9, 14), date(2026, 9, 15), "sea")
        await add_leave(scope, "U1", date(2026, 8, 1), date(2026, 8, 31))
        await add_leave(scope, "U9", date(2026, 9, 14), date(2026, 9, 15))
    async with database.read(WORKSPACE) as scope:
        found = await leave_in_team(scope, field.id, date(2026, 9, 15))
        assert [(row.user_id, row.first) for row in found] == [
            ("U1", date(2026, 9, 14)),
            ("U2", date(2026, 12, 24)),
        ]


async def test_leave_is_removed_by_its_owner_once(database):
    async with database.write(WORKSPACE) as scope:
        await people(scope, "U1", "U2")
        kept = await add_leave(scope, "U1", date(2026, 9, 21), date(2026, 9, 25))
        assert not await remove_leave(scope, "U2", kept.id)
        assert await remove_leave(scope, "U1", kept.id)
    async with database.write(WORKSPACE) as scope:
        assert not await remove_leave(scope, "U1", kept.id)


async def test_leave_that_ends_before_it_starts_is_never_kept(database):
    with pytest.raises(ValueError, match="ends before"):
        Leave.model_validate({"user_id": "U1", "first": date(2026, 9, 25), "last": date(2026, 9, 21)})
    with pytest.raises(ValueError, match="ends before"):
        async with database.write(WORKSPACE) as scope:
            await add_leave(scope, "U1", date(2026, 9, 25), date(2026, 9, 21))
    async with database.read(WORKSPACE) as scope:
        assert await leave_of(scope, "U1", date.min) == []


async def test_the_last_word_on_a_holiday_holds(database):
    on = date(2026, 12, 24)
    async with database.write(WORKSPACE) as scope:
        field = await queries.add_team(scope, Team(name="Field"))
        await change_holiday(scope, field.id, HolidayChange(on=on, name="Christmas Eve"))
        await change_holiday(scope, field.id, HolidayChange(on=on, works=True))
        assert [(row.on, row.works) for row in await holiday_changes(scope, field.id)] == [(on, True)]
        await forget_holiday_change(scope, field.id, on)
        assert await holiday_changes(scope, field.id) == []


async def test_a_team_is_made_once_under_its_name(database):
    async with database.write(WORKSPACE) as scope:
        made = await queries.make_team(scope, Team(name="North", country=None, currency="EUR"))
        assert (made.name, made.country, made.currency) == ("North", None, "EUR")
        assert await queries.make_team(scope, Team(name="North")) is None
        assert [row.id for row in await queries.every_team(scope)] == [made.id]


async def test_a_half_done_set_up_is_each_persons_own_and_read_as_it_was_kept(database):
    kept = SetupDraft(
        step=SetupStep.YEAR,
        begun_at=T0,
        name="North",
        reps=("U1", "U2"),
        left_out=(("Bot", "a bot"),),
        country="",
    )
    async with database.write(WORKSPACE) as scope:
        await keep_draft(scope, "U3", kept.with_entered(step=SetupStep.PEOPLE))
        await keep_draft(scope, "U3", kept)
        await keep_draft(scope, "U4", kept.with_entered(name="South"))
    async with database.write(WORKSPACE) as scope:
        assert await find_draft(scope, "U3") == kept
        await forget_draft(scope, "U3")
        assert await find_draft(scope, "U3") is None
        assert (await find_draft(scope, "U4")).name == "South"
