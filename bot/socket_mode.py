"""Socket Mode: requests come over a connection that we open, so no address of ours need be public."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.settings import SettingsTrouble

FINISHING = 4.0  # seconds for requests under way at the end; Slack waits for three
LOOK_AGAIN = 0.005  # seconds; also the moment in which a message just taken becomes a request


class Socket(AsyncSocketModeHandler):
    """A connection that knows how many requests it has not acknowledged yet."""

    under_way = 0

    async def handle(self, client: Any, req: Any) -> None:
        self.under_way += 1
        try:
            await super().handle(client, req)
        finally:
            self.under_way -= 1

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
async def connected(app: AsyncApp, app_token: str) -> AsyncIterator[None]:
    """Be connected while the block lasts; requests under way are finished before it ends.

    Raises:
        SettingsTrouble: if Slack does not know the token, or cannot be reached.
    """
    socket = Socket(app, app_token)
    try:
        try:
            socket.client.wss_uri = await socket.client.issue_new_wss_url()
        except SlackApiError as refused:
            raise SettingsTrouble(
                f"Slack refused the app token ({refused.response['error']}). Check SLACK_APP_TOKEN."
            ) from refused
        except (aiohttp.ClientError, TimeoutError) as unreachable:
            raise SettingsTrouble(f"Slack cannot be reached: {unreachable}") from unreachable
        await socket.connect_async()  # type: ignore[no-untyped-call]
        yield
        await socket.finished()
    finally:
        await socket.close_async()  # type: ignore[no-untyped-call]
