"""A site that tells us who read what: a bot that can be reached over HTTP, and signed requests to it, honest or not."""

import asyncio
import hashlib
import hmac
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any

import aiohttp

from bot.app import running
from bot.http import EVENTS, Address
from bot.manifest import manifest
from bot.rate_limits import RateLimits
from bot.settings import Settings
from handlers.home_queue import UNLIMITED
from playground.box import Server
from playground.clock import Clock
from sales.people.team import Team
from storage.people.team import add_team, set_people
from tests.conftest import PATIENCE, QUIET, small_workspace
from tests.known import T0, WORKSPACE
from tests.stories.face.seen import label, presses
from tests.stories.leads.prospected import WEBHOOK, newest, understood
from tests.stories.pipeline.walked import asks, told
from tests.story_workspace import UNHURRIED, StoryWorkspace

PATH = re.compile(r"(?:https?://[^\s/`]+)?(/[\w.-]+/[\w./-]+)")
SECRET = re.compile(r"secret\W{1,6}(?:is\W{1,3})?([\w+/=-]{20,})", re.IGNORECASE)
GUIDE = "Guide to yard lighting"


@dataclass(frozen=True)
class Site:
    """Where a site posts to and with which secret, as an admin reads both in Slack."""

    town: StoryWorkspace
    path: str
    secret: str

    def event(self, number: int = 1, email: str = "dana@alder.example", **more: Any) -> bytes:
        """What was read, by whom, when: one event with an id of the site's."""
        at = self.town.clock.now().isoformat()
        return json.dumps({"id": f"ev-{number}", "email": email, "content": GUIDE, "at": at, **more}).encode()

    def signed(self, body: bytes, *, secret: str | None = None, at: datetime | None = None) -> dict[str, str]:
        """Sign as README says: the time and the very bytes, with the secret."""
        stamp = str(int((at or self.town.clock.now()).timestamp()))
        key = (secret or self.secret).encode()
        made = hmac.new(key, b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        return {
            "Content-Type": "application/json",
            "X-Rainmaker-Timestamp": stamp,
            "X-Rainmaker-Signature": f"v0={made}",
        }

    async def posts(self, body: bytes, headers: dict[str, str], times: int = 1) -> list[int]:
        """Post so many times at once; return how each was answered."""
        url = f"http://{self.town.bot.address}{self.path}"
        async with aiohttp.ClientSession() as session:

            async def once() -> int:
                async with session.post(url, data=BytesIO(body), headers=headers) as answer:
                    return answer.status

            found = await asyncio.gather(*(once() for _ in range(times)))
        await self.town.server.settled()
        return list(found)

    async def tells(self, number: int = 1, email: str = "dana@alder.example", **more: Any) -> int:
        """Tell of one event as it should be told."""
        body = self.event(number, email, **more)
        return (await self.posts(body, self.signed(body)))[0]


async def site_of(town: StoryWorkspace) -> Site:
    """What an admin copies into the site: the address and the secret, which is made where there is none yet."""
    mia = town.person("mia")
    line, said = await understood(mia, r"webhook|secret", *WEBHOOK, helped=r"webhook")
    assert line, said
    said = await asks(mia, line, "sales")
    if not SECRET.search(said):
        assert label(told(mia, "sales")[-1].blocks, r"secret|show|create|make|switch on"), said
        await presses(mia, r"secret|show|create|make|switch on", where="sales")
        said = f"{newest(mia)}\n{mia.modal() or ''}"
    secret, path = SECRET.search(said), PATH.search(said)
    assert secret, said
    assert path, said
    if mia.modal():
        await mia.closes(everything=True)
    return Site(town, path[1], secret[1])


@asynccontextmanager
async def reachable(database_url: str) -> AsyncIterator[StoryWorkspace]:
    """The town with its team, where the bot listens at an address as `rainmaker run --http` does."""
    clock = Clock(T0, frozen=True)
    async with Server(
        small_workspace(), clock=clock, manifest=manifest(), rates=None, ack_timeout=PATIENCE, quiet=QUIET
    ) as server:
        settings = Settings(
            _env_file=None,
            slack_bot_token=server.bot_token,
            slack_signing_secret=server.signing_secret,
            slack_api_url=server.api_url,
            database_url=database_url,
            heartbeat_seconds=60,
        )
        async with running(
            settings,
            clock.now,
            gates=RateLimits(unlimited=True),
            serve=Address("127.0.0.1", 0),
            home_budget=UNLIMITED,
            prompt_budget=UNLIMITED,
        ) as bot:

            async def caught_up(now: datetime) -> None:
                bot.heartbeat.allow_any_step()
                await bot.catch_up()

            bot.router.punctual.patience = UNHURRIED
            leave = clock.subscribe(caught_up)
            server.busy_when(lambda: bot.busy)
            server.request_url = f"http://{bot.address}{EVENTS}"
            town = StoryWorkspace(server, clock, bot)
            await _team(town)
            yield town
            leave()


async def _team(town: StoryWorkspace) -> None:
    for person in ("ana", "ben", "mia"):
        await town.known(person)
    async with town.bot.database.write(WORKSPACE) as scope:
        field = Team(name="Field", zone="Europe/Ljubljana", digest_channel="C1", evening_at=time(16, 30))
        row = await add_team(scope, field)
        await set_people(scope, row.id, ["U1", "U2"], ["U3"])
        await town.set_rhythm(scope, row)


def ago(town: StoryWorkspace, **spans: float) -> datetime:
    return town.clock.now() - timedelta(**spans)
