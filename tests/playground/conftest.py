"""A small workspace and a tiny real Bolt app against the double."""

from contextlib import asynccontextmanager

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from playground.box import Server
from playground.clock import Clock
from playground.workspace import Workspace
from tests.playground.moments import WEDNESDAY

PATIENCE = (
    30.0  # seconds until what nobody acked has failed; Slack's three would test how busy the machine is
)
SOON = 0.4  # where that is what a test waits for


def small_workspace() -> Workspace:
    workspace = Workspace("Northwind")
    workspace.add_person("U1", "ana", "Ana Kovač", tz="Europe/Ljubljana", email="ana@northwind.example")
    workspace.add_person(
        "U2", "ben", "Ben Ito", tz="America/New_York", email="ben@northwind.example", is_admin=True
    )
    workspace.add_channel("C1", "sales", ["U1", "U2"])
    workspace.add_channel("C2", "random", ["U1", "U2"], with_bot=False)
    workspace.add_channel("G1", "board", ["U2"], kind="private", with_bot=False)
    return workspace


@asynccontextmanager
async def connected(server: Server, app: AsyncApp):
    """The app on the double's Socket Mode."""
    handler = AsyncSocketModeHandler(app, server.app_token)
    await handler.connect_async()
    await server.wait_app()
    try:
        yield handler
    finally:
        await handler.close_async()


def bolt(server: Server, *, hears_itself: bool = False) -> AsyncApp:
    client = AsyncWebClient(token=server.bot_token, base_url=server.api_url, retry_handlers=[])
    return AsyncApp(
        name="Test",
        client=client,
        process_before_response=True,
        ignoring_self_events_enabled=not hears_itself,
    )


@pytest.fixture
def workspace() -> Workspace:
    return small_workspace()


@pytest.fixture
async def server(workspace):
    async with Server(workspace, clock=Clock(WEDNESDAY), rates=None, ack_timeout=PATIENCE) as running:
        yield running


@pytest.fixture
def client(server) -> AsyncWebClient:
    """A Web API client as the bot has it, without the retries that would hide what the double answers."""
    return AsyncWebClient(token=server.bot_token, base_url=server.api_url, retry_handlers=[])


@pytest.fixture
async def app(server):
    """A Bolt app connected over Socket Mode; tests add their listeners to it."""
    app = bolt(server)
    async with connected(server, app):
        yield app


@pytest.fixture
def ana(server):
    return server.visitor("U1")


@pytest.fixture
def ben(server):
    return server.visitor("U2")
