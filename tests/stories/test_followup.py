"""Follow-ups as a rep lives them: typed, echoed, answered, brought up in time."""

import re


async def test_a_typed_commitment_is_echoed_with_its_date_and_can_be_done(team):
    ana = team.person("ana")
    [said] = await ana.says("/followup Acme fri 3pm send the ROI sheet")
    assert "Acme send the ROI sheet, Fri 18 Sep 15:00" in said
    assert "What is in it for Acme?" in said
    assert "I'll bring it up then." in said
    await ana.chooses("⋯", "Done")
    assert "Done: Acme, send the ROI sheet" in ana.sees()[-1]
    await ana.chooses("⋯", "Reopen")
    assert "Acme send the ROI sheet, Fri 18 Sep 15:00" in ana.sees()[-1]
    await ana.clicks("Undo")
    assert "Undone: Acme, send the ROI sheet, reopened." in ana.sees()[-1]


async def test_a_reason_worth_their_time_is_kept_and_not_asked_for_again(team):
    ana = team.person("ana")
    [said] = await ana.says("/followup Acme fri send the ROI sheet because their budget closes in October")
    assert "Worth their time: their budget closes in October" in said
    assert "What is in it" not in said


async def test_what_they_owe_is_told_apart(team):
    ana = team.person("ana")
    [said] = await ana.says("/followup Acme owes me the signed NDA by thursday")
    assert "Acme owes you: the signed NDA, Thu 17 Sep" in said


async def test_a_past_day_is_refused_and_the_likely_one_offered_in_one_tap(team):
    ana = team.person("ana")
    [said] = await ana.says("/followup Acme 11 sep send the ROI sheet")
    assert "in the past" in said
    button = re.search(r"\[(Make it [^\]]+)\]", said)
    assert button, said
    await ana.clicks(button[1])
    assert "Acme send the ROI sheet" in ana.sees()[-1]


async def test_without_a_day_three_are_offered_and_one_is_pressed(team):
    ana = team.person("ana")
    [said] = await ana.says("/followup Acme send the ROI sheet because they renew")
    assert "Acme, send the ROI sheet. Which day?" in said
    assert "[Tue 15 Sep] [Fri 18 Sep] [Mon 21 Sep] [Another day…]" in said
    await ana.clicks("Fri 18 Sep")
    assert "Acme send the ROI sheet, Fri 18 Sep" in ana.sees()[-1]
    assert "they renew" in ana.sees()[-1]


async def test_another_day_is_chosen_in_the_form_and_settles_the_question_where_it_stands(team):
    ana = team.person("ana")
    await ana.says("/followup Acme send the ROI sheet because they renew")
    count = len(ana.sees())
    await ana.clicks("Another day…")
    await ana.fills("By when?", "2026-09-24")
    await ana.submits()
    assert ana.modal() is None
    assert "Acme send the ROI sheet, Thu 24 Sep\nI'll ask that day around 16:30" in ana.sees()[-1]
    assert "Worth their time: they renew" in ana.sees()[-1]
    assert "Which day?" not in "\n".join(ana.sees())
    assert len(ana.sees()) == count


async def test_without_a_name_the_form_comes_with_the_rest_filled_in(team):
    ana = team.person("ana")
    await ana.says("/followup fri 3pm send deck")
    assert "send deck" in ana.modal()
    await ana.fills("Who is it with?", "Acme")
    await ana.submits()
    assert "Acme send deck, Fri 18 Sep 15:00" in ana.modal()


async def test_what_is_in_it_for_them_is_asked_once_a_week(team):
    ana = team.person("ana")
    assert "What is in it for Acme?" in (await ana.says("/followup Acme fri send it"))[0]
    assert "What is in it" not in (await ana.says("/followup Globex fri send it"))[0]
    await team.jump("2026-09-21T11:00", "Europe/Ljubljana")
    assert "What is in it for Hooli?" in (await ana.says("/followup Hooli fri send it"))[0]


async def test_hostile_text_is_shown_as_text_and_too_long_text_refused(team):
    ana = team.person("ana")
    [said] = await ana.says('/followup "<!channel> & *co*" fri send 🎉 مرحبا <https://evil.example|a gift>')
    assert "<!channel> & *co*" in said.replace("\u200b", "")
    assert "<https://evil.example|a gift>" in said
    assert "🎉 مرحبا" in said
    [said] = await ana.says("/followup Acme fri " + "x" * 10_000)
    assert "characters" in said


