"""What outlives what it hangs on: a form its card, an installation its end, a direct message and a person their ids."""

import asyncio
import time
from datetime import timedelta

import pytest

from playground.faults import Fault
from storage.people.member import save_member
from tests import forged
from tests.double import at_once, click_on
from tests.forged import hears, send, spoken
from tests.known import WORKSPACE
from tests.undelivered import advance, provoked

pytestmark = pytest.mark.engines("sqlite")

HERE = "Europe/Ljubljana"
LONG = timedelta(minutes=59)


# a form open for so long that the card it came from can no longer be changed


FORMS = [
    pytest.param(
        ["/followup Acme Fri call Dana"], "Change…", {"What will happen?": "Call Dana about the depot"}, "depot",
        id="a follow-up changed",
    ),
    pytest.param(
        ["/followup Acme Fri call Dana"], "Drop…", {"Why is it no longer needed?": "They merged"}, "Acme",
        id="a follow-up dropped",
    ),
    pytest.param(["/deal Acme 24k"], "Edit…", {"Value": "31000"}, "31", id="a deal changed"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "button", "typed", "told"), FORMS)
async def test_a_form_saved_after_its_card_cannot_change_is_told_in_the_direct_message(
    team, lines, button, typed, told
):
    ana = team.person("ana")
    for line in lines:
        await ana.says(line, channel="sales")
    if button == "Edit…":
        await ana.clicks(button, where="sales")
    else:
        await ana.chooses("⋯", button, where="sales")
    for label, text in typed.items():
        await ana.fills(label, text)
    before = len(ana.sees())
    await team.clock.advance(LONG)
    await ana.submits()
    provoked(team)
    assert told in "\n".join(ana.sees()[before:])


async def test_what_is_dropped_from_the_form_that_saved_it_is_said_to_be_dropped(team):
    ana = team.person("ana")
    await ana.says("/followup new", channel="sales")
    await ana.fills("Who is it with?", "Acme")
    await ana.fills("What will happen?", "Call Dana")
    await ana.submits()
    await ana.chooses("⋯", "Drop…", where="modal")
    await ana.fills("Why is it no longer needed?", "They merged")
    await ana.submits()
    refused = [problem.text for problem in team.server.problems]
    provoked(team)
    assert refused == []
    assert "They merged" in str(ana.modal()) + "\n".join(ana.sees() + ana.sees("sales"))
    assert "Nothing is open" in "\n".join(await ana.says("/followup", channel="sales"))


@pytest.mark.parametrize("fault", [Fault("failed"), Fault("ratelimited")], ids=["5xx", "429"])
async def test_when_a_message_cannot_be_edited_home_is_right_and_the_person_is_told(team, fault):
    ana = team.person("ana")
    await ana.says("/followup Acme today send the ROI sheet", channel="sales")
    await ana.opens_home()
    assert "ROI" in ana.home()
    await team.jump("16:40", HERE)
    before = len(ana.sees())
    team.server.faults.plan("chat.update", fault, times=3)
    click = click_on(team, ana, "followup.menu", option="Done") | {
        "response_url": f"{team.server.url}/respond/gone"
    }
    await at_once(team, click)
    provoked(team)
    assert "[Done]" not in ana.home()
    assert "Acme" in "\n".join(ana.sees()[before:])


# the app's installation


