"""Settings: what a team and a rep decide, and the schedules that follow."""

from datetime import UTC, datetime, time

import pytest

from tests.setup_story import due, found_team, member


async def test_settings_move_every_schedule_that_follows(team):
    mia = team.person("mia")
    await mia.says("/team settings")
    await mia.chooses("End-of-day message", "17:15")
    await mia.chooses("Working days", ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday"])
    await mia.chooses("Weekly digest on", "Sunday")
    await mia.chooses("Public holidays of", "Israel")
    await mia.fills("Time zone of the digest", "jerusalem")
    await mia.fills("Currency", "ils")
    await mia.chooses("Also a short digest on the other working days", "On")
    await mia.submits()
    assert "Reps: one message at 17:15 their time, Sunday to Thursday" in mia.modal()
    row = await due(team, "U1")
    assert (row.local_time, row.weekdays) == (time(17, 15), 0b1001111)
    field = await found_team(team, "Field")
    assert (field.zone, field.currency, field.country) == ("Asia/Jerusalem", "ILS", "IL")
    assert (await due(team, str(field.id), "digest_weekly")).weekdays == 0b1000000
    assert (await due(team, str(field.id), "digest_daily")).weekdays == 0b0001111


@pytest.mark.parametrize(
    ("label", "typed", "words"),
    [
        ("End-of-day message", "20:00", "Quiet hours are 19:00 to 08:00"),
        ("Quiet hours begin", "08:00", "differ"),
        ("Time zone of the digest", "Atlantis", "no time zone “Atlantis”"),
        ("Currency", "doubloons", "not a currency code"),
        ("Part of the country", "Mars", "no part “Mars”"),
        ("Weekly digest on", "Sunday", "not one of the working days"),
    ],
)
async def test_a_setting_that_does_not_fit_is_an_error_and_nothing_changes(team, label, typed, words):
    mia = team.person("mia")
    before = (await found_team(team, "Field")).model_dump()
    await mia.says("/team settings")
    await mia.chooses(label, typed)
    await mia.submits()
    assert words in "".join(mia.modal_errors().values())
    assert (await found_team(team, "Field")).model_dump() == before


async def test_slack_itself_refuses_an_absurd_cycle(team):
    mia = team.person("mia")
    await mia.says("/team settings")
    await mia.fills("Usual sales cycle, days", "99999")
    await mia.submits()
    assert "at most 730" in mia.modal_errors()["Usual sales cycle, days"]


async def test_a_rep_chooses_their_own_evening_and_follows_the_team_again(team):
    ana = team.person("ana")
    await ana.says("/rainmaker settings")
    await ana.chooses("End-of-day message", "18:00")
    await ana.submits()
    assert "Your end-of-day message comes by 18:01 (Europe/Ljubljana), Monday to Friday" in ana.modal()
    row = await due(team, "U1")
    assert row.local_time == time(18)
    assert row.next_due_at <= datetime(2026, 9, 14, 16, 1, tzinfo=UTC)
    await ana.closes()
    await ana.says("/rainmaker settings")
    await ana.chooses("End-of-day message", "16:30")
    await ana.submits()
    assert "that is your team's time" in ana.modal()
    assert (await member(team, "U1")).evening_at is None


async def test_who_is_no_rep_has_no_evening_to_set(team):
    mia = team.person("mia")
    await mia.says("/rainmaker settings")
    assert "End-of-day" not in mia.modal()
    assert "Your time zone is Europe/Ljubljana" in mia.modal()


async def test_an_evening_in_quiet_hours_is_an_error_under_the_field(team):
    ana = team.person("ana")
    await ana.says("/rainmaker settings")
    await ana.chooses("End-of-day message", "23:00")
    await ana.submits()
    assert "Quiet hours are 19:00 to 08:00" in ana.modal_errors()["End-of-day message"]
    assert (await due(team, "U1")).local_time == time(16, 30)


async def test_new_quiet_hours_bring_a_late_evening_back_to_the_teams_time(team):
    ana, mia = team.person("ana"), team.person("mia")
    await ana.says("/rainmaker settings")
    await ana.chooses("End-of-day message", "18:30")
    await ana.submits()
    await mia.says("/team settings")
    await mia.chooses("Quiet hours begin", "18:00")
    await mia.submits()
    assert "Back on the team's time, because their own falls into quiet hours now: Ana Kovač." in mia.modal()
    assert (await due(team, "U1")).local_time == time(16, 30)
    await mia.closes()
    assert "Undone" in "\n".join(await mia.says("/rainmaker undo"))
    assert (await due(team, "U1")).local_time == time(18, 30)


async def test_a_pause_until_a_day_that_is_over_is_an_error_under_its_field(team):
    ana = team.person("ana")
    for day in ("2026-09-10", "2026-09-14"):
        await ana.says("/rainmaker settings")
        await ana.chooses("Pause my messages until", day)
        await ana.submits()
        assert "Choose a later one" in ana.modal_errors()["Pause my messages until"]
    await ana.chooses("Pause my messages until", "2026-09-15")
    await ana.submits()
    assert "Messages are paused until Tue 15 Sep" in ana.modal()


async def test_saving_an_evening_names_the_time_that_was_chosen_beside_the_one_it_comes_by(team):
    ana = team.person("ana")
    await ana.says("/rainmaker settings")
    await ana.chooses("End-of-day message", "16:25")
    await ana.submits()
    assert "within five minutes of 16:25" in ana.modal()