async def test_the_form_answers_under_the_field_at_fault(team):
    ana = team.person("ana")
    await ana.says("/followup new")
    await ana.fills("Who is it with?", "Acme")
    await ana.fills("What will happen?", "Call Dana")
    await ana.fills("By when?", "2026-09-11")
    await ana.submits()
    assert ana.modal_errors() == {"By when?": "That day is over. Choose today or a later day."}
    await ana.fills("By when?", "2026-09-15")
    await ana.fills("At what time?", "10:30")
    await ana.submits()
    assert "Acme Call Dana, Tue 15 Sep 10:30" in ana.modal()


async def test_a_form_that_promises_what_stands_adds_nothing(team):
    """What stands is shown; in words that are only alike, one more is offered."""
    ana = team.person("ana")
    await ana.says("/followup Acme 2026-09-15 call Dana")
    for what in ("call Dana", "call the Dana"):
        await ana.says("/followup new")
        await ana.fills("Who is it with?", "Acme")
        await ana.fills("What will happen?", what)
        await ana.fills("By when?", "2026-09-15")
        await ana.submits()
        assert "Acme call Dana, Tue 15 Sep" in ana.modal()
        assert "You have this one already; nothing was added." in ana.modal()
    assert "It is another one" in ana.modal()
    assert listed(await ana.says("/followup list Acme")) == 1
    await ana.clicks("It is another one")
    assert listed(await ana.says("/followup list Acme")) == 2


def listed(said: list[str]) -> int:
    return len(re.findall(r"call (?:the )?Dana", "\n".join(said)))


async def test_a_message_becomes_a_follow_up_that_links_back(team):
    ana, ben = team.person("ana"), team.person("ben")
    await ana.says("/deal Acme 24k")
    await ben.says("Acme wants the depot numbers by Thursday", channel="sales")
    await ana.uses_shortcut("Follow up on this", "Acme wants the depot numbers by Thursday")
    await ana.submits()
    assert "Acme Acme wants the depot numbers by Thursday, Thu 17 Sep" in ana.modal()
    assert "The message it came from" in ana.modal()


