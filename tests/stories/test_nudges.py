"""Nagging is a failure mode: what is held back, put together, switched off, or said less often; and always why."""

from datetime import UTC, datetime

import pytest

from playground.faults import Fault
from sales.language.dates.instants import local_date
from sales.nudges.end_of_day import END_OF_DAY
from sales.nudges.ledger import Nudge
from storage.nudges.ledger.intake import enqueue
from tests.known import WORKSPACE
from tests.setup_story import member

HERE = "Europe/Ljubljana"


def prompts(person):
    return [text for text in person.sees() if "Logged today" in text]


async def prompt_now(town, *names, user_id="U1"):
    """Have prompts of today ready now, one for each name, that are never too late."""
    now = town.clock.now()
    async with town.bot.database.write(WORKSPACE) as scope:
        for name in names:
            nudge = Nudge(
                key=f"test:{name}",
                kind=END_OF_DAY,
                intent={"day": str(local_date(now, HERE))},
                why=f"The prompt {name}.",
                not_before=now,
                user_id=user_id,
            )
            await enqueue(scope, nudge, now)
    await town.bot.deliverer.drain()


async def capped_at(town, cap):
    mia = town.person("mia")
    await mia.says("/team settings")
    await mia.fills("Messages a day to one person, at most", str(cap))
    await mia.submits()


# several at once


