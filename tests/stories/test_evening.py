"""The end of the day: in each rep's own evening, only if something is due, settled in one message."""

import re
from datetime import date

from storage.people.leave import add_leave
from storage.people.team import find_team_named, set_people
from tests.known import WORKSPACE
from tests.setup_story import due

HERE = "Europe/Ljubljana"


def prompts(person):
    return [
        text
        for text in person.sees()
        if re.search(r"promises? (is|are|was|were) still open|is settled", text)
    ]


async def test_each_rep_is_asked_in_their_own_evening_and_the_idle_are_not(team):
    ana, ben, mia = team.person("ana"), team.person("ben"), team.person("mia")
    await ana.says("/followup Acme today send the ROI sheet")
    await ana.says("/followup Initech tomorrow call Bill")
    await ben.says("/followup Globex today book the demo")
    await team.jump("16:24", "Europe/Ljubljana")
    assert prompts(ana) == []
    await team.jump("16:36", "Europe/Ljubljana")
    assert len(prompts(ana)) == 1
    assert "1 promise is still open" in prompts(ana)[0]
    assert "Tomorrow Initech call Bill" in prompts(ana)[0]
    assert prompts(ben) == []
    await team.jump("16:36", "America/New_York")
    assert len(prompts(ben)) == 1
    assert prompts(mia) == []
    assert len(prompts(ana)) == 1


async def test_who_came_into_a_team_by_another_door_is_asked_from_that_day_on(team):
    """Put in by an import or by hand in the database: the day's roll call schedules what is missing."""
    await team.known("raj")
    async with team.bot.database.write(WORKSPACE) as scope:
        row = await find_team_named(scope, "Field")
        await set_people(scope, row.id, ["U1", "U2", "U4"], ["U3"])
    assert await due(team, "U4") is None
    await team.jump("13:00", HERE)
    assert (await due(team, "U4")).next_local_date == date(2026, 9, 14)


async def sorts(ana, words, what, reason=""):
    await ana.clicks("Move or drop…")
    await ana.ticks(words)
    await ana.chooses("What happens to them?", what)
    if reason:
        await ana.fills("Why are they no longer needed?", reason)
    await ana.submits()


async def test_what_is_not_for_this_week_waits_until_the_next_begins(team):
    ana = team.person("ana")
    await ana.says("/followup Acme wed call them")
    await team.jump("2026-09-16T17:45", "Europe/Ljubljana")
    await sorts(ana, "Acme", "Not this week: move to Mon 21 Sep")
    assert "Acme, call them, moved to Mon 21 Sep" in prompts(ana)[0]


async def test_answers_edit_the_same_message(team):
    ana = team.person("ana")
    for name in ("Acme", "Initech", "Globex", "Hooli"):
        await ana.says(f"/followup {name} today call them")
    await team.jump("16:36", "Europe/Ljubljana")
    assert "4 promises are still open" in prompts(ana)[0]
    await ana.ticks("Acme")
    await sorts(ana, "Globex", "Bring up again in an hour")
    await sorts(ana, "Hooli", "Drop, for the reason below", "They chose another supplier")
    await ana.clicks("Move the rest to tomorrow")
    [prompt] = prompts(ana)
    assert "2 promises, moved to Tue 15 Sep. [Undo]" in prompt
    assert "Tomorrow, 17:3" in prompt
    assert "☐" not in prompt
    await ana.clicks("Undo", where=team.dm("ana"))
    [prompt] = prompts(ana)
    assert "2 promises are still open. Tick what is done.\n☐ Globex call them (17:3" in prompt
    await ana.clicks("Move the rest to tomorrow")
    await team.jump("2026-09-15T17:45", "Europe/Ljubljana")
    assert "☐ Globex call them (17:3" in ana.sees()[-1]


