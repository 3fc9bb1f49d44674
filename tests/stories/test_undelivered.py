"""Messages that did not arrive: who sees them, what they may do, and what nobody else's eyes are for."""

from datetime import timedelta

import pytest

from sales.nudges.ledger import MAX_ATTEMPTS, DeliveryState
from tests.setup_story import sets_up
from tests.undelivered import advance, of_kind, provoked, put, row

UNRENDERED = "kind_nobody_renders"
REFUSED = {"text": "Your figures. " * 4_000, "blocks": [{"type": "no_such_block"}]}


async def refused(town, key, user_id="U1", **values):
    """A message that Slack accepts neither with its blocks nor as plain text."""
    await put(town, key, user_id=user_id, intent=REFUSED, **values)
    provoked(town)


@pytest.fixture
async def broken(team):
    """Field, with a message to Ana and one to Raj, who is in no team, that Slack refused; on a working morning."""
    await team.known("raj")
    await refused(team, "test:ana")
    await refused(team, "test:raj", "U4")
    return team


async def test_an_admin_sees_all_of_them_and_why(broken):
    (said,) = await broken.person("mia").says("/rainmaker undelivered")
    assert "2 messages did not arrive" in said
    assert "Answer for Ana Kovač · Mon 14 Sep, 11:00" in said
    assert "Answer for Raj Patel" in said
    assert "It was too long for Slack: a fault of mine." in said
    asked = [problem.error for problem in broken.server.problems if problem.method == "chat.postMessage"]
    assert asked == ["msg_too_long"] * 4  # with its blocks, then the plain text once, and no more


async def test_nothing_of_what_a_message_said_is_shown(team):
    await put(team, "test:secret", intent={**REFUSED, "text": "You are at 20%. " * 3_000})
    provoked(team)
    (said,) = await team.person("mia").says("/rainmaker undelivered")
    assert "Answer for Ana Kovač" in said
    assert "20%" not in said


async def test_a_manager_sees_those_of_their_people_alone(broken):
    await broken.server.change_person("U3", is_admin=False)
    (said,) = await broken.person("mia").says("/rainmaker undelivered")
    assert "Ana Kovač" in said
    assert "Raj Patel" not in said
    await sets_up(broken.person("mia"), "West", ["raj"])
    (said,) = await broken.person("mia").says("/rainmaker undelivered")
    assert "Raj Patel" in said


async def test_a_rep_does_not_see_them(broken):
    (said,) = await broken.person("ana").says("/rainmaker undelivered")
    assert "That is for managers and admins." in said
    await broken.person("ana").opens_home()
    assert "did not arrive" not in broken.person("ana").home()


async def test_where_everything_arrived_that_is_said(team):
    (said,) = await team.person("mia").says("/rainmaker undelivered")
    assert "Everything I had to say arrived." in said
    await team.person("mia").opens_home()
    assert "did not arrive" not in team.person("mia").home()


async def test_home_counts_them_and_opens_the_list(broken):
    mia = broken.person("mia")
    await mia.opens_home()
    assert "2 messages did not arrive." in mia.home()
    await mia.clicks("Show them", where="home")
    assert "Answer for Ana Kovač" in mia.modal()
    await mia.clicks("Dismiss", near="Ana Kovač")
    assert "1 message dismissed." in mia.modal()
    assert "Ana Kovač" not in mia.modal()
    await mia.closes()
    assert "1 message did not arrive." in mia.home()


async def test_retry_sends_once_however_often_it_is_pressed(team):
    await put(team, "test:gone", user_id=None, channel_id="C2", intent={"text": "Hello.", "blocks": []})
    provoked(team)
    mia = team.person("mia")
    (said,) = await mia.says("/rainmaker undelivered")
    assert "Answer in #random" in said
    await mia.invites_bot("random")
    await mia.clicks("Retry")
    assert "1 message on the way again." in mia.sees()[-1]
    assert [entry.channel for entry in team.server.log.with_key("test:gone")] == ["C2"]
    assert (await row(team, "test:gone")).state is DeliveryState.SENT


async def test_a_second_press_on_an_old_list_changes_nothing(team):
    await put(team, "test:gone", user_id=None, channel_id="C2", intent={"text": "Hello.", "blocks": []})
    provoked(team)
    mia, other = team.person("mia"), team.person("mia")
    await mia.says("/rainmaker undelivered")
    await mia.invites_bot("random")
    await other.opens_home()
    await other.clicks("Show them", where="home")
    await other.clicks("Retry", where="modal")
    await other.closes()
    await mia.clicks("Retry", where=team.dm("mia"))
    assert [one for one in mia.sees() if "Nothing to send again here: it is on its way" in one]
    assert len(team.server.log.with_key("test:gone")) == 1


