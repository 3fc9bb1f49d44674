"""One effect per request: on every surface, over both ways in, on both engines, twice at once on two replicas."""

import asyncio
import copy
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import aiohttp
import pytest

from bot.app import running
from bot.http import EVENTS, Address
from bot.intake import Installation
from bot.manifest import manifest
from bot.payloads import action_request
from bot.rate_limits import RateLimits
from bot.settings import Settings
from playground import payloads
from playground.acks import Ack, AckLine, PayloadKind, Retry
from playground.box import Server
from playground.clock import Clock
from playground.webhook import Webhook
from tests.conftest import small_workspace
from tests.double import Json, click_on, grown, stored, submission
from tests.known import T0, WORKSPACE
from tests.story_workspace import StoryWorkspace

REPLICAS = {"sqlite": 1, "postgresql": 2}
WAYS = ("socket", "http")
CHANNEL = "C1"
OURS = Installation(WORKSPACE, "Northwind", "UBOT", "BBOT")


@dataclass(frozen=True)
class ClickSurface:
    """A kind of request: how one comes about, and by how many rows it makes the tables grow."""

    kind: PayloadKind
    made: Callable[[StoryWorkspace], Awaitable[Json]]
    grows: dict[str, int]


def command(town: StoryWorkspace, text: str) -> Json:
    server = town.server
    person = town.person("ana").person
    return payloads.slash_command(
        *(server.workspace, person, server.workspace.channels[CHANNEL], "/log", text),
        trigger=server.double.triggers.mint(person.id),
        response_url=f"{server.url}/respond/never",
    )


async def typed(town: StoryWorkspace) -> Json:
    return command(town, "2 calls")


async def pressed(town: StoryWorkspace) -> Json:
    ana = town.person("ana")
    await ana.says("/log call Acme – spoke", channel=CHANNEL)
    return click_on(town, ana, "activity.no_next_step")


async def tapped(town: StoryWorkspace) -> Json:
    await town.person("ana").says("/log 2 calls", channel=CHANNEL)
    return click_on(town, town.person("ana"), "undo")


async def submitted(town: StoryWorkspace) -> Json:
    ana = town.person("ana")
    await ana.says("/followup new", channel=CHANNEL)
    await ana.fills("Who is it with?", "Acme")
    await ana.fills("What will happen?", "Send the ROI sheet")
    return submission(town, ana)


async def shortcut(town: StoryWorkspace) -> Json:
    """The form that it opens is no effect that is stored; nothing else may happen either."""
    ana, server = town.person("ana"), town.server
    await ana.says("Acme wants the price by Friday", channel=CHANNEL)
    message = ana.message("Acme wants the price", channel=CHANNEL)
    return payloads.message_action(
        *(server.workspace, ana.person, server.workspace.channels[CHANNEL], message, "followup.from_message"),
        trigger=server.double.triggers.mint(ana.person.id),
        response_url=f"{server.url}/respond/never",
        action_ts="1.0",
    )


async def said(town: StoryWorkspace) -> Json:
    """Plain words in the direct message; the answer is a delivery."""
    server, person = town.server, town.person("ana").person
    channel = server.workspace.dm(person.id)
    message = server.workspace.post(channel, person.id, "logged 2 calls", server.clock.now())
    event = server.double.message_event(channel, message)
    return payloads.event_callback(
        server.workspace, event, number=server.workspace.number(), at=T0.timestamp()
    )


SURFACES = {
    "command": ClickSurface("slash_commands", typed, {"activity": 1, "undo": 1}),
    "button": ClickSurface("interactive", pressed, {}),
    "undo": ClickSurface("interactive", tapped, {"activity": -1}),
    "form": ClickSurface("interactive", submitted, {"followup": 1, "undo": 1}),
    "shortcut": ClickSurface("interactive", shortcut, {}),
    "event": ClickSurface("events_api", said, {"activity": 1, "undo": 1, "delivery": 1}),
}


