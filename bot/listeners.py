"""Bolt's listeners: one per payload type, each handing a request to the router and acknowledging its answer."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot import payloads
from handlers.router import Router

ANY = re.compile(".*", re.DOTALL)
NOT_SAID = frozenset({"bot_message", "message_changed", "message_deleted", "channel_join"})


def listen(app: AsyncApp, router: Router, prefix: str) -> None:
    """Register the listeners."""

    @app.command(ANY)
    async def command(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack(**await router.answer(payloads.command_request(body, prefix)))

    @app.action(ANY)
    async def action(ack: AsyncAck, body: dict[str, Any]) -> None:
        await router.answer(payloads.action_request(body))
        await ack()

    @app.view(ANY)
    async def view(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack(**await router.answer(payloads.view_request(body)))

    @app.shortcut(ANY)
    async def shortcut(ack: AsyncAck, body: dict[str, Any]) -> None:
        await router.answer(payloads.shortcut_request(body))
        await ack()

    @app.event(ANY)
    async def event(body: dict[str, Any]) -> None:
        said = body["event"]
        if said.get("bot_id") or said.get("subtype") in NOT_SAID:
            return
        await router.answer(payloads.event_request(body))