async def test_dismissing_is_confirmed_and_keeps_the_record(broken):
    mia = broken.person("mia")
    await mia.says("/rainmaker undelivered")
    await mia.clicks("Dismiss all", confirm=False)
    assert (await row(broken, "test:ana")).dismissed_at is None
    await mia.clicks("Dismiss all")
    assert "2 messages dismissed." in mia.sees()[-1]
    assert "Everything I had to say arrived." in mia.sees()[-1]
    kept = await row(broken, "test:ana")
    assert (kept.state, kept.last_error) == (DeliveryState.DEAD, "msg_too_long")


async def test_a_message_whose_time_is_over_can_only_be_dismissed(team):
    for key in ("test:late", "test:late too"):
        await refused(team, key, expires_at=team.clock.now() + timedelta(minutes=30))
    mia = team.person("mia")
    assert "[Retry]" in (await mia.says("/rainmaker undelivered"))[0]
    await advance(team, hours=1)
    (said,) = await mia.says("/rainmaker undelivered")
    assert "[Retry]" not in said
    assert "Its time is over, so it can only be dismissed." in said
    await mia.clicks("Retry all")
    assert (await row(team, "test:late")).state is DeliveryState.DEAD


async def test_more_than_a_page_is_leafed_through(team):
    for number in range(13):
        await refused(team, f"test:{number:02}")
        await advance(team, minutes=1)
    mia = team.person("mia")
    (said,) = await mia.says("/rainmaker undelivered")
    assert "13 messages did not arrive. These are 1 to 6" in said
    assert said.count("[Dismiss]") == 6
    await mia.clicks("Older")
    assert "These are 7 to 12" in mia.sees()[-1]
    await mia.clicks("Older")
    assert "These are 13 to 13" in mia.sees()[-1]
    assert mia.sees()[-1].count("[Dismiss]") == 1
    await mia.clicks("Newer")
    await mia.clicks("Newer")
    await mia.clicks("Dismiss all")
    assert "13 messages dismissed." in mia.sees()[-1]


async def test_one_word_to_the_admins_for_many_of_a_kind_and_a_summary_next_morning(team):
    for number in range(4):
        await refused(team, f"test:{number}")
    notices = await of_kind(team, "undelivered")
    assert [one.user_id for one in notices] == ["U3"]
    (said,) = [one for one in team.person("mia").sees() if "did not arrive" in one]
    assert "Answer for Ana Kovač did not arrive." in said
    await team.jump("2026-09-15 09:14", "Europe/Ljubljana")
    assert not [one for one in team.person("mia").sees() if "4 messages did not arrive" in one]
    await team.jump("2026-09-15 09:15", "Europe/Ljubljana")
    (said,) = [one for one in team.person("mia").sees() if "4 messages did not arrive" in one]
    assert "Answer for Ana Kovač, 4 times: It was too long for Slack" in said
    await team.jump("2026-09-16 12:00", "Europe/Ljubljana")
    assert len(await of_kind(team, "undelivered_daily")) == 1


async def test_a_single_one_that_was_told_is_not_summed_up_again(team):
    await refused(team, "test:one")
    assert len(await of_kind(team, "undelivered")) == 1
    assert await of_kind(team, "undelivered_daily") == []


async def test_the_summary_is_not_said_once_all_is_dealt_with(team):
    for number in range(2):
        await refused(team, f"test:{number}")
    mia = team.person("mia")
    await mia.says("/rainmaker undelivered")
    await mia.clicks("Dismiss all")
    await team.jump("2026-09-15 10:00", "Europe/Ljubljana")
    (summary,) = await of_kind(team, "undelivered_daily")
    assert (summary.state, summary.last_error) == (DeliveryState.SKIPPED, "sent or dismissed meanwhile")


async def test_what_was_given_up_after_many_attempts_waits_for_the_summary_of_the_admins(team):
    await put(team, "test:never", kind=UNRENDERED)
    for _ in range(MAX_ATTEMPTS):
        await advance(team, minutes=6)
    assert (await row(team, "test:never")).state is DeliveryState.DEAD
    (said,) = await team.person("mia").says("/rainmaker undelivered")
    assert f"Something went wrong on my side, {MAX_ATTEMPTS} times in a row." in said
    assert "KeyError" not in said


async def test_word_that_cannot_be_brought_is_not_brought_word_of(team):
    """Mia manages the team and is its only admin, and Slack refuses her messages too."""
    team.server.workspace.people["U3"].is_bot = True  # as Slack would say cannot_dm_bot
    await refused(team, "test:one")
    (notice,) = await of_kind(team, "undelivered")
    assert (notice.user_id, notice.state, notice.last_error) == ("U3", DeliveryState.DEAD, "cannot_dm_bot")
    await advance(team, days=2)
    provoked(team)
    assert len(await of_kind(team, "undelivered")) == 1