async def test_ten_that_nobody_did_are_dropped_or_looked_through_from_one_question(team):
    ana = team.person("ana")
    for number in range(11):
        await ana.says(f"/followup Acme{number:02} today call them")
    await ana.says("/followup Globex tomorrow book the demo")
    await team.jump("2026-09-15T16:36", HERE)
    prompt = ana.sees()[-1]
    assert "11 promises are overdue. Still alive? They were due on Mon 14 Sep" in prompt
    assert "[Keep and move to tomorrow] [Drop them all…] [One by one]" in prompt
    assert "1 more is due today. Tick what is done.\n☐ Globex book the demo" in prompt
    await ana.clicks("One by one")
    assert ana.modal().count("☐ Acme") == 11
    await ana.closes()
    await ana.clicks("Drop them all…")
    assert ana.modal().count("☑ Acme") == 11
    await ana.ticks("Acme07", off=True)
    await ana.fills("Why are they no longer needed?", "The tender is over")
    await ana.submits()
    prompt = ana.sees()[-1]
    assert "2 promises are still open." in prompt
    assert "☐ Acme07 call them (since Mon 14 Sep)" in prompt
    assert "10 promises, dropped. [Undo]" in prompt
    await ana.clicks("Undo")
    assert "11 promises are overdue. Still alive?" in ana.sees()[-1]


async def test_beside_the_question_the_list_moves_what_it_holds_and_tomorrow_stays_the_day_that_was_meant(
    team,
):
    ana = team.person("ana")
    for number in range(11):
        await ana.says(f"/followup Acme{number:02} today call them")
    await ana.says("/followup Globex tomorrow book the demo")
    await team.jump("2026-09-15T16:36", HERE)
    assert "[Move it to tomorrow]" in ana.sees()[-1]
    await ana.clicks("Move it to tomorrow")
    assert "Globex, moved to Wed 16 Sep" in ana.sees()[-1] or "moved to Wed 16 Sep" in ana.sees()[-1]
    assert "11 promises are overdue. Still alive?" in ana.sees()[-1]
    await team.jump("2026-09-16T08:30", HERE)
    await ana.clicks("Keep and move to tomorrow")  # as Tuesday evening said it
    assert "11 promises, moved to Wed 16 Sep" in ana.sees()[-1]


async def test_a_confirmation_names_the_evening_that_asks_and_no_sooner_one(team):
    ana = team.person("ana")
    [said] = await ana.says("/followup Acme today send it")
    assert "I'll ask today around 16:30" in said
    for minute in range(24, 38):
        now = await team.jump(f"16:{minute}", HERE)
        out = len(prompts(ana))
        [said] = await ana.says(f"/followup Quux{minute} today send it")
        assert ("I'll ask today" in said) == (not out), now
    assert out == 1


async def test_nothing_comes_on_a_holiday_or_on_leave(team):
    ana, ben = team.person("ana"), team.person("ben")
    for person in (ana, ben):
        await person.says("/followup Acme today send the ROI sheet")
    async with team.bot.database.write(WORKSPACE) as scope:
        await add_leave(scope, "U1", date(2026, 9, 14), date(2026, 9, 16))
    await team.jump("16:36", "America/New_York")
    assert prompts(ana) == []
    assert len(prompts(ben)) == 1


