"""The wizard: left, gone on with, and finished, whatever happened in between."""

from copy import deepcopy

import pytest

from storage.people.wizard import find_draft
from tests.known import WORKSPACE
from tests.setup_story import found_team, member, sets_up, skips_the_rest

pytestmark = pytest.mark.engines("sqlite")

HERE = "Europe/Ljubljana"


async def begins(person, name="North", reps=("ana",)):
    """Enter the name and the people, and leave it there."""
    await person.says("/rainmaker setup")
    await person.fills("Team name", name)
    await person.submits()
    await person.chooses("Reps", list(reps))
    await person.submits()
    await person.closes(everything=True)


async def test_it_goes_on_where_it_was_and_says_since_when(town):
    mia = town.person("mia")
    await begins(mia)
    await town.jump("2026-10-14 10:00", HERE)
    await mia.says("/rainmaker setup")
    assert "North · step 3 of 5 · begun Mon 14 Sep" in mia.modal()
    await mia.clicks("Back")
    assert "Reps: (@Ana Kovač)" in mia.modal().replace(" (optional)", "")
    await mia.clicks("Back")
    await mia.fills("Team name", "South")
    await mia.submits()
    await skips_the_rest(mia)
    assert "South is set up: 1 rep (Ana Kovač), managed by Mia Horvat." in mia.modal()
    assert await found_team(town, "North") is None
    await mia.closes()
    await mia.says("/rainmaker setup")
    assert "Five short steps" in mia.modal()  # what is finished is not gone on with


async def test_it_is_begun_afresh_in_one_press(town):
    mia = town.person("mia")
    await begins(mia)
    await mia.says("/rainmaker setup")
    await mia.clicks("Start afresh")
    assert "North" not in mia.modal()
    async with town.bot.database.read(WORKSPACE) as scope:
        assert await find_draft(scope, "U3") is None


async def test_another_name_begins_another_and_says_what_it_takes_the_place_of(town):
    mia = town.person("mia")
    await begins(mia)
    await mia.says("/rainmaker setup north")
    assert "North · step 3 of 5" in mia.modal()
    await mia.closes(everything=True)
    await mia.says("/rainmaker setup South")
    assert "North, begun Mon 14 Sep, is half done." in mia.modal()
    await mia.submits()
    assert "@Ana" not in mia.modal()
    await skips_the_rest(mia)
    assert "South is set up: no reps yet" in mia.modal()


async def test_two_managers_have_a_set_up_each_and_the_second_of_one_name_chooses_another(town):
    mia, ana = town.person("mia"), town.person("ana")
    town.server.workspace.people["U1"].is_admin = True
    await begins(mia, reps=("ben",))
    await sets_up(ana, "North", ["raj"])
    assert "North is set up: 1 rep (Raj Patel)" in ana.modal()
    await mia.says("/rainmaker setup")
    await skips_the_rest(mia)
    assert "There is a team North by now. Choose another name; what you entered is kept." in mia.modal()
    await mia.fills("Team name", "North Two")
    await mia.submits()
    await skips_the_rest(mia)
    assert "North Two is set up: 1 rep (Ben Ito), managed by Mia Horvat." in mia.modal()


async def test_who_was_deactivated_meanwhile_is_left_out_and_named(town):
    mia = town.person("mia")
    await begins(mia, reps=("ana", "ben"))
    await town.server.change_person("U2", deleted=True)
    await mia.says("/rainmaker setup")
    await mia.clicks("Back")
    assert "Ben Ito" not in mia.modal()  # Slack refuses a form with somebody in it who is gone
    await skips_the_rest(mia)
    assert "North is set up: 1 rep (Ana Kovač)" in mia.modal()
    assert "Left out: Ben Ito, deactivated in Slack meanwhile." in mia.modal()


async def test_who_came_into_a_team_of_somebody_else_meanwhile_stays_there(town):
    mia, raj = town.person("mia"), town.person("raj")
    await sets_up(mia, "West", ["raj"], managers=["raj"])
    await mia.closes()
    await begins(raj, "East", reps=("ana",))
    await sets_up(mia, "South", ["ana"])
    await mia.closes()
    await raj.says("/rainmaker setup")
    await skips_the_rest(raj)
    assert "East is set up: no reps yet, /team people adds them, managed by Raj Patel." in raj.modal()
    assert "Left out: Ana Kovač, in another team meanwhile." in raj.modal()
    assert (await member(town, "U1")).team_id == (await found_team(town, "South")).id


async def test_everything_skipped_makes_a_team_with_nobody_in_it(town):
    mia = town.person("mia")
    await mia.says("/rainmaker setup North")
    await mia.submits()
    await skips_the_rest(mia)
    assert "North is set up: no reps yet" in mia.modal()
    await mia.closes()
    assert "Mia Horvat manager" in (await mia.says("/team"))[0]


async def test_year_country_and_the_holidays_of_those_who_live_elsewhere(town):
    mia = town.person("mia")
    await mia.says("/rainmaker setup")
    await mia.fills("Team name", "North")
    await mia.submits()
    await mia.chooses("Reps", ["ana", "ben", "raj"])
    await mia.submits()
    await mia.clicks("Skip")
    await mia.chooses("Fiscal year starts in", "April")
    await mia.submits()
    assert "United States: Ben Ito" in mia.modal()
    assert "India: Raj Patel" in mia.modal()
    await mia.chooses("Own holidays per person, by where they live", ["India: Raj Patel"])
    await mia.chooses("Public holidays of", "Austria")
    await mia.submits()
    shown = mia.modal()
    assert "public holidays of Austria. Money is in EUR; the fiscal year starts in April." in shown
    assert "Public holidays of Raj Patel: India." in shown
    assert (await found_team(town, "North")).fiscal_year_start == 4
    countries = [(await member(town, one)).country for one in ("U1", "U2", "U4")]
    assert countries == [None, None, "IN"]


async def test_a_step_of_a_set_up_that_is_over_changes_nothing(town):
    """Two windows: the one left open after the team was made says that it is finished."""
    mia = town.person("mia")
    await mia.says("/rainmaker setup North")
    await mia.submits()
    left_open = deepcopy(town.server.workspace.modal("U3"))
    await skips_the_rest(mia)
    await mia.closes()
    town.server.workspace.modals["U3"] = [left_open]
    await mia.chooses("Reps", ["ana"])
    await mia.submits()
    assert "This set-up is finished, or was begun afresh." in mia.modal()
    assert (await member(town, "U1")) is None or (await member(town, "U1")).team_id is None


async def test_no_step_is_longer_than_a_phone_however_many_people(town):
    for number in range(60):
        town.server.workspace.add_person(
            f"U1{number}", f"p{number}", f"Person {number} " + "x" * 60, tz="Asia/Tokyo"
        )
    town.server.workspace.groups["S1"].users += [f"U1{number}" for number in range(60)]
    mia = town.person("mia")
    await mia.says("/rainmaker setup")
    await mia.fills("Team name", "N" * 80)
    await mia.submits()
    await mia.chooses("And everybody in this user group", "EMEA")
    await mia.submits()
    for _ in range(2):
        await mia.clicks("Skip")
    assert mia.modal().count("\n") <= 16
    await mia.submits()
    assert mia.modal_errors() == {}
    assert "62 reps" in mia.modal()
    made = await found_team(town, "N" * 80)
    assert made.digest_at is not None
    assert (await member(town, "U15")).country == "JP"
