"""Bolt: the app, and one listener per payload type that hands a request to the router and acknowledges its answer."""

import re
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot import payloads
from handlers.router import Router
from storage.trouble import StorageTrouble

log = structlog.get_logger()

ANY = re.compile(".*", re.DOTALL)
NOT_SAID = frozenset({"bot_message", "message_changed", "message_deleted", "channel_join"})


class Installed(AsyncAuthorize):
    """Who we are, as Slack said at start: no request waits for Slack to say it again, or fails as it cannot."""

    def __init__(self, token: str, bot_user_id: str, bot_id: str) -> None:
        self.found = AuthorizeResult(
            enterprise_id=None, team_id=None, bot_user_id=bot_user_id, bot_id=bot_id, bot_token=token
        )

    async def __call__(self, **_: Any) -> AuthorizeResult:
        return self.found


def bolt(slack: AsyncWebClient, signing_secret: str, bot_user_id: str, bot_id: str) -> AsyncApp:
    """Return the app. Listeners end before a request is acknowledged, so that nothing acknowledged is lost."""
    without_token = AsyncWebClient(base_url=slack.base_url, session=slack.session, retry_handlers=[])
    return AsyncApp(
        name="Rainmaker",  # else Bolt reads the source of every caller on the stack to find one
        client=without_token,
        authorize=Installed(slack.token or "", bot_user_id, bot_id),
        process_before_response=True,
        signing_secret=signing_secret or None,
        request_verification_enabled=False,  # `bot/http.py` has checked it, before anything was parsed
        logger=None,
    )


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

    @app.error
    async def not_taken(error: Exception, body: dict[str, Any]) -> BoltResponse:
        """Leave a request unacknowledged: Slack sends an event again, at once, after one minute and after five."""
        if isinstance(error, StorageTrouble):
            log.error("an event was not taken; Slack sends it again", trouble=str(error))
            return BoltResponse(status=503, body="")
        log.exception("a request was not taken", type=body.get("type"), exc_info=error)
        return BoltResponse(status=500, body="")
