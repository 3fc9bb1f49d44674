"""HTTP: the Events API at one signed address for everything Slack sends, and a health check beside it.

Any number of processes may serve it at once; each does everything, and none is the leader.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qsl

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from bot.health import Health, HealthWatch
from bot.intake import Intake, Malformed, Seldom
from bot.settings import SettingsTrouble

EVENTS = "/slack/events"  # the request URL of commands, interactivity and events in the manifest
LOOPBACK = "127.0.0.1"
HEALTH = "/healthz"
READY = "/readyz"
LARGEST_BODY = 1024 * 1024  # bytes; a form full of the longest texts Slack lets be typed is a third of it
FINISHING = 4.0  # seconds for requests under way at the end; Slack waits for three
SLOWEST = 8.0  # seconds for a request's headers, and between requests; Slack sends within milliseconds
SLOWEST_BODY = 5.0  # seconds
LINGERING = 1.0  # seconds for the rest of a body that was refused
HIGHEST_PORT = 65535
A_TIME = re.compile(r"[0-9]{1,12}", re.ASCII)
NO_TEXT = (
    ValueError,
    RecursionError,
)  # what comes of a body that is no text, no JSON, or JSON without an end


class Address(NamedTuple):
    """Where to listen. Port 0 is any free one."""

    host: str
    port: int

    @classmethod
    def read(cls, text: str, option: str = "--http", host: str = "") -> Self:
        """Return the address that HOST:PORT names; an IPv6 host stands in brackets. With a `host` PORT alone will do.

        Raises:
            SettingsTrouble: if it is none.
        """
        given = f"{host}:{text}" if host and ":" not in text else text
        host, _, port = given.rpartition(":")
        bare = host.removeprefix("[").removesuffix("]") if host.startswith("[") else host
        is_port = port.isascii() and port.isdigit() and len(port) <= 5 and int(port) <= HIGHEST_PORT
        if not bare or not is_port or (":" in bare) != host.startswith("["):
            raise SettingsTrouble(f"{option} {text} is no HOST:PORT. For example: {option} 0.0.0.0:3000")
        return cls(bare, int(port))

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class Endpoint:
    """Answers Slack. A request is not even parsed unless its signature over the very bytes is right and fresh."""

    def __init__(self, intake: Intake, signing_secret: str) -> None:
        self.intake = intake
        self.verifier = SignatureVerifier(signing_secret)
        self.seldom = Seldom()

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Take one request of Slack's; 401 if it is not Slack's, 413 if too large, 400 if it says nothing."""
        try:
            async with asyncio.timeout(SLOWEST_BODY):
                body = await request.read()
        except TimeoutError:
            raise web.HTTPRequestTimeout(text="The body took too long.") from None
        if not self.genuine(request, body):
            self.seldom.say("a request was refused: its signature is wrong or old")
            return web.Response(status=401, text="The signature is wrong or old.")
        try:
            if request.headers.get("Content-Encoding", "identity").casefold() != "identity":
                raise Malformed("The body is compressed; Slack sends it plain.")
            text = body.decode("utf-8")
            said = parsed(request.content_type, text)
        except NO_TEXT as garbled:
            return self.garbled(garbled)
        try:
            answer = await self.intake.take(said, lambda: as_bolt(request, text, said))
        except Malformed as garbled:
            return self.garbled(garbled)
        return await to_aiohttp_response(answer)

    def garbled(self, fault: Exception) -> web.StreamResponse:
        self.seldom.say("a signed request said nothing that can be used", why=type(fault).__name__)
        text = str(fault) if isinstance(fault, Malformed) else "The body cannot be read."
        return web.Response(status=400, text=text)

    def genuine(self, request: web.Request, body: bytes) -> bool:
        """Say whether Slack sent this within the last five minutes."""
        if not A_TIME.fullmatch(request.headers.get("X-Slack-Request-Timestamp", "")):
            return False
        try:
            return self.verifier.is_valid_request(body, dict(request.headers))
        except (ValueError, TypeError):  # a signature or body that is no text
            return False


def as_bolt(request: web.Request, body: str, said: dict[str, Any]) -> AsyncBoltRequest:
    """Return a request as Bolt takes it.

    Bolt's own parser takes any form that holds the word "payload" for an interaction, and loses the command of
    whoever types it; so it was parsed here, and Bolt gets the raw body beside it.
    """
    headers: dict[str, Any] = {name: request.headers.getall(name) for name in request.headers}
    asked = AsyncBoltRequest(body=said, query=request.query_string, headers=headers, mode="socket_mode")
    asked.mode, asked.raw_body = "http", body
    return asked


def parsed(content_type: str, body: str) -> dict[str, Any]:
    """Return what a body says: JSON as it is, a form by its fields, an interaction by its `payload` field.

    Raises:
        ValueError: if it says nothing.
    """
    if content_type == "application/json":
        said = json.loads(body)
    else:
        said = dict(parse_qsl(body, keep_blank_values=True))
        if "payload" in said and "command" not in said:
            said = json.loads(said["payload"])
    if not isinstance(said, dict) or not said:
        raise ValueError("the body holds no fields")
    return said


Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


def about_health(watch: HealthWatch) -> dict[str, Answering]:
    """Return what answers the two questions about health: 200, or 503 with the reason."""

    def answering(look: Callable[[], Awaitable[Health]]) -> Answering:
        async def answer(request: web.Request) -> web.StreamResponse:
            health = await look()
            body = {"status": "trouble" if health.trouble else "ok", **health.found}
            if health.trouble:
                body["reason"] = health.trouble
            return web.json_response(body, status=503 if health.trouble else 200)

        return answer

    return {HEALTH: answering(watch.alive), READY: answering(watch.ready)}


@asynccontextmanager
async def serving(
    address: Address,
    pages: Mapping[str, Answering],
    endpoint: Endpoint | None = None,
    option: str = "--http HOST:PORT",
    hooks: Mapping[str, Answering] | None = None,
) -> AsyncIterator[Address]:
    """Serve while the block lasts, and yield where; requests under way are finished before it ends.

    `endpoint` takes what Slack sends, `hooks` what other systems post, `pages` are for whoever watches over us,
    `option` said where to listen.

    Raises:
        SettingsTrouble: if the address cannot be listened on.
    """
    served = web.Application(client_max_size=LARGEST_BODY)
    if endpoint is not None:
        served.router.add_post(EVENTS, endpoint.events)
    for path, take in (hooks or {}).items():
        served.router.add_post(path, take)
    for path, answer in pages.items():
        served.router.add_get(path, answer)
    # The signature is over what was sent, so nothing is unpacked before it was checked.
    runner = web.AppRunner(
        served,
        access_log=None,
        shutdown_timeout=FINISHING,
        keepalive_timeout=SLOWEST,
        lingering_time=LINGERING,
        auto_decompress=False,
    )
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, *address).start()
        except OSError as refused:
            raise SettingsTrouble(
                f"Cannot listen on {address} ({refused.strerror}). Choose another {option}."
            ) from refused
        yield Address(address.host, int(runner.addresses[0][1]))
    finally:
        await asyncio.shield(runner.cleanup())
