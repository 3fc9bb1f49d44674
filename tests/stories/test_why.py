"""Why: every message names the rule and the facts that made it, and so does every one that did not come."""

import re

HERE = "Europe/Ljubljana"


async def test_why_names_what_was_due_and_since_when(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today send the ROI sheet")
    await team.jump("2026-09-15T16:40", HERE)
    [why] = await ana.says("/why")
    assert (
        "End-of-day prompt: On Tue 15 Sep this was due and open: Acme, send the ROI sheet (Mon 14 Sep).\n"
        in why
    )


async def test_nothing_sent_and_nothing_held_is_said_too(team):
    [why] = await team.person("ana").says("/why")
    assert "nothing to explain" in why


async def test_what_was_held_back_is_listed_for_a_week_and_by_any_words_that_ask_for_it(team):
    ana = team.person("ana")
    await ana.says("/followup Acme mon send the ROI sheet")
    await ana.says("/followup move Acme to 30 sep")
    await team.jump("2026-09-17T18:00", HERE)
    [why] = await ana.says("/why")
    assert "Held back in the last week\n" in why
    for day in ("Mon 14 Sep", "Tue 15 Sep", "Wed 16 Sep"):
        assert f"{day}, 16:3" in why or f"{day}, 16:2" in why
    assert "held nothing back" not in why
    for words in ("did I not get a message yesterday?", "no reminder on Tuesday", "didn't you remind me"):
        assert (await ana.says(f"/why {words}")) == [why]


async def test_the_shortcut_explains_one_message(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today 3pm send the ROI sheet")
    await team.jump("15:00", HERE)
    await ana.uses_shortcut("Why this message?", "Due: Acme")
    assert "Reminder, Mon 14 Sep, 15:00: You asked to be reminded of this at 15:00." in ana.sees()[-1]


async def test_the_shortcut_explains_the_digest_and_what_was_only_an_answer(team):
    ana = team.person("ana")
    await ana.says("/deal Acme 24k")
    await ana.says("/deal won Acme 24k")
    await team.jump("2026-09-21T09:01", HERE)
    await ana.uses_shortcut("Why this message?", "Acme")
    assert "Weekly digest, Mon 21 Sep, 09:" in ana.sees("sales")[-1]
    assert "a weekly digest in this channel, Monday at 09:00 (Europe/Ljubljana)." in ana.sees("sales")[-1]
    await ana.says("how am I doing")
    answer = team.server.workspace.dm("U1").seen_by("U1")[-1]
    await ana.uses_shortcut("Why this message?", answer)
    assert "You wrote to me" in ana.sees()[-1]


async def test_a_message_of_somebody_else_is_none_of_ours(team):
    ana, ben = team.person("ana"), team.person("ben")
    await ben.says("lunch?", channel="sales")
    await ana.uses_shortcut("Why this message?", "lunch?")
    assert "not one I sent on my own" in ana.sees("sales")[-1]


async def test_the_menu_under_a_message_explains_it(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today send the ROI sheet")
    await team.jump("16:40", HERE)
    await ana.chooses("⋯", "Why this message?", near="Pause until Monday")
    assert "End-of-day prompt, Mon 14 Sep, 16:40: On Mon 14 Sep this was due and open" in ana.sees()[-1]


async def test_what_was_sent_is_listed_by_when_it_was_and_the_rest_is_counted(team):
    ana = team.person("ana")
    await ana.says("/followup Late today 4pm call them")
    for minute in range(7):
        await ana.says(f"/followup Acme{minute} today 3:0{minute}pm call them")
    for minute in range(7):
        await team.jump(f"15:0{minute}", HERE)
    await team.jump("16:00", HERE)
    [why] = await ana.says("/why")
    times = re.findall(r"Mon 14 Sep, (\d\d:\d\d) Reminder", why)
    assert times == ["16:00", "15:06", "15:05", "15:04", "15:03"]
    await ana.clicks("and 3 more")
    assert len(re.findall(r"Mon 14 Sep, \d\d:\d\d Reminder", ana.modal())) == 8


async def test_a_reminder_set_long_before_is_explained_when_it_came(team):
    ana = team.person("ana")
    await ana.says("/followup Acme 28 sep 9am call them")
    await team.jump("2026-09-28T09:01", HERE)
    [why] = await ana.says("/why")
    assert "Mon 28 Sep, 09:01 Reminder: You asked to be reminded of this at 09:00." in why


async def test_a_prompt_of_a_day_off_waits_for_nothing_and_says_which_day_it_was(team):
    ana, mia = team.person("ana"), team.person("mia")
    await mia.says("/team holidays 2026")
    await mia.clicks("Add a day")
    await mia.chooses("Day", "2026-09-18")
    await mia.fills("Name", "Company day")
    await mia.submits()
    await ana.says("/followup Acme thu call them")
    await team.jump("2026-09-18T16:40", HERE)
    [why] = await ana.says("/why")
    assert "Waiting" not in why
    assert "Fri 18 Sep, 16:3" in why
    assert "End-of-day prompt: Fri 18 Sep was no working day: " in why


async def test_words_that_explain_nothing_say_what_would(team):
    ana = team.person("ana")
    await ana.says("/goal 15k this quarter")
    [said] = await ana.says("/why must")
    assert "None of the goals says “must”." in said
    for word in ("floor", "consistency", "lights", "mix", "sources", "a goal by its words"):
        assert word in said


async def test_a_manager_asks_why_of_a_rep_by_name(team):
    mia, ben = team.person("mia"), team.person("ben")
    [said] = await mia.says("/why @ana floor")
    assert "Ana Kovač’s floor is 25 this week." in said
    [refused] = await ben.says("/why @ana floor")
    assert "floor is" not in refused
    [said] = await mia.says("/why @ana mix")
    assert "Try" not in said
