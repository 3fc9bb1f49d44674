"""The composition root: everything is put together here, and only here."""

import asyncio
import os
import secrets
import socket
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import posting
from bot.clock import Clock, wall_clock
from bot.delivery import Deliverer
from bot.gates import Gates
from bot.heartbeat import Heartbeat
from bot.listeners import listen
from bot.scheduler import heartbeat_every
from bot.settings import Settings, SettingsTrouble
from handlers import home, quiet
from handlers.commands import COMMANDS
from handlers.features import FEATURES, jobs, renderers
from handlers.router import Router
from sales import spoken_date
from storage import workspace
from storage.database import Database

log = structlog.get_logger()


@dataclass(frozen=True)
class Bot:
    """A running bot: what the command line, the playground and the tests hold on to."""

    database: Database
    slack: AsyncWebClient
    app: AsyncApp
    heartbeat: Heartbeat
    deliverer: Deliverer
    router: Router
    workspace_id: str

    @property
    def busy(self) -> bool:
        """Whether something is being delivered or shown."""
        return self.deliverer.busy or self.router.showing.busy

    async def catch_up(self) -> None:
        """Beat once and deliver everything that is ready; for tests and after a jump of the clock."""
        await self.heartbeat.beat()
        await self.deliverer.drain()


@asynccontextmanager
async def running(
    settings: Settings, clock: Clock = wall_clock, *, gates: Gates | None = None
) -> AsyncIterator[Bot]:
    """Run the bot over Socket Mode while the block lasts; sending is finished before it ends.

    Raises:
        SettingsTrouble: if Slack does not know the tokens.
        StorageTrouble: if the database cannot be used.
    """
    async with AsyncExitStack() as stack:
        database = await Database.open(settings.database_url)
        stack.push_async_callback(database.close)
        session = await stack.enter_async_context(aiohttp.ClientSession(timeout=posting.timeout()))
        slack = slack_client(settings, session)
        workspace_id, bot_user_id = await installed(database, slack, clock)
        app = AsyncApp(
            client=slack,
            process_before_response=True,
            signing_secret=settings.slack_signing_secret.get_secret_value() or None,
            logger=None,
        )
        deliverer = Deliverer(
            database, slack, clock, renderers(), quiet.policy, gates or Gates(), worker_name()
        )
        heartbeat = Heartbeat(database, clock, jobs(), deliverer.wake)
        router = Router(database, slack, clock, COMMANDS, FEATURES, home.publish, deliverer.wake)
        stack.push_async_callback(router.showing.finished)
        listen(app, router, settings.command_prefix)
        delivering = asyncio.create_task(deliverer.run())
        stack.push_async_callback(stopped, deliverer, delivering)
        scheduler = heartbeat_every(settings.heartbeat_seconds, heartbeat.beat)
        stack.callback(scheduler.shutdown, wait=False)
        handler = AsyncSocketModeHandler(app, settings.slack_app_token.get_secret_value())
        await handler.connect_async()  # type: ignore[no-untyped-call]
        stack.push_async_callback(handler.close_async)
        spoken_date.warm()
        await heartbeat.beat()
        log.info("connected", workspace=workspace_id, bot=bot_user_id)
        yield Bot(database, slack, app, heartbeat, deliverer, router, workspace_id)


def slack_client(settings: Settings, session: aiohttp.ClientSession) -> AsyncWebClient:
    """Return the one client. No retry handlers: the SDK's default posts twice when a connection drops."""
    return AsyncWebClient(
        token=settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        session=session,
        retry_handlers=[],
    )


async def installed(database: Database, slack: AsyncWebClient, clock: Clock) -> tuple[str, str]:
    """Ask Slack who we are, which also warms Bolt's authorisation, and note the workspace."""
    try:
        me = await slack.auth_test()
    except SlackApiError as refused:
        raise SettingsTrouble(
            f"Slack refused the bot token ({refused.response['error']}). Check SLACK_BOT_TOKEN."
        ) from refused
    except aiohttp.ClientError as unreachable:
        raise SettingsTrouble(f"Slack cannot be reached at {slack.base_url}: {unreachable}") from unreachable
    async with database.write_ledger() as ledger:
        await workspace.install(ledger, me["team_id"], me["team"], me["user_id"], clock())
    return str(me["team_id"]), str(me["user_id"])


async def stopped(deliverer: Deliverer, delivering: Awaitable[None]) -> None:
    deliverer.stop()
    await delivering


def worker_name() -> str:
    """Return a name for this process that no other worker of the ledger has."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(2)}"
