"""The town: a Slack workspace in a box with the real bot in it, and what tests do there."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from bot.app import Bot, running
from bot.rate_limits import RateLimits
from bot.settings import Settings
from handlers.feature import Feature, Registry
from handlers.home_queue import UNLIMITED
from handlers.in_time import PATIENCE
from handlers.people.member import known_people
from handlers.registry import FEATURES, REGISTRY
from playground.box import Server
from playground.clock import Clock
from playground.visitor.person import Visitor
from storage.engines.engine import IDLE_SECONDS, LOCK_SECONDS
from storage.engines.postgresql import PostgreSQL
from storage.nudges.schedule.specs import set_team_schedules
from storage.people.team import TeamRow
from storage.scope import Scope


@dataclass
class StoryWorkspace:
    """The double, its clock and the bot. `expected` lists problems a test provoked on purpose."""

    server: Server
    clock: Clock
    bot: Bot
    expected: list[object] = field(default_factory=list)

    def person(self, name: str) -> Visitor:
        return self.server.visitor(name)

    def dm(self, name: str) -> str:
        """The id of a person's direct channel with the bot, for acting there and not on Home."""
        return self.server.workspace.dm(self.server.visitor(name).person.id).id

    async def jump(self, words: str, zone: str = "UTC") -> datetime:
        """Move the clock and wait until everything that fell due was delivered."""
        now = await self.clock.jump(words, zone)
        await self.server.settled()
        return now

    async def known(self, name: str) -> None:
        """Let the bot meet a person without their saying anything."""
        user_id = self.server.visitor(name).person.id
        await known_people(self.bot.database, self.bot.slack, self.bot.workspace_id, user_id)

    def be_in_time(self) -> None:
        """Let the bot wait no longer than it does outside of tests."""
        wait_for(self.bot, PATIENCE, LOCK_SECONDS, IDLE_SECONDS)

    def rehearse(self) -> None:
        """Let the bot make messages before they are due, as it does outside of tests."""
        self.bot.rehearsal.kinds = {key: one for key, one in REGISTRY.kinds.items() if one.rehearsed}

    async def set_rhythm(self, scope: Scope, team: TeamRow) -> None:
        await set_team_schedules(scope, team, self.clock.now())


# Seconds until a request is answered for now, or a server that says nothing is given up; the product's two would test
# how busy the machine is.
UNHURRIED = 60.0


def wait_for(bot: Bot, answer: float, lock: float, idle: float) -> None:
    """Have a bot wait so many seconds for its own answer, for a lock, and for the next statement of a unit."""
    bot.router.punctual.patience = answer
    engine = bot.database.engine
    if isinstance(engine, PostgreSQL):
        engine.patience, engine.idle = lock, idle


@asynccontextmanager
async def running_bot(
    server: Server,
    clock: Clock,
    database_url: str,
    features: Iterable[Feature] = FEATURES,
    *,
    unhurried: bool = True,
) -> AsyncIterator[Bot]:
    """Run the real bot against a double, on the database at an address, with these features.

    Unless it is `unhurried`, it keeps to Slack's rates and patience as it does outside of tests.
    """
    settings = Settings(
        _env_file=None,
        slack_bot_token=server.bot_token,
        slack_app_token=server.app_token,
        slack_api_url=server.api_url,
        database_url=database_url,
        heartbeat_seconds=60,
    )
    registry = REGISTRY if features is FEATURES else Registry.of(features)
    pace = (
        {"gates": RateLimits(unlimited=True), "home_budget": UNLIMITED, "prompt_budget": UNLIMITED}
        if unhurried
        else {}
    )
    async with running(settings, clock.now, registry=registry, **pace) as bot:

        async def caught_up(now: datetime) -> None:
            bot.heartbeat.allow_any_step()
            await bot.catch_up()

        if unhurried:
            bot.rehearsal.kinds = {}  # makes messages earlier and shows none: its own tests hold what it is for
            wait_for(bot, UNHURRIED, UNHURRIED, UNHURRIED)
        leave = clock.subscribe(caught_up)
        server.busy_when(lambda: bot.busy)
        await server.wait_app()
        yield bot
        leave()
