"""What is open is done, moved, snoozed, dropped and listed by typing a few words of it."""

import re

import pytest


async def open_three(team):
    ana = team.person("ana")
    await ana.says("/followup Globex tue send the contract")
    await ana.says("/followup Initech wed call Bill")
    await ana.says("/followup Redwood Transport thu book the visit")
    return ana


@pytest.mark.parametrize(
    ("typed", "answer", "left"),
    [
        ("/followup done initech", "Done: Initech, call Bill", "Initech"),
        ("/followup done the call with bill", "Done: Initech, call Bill", "Initech"),
        ("/followup drop redwood because they closed", "Dropped: Redwood Transport", "Redwood"),
        ("done with the initech call", "Done: Initech, call Bill", "Initech"),
    ],
)
async def test_what_is_settled_by_typing_is_off_the_list_until_it_is_taken_back(team, typed, answer, left):
    ana = await open_three(team)
    assert answer in (await ana.says(typed))[0]
    assert left not in (await ana.says("/followup list"))[0]
    await ana.says("/rainmaker undo")
    assert left in (await ana.says("/followup list"))[0]


async def test_a_day_that_is_over_is_asked_about_with_what_moves_just_that(team):
    ana = await open_three(team)
    [said] = await ana.says("/followup move Globex to yesterday")
    assert "Did you mean Tue 15 Sep?" in said
    [said] = await ana.says("/followup push Globex to 10 Sep")
    (offered,) = re.findall(r"\[(.*?)\]", said)
    await ana.clicks(offered)
    assert offered in ana.sees()[-1]
    assert "Globex" in ana.sees()[-1]
    await ana.says("/followup push to Wed 23 Sep")
    assert "Which one?" in ana.sees()[-1]
    await ana.clicks("Initech: call Bill")
    assert "Initech call Bill, Wed 23 Sep" in ana.sees()[-1]
    assert "push to" not in (await ana.says("/followup list"))[0]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("/followup move globex to friday", "Fri 18 Sep"),
        ("/followup snooze globex til monday", "Mon 21 Sep"),
        ("can you move the globex contract to friday", "Fri 18 Sep"),
    ],
)
async def test_one_is_moved_by_typing(team, typed, day):
    ana = await open_three(team)
    assert f"Globex send the contract, {day}\n" in (await ana.says(typed))[0]


async def test_which_one_is_asked_where_words_fit_several_and_pressing_does_it(team):
    ana = await open_three(team)
    [said] = await ana.says("/followup done")
    assert "Which one?" in said
    await ana.clicks("Initech: call Bill")
    assert "Done: Initech, call Bill" in ana.sees()[-1]


async def test_a_move_without_a_day_is_offered_three(team):
    ana = await open_three(team)
    assert "To when?" in (await ana.says("/followup move globex"))[0]
    await ana.clicks("Fri 18 Sep")
    assert "Globex send the contract, Fri 18 Sep" in ana.sees()[-1]


async def test_words_that_fit_nothing_change_nothing_and_offer_what_is_near(team):
    ana = await open_three(team)
    [said] = await ana.says("/followup done globx")
    assert "Nothing open fits “globx”" in said
    assert "[Globex: send the contract]" in said
    [said] = await ana.says("/followup drop off samples at Hooli fri")
    assert "New: Hooli" in said
    await ana.clicks("New: Hooli, Fri 18 Sep, drop off samples")
    assert "Hooli drop off samples" in ana.sees()[-1]


async def test_dropped_without_a_word_the_reason_can_be_said_after(team):
    ana = await open_three(team)
    assert "[Say why…]" in (await ana.says("/followup drop redwood"))[0]
    await ana.clicks("Say why…")
    await ana.fills("Why is it no longer needed?", "They closed the depot")
    await ana.submits()
    assert "They closed the depot" in ana.sees()[-1]


async def test_what_is_owed_is_listed_by_name_and_side(team):
    ana = await open_three(team)
    await ana.says("/followup Globex owes me the NDA fri")
    [said] = await ana.says("what do I owe Globex?")
    assert "contract" in said
    assert "NDA" not in said
    [said] = await ana.says("what does globex owe me")
    assert "NDA" in said
    assert "contract" not in said


async def test_the_list_says_when_what_it_leaves_out_is_due(team):
    ana = team.person("ana")
    for number in range(25):
        await ana.says(f"/followup Acme {number} today send it")
    [said] = await ana.says("/followup")
    shown, more = re.search(r"1 to (\d+) of 25, and (\d+) more, due today\n", said).groups()
    assert int(shown) + int(more) == 25


# names


async def test_a_name_one_letter_off_is_asked_about_once(team):
    ana = team.person("ana")
    await ana.says("/deal Redwood Transport 24k")
    [said] = await ana.says("/followup redwod transport fri visit")
    assert "[Redwood Transport] [redwod transport as typed]" in said
    await ana.clicks("redwod transport as typed")
    assert "redwod transport visit, Fri 18 Sep" in ana.sees()[-1]
    assert "redwod transport call, Mon 21 Sep" in (await ana.says("/followup redwod transport mon call"))[0]
    await ana.says("/followup call Redwood Transprot tmrw")
    await ana.clicks("Redwood Transport")
    assert "Redwood Transport call, Tue 15 Sep" in ana.sees()[-1]


async def test_a_digit_that_is_another_makes_another_customer(team):
    ana = team.person("ana")
    await ana.says("/deal Plant 14 24k")
    assert "Plant 15 visit, Fri 18 Sep" in (await ana.says("/followup Plant 15 fri visit"))[0]


