"""What real workspaces put into what people type: links, mentions, emoji, odd spaces, threads, system messages.

Each case is judged by what the person then reads, in the answer and in the list.
"""

import re

import pytest

from tests.double import stored
from tests.forged import commands, hears, spoken

pytestmark = pytest.mark.engines("sqlite")

TAGS = re.compile(r"<(?:https?:|mailto:|tel:|[@#!][A-Z^a-z])[^>]*>|&(?:amp|lt|gt);|<[^>]*://")
URL = "https://crm.example/d/7?a=1&b=2"

# (what Slack sends in the direct message, the command that lists what came of it, what the person then reads)
LINKED = [
    pytest.param("deal <http://acme.com|acme.com> 24k", "/deal", ["acme.com", "24"], id="domain"),
    pytest.param("deal <https://www.acme.com/|www.acme.com> 24k", "/deal", ["www.acme.com"], id="www"),
    pytest.param("deal <mailto:dana@acme.com|dana@acme.com> 24k", "/deal", ["dana@acme.com"], id="mail"),
    pytest.param("follow up with <@U2> on Friday about pricing", "/followup", ["Ben Ito"], id="person"),
    pytest.param("follow up with <@U2|ben> on Friday about pricing", "/followup", ["Ben Ito"], id="named"),
    pytest.param("follow up with <@U4> on Friday about pricing", "/followup", ["Raj Patel"], id="not met"),
    pytest.param("follow up with Acme on Friday about <#C1|sales>", "/followup", ["#sales"], id="channel"),
    pytest.param("follow up with Acme on Friday about <#C1>", "/followup", ["#sales"], id="bare channel"),
    pytest.param("follow up with Acme on Friday about <!subteam^S1|@emea>", "/followup", ["@emea"], id="group"),
    pytest.param(f"follow up with Acme on Friday about <{URL.replace('&', '&amp;')}>", "/followup", [URL], id="pasted"),
    pytest.param(
        "follow up with Acme on Friday about <https://acme.com/roi|the ROI sheet>", "/followup", ["the ROI sheet"],
        id="label",
    ),
    pytest.param(
        "follow up with Acme on Friday call <tel:+38640123456|040 123 456>", "/followup", ["040 123 456"],
        id="telephone",
    ),
    pytest.param("follow up with AT&amp;T on Friday about pricing", "/followup", ["AT&T"], id="ampersand"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "listing", "reads"), LINKED)
async def test_what_slack_tagged_is_read_as_the_person_typed_it(team, said, listing, reads):
    ana = team.person("ana")
    await team.known("raj")
    answer = "\n".join(await hears(team, "ana", spoken(team, "ana", said)))
    listed = "\n".join(await ana.says(listing, channel="sales"))
    for part in reads:
        assert part in answer.replace("\u200b", "")
        assert part in listed.replace("\u200b", "")
    assert TAGS.findall(answer + listed) == []
    kept = "\n".join(str(row) for rows in (await stored(team)).values() for row in rows)
    assert TAGS.findall(kept) == []


@pytest.mark.parametrize("name", ["<http://acme.com|acme.com>", "<http://acme.com>"])
async def test_a_linked_name_beside_an_open_deal_is_never_cut_in_two(team, name):
    ana = team.person("ana")
    await ana.says("/deal Acme 24k")
    answer = "\n".join(await hears(team, "ana", spoken(team, "ana", f"deal {name} 30k")))
    assert "acme.com" in answer.casefold() or "Acme" in answer
    assert TAGS.findall(answer) == []
    assert "://.com" not in answer


@pytest.mark.parametrize(
    ("said", "reads"),
    [
        ("<@U2|ben> Fri 3pm send the ROI sheet", "Ben Ito"),
        ("<@U2> Fri 3pm send the ROI sheet", "Ben Ito"),
        ("<http://acme.com|acme.com> Fri 3pm send the ROI sheet", "acme.com"),
        ("Acme Fri 3pm answer in <#C1|sales>", "#sales"),
    ],
)
async def test_tags_in_a_command_are_read_as_typed(team, said, reads):
    answer = "\n".join(await commands(team, "ana", "/followup", said))
    assert reads in answer
    assert TAGS.findall(answer) == []


EMOJI = [
    pytest.param("Won Acme 22k :tada:", ["Acme"], ["tada"], id="won"),
    pytest.param("Won Acme :tada: 22k", ["Acme"], ["tada"], id="in the middle"),
    pytest.param(":tada: Won Acme 22k", ["Acme"], ["did not understand"], id="first"),
    pytest.param("Won Acme 22k 🎉", ["Acme"], ["No open", "🎉"], id="as a character"),
    pytest.param("Log 5 calls :telephone_receiver:", ["5 calls"], ["telephone"], id="log"),
    pytest.param("log 5 calls :+1::skin-tone-3:", ["5 calls"], ["skin", "+1"], id="skin tone"),
    pytest.param("log 5 calls 📞 2 meetings", ["5 calls", "2 meetings"], ["📞"], id="character"),
    pytest.param("followup Acme friday send it :rocket:", ["send it :rocket:"], ["it:rocket"], id="text"),
    pytest.param("followup Acme friday send it 🚀", ["send it 🚀"], [], id="text as a character"),
    pytest.param("followup Acme friday read chapter 3:10 to 4", ["read chapter 3:10"], [], id="colons stay"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "reads", "reads_not"), EMOJI)
