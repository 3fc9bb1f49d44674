"""Plain words: what the direct message and a mention understand, what they offer, and who sees the answer."""

import pytest
from sqlmodel import select

from handlers.registry import REGISTRY
from sales.language.phrases import plain_command
from storage.followups.activity import ActivityRow
from storage.people.leave import LeaveRow
from tests.deliveries import provoked
from tests.forged import hears, spoken
from tests.known import WORKSPACE
from tests.phrase_town import know_accounts

pytestmark = pytest.mark.engines("sqlite")


async def rows(team, table):
    async with team.bot.database.read(WORKSPACE) as scope:
        return list(await scope.session.exec(select(table)))


async def test_a_mention_in_a_channel_is_answered_to_whoever_wrote_it_alone(team):
    ana, ben = team.person("ana"), team.person("ben")
    await ana.says("/followup Globex fri send the contract")
    await ana.says("@rainmaker what do I owe Globex?", channel="sales")
    assert any("contract" in text and "only visible to you" in text for text in ana.sees("sales"))
    assert not any("contract" in text for text in ben.sees("sales"))


async def test_a_mention_in_a_thread_is_answered_in_the_thread_to_whoever_wrote_it_alone(team):
    ben = team.person("ben")
    await ben.says("what a day", channel="sales")
    above = team.server.workspace.channels["C1"].messages[-1]
    await hears(
        team,
        "ana",
        spoken(team, "ana", "<@U0BOT> log 5 calls", "C1", thread_ts=above.ts) | {"type": "app_mention"},
    )
    answers = [
        one for one in team.server.workspace.channels["C1"].messages if "5 calls" in one.text and one.bot_id
    ]
    assert [(one.only_for, one.thread_ts) for one in answers] == [("U1", above.ts)]
    assert not any("Logged" in text for text in ben.sees("sales"))


async def test_what_cannot_be_shown_in_a_channel_comes_in_the_direct_message(team):
    ana = team.person("ana")
    said = spoken(team, "ana", "<@U0BOT> log 5 calls", "C1") | {"type": "app_mention"}
    team.server.workspace.channels["C1"].members.remove("U1")
    new = await hears(team, "ana", said)
    provoked(team)
    assert any("Logged 5 calls" in text for text in new)
    assert [row.count for row in await rows(team, ActivityRow)] == [5]
    assert ana.sees() != []


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("acme fri 3pm send roi", "Follow-up: acme, Fri 18 Sep"),
        ("big day: 5 calls w/ acme", "Log 5 calls with"),
        ("12 deals next month", "Goal for October 2026"),
    ],
)
async def test_a_sentence_that_fits_nothing_is_offered_as_what_it_may_be(team, said, offered):
    ana = team.person("ana")
    answer = "\n".join(await ana.says(said))
    assert "?" in answer
    assert offered in answer


async def test_what_was_offered_is_done_by_pressing_it(team):
    ana = team.person("ana")
    await ana.says("acme fri 3pm send roi")
    await ana.clicks("Follow-up: acme, Fri 18 Sep")
    assert "send roi" in "\n".join(await ana.says("/followup"))


@pytest.mark.parametrize("said", ["who wins the game on monday?", "Dana said no", "I’ll be late on friday"])
async def test_what_is_no_order_is_answered_in_one_line(team, said):
    [answer] = await team.person("ana").says(said)
    assert "I did not understand that." in answer
    assert "\n" not in answer


async def test_a_manager_reads_how_the_team_does_and_a_rep_is_told_where_to_look(team):
    await team.person("ana").says("/goal 120k this quarter because it is time")
    answer = "\n".join(await team.person("mia").says("how is my team doing"))
    assert "Field" in answer
    assert "of $120k" in answer
    [answer] = await team.person("ben").says("how is my team doing")
    assert "/team digest" in answer
    assert "120k" not in answer


async def test_days_off_are_taken_in_words_and_taken_back(team):
    ana = team.person("ana")
    [answer] = await ana.says("off sick today")
    assert "Leave saved" in answer
    assert len(await rows(team, LeaveRow)) == 1
    [answer] = await ana.says("oops undo that")
    assert "Undone: your leave, Mon 14 Sep." in answer
    assert await rows(team, LeaveRow) == []


