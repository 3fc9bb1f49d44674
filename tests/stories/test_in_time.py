"""Whoever asks hears within three seconds, whatever is slow; what was asked is done after that, once, and seen."""

import asyncio
import time

import pytest
from sqlmodel import col, delete

from handlers.in_time import LEFT_ALONE
from playground.faults import Fault
from storage import inbox
from storage.people.member import MemberRow
from storage.trouble import StorageTrouble
from tests import forged
from tests.double import click_on, stored, submission
from tests.forged import event, spoken
from tests.known import WORKSPACE
from tests.undelivered import provoked

SLACK_WAITS = 3.0


async def timed(town, kind, payload):
    """Send one payload; return how it was acknowledged, and after how many seconds."""
    began = time.monotonic()
    ack = await town.server._line().deliver(kind, payload)
    return ack, time.monotonic() - began


async def pending(town):
    async with town.bot.database.read_ledger() as ledger:
        return await inbox.pending_requests(ledger, town.clock.now())


async def ends(town):
    """Take with it what a process that ends takes with it."""
    tasks = list(town.bot.router.punctual.following.values())
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    await asyncio.sleep(0)


def slow(town, seconds):
    town.be_in_time()
    town.server.faults.plan("users.info", Fault("delayed", seconds=seconds), times=3)


def command(town, text="2 calls"):
    hook = town.server.double.hooks.mint("C1", "U4", town.clock.now())
    return forged.a_command(text, user_id="U4", response_url=f"{town.server.url}/respond/{hook}")


async def settle(town, seconds):
    await asyncio.sleep(seconds)
    await town.server.settled()


async def test_a_newcomers_command_is_answered_for_now_and_done_later_once(town):
    slow(town, 4.0)
    raj, payload = town.person("raj"), command(town)
    ack, took = await timed(town, "slash_commands", payload)
    assert took < SLACK_WAITS
    assert "Logged" not in str(ack.payload)
    assert "longer than usual" in str(ack.payload)
    assert len(await pending(town)) == 1
    await settle(town, 2.5)
    assert len([text for text in raj.sees("sales") if "Logged 2 calls" in text]) == 1
    assert await pending(town) == []
    again, _ = await timed(town, "slash_commands", payload)
    await town.server.settled()
    assert again.ok
    assert len([row for row in (await stored(town))["activity"] if "U4" in row]) == 1


async def test_words_of_somebody_new_sent_again_meanwhile_are_done_once(town):
    slow(town, 4.0)
    said = event(town, spoken(town, "raj", "log 2 calls"))
    acks = await asyncio.gather(timed(town, "events_api", said), timed(town, "events_api", said))
    assert all(ack.ok and took < SLACK_WAITS for ack, took in acks)
    await settle(town, 3.0)
    assert len([text for text in town.person("raj").sees() if "Logged 2 calls" in text]) == 1
    assert len([row for row in (await stored(town))["activity"] if "U4" in row]) == 1
    assert await pending(town) == []


async def test_a_form_of_somebody_new_says_nothing_is_saved_before_it_is(town):
    raj = town.person("raj")
    await raj.says("/followup new", channel="sales")
    await raj.fills("Who is it with?", "Acme")
    await raj.fills("What will happen?", "Call Dana")
    async with town.bot.database.write(WORKSPACE) as scope:
        await scope.session.exec(delete(MemberRow).where(col(MemberRow.user_id) == "U4"))
    slow(town, 4.0)
    ack, took = await timed(town, "interactive", submission(town, raj))
    assert took < SLACK_WAITS
    assert "longer than usual" in str(ack.payload)
    assert "Saved" not in str(ack.payload)
    await settle(town, 2.5)
    provoked(town)
    assert len((await stored(town))["followup"]) == 1
    assert await pending(town) == []


async def test_a_button_of_somebody_new_is_acknowledged_and_done(town):
    raj = town.person("raj")
    await raj.says("/followup Acme Fri call Dana", channel="sales")
    click = click_on(town, raj, "followup.menu", option="Done")
    town.server.faults.plan("chat.update", Fault("delayed", seconds=4.0))
    ack, took = await timed(town, "interactive", click)
    assert ack.ok
    assert took < SLACK_WAITS
    await settle(town, 0.5)
    assert "Done: Acme, call Dana" in "\n".join(raj.sees("sales"))


@pytest.mark.engines("sqlite")
async def test_where_slack_never_answers_that_is_said_and_nothing_is_claimed(town):
    slow(town, 30.0)
    town.server.wait_longer(10.0)  # nobody waits for Slack here
    raj = town.person("raj")
    _, took = await timed(town, "slash_commands", command(town))
    assert took < SLACK_WAITS
    await settle(town, 9.0)
    provoked(town)
    said = "\n".join([*raj.sees("sales"), *raj.sees()])
    assert "Slack does not answer me right now" in said
    assert "Logged" not in said
    assert await pending(town) == []


@pytest.mark.parametrize("how", ["words", "a command"])
async def test_what_was_not_done_when_the_process_ended_is_done_at_the_next_start(town, how):
    """Acknowledged is done: the request is in the database before Slack hears that we have it."""
    slow(town, 4.0)
    if how == "words":
        await timed(town, "events_api", event(town, spoken(town, "raj", "log 2 calls")))
    else:
        await timed(town, "slash_commands", command(town))
    await ends(town)
    kept = await town.bot.router.punctual.pending.kept()
    assert len(kept) == 1
    town.server.faults.clear()
    await town.bot.router.take_up()
    await settle(town, 2.5)
    raj = town.person("raj")
    assert len([text for text in [*raj.sees(), *raj.sees("sales")] if "Logged 2 calls" in text]) == 1
    assert await pending(town) == []


async def test_what_another_process_left_undone_is_swept_up_once_it_has_lain_for_a_while(town):
    slow(town, 4.0)
    await timed(town, "slash_commands", command(town))
    await ends(town)
    town.server.faults.clear()
    await town.bot.router.sweep()
    await settle(town, 0.2)
    assert len(await pending(town)) == 1
    await town.clock.advance(LEFT_ALONE)
    await town.bot.router.sweep()
    await settle(town, 0.5)
    assert len([row for row in (await stored(town))["activity"] if "U4" in row]) == 1
    assert await pending(town) == []


async def test_what_was_acknowledged_is_tried_again_while_the_database_is_in_trouble(town):
    """A request that was kept meets a database that went away: the process that has it does it once that is back."""
    slow(town, 3.0)
    await timed(town, "events_api", event(town, spoken(town, "raj", "log 2 calls")))
    punctual = town.bot.router.punctual
    work, tries = punctual.work, []

    async def in_trouble(request):
        tries.append(request.key)
        if len(tries) < 2:
            raise StorageTrouble("The database server went away.")
        return await work(request)

    [key] = punctual.following
    await ends(town)
    town.server.faults.clear()
    punctual.work = in_trouble
    await punctual.take_up()
    await settle(town, 2.0)
    assert tries == [key, key]
    assert len([row for row in (await stored(town))["activity"] if "U4" in row]) == 1
    assert await pending(town) == []
