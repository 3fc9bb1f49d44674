"""Members: zones, names, roles and accounts as Slack tells of them, and clocks that change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from handlers.people.workspace import REMOVED, REVOKED
from playground.faults import Fault
from sales.nudges.schedule import occurrence_after
from storage.nudges.schedule.due import advance_schedules
from storage.people.member import save_member
from storage.people.workspace import WorkspaceRow, install_workspace
from tests.known import T0, WORKSPACE
from tests.setup_story import clock_of, due, found_team, member, sets_up, skips_the_rest


async def test_a_rep_who_travels_keeps_their_evening_by_the_new_clock(team):
    assert (await clock_of(team, "U1"))[0] == "Europe/Ljubljana"
    await team.server.change_person("U1", tz="America/New_York")
    assert await clock_of(team, "U1") == ("America/New_York", time(16, 30), date(2026, 9, 14))
    row = await due(team, "U1")
    assert (
        datetime(2026, 9, 14, 20, 25, tzinfo=UTC)
        <= row.next_due_at
        <= datetime(2026, 9, 14, 20, 35, tzinfo=UTC)
    )


async def test_travelling_west_after_the_evening_brings_no_second_one_that_day(team):
    today = await due(team, "U1")
    async with team.bot.database.write_ledger() as ledger:  # as the heartbeat does once today's is sent
        await advance_schedules(ledger, [(today, occurrence_after(today, today.next_local_date))])
    await team.server.change_person("U1", tz="America/Los_Angeles")
    assert await clock_of(team, "U1") == ("America/Los_Angeles", time(16, 30), date(2026, 9, 15))


@pytest.mark.parametrize(
    ("when", "local_date", "hour_in_utc"),
    [
        ("2026-09-14 12:00", date(2026, 9, 14), 14),
        ("2026-10-23 18:00", date(2026, 10, 26), 15),  # Europe's clocks go back on the Sunday between
        ("2027-03-26 18:00", date(2027, 3, 29), 14),
    ],
)
async def test_the_evening_stays_at_its_hour_when_the_clocks_change(town, when, local_date, hour_in_utc):
    await town.jump(when, "Europe/Ljubljana")
    await sets_up(town.person("mia"), "Field", ["ana"])
    row = await due(town, "U1")
    assert row.next_local_date == local_date
    sharp = datetime.combine(local_date, time(hour_in_utc, 30), tzinfo=UTC)
    assert abs(row.next_due_at - sharp) <= timedelta(minutes=5)


async def test_a_new_name_is_taken_over_and_moves_nothing(team):
    before = await due(team, "U1")
    await team.server.change_person("U1", display_name="Ana K.")
    assert (await member(team, "U1")).name == "Ana K."
    assert await due(team, "U1") == before


async def test_who_leaves_slack_hears_nothing_more_and_resumes_on_return(team):
    await team.server.change_person("U1", deleted=True)
    left = await member(team, "U1")
    assert (left.active, left.zone) == (
        False,
        "Europe/Ljubljana",
    )  # Slack leaves the zone out; it is not lost
    assert await due(team, "U1") is None
    await team.server.change_person("U1", deleted=False)
    assert (await member(team, "U1")).active
    assert (await due(team, "U1")).zone == "Europe/Ljubljana"


async def test_an_admin_who_is_none_any_more_may_do_less(team):
    await team.known("raj")
    await team.server.change_person("U4", is_admin=True)
    await team.person("raj").says("/team settings")
    assert team.person("raj").modal() is not None
    await team.person("raj").closes()
    await team.server.change_person("U4", is_admin=False)
    assert "You are in no team yet." in (await team.person("raj").says("/team settings"))[0]


async def held(town):
    async with town.bot.database.read_ledger() as ledger:
        return (await ledger.session.get(WorkspaceRow, WORKSPACE)).suspended_reason


async def test_when_the_app_is_removed_everything_is_held_until_it_is_installed_again(team):
    await team.server.uninstall()
    assert await held(team) in {REMOVED, REVOKED}
    team.expected += team.server.problems
    async with team.bot.database.write_ledger() as ledger:
        await install_workspace(ledger, WORKSPACE, "Northwind", "U0BOT", T0)
    assert await held(team) is None


async def test_only_the_bots_own_token_matters(team):
    await team.server.send_event({"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}})
    assert await held(team) is None
    team.server.faults.plan("auth.test", Fault("refused", error="token_revoked"))
    await team.server.send_event({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0BOT"]}})
    assert await held(team) == REVOKED
    team.expected += team.server.problems


async def test_news_of_somebody_we_never_met_changes_nothing(team):
    await team.server.change_person("U4", tz="America/New_York")
    assert await member(team, "U4") is None


async def test_help_lists_every_command(team):
    said = (await team.person("ana").says("/rainmaker help"))[0]
    assert "/team who is in your team" in said
    assert said == (await team.person("ana").says("/rainmaker"))[0]
    assert "/team holidays" in (await team.person("ana").says("/team help"))[0]


async def test_a_busy_slack_is_an_error_under_the_field_and_saving_again_works(town):
    mia = town.person("mia")
    await town.known("mia")
    town.server.faults.plan("users.info", Fault("ratelimited"))
    await sets_up(mia, "Field", ["ana", "ben"])
    assert mia.modal_errors() == {"Reps": "Slack is busy. Please save again in a minute."}
    assert await found_team(town, "Field") is None
    await mia.submits()
    await skips_the_rest(mia)
    assert "Field is set up: 2 reps" in mia.modal()
    town.expected += town.server.problems


async def test_no_goal_is_set_for_somebody_who_is_deactivated_and_it_is_said(team):
    mia = team.person("mia")
    await team.known("ben")
    await mia.says("/goal set @ben 12 deals this quarter")
    async with team.bot.database.write(WORKSPACE) as scope:
        await save_member(scope, "U2", active=False)
    for line in ("/goal set @ben 15 deals this quarter", "/goal edit @ben deals", "/goal set @ben"):
        [said] = await mia.says(line)
        assert "Ben Ito is deactivated in Slack, so no goal of theirs can be set or changed." in said
    assert "12 deals won" in (await mia.says("/goal history @ben"))[0]
