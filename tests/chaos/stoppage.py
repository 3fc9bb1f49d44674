"""One of three replicas stops in the middle of its work, while people go on asking: frozen, or cut off from PostgreSQL.

Requests come in turn to all three, as a load balancer hands them out that notices nothing; what was not answered is
sent again. Whoever asks the other two is answered in time, and everything has one effect.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

import aiohttp
import asyncpg
from sqlalchemy import make_url

from bot.http import EVENTS
from playground.acks import Ack, Retry
from playground.webhook import Webhook
from storage.database import Database
from tests.chaos.ground import Databases, Ground, ground
from tests.chaos.network import Network, network
from tests.chaos.people import settle_people
from tests.chaos.replicas import Nest, Replica
from tests.chaos.requests import ACK, Asking, ChaosRequest
from tests.chaos.verdict import Verdict, judge
from tests.engines import POSTGRESQL

FROZEN, HALF_OPEN = "frozen replica", "half-open network"
STOPPAGES = (FROZEN, HALF_OPEN)
PEOPLE = 9
CALM = 1.5  # seconds before it stops, and after it goes on
STOPPED = 7.0  # seconds; longer than anybody waits for anything
QUIET = 60.0  # only a hang reaches it
CATCHES = 400  # tries to stop a replica while a unit of it is open
RESTING = """SELECT count(*) FROM pg_stat_activity
    WHERE application_name = 'rainmaker' AND state = 'idle in transaction' AND datname = current_database()"""
TIMING = {"lease": 4.0, "grace": 0.3, "post_timeout": 1.0, "http": True}


@dataclass(frozen=True)
class Tried:
    """A command sent to one replica once: how long it took, and what came of it."""

    to: str
    seconds: float
    answered: bool
    taken: bool
    while_stopped: bool


@dataclass
class StoppageTally:
    """What happened while one replica stood still. `others` are commands to the two that did not."""

    kind: str
    verdict: Verdict
    caught: bool  # whether it stopped with a unit of work open
    others: list[Tried] = field(default_factory=list)
    requests: int = 0

    @property
    def in_time(self) -> int:
        return sum(one.answered and one.seconds < ACK for one in self.others)

    @property
    def taken(self) -> int:
        """How many of them were done at once, and not refused."""
        return sum(one.taken for one in self.others)

    @property
    def slowest(self) -> float:
        return max(one.seconds for one in self.others)

    @property
    def holds(self) -> bool:
        return bool(self.others) and self.in_time >= 0.99 * len(self.others) and self.verdict.clean

    def __str__(self) -> str:
        return (
            f"{self.kind}: {self.requests} requests; {len(self.others)} commands to the others while it stood, "
            f"{self.in_time} answered within {ACK:g} s, {self.taken} of them done, slowest {self.slowest:.2f} s; "
            f"{self.verdict}"
        )


@dataclass
class InTurn(Asking):
    """Hands requests out to replicas in turn, whatever state they are in."""

    turn: int = 0
    stopped: str = ""
    tried: list[Tried] = field(default_factory=list)

    async def try_once(self, request: ChaosRequest) -> tuple[str, Ack]:
        replicas = sorted(self.ground.crew.living(), key=lambda one: one.spec.name)
        self.turn += 1
        chosen, since, stood = replicas[self.turn % len(replicas)], time.monotonic(), self.stopped
        retry = Retry(min(len(request.tries), 3), "http_timeout") if request.tries else None
        async with aiohttp.ClientSession() as session:
            line = Webhook(
                f"http://{chosen.address}{EVENTS}", self.ground.server.signing_secret, ACK, session
            )
            ack = await line.deliver(request.kind, request.payload, retry)
        if request.kind == "slash_commands":
            took = time.monotonic() - since
            while_stopped = bool(stood or self.stopped)
            self.tried.append(Tried(chosen.spec.name, took, ack.ok, request.is_taken(ack), while_stopped))
        return chosen.spec.name, ack


async def seed(database: Database) -> None:
    await settle_people(database, PEOPLE)


@dataclass
class Stoppage:
    """Three replicas, of which the first may be stopped."""

    made: Ground
    asking: InTurn
    first: Replica
    between: Network

    async def run(self, kind: str) -> StoppageTally:
        """Stop the first one under load, let it go on, and judge."""
        asked = asyncio.create_task(self.asking.until(time.monotonic() + 2 * CALM + STOPPED))
        await asyncio.sleep(CALM)
        stop, go_on = self.how(kind)
        caught = await self.catch(stop, go_on)
        self.asking.stopped = self.first.spec.name
        await asyncio.sleep(STOPPED)
        go_on()
        self.asking.stopped = ""
        await asked
        await self.asking.finish()
        quiet = await self.made.quiet(QUIET, **TIMING)
        verdict = await judge(self.made)
        verdict.contradictions += await self.asking.contradictions()
        if not quiet:
            verdict.contradictions.append("the ledger did not come to rest")
        others = [one for one in self.asking.tried if one.while_stopped and one.to != self.first.spec.name]
        return StoppageTally(kind, verdict, caught, others, len(self.asking.requests))

    def how(self, kind: str) -> tuple[Callable[[], None], Callable[[], None]]:
        if kind == FROZEN:
            crew = self.made.crew
            return lambda: crew.freeze(self.first), lambda: crew.thaw(self.first)
        return self.between.stall, self.between.mend

    async def catch(self, stop: Callable[[], None], go_on: Callable[[], None]) -> bool:
        """Stop it at a moment when a unit of work is open, if it comes to one; it stands still in any case."""
        url = make_url(self.made.url).set(drivername="postgresql").render_as_string(hide_password=False)
        looking = await asyncpg.connect(url)
        try:
            for _ in range(CATCHES):
                stop()
                await asyncio.sleep(0.03)  # the others finish theirs meanwhile
                if await looking.fetchval(RESTING):
                    return True
                go_on()
                await asyncio.sleep(0.01)
        finally:
            await looking.close()
        stop()
        return False


@asynccontextmanager
async def stoppage(
    nest: Nest, databases: Databases, folder: Path, rest: float = 0.12
) -> AsyncIterator[Stoppage]:
    """Yield three replicas over HTTP on one PostgreSQL, the first of them behind a network that may fail."""
    async with (
        databases.fresh(POSTGRESQL, "stoppage", seed) as url,
        network(url) as between,
        ground(url, nest, folder, PEOPLE) as made,
    ):
        options: dict[str, Any] = TIMING
        first = made.crew.start(replace(made.spec(**options), database_url=between.address(url)))
        for _ in range(2):
            made.crew.start(made.spec(**options))
        for replica in made.crew.living():
            assert await made.crew.wait(replica.ready), f"{replica.spec.name} did not start"
        yield Stoppage(made, InTurn(made, Random(1), rest=rest), first, between)