async def test_reminders_of_one_moment_come_as_one_message_whose_parts_are_answered_by_themselves(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today 3pm send the ROI sheet")
    await ana.says("/followup Initech today 3pm call Bill")
    before = len(ana.sees())
    await team.jump("15:00", HERE)
    [both] = ana.sees()[before:]
    assert "and 1 more message below" in both
    assert "Due: Initech call Bill" in both
    await ana.clicks("Done", near="Due: Acme")
    both = ana.sees()[-1]
    assert "Done: Acme, send the ROI sheet" in both
    assert "[Done] [Snooze 1 h]" in both
    await ana.chooses("⋯", "Drop…", near="Initech")
    await ana.fills("Why is it no longer needed?", "They chose another supplier")
    await ana.submits()
    both = ana.sees()[-1]
    assert "Done: Acme, send the ROI sheet" in both
    assert "Dropped: Initech, call Bill (They chose another supplier)" in both
    assert len(ana.sees()) == before + 1


async def test_more_than_fit_into_one_message_come_as_two(team):
    ana = team.person("ana")
    for number in range(14):
        await ana.says(f"/followup Acme{number} today 3pm call", channel="sales")
    before = len(ana.sees())
    await team.jump("15:00", HERE)
    came = ana.sees()[before:]
    assert sorted(text.count("Due: Acme") for text in came) == [4, 10]


async def test_what_the_evening_lists_is_not_brought_up_again_by_a_reminder_in_the_same_message(team):
    ana = team.person("ana")
    await ana.says("/followup Hooli today 4:35pm call Gavin")
    await ana.says("/followup Globex today book the demo")
    before = len(ana.sees())
    await team.jump("16:40", HERE)
    [both] = ana.sees()[before:]
    assert both.startswith("Rainmaker: 2 promises are still open.")
    assert (both.count("Hooli"), both.count("Globex")) == (1, 1)
    assert "Reminder: it stands in the list here." in both
    await ana.ticks("Globex")
    both = ana.sees()[-1]
    assert "1 promise is still open" in both
    assert both.count("☐ Hooli call Gavin") == 1
    assert "Due: Hooli" not in both
    assert "Globex, book the demo, done. [Undo]" in both
    await ana.clicks("+1 call")
    assert any("Logged today  1 call" in text and "☐ Hooli" in text for text in ana.sees())
    await ana.chooses("⋯", "Switch off: End-of-day prompt", near="Pause until Monday")
    assert "off" in ana.sees()[-1]


async def test_what_was_settled_meanwhile_is_left_out_and_one_that_remains_comes_as_itself(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today 3pm send the ROI sheet")
    await ana.says("/followup Initech today 3pm call Bill")
    await ana.chooses("⋯", "Done", near="Initech")
    before = len(ana.sees())
    await team.jump("15:00", HERE)
    [said] = ana.sees()[before:]
    assert said.startswith("Rainmaker: Due: Acme send the ROI sheet")
    assert "in one" not in said


async def test_two_people_each_get_their_own(team):
    ana, ben = team.person("ana"), team.person("ben")
    await ana.says("/followup Acme today 3pm send the ROI sheet")
    await ben.says("/followup Globex today 9am call Dana")
    await team.jump("15:00", HERE)
    assert "Due: Acme" in ana.sees()[-1]
    assert "Due: Globex" in ben.sees()[-1]
    assert not any("in one" in text for person in (ana, ben) for text in person.sees())


# not too many


async def test_what_is_over_the_days_cap_waits_for_the_morning_and_comes_in_one(team):
    ana = team.person("ana")
    await capped_at(team, 1)
    await ana.says("/followup Acme today send the ROI sheet")
    await prompt_now(team, "first")
    assert len(prompts(ana)) == 1
    await prompt_now(team, "second")
    await prompt_now(team, "third")
    assert len(prompts(ana)) == 1
    [why] = await ana.says("/why")
    assert "Waiting\n• End-of-day prompt, until Tue 15 Sep, 08:00: You had 1 message on Mon 14 Sep" in why
    before = len(ana.sees())
    await team.jump("2026-09-15T08:00", HERE)
    [said] = ana.sees()[before:]
    assert "End-of-day prompt: it stands in the list here." in said


async def test_reminders_come_however_many_they_are(team):
    ana = team.person("ana")
    await capped_at(team, 1)
    for hour in (1, 2, 3):
        await ana.says(f"/followup Acme today {hour}pm send the sheet {hour}")
    await team.jump("13:00", HERE)
    await team.jump("14:00", HERE)
    await team.jump("15:00", HERE)
    assert sum(text.startswith("Rainmaker: Due: Acme") for text in ana.sees()) == 3


async def test_the_evening_does_not_repeat_what_reminders_said_a_moment_ago(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today 3pm send the ROI sheet")
    await team.jump("15:00", HERE)
    await team.jump("16:40", HERE)
    assert prompts(ana) == []
    [why] = await ana.says("/why")
    assert "End-of-day prompt: Reminders had brought up everything that was due within the two hours" in why


# not now


async def test_a_pause_holds_everything_but_what_was_asked_for_until_its_day(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today 3pm send the ROI sheet")
    await ana.says("/followup Globex today book the demo")
    [said] = await ana.says("/rainmaker pause until thursday")
    assert "Paused until Thu 17 Sep. Until then I only answer you" in said
    await ana.opens_home()
    assert "Messages are paused until Thu 17 Sep. [Resume]" in ana.home()
    await team.jump("15:00", HERE)
    assert "Due: Acme" in ana.sees()[-1]
    await team.jump("2026-09-16T17:00", HERE)
    assert prompts(ana) == []
    [why] = await ana.says("/why")
    assert "End-of-day prompt: You paused my messages until Thu 17 Sep." in why
    await team.jump("2026-09-17T17:00", HERE)
    assert len(prompts(ana)) == 1


async def test_resume_lets_what_waits_come(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today send the ROI sheet")
    await ana.says("pause for 2 weeks")
    assert "Paused until Mon 28 Sep" in ana.sees()[-1]
    await prompt_now(team, "one")
    assert prompts(ana) == []
    await ana.clicks("Resume")
    assert any("My messages come again." in text for text in ana.sees())
    await team.server.settled()
    assert len(prompts(ana)) == 1
    [said] = await ana.says("/rainmaker resume")
    assert "Nothing was paused" in said


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/rainmaker pause", "Until when? Name a day, or how long."),
        ("/rainmaker pause whenever", "Until when? Name a day, or how long."),
        ("/rainmaker pause until 5 may 2029", "more than a year away"),
        ("/rainmaker pause today", "Paused until Tue 15 Sep."),
        ("/rainmaker pause until tomorrow 3pm", "Paused until Tue 15 Sep, 15:00."),
        ("/rainmaker pause for a week", "Paused until Mon 21 Sep."),
        ("/rainmaker pause 2 weeks", "Paused until Mon 28 Sep."),
        ("/rainmaker pause 3 days", "Paused until Thu 17 Sep."),
        ("/rainmaker pause", "[Until tomorrow] [For a week] [For two weeks]"),
    ],
)
async def test_a_pause_says_until_when_or_what_is_missing(team, typed, answer):
    [said] = await team.person("ana").says(typed)
    assert answer in said


async def test_slack_s_do_not_disturb_is_kept_to_the_minute_it_ends(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today send the ROI sheet")
    ana.does_not_disturb(datetime(2026, 9, 14, 15, 20, tzinfo=UTC))
    await team.jump("16:40", HERE)
    assert prompts(ana) == []
    [why] = await ana.says("/why")
    assert "until Mon 14 Sep, 17:20: You had Slack's do-not-disturb on until Mon 14 Sep, 17:20." in why
    await team.jump("17:20", HERE)
    assert len(prompts(ana)) == 1


async def test_a_failing_look_at_do_not_disturb_holds_nothing_back(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today send the ROI sheet")
    team.server.faults.plan("dnd.info", Fault("failed"), times=5)
    await team.jump("16:40", HERE)
    assert len(prompts(ana)) == 1


# not this


async def test_a_kind_is_switched_off_under_the_message_and_on_again_in_the_settings(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today send the ROI sheet")
    await team.jump("16:40", HERE)
    await ana.chooses("⋯", "Switch off: End-of-day prompt", near="Pause until Monday")
    assert "End-of-day prompt: switched off. /rainmaker settings switches it on again." in ana.sees()[-1]
    await ana.opens_home()
    assert "Switched off: End-of-day prompt." in ana.home()
    await team.jump("2026-09-15T16:40", HERE)
    assert len(prompts(ana)) == 1
    [why] = await ana.says("/why")
    assert "This kind of message is switched off (End-of-day prompt)." in why
    await ana.says("/rainmaker settings")
    assert "☐ End-of-day prompt" in ana.modal()
    await ana.chooses("Your day", ["End-of-day prompt", "Plan check-in"])
    await ana.submits()
    assert "Switched off" not in ana.modal()
    await ana.closes()
    await team.jump("2026-09-16T16:40", HERE)
    assert len(prompts(ana)) == 2


async def test_the_message_keeps_its_off_switch_when_it_is_answered(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today send the ROI sheet")
    await team.jump("16:40", HERE)
    await ana.ticks("Acme")
    assert prompts(ana)[0].count("Switch off: End-of-day prompt") == 1


# not that often


async def test_after_three_ignored_it_says_so_and_comes_weekly_until_somebody_is_heard_from(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today send the ROI sheet")
    for day in (14, 15, 16):
        await team.jump(f"2026-09-{day}T16:40", HERE)
        assert "from now on" not in prompts(ana)[-1]
    await team.jump("2026-09-17T16:40", HERE)
    assert len(prompts(ana)) == 4
    assert (
        "The last three went unanswered, so from now on this comes on Mondays only. [Keep it daily]"
        in prompts(ana)[-1]
    )
    await team.jump("2026-09-18T16:40", HERE)
    assert len(prompts(ana)) == 4
    await team.jump("2026-09-21T16:40", HERE)
    assert len(prompts(ana)) == 5
    await team.jump("2026-09-22T16:40", HERE)
    assert len(prompts(ana)) == 5
    [why] = await ana.says("/why")
    assert "End-of-day prompt: The last ones were not answered, so this comes on Mondays only." in why
    await team.jump("2026-09-23T16:40", HERE)
    assert len(prompts(ana)) == 6


async def test_one_click_keeps_it_daily(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today send the ROI sheet")
    for day in (14, 15, 16, 17):
        await team.jump(f"2026-09-{day}T16:40", HERE)
    await ana.clicks("Keep it daily")
    last = prompts(ana)[-1]
    assert "It stays as it was." in last
    assert "Keep it daily" not in last
    assert last.count("⋯ Why this message?") == 1
    assert (await member(team, "U1")).heard_at == team.clock.now()
    await team.jump("2026-09-18T16:40", HERE)
    assert len(prompts(ana)) == 5


async def test_a_manager_has_settings_of_their_own(team):
    mia = team.person("mia")
    await mia.says("/rainmaker settings")
    assert "What I may send you" in mia.modal()
    assert "End-of-day" not in mia.modal()
    await mia.chooses("Pause my messages until", "2026-09-21")
    await mia.submits()
    assert "Messages are paused until Mon 21 Sep." in mia.modal()
    await mia.closes()
    await mia.says("/rainmaker settings")
    assert "2026-09-21" in mia.modal()
