"""Words in the thread under a message: they are about what it brought up, or a command, and are answered there."""

import pytest

from messages.blocks import read_lines
from playground.faults import Fault
from tests import forged
from tests.double import stored
from tests.forged import event, hears, send, spoken
from tests.undelivered import advance, provoked

HERE = "Europe/Ljubljana"


async def evening(town, *names):
    """Ana has these to call today, and is asked about them in the evening; return the prompt."""
    ana = town.person("ana")
    for name in names:
        await ana.says(f"/followup {name} today call them", channel="sales")
    await town.jump("16:36", HERE)
    return ana.message("Move the rest", channel=town.dm("ana"))


def answers(town, message):
    """What was said under a message, as one reads it."""
    channel = town.server.workspace.channels[message.channel]
    return [
        "\n".join(line for block in one.blocks or [] for line in read_lines(block)) or one.text
        for one in channel.messages
        if one.thread_ts == message.ts and one.bot_id and one is not message
    ]


def under(town, message):
    """What stands in the newest answer under a message."""
    channel = town.server.workspace.channels[message.channel]
    (*_, newest) = (one for one in channel.messages if one.thread_ts == message.ts and one.bot_id)
    return "\n".join(block["text"]["text"] for block in newest.blocks if "text" in block)


async def writes(town, who, text, message, **changes):
    """Write under a message, and return what the bot answers there."""
    before = len(answers(town, message))
    await send(town, "events_api", event(town, spoken(town, who, text, thread_ts=message.ts, **changes)))
    return answers(town, message)[before:]


async def listed(town):
    return "\n".join(await town.person("ana").says("/followup", channel="sales"))


async def test_words_under_the_evening_prompt_settle_what_they_name_and_the_prompt_shows_it(team):
    above = await evening(team, "Acme", "Globex", "Initech")
    [said] = await writes(team, "ana", "done with Acme", above)
    assert said == "Done: Acme, call them"
    [said] = await writes(team, "ana", "push 2 to Monday", above)
    assert "Mon 21 Sep" in said
    assert "Globex" in said
    [said] = await writes(team, "ana", "done", above)  # the only one that is left
    assert said == "Done: Initech, call them"
    shown = "\n".join(team.person("ana").sees())
    assert "Everything due today is settled." in shown
    assert "Initech, call them, done. [Undo]" in shown
    assert "☐" not in shown


async def test_where_words_fit_several_which_is_asked_and_the_next_words_say_it(team):
    above = await evening(team, "Acme", "Globex", "Initech")
    [asked] = await writes(team, "ana", "snooze 1 hour", above)
    assert asked.startswith("Which one?")
    assert "2. Globex · call them" in asked
    [said] = await writes(team, "ana", "2", above)
    assert "17:3" in said
    assert "Globex" in said
    [said] = await writes(team, "ana", "2", above)  # nothing is asked any more
    assert "did not understand" in said
    [asked] = await writes(team, "ana", "drop", above)
    assert "Globex" in asked  # snoozed for an hour, and open still
    [said] = await writes(team, "ana", "Initech", above)
    assert said.startswith("Dropped: Initech, call them")


async def test_all_are_settled_at_once_and_taken_back_at_once(team):
    above = await evening(team, "Acme", "Globex")
    [said] = await writes(team, "ana", "all done", above)
    assert said.count("done") == 2
    assert "Nothing is open" in await listed(team)
    [said] = await writes(team, "ana", "undo", above)
    assert "2 promises, done" in said
    assert "Acme" in await listed(team)
    assert "Globex" in await listed(team)


async def test_a_number_beyond_the_list_is_asked_about(team):
    above = await evening(team, "Acme", "Globex")
    [said] = await writes(team, "ana", "done 7", above)
    assert said.startswith("Which one?")


async def test_what_is_dropped_may_be_given_its_reason_in_the_next_words(team):
    above = await evening(team, "Acme")
    [said] = await writes(team, "ana", "drop it", above)
    assert said.startswith("Dropped: Acme, call them\nWhy?")
    [said] = await writes(team, "ana", "because they merged", above)
    assert said == "Dropped: Acme, call them (they merged)"
    assert "Dropped: *Acme*, call them (_they merged_)" in under(team, above)
    assert "Acme, call them, dropped. [Undo]" in "\n".join(team.person("ana").sees())
    [said] = await writes(team, "ana", "because I say so", above)
    assert "did not understand" in said


async def test_what_was_settled_by_a_button_is_shown_as_it_is(team):
    above = await evening(team, "Acme")
    await team.person("ana").ticks("Acme", where=team.dm("ana"))
    before = await stored(team)
    [said] = await writes(team, "ana", "done", above)
    assert said == "Done: Acme, call them"
    assert await stored(team) == {**before, "delivery": (await stored(team))["delivery"]}


async def test_words_that_come_twice_have_one_effect_and_one_answer(team):
    above = await evening(team, "Acme")
    same = event(team, spoken(team, "ana", "snooze", thread_ts=above.ts))
    for _ in range(3):
        await send(team, "events_api", same)
    assert len(answers(team, above)) == 1


