"""Stopping in order: SIGTERM in the middle of deliveries loses nothing, repeats nothing, and ends with 0."""

import asyncio
import signal
from datetime import UTC, datetime

import pytest

from handlers.registry import REGISTRY
from messages.blocks import message_of
from playground.box import Server
from playground.clock import Clock
from playground.faults import Fault
from sales.nudges.ledger import Nudge
from sales.people.member import Member
from storage.database import Database
from storage.nudges.ledger.intake import enqueue
from storage.people.member import meet_member
from tests.conftest import small_workspace
from tests.known import WORKSPACE
from tests.topology import ANY_PORT, child, until

MANY = 24
HTTP = ("--http", ANY_PORT)
MODES = pytest.mark.parametrize("arguments", [(), HTTP], ids=["socket", "http"])

pytestmark = pytest.mark.processes


@pytest.fixture
async def server():
    made = small_workspace()
    for number in range(MANY):
        made.add_channel(f"C1{number:02}", f"team-{number}", ["U1"])
    async with Server(made, clock=Clock(), rates=None) as running:
        yield running


async def ask_for(database_url: str, keys: list[str]) -> None:
    """Put a message into the ledger for each key, each for a channel of its own."""
    now = datetime.now(UTC)
    database = await Database.open(database_url, declared=REGISTRY.declared)
    async with database.write(WORKSPACE) as scope:
        await meet_member(scope, Member(user_id="U1", name="Ana Kovač"))
        for number, key in enumerate(keys):
            said = message_of(f"Message {number}")
            nudge = Nudge(
                key=key,
                kind="answer",
                intent={"text": said.text, "blocks": said.blocks},
                why="A test asked for it.",
                not_before=now,
                channel_id=f"C1{number:02}",
                user_id="U1",
            )
            await enqueue(scope, nudge, now)
    await database.close()


@pytest.mark.engines("sqlite")
async def test_sigterm_in_the_middle_of_deliveries_loses_and_repeats_nothing(server, database_url, tmp_path):
    await stops_in_the_middle(server, database_url, tmp_path)


@pytest.mark.engines(
    "postgresql"
)  # each engine and each way of being reached once: neither knows of the other
async def test_nor_does_it_over_http(server, database_url, tmp_path):
    await stops_in_the_middle(server, database_url, tmp_path, *HTTP)


async def stops_in_the_middle(server, database_url, tmp_path, *arguments):
    keys = [f"answer:{WORKSPACE}:{number}" for number in range(MANY)]
    seen = asyncio.Event()

    def slowly(call):
        if call.method != "chat.postMessage":
            return None
        if call.number >= 3:
            seen.set()
        return Fault("delayed", seconds=0.3)

    server.faults.decide = slowly
    async with child(server, database_url, tmp_path, *arguments) as bot:
        await bot.says("connected")
        await ask_for(database_url, keys)
        async with asyncio.timeout(30):
            await seen.wait()
        bot.send(signal.SIGTERM)
        assert await bot.ended() == 0
    posted = len(server.log.keys())
    assert posted > 0
    assert len(set(server.log.keys())) == posted
    server.faults.clear()
    # Nothing that was handed back waits for a lease to run out: the next one sends it at once.
    async with child(server, database_url, tmp_path, *arguments) as bot:
        await until(server, lambda: len(server.log.keys()) >= MANY)
        bot.send(signal.SIGTERM)
        assert await bot.ended() == 0
    assert sorted(server.log.keys()) == sorted(keys)


@MODES
@pytest.mark.engines("sqlite")
async def test_a_request_being_answered_is_answered(server, database_url, tmp_path, arguments):
    reading = asyncio.Event()

    def slowly(call):
        if call.method == "users.info":
            reading.set()
            return Fault("delayed", seconds=0.5)
        return None

    server.faults.decide = slowly  # somebody new asks, and Slack takes its time to say who they are
    async with child(server, database_url, tmp_path, *arguments) as bot:
        await bot.says("connected")
        if arguments:
            server.request_url = f"{await bot.address()}/slack/events"
        asking = asyncio.create_task(server.visitor("ana").says("/followup Acme Fri call", channel="C1"))
        await reading.wait()
        bot.send(signal.SIGTERM)
        assert "Acme" in "\n".join(await asking)
        assert await bot.ended() == 0


@pytest.mark.engines("sqlite")
async def test_a_second_signal_ends_at_once(server, database_url, tmp_path):
    posting = asyncio.Event()

    def hanging(call):
        if call.method == "chat.postMessage":
            posting.set()
            return Fault("delayed", seconds=8)
        return None

    server.faults.decide = hanging
    async with child(server, database_url, tmp_path) as bot:
        await bot.says("connected")
        await ask_for(database_url, [f"answer:{WORKSPACE}:1"])
        await posting.wait()
        bot.send(signal.SIGTERM)
        await bot.says("stopping")
        bot.send(signal.SIGTERM)
        assert await bot.ended() == 128 + signal.SIGTERM
        assert any("stopped at once" in line for line in bot.said)


@pytest.mark.engines("sqlite")
async def test_a_signal_before_it_serves_ends_it_in_order(server, database_url, tmp_path):
    asked = asyncio.Event()

    def hanging(call):
        asked.set()
        return Fault("delayed", seconds=8) if call.method == "auth.test" else None

    server.faults.decide = hanging
    async with child(server, database_url, tmp_path) as bot:
        await asked.wait()
        bot.send(signal.SIGINT)
        assert await bot.ended() == 0