async def test_a_name_that_looks_like_a_day_is_asked_about_unless_it_is_known(team):
    ana = team.person("ana")
    [said] = await ana.says("/followup Friday Health fri call")
    assert "[Friday Health, Fri 18 Sep]" in said
    await ana.clicks("Friday Health, Fri 18 Sep")
    assert "Friday Health call, Fri 18 Sep" in ana.sees()[-1]
    await ana.says("/deal “Today Media” 24k")
    assert "Today Media call, Wed 16 Sep" in (await ana.says("/followup today media wed call"))[0]


# again and again


async def test_what_repeats_comes_again_when_it_is_done_and_goes_with_undo(team):
    ana = team.person("ana")
    [said] = await ana.says("/followup Globex every friday 3pm pipeline check")
    assert "Globex pipeline check, Fri 18 Sep 15:00" in said
    assert "every Friday" in said
    await ana.says("/followup done globex")
    [listed] = await ana.says("/followup list")
    assert "Fri 25 Sep, 15:00 · every Friday" in listed
    await ana.says("/rainmaker undo")
    [listed] = await ana.says("/followup list")
    assert "Fri 18 Sep, 15:00" in listed
    assert "25 Sep" not in listed


async def test_what_repeats_and_is_reopened_is_there_once(team):
    ana = team.person("ana")
    await ana.says("/followup Globex every friday 3pm pipeline check")
    await ana.chooses("⋯", "Done")
    await ana.chooses("⋯", "Reopen")
    [listed] = await ana.says("/followup list")
    assert listed.count("pipeline check") == 1
    assert "Fri 18 Sep, 15:00 · every Friday" in listed
    await ana.says("/rainmaker undo")  # done again, and the next one there again
    [listed] = await ana.says("/followup list")
    assert listed.count("pipeline check") == 1
    assert "Fri 25 Sep, 15:00 · every Friday" in listed


async def test_a_next_one_that_was_moved_stays_when_the_one_before_is_reopened(team):
    ana = team.person("ana")
    await ana.says("/followup Globex every friday pipeline check")
    await ana.chooses("⋯", "Done")
    await ana.says("/followup move globex to 28 sep")
    await ana.chooses("⋯", "Reopen", near="Done: Globex")
    [listed] = await ana.says("/followup list")
    assert "Fri 18 Sep" in listed
    assert "Mon 28 Sep" in listed


async def test_what_was_moved_comes_again_on_the_day_named(team):
    ana = team.person("ana")
    await ana.says("/followup Globex every tuesday check the usage")
    await ana.says("/followup move globex to thursday")
    await ana.says("/followup done globex")
    assert "Tue 22 Sep" in (await ana.says("/followup list"))[0]


async def test_a_day_off_is_passed_over_and_the_day_named_kept(team):
    ana = team.person("ana")
    await team.jump("2026-11-23T11:00", "Europe/Ljubljana")
    [said] = await ana.says("/followup Globex every thu check the usage")
    assert "Fri 27 Nov" in said
    await ana.says("/followup done globex")
    assert "Thu 3 Dec" in (await ana.says("/followup list"))[0]


async def test_repeating_is_stopped_by_a_button(team):
    ana = team.person("ana")
    await ana.says("/followup Globex every friday pipeline check")
    await ana.chooses("⋯", "Stop repeating")
    assert "every Friday" not in ana.sees()[-1]
    await ana.says("/followup done globex")
    assert "Nothing is open" in (await ana.says("/followup list"))[0]


async def test_undo_says_that_it_repeats_again(team):
    ana = team.person("ana")
    await ana.says("/followup Globex every friday pipeline check")
    await ana.chooses("⋯", "Stop repeating")
    [said] = await ana.says("/rainmaker undo")
    assert "Undone: Globex, pipeline check, no longer repeating." in said
    assert "As before: Globex, pipeline check, due Fri 18 Sep, every Friday." in said


async def test_what_is_late_says_its_time_before_how_late(team):
    ana = team.person("ana")
    await ana.says("/followup Globex today 15:00 pipeline check")
    await team.jump("tomorrow 9:00", "Europe/Ljubljana")
    [listed] = await ana.says("/followup list")
    assert "Globex pipeline check (since Mon 14 Sep, 15:00)" in listed


@pytest.mark.parametrize(
    ("choice", "left"), [("Only this time", "Fri 25 Sep"), ("For good", "Nothing is open")]
)
async def test_one_that_repeats_is_dropped_this_time_or_for_good(team, choice, left):
    ana = team.person("ana")
    await ana.says("/followup Globex every friday pipeline check")
    await ana.says("/followup drop globex")
    await ana.clicks(choice)
    assert left in (await ana.says("/followup list"))[0]


@pytest.mark.parametrize(
    ("typed", "answer", "left"),
    [
        ("/followup initech done", "Done: Initech, call Bill", "Initech"),
        ("/followup cancel redwood", "Dropped: Redwood Transport", "Redwood"),
    ],
)
async def test_an_order_in_other_words_is_done_to_what_is_open(team, typed, answer, left):
    ana = await open_three(team)
    assert answer in (await ana.says(typed))[0]
    assert left not in (await ana.says("/followup ls"))[0]


async def test_a_verb_at_the_end_of_what_fits_nothing_open_is_a_new_follow_up(team):
    ana = await open_three(team)
    assert "Soylent push pricing, Fri 18 Sep" in (await ana.says("/followup Soylent push pricing fri"))[0]
    assert "Fri 18 Sep" in (await ana.says("/followup globex move to friday"))[0]


async def test_what_is_told_as_done_is_offered_as_that_and_does_nothing_by_itself(team):
    ana = await open_three(team)
    [asked] = await ana.says("sent the contract to globex")
    assert "[Done: Globex, send the contract]" in asked
    assert "Globex" in (await ana.says("/followup list"))[0]