async def test_after_a_night_down_the_prompt_is_not_sent_in_the_night(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today send the ROI sheet")
    await team.jump("23:30", "Europe/Ljubljana")
    assert prompts(ana) == []


async def test_a_friday_evening_missed_comes_on_monday_morning_and_says_so(team):
    ana = team.person("ana")
    await ana.says("/followup Acme fri send the ROI sheet")
    await team.jump("2026-09-18T20:00", "Europe/Ljubljana")
    assert prompts(ana) == []
    await team.jump("2026-09-21T08:01", "Europe/Ljubljana")
    assert "For Fri 18 Sep: 1 promise was still open" in prompts(ana)[0]


async def test_what_comes_before_the_next_working_day_has_its_own_date_and_the_rest_is_counted(team):
    ana = team.person("ana")
    await ana.says("/followup Acme fri send the ROI sheet")
    await ana.says("/followup Kramer sun 11am weekend ping")
    await ana.says("/followup Initech owes me the signed NDA by sat")
    for name in ("Globex", "Hooli", "Vandelay"):
        await ana.says(f"/followup {name} mon 21 sep call them")
    await team.jump("2026-09-18T16:36", HERE)
    [prompt] = prompts(ana)
    assert "Tomorrow Initech owes you: the signed NDA · 4 more by Mon 21 Sep" in prompt
    assert "[Move the rest to Mon 21 Sep]" in prompt


async def test_home_says_how_many_more_come_within_a_week(team):
    ana = team.person("ana")
    await ana.opens_home()
    for number in range(7):
        await ana.says(f"/followup Acme{number} wed call them")
    assert "Wed 16 Sep Acme0 call them · 6 more within a week" in ana.home()


# what is done elsewhere shows in the prompt


async def test_undo_and_what_is_logged_elsewhere_show_in_the_prompt(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today send the ROI sheet")
    await team.jump("16:36", HERE)
    await ana.clicks("+1 demo")
    assert "Logged today  1 demo" in prompts(ana)[0]
    assert "Undone: 1 demo" in (await ana.says("/rainmaker undo"))[0]
    assert "Logged today  nothing yet" in prompts(ana)[0]
    await ana.says("/log 2 visits")
    assert "Logged today  2 visits" in prompts(ana)[0]
    await ana.clicks("+1 call")
    assert "Logged today  1 call and 2 visits" in prompts(ana)[0]
    assert not any("Logged 1 call." in text for text in ana.sees())
    await ana.clicks("Undo", near="Logged today", where=team.dm("ana"))
    assert "Logged today  2 visits" in prompts(ana)[0]
    assert len(prompts(ana)) == 1


async def test_a_follow_up_settled_on_home_is_settled_in_the_prompt_and_open_again_after_undo(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today send the ROI sheet")
    await team.jump("16:36", HERE)
    await ana.opens_home()
    await ana.ticks("Acme", where="home")
    assert "Acme, send the ROI sheet, done. [Undo]" in prompts(ana)[0]
    assert "Everything due today is settled." in prompts(ana)[0]
    assert "Undone: Acme, send the ROI sheet, done." in (await ana.says("/rainmaker undo"))[0]
    assert "1 promise is still open" in prompts(ana)[0]


async def test_a_follow_up_taken_back_leaves_the_prompt(team):
    ana = team.person("ana")
    await team.jump("16:29", HERE)
    await ana.says("/followup Acme today send the ROI sheet")
    await team.jump("16:36", HERE)
    assert "1 promise is still open" in prompts(ana)[0]
    await ana.says("/rainmaker undo")
    assert "Everything due today is settled." in prompts(ana)[0]
    assert "Acme" not in prompts(ana)[0]


async def test_a_prompt_that_came_with_a_reminder_is_shown_anew_beside_it(team):
    ana = team.person("ana")
    await ana.says("/followup Hooli today 4:35pm call Gavin")
    await ana.says("/followup Globex today book the demo")
    await team.jump("16:40", HERE)
    await ana.says("/log 2 visits")
    [both] = [text for text in ana.sees() if "it stands in the list here" in text]
    assert "☐ Hooli call Gavin" in both
    assert "Logged today  2 visits" in both


async def test_a_prompt_left_alone_of_several_is_itself_in_every_way(team):
    ana = team.person("ana")
    await ana.says("/followup Hooli today 4:25pm call Gavin")
    await ana.says("/followup Globex today book the demo")
    await ana.chooses("⋯", "Done", near="Hooli")
    await team.jump("16:40", HERE)
    [prompt] = prompts(ana)
    assert "in one" not in prompt
    await ana.clicks("+1 call", near="Globex")
    assert "Logged today  1 call" in prompts(ana)[0]
    await ana.says("/log 2 visits")
    assert "Logged today  1 call and 2 visits" in prompts(ana)[0]
    assert "Switch off: End-of-day prompt" in prompts(ana)[0]
