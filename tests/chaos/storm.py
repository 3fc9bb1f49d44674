"""The storm (delivery.md §9.2): replicas are killed and frozen, the database goes away, a fifth of all calls to Slack
fails, and all the while prompts fall due and people ask for things. Afterwards everything must be there, once."""

import asyncio
import random
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sales.nudges.ledger import Nudge
from storage.database import Database
from tests.chaos.ground import Databases, Ground, ground
from tests.chaos.misfortune import Storm
from tests.chaos.network import network
from tests.chaos.outage import HELD, Lock, Outage, Removed, Restart, Stalled, guarded
from tests.chaos.people import message, schedule_evening, settle_people, user
from tests.chaos.replica import Spec
from tests.chaos.replicas import Nest, Replica
from tests.chaos.requests import Asking
from tests.chaos.verdict import Verdict, judge
from tests.engines import POSTGRESQL, SQLITE

SHARE = 0.2  # of all calls that fail somehow
PEOPLE = 60  # each has one prompt of the day, and so many fall due in a storm
MOST = 0.8  # of all messages are tried while calls still fail
BUSY_CHANNEL = 0.3  # of what people ask for goes to the one channel: more than a page of history
LEASE, GRACE, POST_TIMEOUT = 5.0, 0.3, 1.0
LATE = 1.5 * POST_TIMEOUT
FROZEN = (LEASE + 0.5, LEASE + 2.0)  # seconds: past the lease, always
REST = 0.15  # seconds between two messages asked for, on average
PAUSE = (0.8, 2.2)  # seconds between two blows
RESTARTED = 0.3  # seconds a supervisor takes to notice that a replica ended
QUIET = 120.0  # seconds, and those of the storm again: only a hang reaches it
KILL, STOP, FREEZE, OUTAGE = "killed", "stopped", "frozen", "database away"
BLOWS = {KILL: 5, STOP: 1, FREEZE: 3, OUTAGE: 2}


@dataclass(frozen=True)
class Plan:
    """One soak: the same seed gives the same blows, faults and messages."""

    seed: int
    engine: str
    replicas: int
    seconds: float
    naive: bool = False

    def __str__(self) -> str:
        return (
            f"python -m tests.chaos --seed {self.seed} --engine {self.engine} --replicas {self.replicas} "
            f"--seconds {self.seconds:g}" + (" --naive" if self.naive else "")
        )


@dataclass
class StormTally:
    """What a storm did, and what became of it."""

    plan: Plan
    verdict: Verdict
    blows: Counter[str] = field(default_factory=Counter)
    faults: int = 0


async def seed_storm(database: Database) -> None:
    await settle_people(database, PEOPLE)


