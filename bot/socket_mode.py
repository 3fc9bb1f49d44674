"""Socket Mode: requests come over a connection that we open, so no address of ours need be public."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from aiohttp import WSMessage
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.installation import NO_SOCKET, backoff, patiently, refused_socket
from bot.intake import Intake, Malformed, Seldom

FINISHING = 4.0  # seconds for requests under way at the end; Slack waits for three
LOOK_AGAIN = 0.005  # seconds; also the moment in which a message just taken becomes a request
LONGEST_PAUSE = 60.0  # seconds between two tries to connect
PING_SECONDS = 10.0


class PacedClient(SocketModeClient):
    """Connects again ever later while Slack never says hello; at once after it did, as Slack ends connections daily."""

    unwelcome = 0  # connections since the last hello
    greeted = False  # whether Slack ever said hello
    seldom = Seldom()

    @property
    def open(self) -> bool:
        """Whether requests can come in: Slack said hello, and the connection stands."""
        session = self.current_session
        return self.greeted and not self.unwelcome and session is not None and not session.closed

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        if self.unwelcome:
            await asyncio.sleep(backoff(self.unwelcome, longest=LONGEST_PAUSE))
        self.unwelcome += 1
        await super().connect_to_new_endpoint(force)

    async def hello(self, message: WSMessage) -> None:
        """Note that Slack took the connection, or that it takes none of ours any more."""
        said = message.data[:200] if isinstance(message.data, str) else ""
        if self.greeted and not self.unwelcome and '"link_disabled"' not in said:
            return
        if '"hello"' in said and json.loads(message.data).get("type") == "hello":
            self.unwelcome, self.greeted = 0, True
        elif '"link_disabled"' in said and json.loads(message.data).get("type") == "disconnect":
            self.seldom.say(refused_socket("link_disabled"))


class Socket:
    """A connection that knows how many requests it has not acknowledged yet."""

    under_way = 0

    def __init__(self, intake: Intake, app_token: str) -> None:
        self.intake = intake
        self.client = PacedClient(
            app_token=app_token,
            logger=intake.app.logger,
            web_client=intake.app.client,
            ping_interval=PING_SECONDS,
        )
        self.client.seldom = intake.seldom
        self.client.on_message_listeners.append(self.client.hello)
        self.client.socket_mode_request_listeners.append(self.handle)

    async def handle(self, client: Any, req: Any) -> None:
        self.under_way += 1
        try:
            await send_async_response(client, req, await self.taken(req), 0)
        finally:
            self.under_way -= 1

    async def taken(self, req: SocketModeRequest) -> BoltResponse:
        """Answer a request; a garbled one is acknowledged, as Slack would only send it again."""
        body = req.payload or {}

        def for_bolt() -> AsyncBoltRequest:
            return AsyncBoltRequest(mode="socket_mode", body=body, headers=build_headers(req))

        try:
            return await self.intake.take(body, for_bolt)
        except Malformed as garbled:
            self.intake.seldom.say("a request said nothing that can be used", why=str(garbled))
            return BoltResponse(status=200)

    async def finished(self) -> None:
        """Take no more requests and wait until those under way are acknowledged, for `FINISHING` at most."""
        self.client.auto_reconnect_enabled = False
        if self.client.message_receiver is not None:
            self.client.message_receiver.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(FINISHING):
                quiet = 0
                while quiet < 2:
                    await asyncio.sleep(LOOK_AGAIN)
                    busy = self.under_way or not self.client.message_queue.empty()
                    quiet = 0 if busy else quiet + 1


@asynccontextmanager
async def connected(intake: Intake, app_token: str) -> AsyncIterator[PacedClient]:
    """Be connected while the block lasts; requests under way are finished before it ends.

    Raises:
        SettingsTrouble: if Slack does not know the token, or cannot be reached for a minute.
    """
    socket = Socket(intake, app_token)
    slack = socket.client.web_client
    try:
        opened = await patiently(
            lambda: slack.apps_connections_open(app_token=app_token),
            "SLACK_APP_TOKEN",
            elsewhere={error: refused_socket(error) for error in NO_SOCKET},
        )
        socket.client.wss_uri = opened["url"]
        await socket.client.connect()  # type: ignore[no-untyped-call]
        yield socket.client
        await socket.finished()
    finally:
        await socket.client.close()  # type: ignore[no-untyped-call]