async def test_emoji_mean_nothing_in_a_command_and_stay_in_text(team, said, reads, reads_not):
    await team.person("ana").says("/deal Acme 24k", channel="sales")
    answer = "\n".join(await hears(team, "ana", spoken(team, "ana", said)))
    for part in reads:
        assert part in answer
    for part in reads_not:
        assert part not in answer
    if said.casefold().strip(":ad t").startswith("won"):
        listed = "\n".join(await team.person("ana").says("/deal", channel="sales"))
        assert "Acme" not in listed.replace("/deal Acme 24k", "")  # which the hint is about


async def nudge(town):
    """A reminder of Ana's is there; return its message."""
    ana = town.person("ana")
    await ana.says("/followup Acme today 3pm send the ROI sheet", channel="sales")
    await town.jump("15:00", "Europe/Ljubljana")
    return ana.message("Due: Acme", channel=town.dm("ana"))


def in_thread(town, message):
    """What the bot said under a message."""
    channel = town.server.workspace.channels[message.channel]
    return [
        one for one in channel.messages if one.thread_ts == message.ts and one.bot_id and one.ts != message.ts
    ]


@pytest.mark.parametrize(
    ("said", "listed"),
    [
        pytest.param("done", "Nothing is open", id="done"),
        pytest.param("Done!", "Nothing is open", id="done with a mark"),
        pytest.param("snooze 1 hour", "16:0", id="snooze"),
        pytest.param("push to Monday", "Mon", id="push"),
        pytest.param("tomorrow", "omorrow", id="tomorrow"),
    ],
)
async def test_words_in_the_thread_of_a_reminder_act_on_it_and_are_answered_there(team, said, listed):
    reminder = await nudge(team)
    await hears(team, "ana", spoken(team, "ana", said, thread_ts=reminder.ts))
    assert len(in_thread(team, reminder)) == 1
    assert "did not understand" not in in_thread(team, reminder)[0].text
    assert listed in "\n".join(await team.person("ana").says("/followup", channel="sales"))


@pytest.mark.parametrize("said", ["log 5 calls", "what do I owe Acme", "gibberish of no kind"])
async def test_whatever_is_said_in_a_thread_is_answered_in_it(team, said):
    reminder = await nudge(team)
    new = await hears(team, "ana", spoken(team, "ana", said, thread_ts=reminder.ts))
    assert len(in_thread(team, reminder)) == len(new) == 1
    if "5 calls" in said:
        assert "5 calls" in in_thread(team, reminder)[0].text


SYSTEM = [
    *("tombstone", "pinned_item", "channel_name", "channel_topic", "channel_purpose", "channel_join"),
    *("channel_leave", "message_changed", "message_deleted", "bot_message", "reminder_add", "huddle_thread"),
    *("bot_add", "ekm_access_denied", "assistant_app_thread", "sh_room_created", "something_new"),
]


@pytest.mark.parametrize(
    "subtype",
    [pytest.param(one, id=one) for one in SYSTEM],
)
async def test_what_nobody_said_is_not_answered(team, subtype):
    before = await stored(team)
    said = spoken(team, "ana", "log 5 calls", subtype=subtype)
    assert await hears(team, "ana", said) == []
    assert await stored(team) == before


@pytest.mark.parametrize("subtype", ["me_message", "thread_broadcast", "file_share"])
async def test_what_people_say_in_another_way_is_answered(team, subtype):
    new = await hears(team, "ana", spoken(team, "ana", "log 5 calls", subtype=subtype))
    assert len(new) == 1
    assert "5 calls" in new[0]


async def test_slackbot_is_not_answered_and_is_no_member(team):
    before = await stored(team)
    said = spoken(team, "ana", "Reminder: log 5 calls") | {"user": "USLACKBOT"}
    assert await hears(team, "ana", said) == []
    assert await stored(team) == before


async def test_what_is_said_in_a_channel_is_not_answered(team):
    ana = team.person("ana")
    assert await ana.says("log 5 calls", channel="sales") == []
    assert await ana.says("done", channel="sales") == []


@pytest.mark.parametrize("kind", ["channel", "group", "mpim"])
async def test_what_is_said_outside_the_direct_message_is_not_answered_whatever_is_subscribed(team, kind):
    before = await stored(team)
    said = spoken(team, "ana", "log 5 calls", "C1", channel_type=kind)
    assert await hears(team, "ana", said) == []
    assert not any(text.startswith("Rainmaker") for text in team.person("ana").sees("sales"))
    assert await stored(team) == before


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(
            {"subtype": "bot_message", "username": "Deploys"}, id="another bot, without an id of its own"
        ),
        pytest.param({"subtype": "message_replied", "hidden": True}, id="that somebody replied"),
        pytest.param({"subtype": "message_changed", "hidden": True}, id="an edit"),
        pytest.param({"user": "U0BOT"}, id="our own words"),
        pytest.param({"bot_id": "B0OTHER"}, id="another bot"),
    ],
)
async def test_what_no_person_said_is_not_answered_in_a_thread_either(team, changes):
    reminder = await nudge(team)
    before = await stored(team)
    said = spoken(team, "ana", "done", thread_ts=reminder.ts) | changes
    await hears(team, "ana", said)
    assert in_thread(team, reminder) == []
    assert await stored(team) == before


async def test_whose_name_begins_as_ours_is_not_we(team):
    before = await stored(team)
    said = spoken(team, "ana", "<@U0BOTHER> log 5 calls", "C1", channel_type="channel")
    assert await hears(team, "ana", said) == []
    assert await stored(team) == before