class Soak:
    """One storm over one crew."""

    def __init__(self, made: Ground, plan: Plan, outages: Sequence[Outage], url: str) -> None:
        self.made, self.plan, self.outages, self.url = made, plan, outages, url
        self.gone = False  # whether whoever starts now would find no database and make a new one
        self.dice = random.Random(plan.seed)
        self.blows: Counter[str] = Counter()
        self.asking = Asking(made, random.Random(plan.seed + 1))
        self.waiting: list[Nudge] = []
        self.over = False

    async def run(self) -> StormTally:
        """Let the storm pass, then judge."""
        made, plan = self.made, self.plan
        for number in range(1, PEOPLE + 1):
            after = self.dice.uniform(1.0, plan.seconds)
            made.asked.add(await schedule_evening(made.database, user(number), after))
        storm = Storm(made.server.clock, plan.seed, SHARE, LATE)
        made.meets(storm)
        end = time.monotonic() + plan.seconds
        async with asyncio.TaskGroup() as together:
            keeping = together.create_task(self.keep_crew())
            striking = together.create_task(self.strike(end))
            together.create_task(self.cause_messages(end))
            await self.asking.until(end)
            await striking
            await self.most_is_sent(plan.seconds)
            self.calm()
            await self.asking.finish()
            keeping.cancel()
        return StormTally(plan, await self.judged(), self.blows, len(storm.met))

    async def most_is_sent(self, seconds: float) -> None:
        """Let Slack go on failing until most messages were tried under it, so that a slow machine meets as much."""
        end = time.monotonic() + seconds
        while len(self.made.asked & set(self.made.server.log.keys())) < MOST * len(self.made.asked):
            if time.monotonic() > end:
                return
            await asyncio.sleep(REST)

    def calm(self) -> None:
        """Everything works again: nobody is frozen, Slack answers, the database is there."""
        self.made.crew.note("the storm is over")
        self.made.server.faults.clear()
        for replica in self.made.crew.living():
            if replica.frozen:
                self.made.crew.thaw(replica)

    async def judged(self) -> Verdict:
        """Wait until all work is done, with one replica more that saw nothing of the storm, and judge."""
        made = self.made
        made.crew.start(self.spec())
        await self.ask_again()
        quiet = await made.quiet(QUIET + self.plan.seconds, **self.options())
        verdict = await judge(made)
        verdict.contradictions += await self.asking.contradictions()
        if not quiet:
            verdict.contradictions.append("the ledger did not come to rest")
        return verdict

    def options(self) -> dict[str, Any]:
        told = {"lease": LEASE, "grace": GRACE, "post_timeout": POST_TIMEOUT, "naive": self.plan.naive}
        return {**told, "http": self.plan.engine == POSTGRESQL}

    def spec(self) -> Spec:
        return replace(self.made.spec(**self.options()), database_url=self.url)

    async def keep_crew(self) -> None:
        """Start a replica in place of each that ended, as a supervisor does."""
        while True:
            for _ in range(0 if self.gone else self.plan.replicas - len(self.made.crew.living())):
                self.made.crew.start(self.spec())
            await asyncio.sleep(RESTARTED)

    async def strike(self, end: float) -> None:
        """Strike again and again: kill, freeze past the lease, take the database away, ask to stop."""
        thaws: list[asyncio.Task[None]] = []
        while time.monotonic() < end or self.owes_a_kill(end):
            await asyncio.sleep(self.dice.uniform(*PAUSE))
            blow = self.dice.choices(tuple(BLOWS), tuple(BLOWS.values()))[0]
            if self.owes_a_kill(end):
                blow = KILL
            awake = [one for one in self.made.crew.living() if one.ready.is_set() and not one.frozen]
            if blow == OUTAGE:
                await self.take_away(self.dice.choice(self.outages), self.dice.uniform(*HELD))
            elif not awake:
                continue
            elif blow == FREEZE:
                thaws.append(asyncio.create_task(self.freeze(self.dice.choice(awake))))
            else:
                self.made.crew.kill(
                    self.dice.choice(awake), signal.SIGKILL if blow == KILL else signal.SIGTERM
                )
            self.blows[blow] += 1
        await asyncio.gather(*thaws)

    def owes_a_kill(self, end: float) -> bool:
        """Return whether the time is over and nobody was awake to be killed yet, as on a slow machine."""
        return end <= time.monotonic() < end + QUIET and not self.blows[KILL]

    async def take_away(self, outage: Outage, seconds: float) -> None:
        """Take the database away; a file only from somebody who has it open, as a new process would make another."""
        self.gone = isinstance(outage, Removed)
        living = self.made.crew.living()
        if self.gone and not any(one.ready.is_set() for one in living):
            outage = self.outages[0]
        self.made.crew.note(await outage.strike(seconds))
        self.gone = False

    async def freeze(self, replica: Replica) -> None:
        seconds = self.dice.uniform(*FROZEN)
        self.made.crew.freeze(replica)
        await asyncio.sleep(seconds)
        self.made.crew.thaw(replica)

    async def cause_messages(self, end: float) -> None:
        """Put messages into the ledger as handlers do; one the database could not take is asked for again."""
        number = 0
        while time.monotonic() < end:
            number += 1
            to = None if self.dice.random() < BUSY_CHANNEL else user(self.dice.randint(1, PEOPLE))
            nudge = message(f"asked:{number:05}", self.made.now(), to)
            if not await self.made.ask(nudge):
                self.waiting.append(nudge)
            await asyncio.sleep(self.dice.expovariate(1 / REST))

    async def ask_again(self) -> None:
        end = time.monotonic() + QUIET
        while self.waiting and time.monotonic() < end:
            if await self.made.ask(self.waiting[-1]):
                self.waiting.pop()
            else:
                await asyncio.sleep(REST)


@asynccontextmanager
async def soak(plan: Plan, nest: Nest, databases: Databases, folder: Path) -> AsyncIterator[Soak]:
    """Yield a soak, ready to run, on a fresh database. Two are made one after the other, as migrations are."""
    async with (
        databases.fresh(plan.engine, "storm", seed_storm) as url,
        ground(url, nest, folder, PEOPLE) as made,
    ):
        if plan.engine == SQLITE:
            yield Soak(made, plan, (Lock(nest, url), Removed(url)), url)
        else:
            server = databases.server().server
            async with network(url) as between:
                with guarded(nest, server):
                    yield Soak(made, plan, (Restart(server), Stalled(between)), between.address(url))