async def test_a_day_that_is_over_is_refused_in_the_thread_and_nothing_moves(team):
    above = await evening(team, "Acme")
    [said] = await writes(team, "ana", "move to yesterday", above)
    assert "in the past" in said
    assert "push to" in said
    [said] = await writes(team, "ana", "move it", above)
    assert said.startswith("To when?")
    assert "☐ Acme call them" in await listed(team)


async def test_a_reminder_and_a_prompt_that_came_as_one_are_answered_as_one(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today 16:36 send the ROI sheet", channel="sales")
    await ana.says("/followup Globex today call them", channel="sales")
    await team.jump("16:40", HERE)
    above = team.person("ana").message("Globex", channel=team.dm("ana"))
    [said] = await writes(team, "ana", "done with the ROI sheet", above)
    assert said == "Done: Acme, send the ROI sheet"
    assert "☐ Acme" not in "\n".join(ana.sees())


async def test_a_card_that_answered_words_is_answered_too_and_shows_what_came_of_it(team):
    ana = team.person("ana")
    await ana.says("follow up with Acme on Friday about pricing")
    card = ana.message("Acme follow up about pricing", channel=team.dm("ana"))
    [said] = await writes(team, "ana", "move to Thursday 3pm", card)
    assert "Thu 17 Sep 15:00" in said
    assert "Thu 17 Sep 15:00" in card.text


async def test_under_what_lists_nothing_words_are_ordinary_and_answered_there(team):
    ana = team.person("ana")
    await ana.says("help")
    above = team.server.workspace.channels[team.dm("ana")].messages[-1]
    [said] = await writes(team, "ana", "done", above)
    assert "did not understand" in said
    [said] = await writes(team, "ana", "log 5 calls", above)
    assert "5 calls" in said


async def test_a_command_under_a_prompt_is_the_command(team):
    above = await evening(team, "Acme")
    [said] = await writes(team, "ana", "log 2 calls with Acme", above)
    assert "Logged 2 calls" in said
    assert "☐ Acme call them" in await listed(team)
    [said] = await writes(team, "ana", "follow up with Globex on Friday about pricing", above)
    assert "Globex" in said


async def test_a_mention_in_a_channels_thread_is_answered_in_that_thread(team):
    ana = team.person("ana")
    await ana.says("what a day", channel="sales")
    above = team.server.workspace.channels["C1"].messages[-1]
    said = spoken(team, "ana", "<@U0BOT> log 5 calls", "C1", thread_ts=above.ts) | {"type": "app_mention"}
    await send(team, "events_api", event(team, said))
    assert [text for text in answers(team, above) if "5 calls" in text] != []


async def test_nobody_elses_items_are_answered(team):
    """A message's thread is its reader's: whoever writes there names nothing that is not theirs."""
    above = await evening(team, "Acme")
    [said] = await writes(team, "ben", "done", above, channel=above.channel)
    assert "did not understand" in said
    assert "Acme" in await listed(team)


async def test_where_the_message_was_deleted_the_answer_stands_by_itself(team):
    above = await evening(team, "Acme")
    above.deleted = True
    new = await hears(team, "ana", spoken(team, "ana", "done", thread_ts=above.ts))
    provoked(team)
    assert any("Done:" in text for text in new)
    assert "Nothing is open" in await listed(team)


@pytest.mark.parametrize("fault", ["lost", "dropped"])
async def test_an_answer_in_a_thread_that_may_have_arrived_is_looked_for_there(team, fault):
    above = await evening(team, "Acme")
    team.server.faults.plan("chat.postMessage", Fault(fault))
    await send(team, "events_api", event(team, spoken(team, "ana", "done", thread_ts=above.ts)))
    for _ in range(4):
        await advance(team, seconds=20)
        await team.bot.catch_up()
    assert answers(team, above) == ["Done: Acme, call them"]


@pytest.mark.parametrize(
    "wrapper", [{"subtype": "thread_broadcast"}, {"subtype": "file_share"}, {"subtype": "me_message"}]
)
async def test_however_it_is_sent_it_is_answered(team, wrapper):
    above = await evening(team, "Acme")
    assert await writes(team, "ana", "done", above, **wrapper) == ["Done: Acme, call them"]


# several commands in one message


async def test_commands_on_lines_of_their_own_are_done_in_their_order(team):
    ana = team.person("ana")
    [said] = await ana.says("log 5 calls\nfollow up with Acme on Friday\nabout pricing\nlog 2 meetings")
    assert said.index("5 calls") < said.index("Acme") < said.index("2 meetings")
    assert "pricing" in said


async def test_of_several_commands_the_one_that_fails_fails_alone(team):
    [said] = await team.person("ana").says(
        "log 5 calls\nfollow up with Acme yesterday send it\nlog 2 meetings"
    )
    assert "Logged 5 calls" in said
    assert "in the past" in said
    assert "Logged 2 meetings" in said


async def test_too_many_commands_are_refused_as_a_whole(team):
    before = await stored(team)
    [said] = await team.person("ana").says("\n".join(["log 1 call"] * 11))
    assert "11 commands" in said
    after = await stored(team)
    assert after["activity"] == before["activity"]


async def test_a_slash_command_with_another_on_its_next_line_does_both(team):
    said = "\n".join(await forged.commands(team, "ana", "/log", "5 calls\n/log 2 meetings"))
    assert "Logged 5 calls" in said
    assert "Logged 2 meetings" in said