async def test_a_commitment_with_a_time_is_brought_up_then_and_not_if_it_is_done(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today 3pm send the ROI sheet")
    await ana.says("/followup Initech today 3:10pm call Bill")
    await ana.chooses("⋯", "Done", near="Initech")
    await team.jump("15:20", "Europe/Ljubljana")
    reminders = [text for text in ana.sees() if text.startswith("Rainmaker: Due: ")]
    assert len(reminders) == 1
    assert "Due: Acme send the ROI sheet, 20 minutes late" in reminders[0]


async def test_the_list_groups_by_day_and_a_tick_settles(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today send the ROI sheet")
    await ana.says("/followup Initech tomorrow call Bill")
    await team.jump("tomorrow 10:00")
    [said] = await ana.says("/followup")
    assert said.index("Overdue") < said.index("Acme") < said.index("Today") < said.index("Initech")
    await ana.ticks("Acme send the ROI sheet")
    assert "Acme, send the ROI sheet, done. [Undo]" in ana.sees()[-1]
    assert "☐ Acme" not in ana.sees()[-1]


async def test_plain_words_in_the_direct_message_work_and_are_answered_once(team):
    ana = team.person("ana")
    await ana.says("follow up with Acme on Friday about pricing")
    answers = [text for text in ana.sees() if "Acme follow up about pricing, Fri 18 Sep" in text]
    assert len(answers) == 1


async def test_nobody_else_can_answer_for_me(team):
    ana, ben = team.person("ana"), team.person("ben")
    await ana.says("/followup Acme fri send the ROI sheet")
    [said] = await ben.says("/followup")
    assert "Nothing is open" in said


async def test_plain_words_for_what_is_no_command_get_help_undo_or_a_calm_answer(team):
    ana = team.person("ana")
    await ana.says("hello")
    assert "help for all I do" in ana.sees()[-1]
    await ana.says("help")
    assert "/followup what you owe" in ana.sees()[-1]
    await ana.says("logged 3 calls")
    await ana.says("undo")
    assert "Undone: 3 calls" in ana.sees()[-1]
    await ana.says("paint the office blue")
    assert "I did not understand that" in ana.sees()[-1]
    await ana.says("set a goal")
    assert "type /goal set" in ana.sees()[-1]
    await ana.says("won Nobody 5k and more <b>")
    assert "Something went wrong" not in ana.sees()[-1]


async def test_what_was_made_done_moved_changed_and_dropped_can_be_undone(team):
    ana = team.person("ana")
    await ana.says("/followup Zed today 3pm call Zed")
    assert "Undone: Zed, call Zed, added." in (await ana.says("/rainmaker undo"))[0]
    assert "Nothing is open" in (await ana.says("/followup"))[0]
    await ana.says("/followup Zed today 3pm call Zed")
    await ana.chooses("⋯", "Done", near="Zed call Zed, Mon 14 Sep")
    await ana.chooses("⋯", "Reopen")
    assert "Undone: Zed, call Zed, reopened." in (await ana.says("/rainmaker undo"))[0]
    assert "Undone: Zed, call Zed, done." in (await ana.says("/rainmaker undo"))[0]
    [listed] = await ana.says("/followup")
    assert "☐ Zed call Zed (15:00)" in listed
    await ana.clicks("Move or drop…")
    await ana.ticks("Zed")
    await ana.submits()
    assert "Undone: Zed, call Zed, moved to Tue 15 Sep, 15:00." in (await ana.says("/rainmaker undo"))[0]
    [listed] = await ana.says("/followup")
    assert "☐ Zed call Zed (15:00)" in listed
    await ana.clicks("Move or drop…")
    await ana.ticks("Zed")
    await ana.chooses("What happens to them?", "Drop, for the reason below")
    await ana.submits()
    assert ana.modal_errors() == {"Why are they no longer needed?": "Please fill this in."}
    await ana.fills("Why are they no longer needed?", "They chose another supplier")
    await ana.submits()
    assert "Undone: Zed, call Zed, dropped." in (await ana.says("/rainmaker undo"))[0]
    await team.jump("15:00", "Europe/Ljubljana")
    assert "Due: Zed call Zed" in ana.sees()[-1]


async def test_the_form_can_be_undone_and_after_ten_minutes_undo_says_what_it_was(team):
    ana, ben = team.person("ana"), team.person("ben")
    await ana.says("/followup new")
    await ana.fills("Who is it with?", "Acme")
    await ana.fills("What will happen?", "Call Dana")
    await ana.submits()
    assert "Undone: Acme, Call Dana, added." in (await ana.says("/rainmaker undo"))[0]
    await ben.says("/followup Acme fri call Dana")
    await ben.chooses("⋯", "Done")
    await team.jump("+11m")
    [said] = await ben.says("/rainmaker undo")
    assert "“Acme, call Dana, done” was 11 minutes ago" in said


async def test_a_reminder_whose_follow_up_was_taken_back_says_so_beside_the_others(team):
    ana = team.person("ana")
    await ana.says("/followup Initech today 3pm call Bill")
    await team.jump("14:58", "Europe/Ljubljana")
    await ana.says("/followup Acme today 3pm send the ROI sheet")
    await team.jump("15:00", "Europe/Ljubljana")
    assert "and 1 more message below" in ana.sees()[-1]
    await ana.says("/rainmaker undo")
    await ana.clicks("Done", near="Due: Initech")
    both = next(text for text in ana.sees() if "and 1 more message below" in text)
    assert "This follow-up was taken back." in both
    assert "Done: Initech, call Bill" in both


async def test_home_and_the_prompt_say_what_is_overdue_as_the_list_does(team):
    ana = team.person("ana")
    await ana.says("/followup Kramer today ping")
    await ana.says("/followup Acme tomorrow send the ROI sheet")
    await team.jump("2026-09-15T16:40", "Europe/Ljubljana")
    await ana.opens_home()
    assert "Today  2 promises, 1 overdue. Tick what is done." in ana.home()
    assert "☐ Kramer ping (since Mon 14 Sep)\n☐ Acme send the ROI sheet" in ana.home()
    [prompt] = [text for text in ana.sees() if "2 promises are still open" in text]
    assert "☐ Kramer ping (since Mon 14 Sep)\n☐ Acme send the ROI sheet" in prompt
    await ana.ticks("Acme", where="home")
    [prompt] = [text for text in ana.sees() if "1 promise is still open" in text]
    assert "☐ Acme" not in prompt
    assert "Today  1 promise is overdue." in ana.home()
    assert "Acme, send the ROI sheet, done. [Undo]" in ana.home()
    await ana.clicks("Undo", where="home")
    assert "☐ Acme send the ROI sheet" in ana.home()
    assert any("2 promises are still open" in text for text in ana.sees())


async def test_one_that_was_dropped_for_good_repeats_again_once_it_is_reopened(team):
    ana = team.person("ana")
    await ana.says("/followup Acme every friday check the usage")
    await ana.says("/followup drop acme for good because they left")
    assert "Nothing is open" in (await ana.says("/followup"))[0]
    await ana.chooses("⋯", "Reopen", near="check the usage")
    await ana.says("/followup done acme")
    assert "Fri 25 Sep" in (await ana.says("/followup"))[0]
