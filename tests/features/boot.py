"""The bot with features of a test's own, in the same small workspace as in the stories."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from bot.manifest import manifest
from handlers.feature import Feature, Registry
from playground.box import Server
from playground.clock import Clock
from playground.workspace import Workspace
from tests.conftest import PATIENCE, QUIET, small_workspace
from tests.known import T0
from tests.story_workspace import StoryWorkspace, running_bot


@asynccontextmanager
async def double(
    features: Iterable[Feature], people: Workspace | None = None
) -> AsyncIterator[tuple[Server, Clock]]:
    """Yield a Slack in which an app with the commands of these features is installed, and its clock."""
    clock = Clock(T0, frozen=True)
    async with Server(
        people or small_workspace(),
        clock=clock,
        manifest=manifest(registry=Registry.of(features)),
        rates=None,
        ack_timeout=PATIENCE,
        quiet=QUIET,
    ) as server:
        yield server, clock


@asynccontextmanager
async def booted(
    database_url: str, features: tuple[Feature, ...], people: Workspace | None = None
) -> AsyncIterator[StoryWorkspace]:
    """Yield the small workspace with a bot that has these features and no others."""
    async with (
        double(features, people) as (server, clock),
        running_bot(server, clock, database_url, features=features) as bot,
    ):
        yield StoryWorkspace(server, clock, bot)
