"""Bolt: the app, and one listener per payload type that hands a request to the router and acknowledges its answer."""

import re
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.intake import ASKED, Installation
from bot.slack_client import SlackClient
from handlers.router import Router
from storage.trouble import StorageTrouble

log = structlog.get_logger()

ANY = re.compile(".*", re.DOTALL)


class Installed(AsyncAuthorize):
    """Who we are, as Slack said at start: no request waits for Slack to say it again, or fails as it cannot."""

    def __init__(self, token: str, ours: Installation) -> None:
        self.found = AuthorizeResult(
            enterprise_id=None,
            team_id=None,
            bot_user_id=ours.bot_user_id,
            bot_id=ours.bot_id,
            bot_token=token,
        )

    async def __call__(self, **_: Any) -> AuthorizeResult:
        return self.found


def bolt(slack: AsyncWebClient, signing_secret: str, ours: Installation) -> AsyncApp:
    """Return the app. Listeners end before a request is acknowledged, so that nothing acknowledged is lost."""
    without_token = SlackClient(base_url=slack.base_url, session=slack.session, retry_handlers=[])
    return AsyncApp(
        name="Rainmaker",  # else Bolt reads the source of every caller on the stack to find one
        client=without_token,
        authorize=Installed(slack.token or "", ours),
        process_before_response=True,
        signing_secret=signing_secret or None,
        request_verification_enabled=False,  # `bot/http.py` has checked it, before anything was parsed
        logger=None,
    )


def listen(app: AsyncApp, router: Router) -> None:
    """Register the listeners: each hands on the request that `bot/intake.py` made of the payload."""

    @app.command(ANY)
    async def command(ack: AsyncAck, context: AsyncBoltContext) -> None:
        await ack(**await router.answer(context[ASKED]))

    @app.action(ANY)
    async def action(ack: AsyncAck, context: AsyncBoltContext) -> None:
        await router.answer(context[ASKED])
        await ack()

    @app.view(ANY)
    async def view(ack: AsyncAck, context: AsyncBoltContext) -> None:
        await ack(**await router.answer(context[ASKED]))

    @app.shortcut(ANY)
    async def shortcut(ack: AsyncAck, context: AsyncBoltContext) -> None:
        await router.answer(context[ASKED])
        await ack()

    @app.event(ANY)
    async def event(context: AsyncBoltContext) -> None:
        await router.answer(context[ASKED])

    @app.error
    async def not_taken(error: Exception, body: dict[str, Any]) -> BoltResponse:
        """Leave a request unacknowledged: Slack sends an event again, at once, after one minute and after five."""
        if isinstance(error, StorageTrouble):
            log.error("an event was not taken; Slack sends it again", trouble=str(error))
            return BoltResponse(status=503, body="")
        log.exception("a request was not taken", type=body.get("type"), exc_info=error)
        return BoltResponse(status=500, body="")
