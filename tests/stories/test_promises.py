"""A promise that slips is asked why in a tap, for its owner's own notes; a conversation leaves a way on (#58, #59)."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from sales.followups.next_step import NextStep
from sales.followups.slip import SlipReason
from storage.followups.activity import ActivityRow
from storage.followups.followup import FollowUpRow
from tests.known import WORKSPACE
from tests.stories.craft.books import promised_for, worked
from tests.stories.test_threads import evening, writes

TODAY = date(2026, 9, 14)
ASKED = "What came between? It is for your own notes."


async def stored(town, table):
    async with town.bot.database.read(WORKSPACE) as scope:
        return list(await scope.session.exec(select(table).order_by(table.id)))


async def test_a_promise_put_off_says_its_first_day_and_undo_takes_the_reason_back(team):
    ana = team.person("ana")
    await ana.says("/followup Acme tue send the sheet because they asked")
    [said] = await ana.says("/followup move Acme to friday")
    for line in ("First promised for Tue 15 Sep.", "Worth their time: they asked", ASKED):
        assert line in said
    await ana.clicks("A colleague was late")
    said = ana.sees()[-1]
    assert "First promised for Tue 15 Sep. A colleague was late." in said
    assert ASKED not in said
    [row] = await stored(team, FollowUpRow)
    assert (row.promised_on, row.slip) == (date(2026, 9, 15), SlipReason.COLLEAGUE)
    await ana.clicks("Undo")
    [row] = await stored(team, FollowUpRow)
    assert (row.due_on, row.moves, row.promised_on, row.slip) == (date(2026, 9, 15), 0, None, None)


@pytest.mark.parametrize(
    ("made", "changed"),
    [
        ("/followup Acme fri send the sheet", "/followup move Acme to thursday"),  # forward
        ("/followup Acme owes me the sheet by fri", "/followup move Acme to monday"),  # theirs to explain
        ("/followup Acme fri send the sheet", "/followup done Acme"),  # in time
    ],
)
async def test_what_did_not_slip_is_not_asked_about(team, made, changed):
    ana = team.person("ana")
    await ana.says(made)
    [said] = await ana.says(changed)
    assert "What came between" not in said


async def test_one_that_is_kept_late_is_asked_once(team):
    ana = team.person("ana")
    await promised_for(team, "Acme", TODAY - timedelta(days=3))
    [said] = await ana.says("/followup done Acme")
    assert ASKED in said
    await ana.clicks("No time")
    assert "It came later. No time." in ana.sees()[-1]
    assert ASKED not in ana.sees()[-1]
    assert "1 kept late, 0 moved, 0 missed" in (await ana.says("/why promises"))[0]


async def test_a_second_move_is_asked_anew(team):
    ana = team.person("ana")
    await ana.says("/followup Acme tue send the sheet because they asked")
    await ana.says("/followup move Acme to friday")
    await ana.clicks("They asked")
    [said] = await ana.says("/followup move Acme to monday")
    assert "First promised for Tue 15 Sep." in said
    assert ASKED in said


async def test_what_is_put_off_on_home_is_asked_about_there(team):
    ana = team.person("ana")
    for name in ("Acme", "Globex"):
        await promised_for(team, name, TODAY - timedelta(days=3))
    await ana.opens_home()
    await ana.clicks("Move all to tomorrow", where="home")
    assert ASKED in ana.home()
    await ana.clicks("No time", where="home")
    assert ASKED not in ana.home()
    assert {one.slip for one in await stored(team, FollowUpRow)} == {SlipReason.TIME}


async def test_what_is_put_off_in_a_thread_is_asked_about_there(team):
    above = await evening(team, "Acme", "Globex", "Initech")
    [said] = await writes(team, "ana", "push Acme to Monday", above)
    assert ASKED in said
    [said] = await writes(team, "ana", "push all to tuesday", above)
    assert ASKED in said
    await team.person("ana").clicks("Plans changed", near="Initech", where=team.dm("ana"))
    slips = {one.who: one.slip for one in await stored(team, FollowUpRow)}
    assert slips["Globex"] is slips["Initech"] is SlipReason.PLANS


async def test_something_of_value_is_a_tap_or_ones_own_words(team):
    ana = team.person("ana")
    [said] = await ana.says("/followup Acme fri touch base")
    assert "What is in it for Acme? Tap one, or add your own with Change." in said
    assert said.count("[") <= 5  # with Undo, and the menu that holds the rest
    await ana.chooses("More…", "News about them")
    assert "Worth their time: news about them" in ana.sees()[-1]
    [said] = await ana.says("/followup Globex fri just checking in")  # each time, not once a week
    assert "[Something else…]" in said
    await ana.clicks("Something else…")
    await ana.fills("Why is it worth their time?", "a price list")
    await ana.submits()
    assert "Worth their time: a price list" in ana.sees()[-1]


async def test_a_next_step_that_is_added_afterwards_is_the_conversations(team):
    """Counted by the audit until then, and again once the step is taken back."""
    ana = team.person("ana")
    await worked(team, "Lockside")
    await ana.says("/log call Lockside – spoke")
    assert "1 conversation led to none" in "".join(await ana.says("/pipeline"))
    await ana.says("/log call Lockside – spoke")
    await ana.clicks("Add next step")
    await ana.fills("What will happen?", "Send the sheet")
    await ana.fills("By when?", "2026-09-18")
    await ana.submits()
    assert [one.next_step for one in await stored(team, ActivityRow)] == [NextStep.UNSAID, NextStep.AGREED]
    assert "led to none" not in "".join(await ana.says("/pipeline"))
    await ana.clicks("Undo", where="modal")
    assert [one.next_step for one in await stored(team, ActivityRow)] == [NextStep.UNSAID] * 2


async def test_a_promise_made_after_a_conversation_is_a_way_on(team):
    ana = team.person("ana")
    await worked(team, "Lockside")
    await ana.says("/log call Lockside – spoke, no next step")
    await team.jump("2026-09-14T11:30", "Europe/Ljubljana")
    await ana.says("/followup Lockside thu send the sheet")
    await ana.says("/followup done Lockside")
    await team.jump("2026-09-14T12:00", "Europe/Ljubljana")
    assert "No next step is agreed." in "".join(await ana.says("/pipeline"))
    await ana.says("/log meeting Lockside – spoke, no next step")
    assert "1 conversation led to none" in "".join(await ana.says("/pipeline"))


async def test_a_habit_is_brought_up_on_the_first_friday_evening_and_to_nobody_else(team):
    ana = team.person("ana")
    for number in range(10):
        friday = date(2026, 9, 11) - timedelta(weeks=number % 5)
        await promised_for(team, f"Customer {number}", friday, friday + timedelta(days=3 * (number < 4)))
    told = []
    for day in (18, 25, 32):  # the third and fourth Friday of September, the first of October
        on = date(2026, 9, 1) + timedelta(days=day - 1 if day < 31 else 31)
        await promised_for(team, f"Due on {on}", on)
        await team.jump(f"{on} 16:45", "Europe/Ljubljana")
        told.append("When you say Friday, it is Monday" in "\n".join(ana.sees()))
    assert told == [False, False, True]
    assert "When you say" not in "\n".join(team.person("mia").sees())


async def test_what_is_put_off_at_the_end_of_the_day_is_asked_why_for_all_of_it(team):
    ana = team.person("ana")
    for name in ("Acme", "Globex"):
        await promised_for(team, name, TODAY)
    await team.jump("2026-09-14 16:45", "Europe/Ljubljana")
    await ana.clicks("Move the rest to tomorrow")
    assert ASKED in ana.sees()[-1]
    await ana.clicks("No time")
    assert "moved to Tue 15 Sep. No time." in ana.sees()[-1]
    assert ASKED not in ana.sees()[-1]
    assert [one.slip for one in await stored(team, FollowUpRow)] == [SlipReason.TIME] * 2
    await ana.clicks("Undo")
    assert [(one.due_on, one.slip) for one in await stored(team, FollowUpRow)] == [(TODAY, None)] * 2


@pytest.mark.parametrize("typed", ["/why promises", "how are my promises?", "do I keep my promises"])
async def test_ones_promises_are_asked_for_in_a_line_or_in_plain_words(team, typed):
    ana = team.person("ana")
    assert "No promise came due in the last 90 days." in (await ana.says(typed))[0]


async def test_a_promise_in_other_articles_is_asked_about(team):
    ana = team.person("ana")
    await ana.says("/followup Acme fri email them roi sheet")
    [said] = await ana.says("/followup Acme fri email them the ROI sheet")
    assert "You have this one already" in said
    assert "[It is another one]" in said
    assert len(await stored(team, FollowUpRow)) == 1
    await ana.clicks("It is another one")
    assert len(await stored(team, FollowUpRow)) == 2


async def test_there_is_one_question_at_a_time(team):
    """Of what only checks in: what is in it for them, then which deal it is for. Of what says more, which deal."""
    ana = team.person("ana")
    for name in ("Acme Dock", "Acme Yard"):
        await ana.says(f"/deal {name} 24k")
    [said] = await ana.says("/followup Acme fri just checking in")
    assert said.count("[") <= 5, said
    assert "What is in it for Acme?" in said
    assert "Which deal" not in said
    await ana.chooses("More…", "News about them")
    said = ana.sees()[-1]
    assert "Worth their time: news about them" in said
    assert "Which deal is it for?" in said
    await ana.clicks("Acme Yard")
    assert "Which deal" not in ana.sees()[-1]
    [said] = await ana.says("/followup Acme fri send the drawings")
    assert "Which deal is it for?" in said
    assert "What is in it" not in said
