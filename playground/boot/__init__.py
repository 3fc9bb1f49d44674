"""Booting: the real bot against the double, with a team to play with. The one place where the two meet."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot import manifest
from bot.app import Bot, running
from bot.logs import set_up
from bot.settings import Settings
from playground.boot.cast import Cast, crm_cast, sample_cast
from playground.boot.seed import seed
from playground.box import Server
from playground.clock import Clock
from playground.sample import write_sample
from playground.server import ACK_SECONDS
from playground.workspace import Workspace
from sales.refusal import Refusal
from storage.trouble import StorageTrouble

SAMPLE_AT = datetime(2026, 9, 14, 16, 0)  # noqa: DTZ001 -- read in the team's zone; a fixed Monday makes every visit alike


class Trouble(Exception):
    """The playground cannot open; the text says why and what to do."""


@dataclass(frozen=True)
class PlaygroundOptions:
    """What to open: where the page is served, which tables to load, and where the clock starts.

    `ack_timeout` is in real seconds, after which the bot has failed to answer somebody.
    """

    port: int = 8765
    crm: Path | None = None
    at: datetime | None = None
    ack_timeout: float = ACK_SECONDS


@asynccontextmanager
async def playing(town: PlaygroundOptions) -> AsyncIterator[str]:
    """Run the double and the bot while the block lasts; yields the page's address.

    Whenever the page asks for it, both are thrown away and opened afresh at the same address.

    Raises:
        Trouble: in one line, if the tables, the port or the clock cannot be used.
    """
    set_up("warning")
    wanted = asyncio.Event()
    first: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    over = False

    async def again_and_again() -> None:
        port = town.port
        while not over:
            wanted.clear()
            async with opened(replace(town, port=port), wanted.set) as address:
                port = urlsplit(address).port or port
                if not first.done():
                    first.set_result(address)
                await wanted.wait()

    serving = asyncio.create_task(again_and_again())

    def ended(task: "asyncio.Task[None]") -> None:
        if not first.done() and not task.cancelled():
            first.set_exception(task.exception() or Trouble("The playground closed before it opened."))

    serving.add_done_callback(ended)
    try:
        yield await first
    finally:
        over = True
        wanted.set()
        await asyncio.wait({serving})


@asynccontextmanager
async def opened(town: PlaygroundOptions, made_anew: Callable[[], None]) -> AsyncIterator[str]:
    """Open one workspace and the bot in it; `made_anew` is called when somebody wants another instead."""
    async with opened_box(town) as box:
        box.server.made_anew = made_anew
        yield f"{box.server.url}/?as={box.cast.first.user_id}"


class OpenBox(NamedTuple):
    """A workspace with its clock, the bot in it, and who is there."""

    server: Server
    bot: Bot
    clock: Clock
    cast: Cast


@asynccontextmanager
async def opened_box(town: PlaygroundOptions) -> AsyncIterator[OpenBox]:
    """Open one workspace and the bot in it, with what came until the wanted hour.

    Raises:
        Trouble: in one line, if the tables, the port or the clock cannot be used.
    """
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rainmaker-")))
        cast = prepared(town, folder)
        zone = ZoneInfo(cast.zone)
        at = (town.at or SAMPLE_AT).replace(tzinfo=(town.at.tzinfo if town.at else None) or zone)
        # Set up in the night before, so that the jump to the wanted hour brings the whole day's messages.
        clock = Clock(datetime.combine(at.astimezone(zone).date(), time(0, 5), tzinfo=zone))
        server = Server(
            workspace_of(cast),
            port=town.port,
            clock=clock,
            manifest=manifest.manifest(),
            ack_timeout=town.ack_timeout,
        )
        try:
            await stack.enter_async_context(server)
        except OSError as taken:
            raise Trouble(f"Port {town.port} is taken. Choose another with --port.") from taken
        bot = await stack.enter_async_context(running(settings(server, folder), clock.now))
        await server.wait_app()
        try:
            await seed(bot, cast, clock)
        except (Refusal, StorageTrouble) as trouble:
            raise Trouble(str(trouble)) from trouble
        server.busy_when(lambda: bot.busy)
        clock.subscribe(lambda now: caught_up(bot))
        await clock.set(max(at, clock.now() + timedelta(seconds=1)))
        yield OpenBox(server, bot, clock, cast)


def prepared(town: PlaygroundOptions, folder: Path) -> Cast:
    """Return who is in town: the people of the given tables, or the sample team's."""
    if town.crm is None:
        write_sample(folder, (town.at or SAMPLE_AT).date())
        return sample_cast(folder)
    if not (town.crm / "sales_teams.csv").is_file() or not (town.crm / "sales_pipeline.csv").is_file():
        raise Trouble(
            f"{town.crm} has no sales_teams.csv and sales_pipeline.csv; name a folder of CRM tables."
        )
    return crm_cast(town.crm)


def workspace_of(cast: Cast) -> Workspace:
    """Return the Slack workspace with everybody in it and a channel for each team."""
    made = Workspace(cast.company)
    for person in cast.people:
        made.add_person(
            person.user_id,
            person.handle,
            person.name,
            tz=person.zone,
            email=f"{person.handle}@{cast.domain}",
            title=person.title,
            is_admin=person.is_manager,
        )
    everybody = [person.user_id for person in cast.people]
    made.add_channel("C000", "general", everybody, with_bot=False)
    for number, team in enumerate(cast.teams, 1):
        made.add_channel(
            f"C{number:03}", team.channel, [*(rep.user_id for rep in team.reps), team.manager.user_id]
        )
    return made


def settings(server: Server, folder: Path) -> Settings:
    return Settings(
        _env_file=None,
        slack_bot_token=server.bot_token,
        slack_app_token=server.app_token,
        slack_api_url=server.api_url,
        database_url=f"sqlite+aiosqlite:///{folder}/rainmaker.db",
        heartbeat_seconds=5,
    )


async def caught_up(bot: Bot) -> None:
    """Let the bot see the new time; messages then arrive at the pace Slack allows."""
    bot.heartbeat.allow_any_step()
    await bot.heartbeat.beat()
    bot.deliverer.wake()