UNINSTALLS = [
    pytest.param({"type": "tokens_revoked", "tokens": {"bot": ["U0OTHER"]}}, id="another bot"),
    pytest.param({"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": ["U0OTHER"]}}, id="both"),
    pytest.param({"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}}, id="late"),
    pytest.param({"type": "app_uninstalled"}, id="late uninstall"),
    pytest.param({"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}}, id="a person's own"),
    pytest.param({"type": "tokens_revoked", "tokens": {}}, id="nobody's"),
]  # fmt: skip


@pytest.mark.parametrize("news", UNINSTALLS)
async def test_while_our_token_works_no_news_of_tokens_stops_anything(team, news):
    ana = team.person("ana")
    await ana.says("/followup Acme today 3pm send the ROI sheet", channel="sales")
    await send(team, "events_api", forged.event(team, news))
    assert "5 calls" in "\n".join(await hears(team, "ana", spoken(team, "ana", "log 5 calls")))
    await team.jump("15:05", HERE)
    assert any("Due: Acme" in text for text in ana.sees())


async def gone(town):
    """The app was removed, and Slack says so; Ana has a reminder that falls due meanwhile."""
    await town.person("ana").says("/followup Acme today 3pm send the ROI sheet", channel="sales")
    await town.server.uninstall()
    await town.jump("15:05", HERE)


async def test_what_is_held_because_we_were_removed_is_not_called_arrived(team):
    await gone(team)
    said = "\n".join(await team.person("mia").says("/rainmaker undelivered", channel="sales"))
    provoked(team)
    assert "Everything I had to say arrived" not in said
    assert "1" in said


async def test_once_our_token_works_again_what_was_held_comes_without_a_restart(team):
    await gone(team)
    team.server.double.installed = True
    for minutes in (1, 2, 5, 10):
        await advance(team, minutes=minutes)
        await team.bot.catch_up()
        await team.server.settled()
    provoked(team)
    assert any("Due: Acme" in text for text in team.person("ana").sees())


# the direct message


async def dm_of_another_app(town, *people):
    """What we stored are the direct channels of the app before it was recreated."""
    async with town.bot.database.write(WORKSPACE) as scope:
        for user_id in people:
            await save_member(scope, user_id, dm_channel=f"DOLD{user_id[1:]}")


async def test_a_reminder_for_a_direct_channel_that_is_gone_arrives_at_once(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today 3pm send the ROI sheet", channel="sales")
    await dm_of_another_app(team, "U1")
    await team.jump("15:00", HERE)
    provoked(team)
    assert len([text for text in ana.sees() if "Due: Acme" in text]) == 1


async def test_who_is_told_of_what_did_not_arrive_is_told_in_a_channel_that_is_there(team):
    await team.person("mia").says("/rainmaker settings", channel="sales")
    await dm_of_another_app(team, "U1", "U3")
    await team.person("ana").says("/followup Acme today 3pm send the ROI sheet", channel="sales")
    await team.jump("15:00", HERE)
    await team.jump("tomorrow 09:30", HERE)
    provoked(team)
    assert any("Due: Acme" in text or "ROI" in text for text in team.person("ana").sees())
    assert not any("channel_not_found" in text for text in team.person("mia").sees())


# somebody new while Slack is slow


def greeting(town, how):
    """What somebody new does first: the kind of envelope and its payload."""
    if how == "a command":
        hook = town.server.double.hooks.mint("C1", "U4", town.clock.now())
        url = f"{town.server.url}/respond/{hook}"
        return "slash_commands", forged.a_command(user_id="U4", response_url=url)
    if how == "words":
        return "events_api", forged.event(town, spoken(town, "raj", "log 2 calls"))
    opened = {
        "type": "app_home_opened",
        "user": "U4",
        "channel": town.dm("raj"),
        "tab": "home",
        "event_ts": "1.0",
    }
    return "events_api", forged.event(town, opened)


@pytest.mark.parametrize("how", ["a command", "words", "Home"])
async def test_somebody_new_is_answered_within_three_seconds_however_slow_slack_is(town, how):
    town.be_in_time()
    town.server.faults.plan("users.info", Fault("delayed", seconds=4.0), times=3)
    raj, began = town.person("raj"), time.monotonic()
    kind, payload = greeting(town, how)
    ack = await town.server._line().deliver(kind, payload)
    took = time.monotonic() - began
    await asyncio.sleep(max(0.0, 4.5 - took))
    await town.server.settled()
    assert ack.ok
    assert took < 3.0
    if how == "Home":
        assert raj.home()
    else:
        said = str(ack.payload) + "\n".join(raj.sees("sales") + raj.sees())
        assert "2 calls" in said.replace("Raj Patel: log 2 calls", "")


# the same person under another id


async def test_the_same_person_under_a_new_id_is_offered_what_was_theirs(team):
    """Of two open accounts none is offered the other's: Slack gives an address to one open account only."""
    await team.person("ana").says("/deal Acme 24k", channel="sales")
    await team.server.change_person("U1", deleted=True)
    team.server.workspace.add_person("U9", "ana.k", "Ana K.", tz=HERE, email="ANA@northwind.example")
    team.server.workspace.channels["C1"].members.append("U9")
    new = team.person("ana.k")
    await new.says("/deal", channel="sales")
    await new.opens_home()
    read = "\n".join([*new.sees("sales"), *new.sees(), new.home() or "", *team.person("mia").sees()])
    assert "ana@northwind.example" in read.casefold() or "Ana Kovač" in read