async def test_a_pause_is_taken_back_and_so_is_its_end(team):
    ana = team.person("ana")
    await ana.says("stop messaging me until Monday")
    [answer] = await ana.says("undo")
    assert "paused until Mon 21 Sep" in answer
    await ana.says("pause until Friday")
    await ana.says("ok you can message me again")
    [answer] = await ana.says("undo")
    assert "resumed" in answer
    [answer] = await ana.says("resume")
    assert "come again" in answer


async def test_a_name_one_letter_off_is_asked_about_and_kept_as_chosen(team):
    ana = team.person("ana")
    await know_accounts(team)
    [question] = await ana.says("/log call Globx left message")
    assert "Did you mean Globex?" in question
    assert await rows(team, ActivityRow) == []
    await ana.clicks("Globex")
    [row] = await rows(team, ActivityRow)
    assert (row.account, row.outcome) == ("Globex", "left message")


async def test_a_number_for_each_day_is_asked_about_and_the_answer_is_a_goal(team):
    ana = team.person("ana")
    [question] = await ana.says("/goal 5 calls a day")
    assert "25 calls this week" in question
    await ana.clicks("25 calls this week")
    assert "25" in "\n".join(await ana.says("/goal"))


async def test_closing_deals_is_a_goal_and_closing_a_goal_is_closing_it(team):
    ana = team.person("ana")
    answer = "\n".join(await ana.says("/goal close 5 deals in october"))
    assert "October 2026" in answer
    answer = "\n".join(await ana.says("/goal close october"))
    assert "Close" in answer


async def test_what_cannot_be_read_comes_back_in_the_form(team):
    ana = team.person("ana")
    [said] = await ana.says("/log 5 flurbs with Dana")
    assert "Try /log 5 calls" in said
    await ana.clicks("Fill in a form…")
    assert "5 flurbs with Dana" in ana.modal()
    await ana.closes()
    [said] = await ana.says("/goal 120 flurbs in spring")
    assert "[Fill in a form…]" in said
    await ana.clicks("Fill in a form…")
    assert "120 flurbs in spring" in ana.modal()


async def test_why_of_several_goals_asks_which_and_a_press_answers(team):
    ana = team.person("ana")
    for line in ("/goal 120k this quarter", "/goal 40k this month"):
        await ana.says(line)
    [asked] = await ana.says("/why revenue")
    assert "Which goal?" in asked
    await ana.clicks("$40,000 revenue in September 2026")
    assert "Why $40,000 revenue in September 2026 stands where it does" in ana.sees()[-1]
    assert "Which goal?" not in ana.sees()[-1]


async def test_a_number_for_each_day_said_in_plain_words_is_a_goal_or_what_was_done(team):
    ana = team.person("ana")
    [asked] = await ana.says("5 calls a day")
    assert "is that what you aim for, or what you did?" in asked
    assert await rows(team, ActivityRow) == []
    await ana.clicks("Done today")
    [row] = await rows(team, ActivityRow)
    assert (row.count, row.outcome) == (5, "")


async def test_pipeline_in_plain_words_is_what_the_command_answers(team):
    ana = team.person("ana")
    await ana.says('/deal "Hooli" 30k')
    for typed in ("pipeline", "my pipeline", "show me the pipeline"):
        said = await ana.says(typed)
        assert "so there is nothing to clear" in said[-1], typed
    await ana.says("@rainmaker pipeline", channel="sales")
    assert "so there is nothing to clear" in ana.sees("sales")[-1]


def test_the_name_of_each_command_means_that_command():
    """Plain words do what the command of that name does."""
    for command in REGISTRY.commands:
        assert plain_command(command.name, REGISTRY.phrases) == (command.name, "")
    assert plain_command("team pipeline", REGISTRY.phrases) == ("pipeline", "team")
    assert plain_command("pipeline of <@U1>", REGISTRY.phrases) == ("pipeline", "<@U1>")
