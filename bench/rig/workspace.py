"""A town to measure in: the Slack double without rate limits, and the whole bot with a team of many reps."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.app import Bot, running
from bot.logs import set_up
from bot.manifest import manifest
from bot.rate_limits import RateLimits
from bot.settings import Settings
from playground.box import Server
from playground.clock import Clock
from playground.workspace import Workspace
from rig.caller import PEOPLE, SECRET
from sales.people.member import Member
from sales.people.team import Team
from storage.people.member import meet_members
from storage.people.team import add_team, set_people

T0 = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)  # a Monday


@dataclass(frozen=True)
class BenchWorkspace:
    """The double and the bot, with `PEOPLE` reps in one team."""

    server: Server
    clock: Clock
    bot: Bot


def settings(server: Server, folder: Path) -> Settings:
    return Settings(
        _env_file=None,
        slack_bot_token=server.bot_token,
        slack_app_token=server.app_token,
        slack_signing_secret=SECRET,
        slack_api_url=server.api_url,
        database_url=f"sqlite+aiosqlite:///{folder}/rainmaker.db",
        heartbeat_seconds=60,
    )


def workspace(people: int) -> Workspace:
    made = Workspace("Northwind", team_id="T1")
    for number in range(people):
        made.add_person(f"U{number}", f"rep{number}", f"Rep {number}", email=f"rep{number}@northwind.example")
    made.add_channel("C1", "sales", [f"U{number}" for number in range(people)])
    return made


@asynccontextmanager
async def town(folder: Path, people: int = PEOPLE) -> AsyncIterator[BenchWorkspace]:
    """Run the double and the bot while the block lasts; the clock stands still, nothing is limited."""
    set_up("error")
    clock = Clock(T0, frozen=True)
    async with (
        Server(workspace(people), clock=clock, manifest=manifest(), rates=None) as server,
        running(settings(server, folder), clock.now, gates=RateLimits(unlimited=True)) as bot,
    ):
        await server.wait_app()
        server.busy_when(lambda: bot.busy)
        async with bot.database.write("T1") as scope:
            team = await add_team(scope, Team(name="Field", zone="UTC", digest_channel="C1"))
            reps = [f"U{number}" for number in range(people)]
            await meet_members(scope, [Member(user_id=each, name=each) for each in reps])
            await set_people(scope, team.id, reps, [reps[0]])
        yield BenchWorkspace(server, clock, bot)