@asynccontextmanager
async def replicas(way: str, database_url: str):
    """The double and as many bots as the engine allows on one database; yields a town and a line to each bot."""
    clock = Clock(T0, frozen=True)
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(
            Server(small_workspace(), clock=clock, manifest=manifest(), rates=None)
        )
        settings = Settings(
            _env_file=None,
            slack_bot_token=server.bot_token,
            slack_app_token=server.app_token,
            slack_signing_secret=server.signing_secret,
            slack_api_url=server.api_url,
            database_url=database_url,
            heartbeat_seconds=60,
        )
        serve = Address("127.0.0.1", 0) if way == "http" else None
        bots = [
            await stack.enter_async_context(
                running(settings, clock.now, gates=RateLimits(unlimited=True), serve=serve)
            )
            for _ in range(REPLICAS[database_url.partition("+")[0]])
        ]
        server.busy_when(lambda: any(bot.busy for bot in bots))
        lines: list[AckLine] = [server.sockets] * 2  # it hands envelopes to its connections in turn
        if way == "http":
            session = await stack.enter_async_context(aiohttp.ClientSession())
            urls = [f"http://{bot.address}{EVENTS}" for bot in bots]
            lines = [Webhook(url, server.signing_secret, 10.0, session) for url in urls] * (2 // len(urls))
            server.request_url = urls[0]
        else:
            await server.sockets.wait_opened(len(bots))
        yield StoryWorkspace(server, clock, bots[0]), lines


async def sent(town: StoryWorkspace, lines: list[AckLine], surface: ClickSurface, request: Json) -> list[Ack]:
    """Send copies of one request at the same moment, one over each line."""
    copies = [copy.deepcopy(request) for _ in lines]
    acks = await asyncio.gather(
        *(line.deliver(surface.kind, one) for line, one in zip(lines, copies, strict=True))
    )
    await town.server.settled()
    return list(acks)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", SURFACES)
async def test_copies_of_a_request_have_one_effect_and_one_answer(database_url, way, name):
    surface = SURFACES[name]
    async with replicas(way, database_url) as (town, lines):
        await town.known("ana")
        request = await surface.made(town)
        before = await stored(town)
        first, second = await sent(town, lines, surface, request)
        assert first.ok
        assert first == second
        after = await stored(town)
        assert grown(before, after) == surface.grows
        for number, line in enumerate(lines, 1):
            retried = await line.deliver(surface.kind, copy.deepcopy(request), Retry(number, "http_timeout"))
            assert retried == first
        await town.server.settled()
        assert await stored(town) == after
        keys = town.server.log.keys()
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("way", WAYS)
async def test_a_retry_whose_first_try_was_lost_is_the_first(database_url, way):
    async with replicas(way, database_url) as (town, lines):
        await town.known("ana")
        request = await said(town)
        before = await stored(town)
        ack = await lines[0].deliver("events_api", request, Retry(1, "http_timeout"))
        assert ack.ok
        await town.server.settled()
        assert grown(before, await stored(town)) == SURFACES["event"].grows


async def test_somebody_new_who_asks_twice_at_once_is_met_once(database_url):
    async with replicas("http", database_url) as (town, lines):
        first, second = await sent(town, lines, SURFACES["command"], command(town, "2 calls"))
        assert first.ok
        assert first == second
        found = await stored(town)
        assert len(found["member"]) == 1
        assert len(found["activity"]) == 1


def key_of(body: Json) -> str:
    return action_request(body, OURS, "").key


def test_a_click_without_a_trigger_is_known_by_what_was_clicked_when_and_where():
    body = {
        "team": {"id": WORKSPACE},
        "user": {"id": "U1"},
        "container": {"type": "message", "channel_id": "C1", "message_ts": "1.0"},
        "actions": [{"action_id": "followup.done", "action_ts": "2.0", "type": "button", "value": "1"}],
    }
    key = key_of(body)
    assert key == key_of(copy.deepcopy(body))
    others = [
        {**body, "user": {"id": "U2"}},
        {**body, "container": {**body["container"], "message_ts": "1.1"}},
        {**body, "actions": [{**body["actions"][0], "action_ts": "2.1"}]},
        {**body, "actions": [{**body["actions"][0], "action_id": "followup.drop"}]},
        {**body, "trigger_id": "3.4.x"},
    ]
    assert len({key, *(key_of(other) for other in others)}) == len(others) + 1
