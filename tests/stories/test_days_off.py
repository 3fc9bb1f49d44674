"""Days off: holidays a team keeps or works, and leave, one's own or a rep's."""

import pytest

from tests.setup_story import sets_up


async def test_a_team_works_on_a_holiday_and_takes_it_back(team):
    mia = team.person("mia")
    await mia.says("/team holidays")
    await mia.clicks("We work", near="Columbus Day")
    assert "Mon 12 Oct 2026 Columbus Day · the team works [Restore]" in mia.sees()[-1]
    await mia.clicks("Restore", near="Mon 12 Oct 2026")
    assert "Mon 12 Oct 2026 Columbus Day [We work]" in mia.sees()[-1]
    assert len(mia.sees()) == 1  # the list was edited in place


async def test_a_day_of_the_teams_own_is_added_and_removed(team):
    mia = team.person("mia")
    await mia.says("/team holidays 2026")
    await mia.clicks("Add a day")
    await mia.chooses("Day", "2026-12-24")
    await mia.fills("Name", "Company day <!here>")
    await mia.submits()
    assert "Thu 24 Dec 2026 is off for Field: Company day <!here>." in mia.modal()
    await mia.closes()
    shown = (await mia.says("/team holidays 2026"))[0]
    assert "Thu 24 Dec 2026 Company day <!here> · the team's own [Remove]" in shown
    await mia.clicks("Remove", near="Company day")
    assert "Company day" not in mia.sees()[-1]


@pytest.mark.parametrize(
    ("on", "words"),
    [("2026-12-25", "Christmas Day"), ("2026-12-26", "weekend"), ("2062-01-05", "Choose a year")],
)
async def test_a_day_that_is_off_or_absurd_is_not_added(team, on, words):
    mia = team.person("mia")
    await mia.says("/team holidays")
    await mia.clicks("Add a day")
    await mia.chooses("Day", on)
    await mia.fills("Name", "Company day")
    await mia.submits()
    assert words in mia.modal_errors()["Day"]


async def test_reps_read_the_holidays_and_change_none(team):
    shown = (await team.person("ana").says("/team holidays"))[0]
    assert "Thu 26 Nov 2026 Thanksgiving Day" in shown
    assert "[" not in shown
    assert "Choose a year" in (await team.person("ana").says("/team holidays 9999"))[0]


async def test_leave_is_entered_listed_and_removed(team):
    ana = team.person("ana")
    await ana.says("/team leave")
    await ana.clicks("Add leave")
    await ana.chooses("First day", "2026-10-09")
    await ana.chooses("Last day", "2026-10-13")
    await ana.fills("Note", "sea")
    await ana.submits()
    assert "Leave saved: Fri 9 Oct to Tue 13 Oct, 2 working days." in ana.modal()  # Columbus Day too
    await ana.closes()
    assert "Fri 9 Oct to Tue 13 Oct · sea [Remove]" in (await ana.says("/team leave"))[0]
    await ana.clicks("Remove")
    assert "None to come." in ana.sees()[-1]


async def test_leave_that_ends_before_it_starts_is_an_error_under_the_field(team):
    ana = team.person("ana")
    await ana.says("/team leave")
    await ana.clicks("Add leave")
    await ana.chooses("First day", "2026-10-09")
    await ana.chooses("Last day", "2026-10-01")
    await ana.submits()
    assert "ends on the day it starts or later" in ana.modal_errors()["Last day"]


async def test_a_manager_enters_leave_for_a_rep_and_the_list_of_people_shows_it(team):
    mia = team.person("mia")
    await mia.says("/team")
    await mia.clicks("Leave")
    await mia.clicks("Add leave")
    await mia.chooses("Who", "ben")
    await mia.chooses("Last day", "2026-09-16")
    await mia.submits()
    assert "Leave of Ben Ito saved: Mon 14 Sep to Wed 16 Sep, 3 working days." in mia.modal()
    await mia.closes()
    assert "Ben Ito Mon 14 Sep to Wed 16 Sep" in (await mia.says("/team leave"))[0]
    assert "Ben Ito rep · 05:00 America/New_York · on leave until Wed 16 Sep" in (await mia.says("/team"))[0]
    assert "None to come." in (await team.person("ana").says("/team leave"))[0]


async def test_nobody_enters_leave_for_somebody_they_do_not_manage(team):
    mia = team.person("mia")
    await sets_up(mia, "West", ["raj"], managers=["raj"])
    await mia.closes()
    raj = team.person("raj")
    await raj.says("/team leave")
    await raj.clicks("Add leave")
    await raj.chooses("Who", "ana")
    await raj.submits()
    assert raj.modal_errors() == {"Who": "Ana Kovač is in Field, which you do not manage."}


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("typed", "left"), [("not off on 22 sep", 2), ("not off 21-23 sep", 0), ("not off 30 sep", 1)]
)
async def test_who_works_after_all_says_so_and_undo_brings_the_leave_back(team, typed, left):
    ana = team.person("ana")
    await ana.says("/team leave 21-23 sep")
    await ana.says(typed)
    [listed] = await ana.says("/team leave")
    assert listed.count("[Remove]") == left
    if left != 1:
        await ana.says("undo")
        assert "Mon 21 Sep to Wed 23 Sep" in (await ana.says("/team leave"))[0]
