"""The ground a run stands on: a double, a database, a clock, people, and messages that must each exist once."""

import asyncio
import itertools
import shutil
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import col, func, select

from bot.manifest import manifest
from handlers.registry import REGISTRY
from playground.box import Server
from playground.clock import Clock
from sales.nudges.ledger import TERMINAL, Nudge
from storage.database import Database
from storage.inbox import PENDING, InboxRow
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.schedule.rows import ScheduleRow
from storage.scope import Ledger
from storage.trouble import StorageTrouble
from tests.chaos.misfortune import Met, Misfortune
from tests.chaos.people import small_world
from tests.chaos.replica import Spec, clock_from
from tests.chaos.replicas import PATIENCE, Crew, Nest
from tests.engines import POSTGRESQL, SQLITE, Postgres, address
from tests.known import T0, WORKSPACE

LOOK = 0.2  # seconds between two looks whether the ledger is quiet
TERMINAL_STATES = sorted(TERMINAL)

Seed = Callable[[Database], Awaitable[None]]


class Databases:
    """Fresh databases on either engine, each a copy of one that was prepared once."""

    def __init__(self, folder: Path, postgres: Callable[[], Postgres]) -> None:
        self.folder, self.server = folder, postgres
        self.numbers = itertools.count(1)
        self.prepared: dict[tuple[str, str], str] = {}

    async def prepare(self, engine: str, name: str, seed: Seed) -> None:
        """Make the database called `name` and fill it, unless that was done before."""
        if (engine, name) not in self.prepared:
            self.prepared[engine, name] = await self.made(engine, name, seed)

    @asynccontextmanager
    async def fresh(self, engine: str, name: str, seed: Seed) -> AsyncIterator[str]:
        """Yield the address of a database of its own, filled in the ordinary way.

        For servers that are going to crash: the sequences of a database made from a template go back to where the
        template's stood if PostgreSQL crashes before their first write.
        """
        name = f"{name}_{next(self.numbers)}"
        yield await self.made(engine, name, seed)
        await self.dropped(engine, name)

    @asynccontextmanager
    async def copy(self, engine: str, name: str) -> AsyncIterator[str]:
        """Yield the address of a copy of a prepared database."""
        copy = f"{name}_{next(self.numbers)}"
        if engine == SQLITE:
            shutil.copy(self.folder / f"{name}.db", self.folder / f"{copy}.db")
        else:
            await self.server().order(f"CREATE DATABASE chaos_{copy} TEMPLATE chaos_{name}")
        yield self.url(engine, copy)
        await self.dropped(engine, copy)

    async def made(self, engine: str, name: str, seed: Seed) -> str:
        if engine == POSTGRESQL:
            await self.server().order(f"CREATE DATABASE chaos_{name}")
        url = self.url(engine, name)
        database = await Database.open(url, declared=REGISTRY.declared)
        try:
            await seed(database)
        finally:
            await database.close()
        return url

    async def dropped(self, engine: str, name: str) -> None:
        if engine == POSTGRESQL:
            await self.server().order(f"DROP DATABASE chaos_{name} WITH (FORCE)")

    def url(self, engine: str, name: str) -> str:
        if engine == SQLITE:
            return f"sqlite+aiosqlite:///{self.folder / name}.db"
        return address(self.server().server, f"chaos_{name}")


@dataclass
class Ground:
    """One run: who plays Slack, who is there, and what was asked of them.

    `asked` has the key of every message whose cause was confirmed; `unsure` those whose cause was not: they may
    exist, but not twice.
    """

    server: Server
    database: Database
    crew: Crew
    url: str
    origin: float
    folder: Path
    met: list[Met] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    unsure: set[str] = field(default_factory=set)
    starts: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def now(self) -> datetime:
        return clock_from(self.origin)()

    def meets(self, misfortune: Misfortune) -> None:
        """Let calls to Slack meet misfortune from now on."""
        self.server.faults.decide, self.met = misfortune.decide, misfortune.met

    def spec(self, **values: Any) -> Spec:
        """What the next replica is told."""
        name = f"replica {next(self.starts)}"
        return Spec(
            name=name,
            database_url=self.url,
            api_url=self.server.api_url,
            reports=self.crew.port,
            log=str(self.folder / "replicas.log"),
            origin=self.origin,
            **values,
        )

    async def ask(self, nudge: Nudge) -> bool:
        """Enqueue a message as a handler does; False if the database could not take it."""
        self.unsure.add(nudge.key)
        try:
            async with self.database.write(WORKSPACE) as scope:
                await enqueue(scope, nudge, self.now())
        except StorageTrouble:
            return False
        self.unsure.discard(nudge.key)
        self.asked.add(nudge.key)
        return True

    async def ask_until_taken(self, nudge: Nudge) -> None:
        """Enqueue a message, again if a machine that does much else could not open the database in time."""
        end = time.monotonic() + PATIENCE
        while not await self.ask(nudge):
            assert time.monotonic() < end, f"{nudge.key} could not be enqueued"
            await asyncio.sleep(LOOK)

    async def is_quiet(self) -> bool:
        """Say whether every message came to its end, what was acknowledged is done, and no schedule is due."""
        try:
            async with self.database.read_ledger() as ledger:
                return not await open_work(ledger, self.now())
        except StorageTrouble:
            return False

    async def quiet(self, seconds: float, **timing: float) -> bool:
        """Wait until the ledger is quiet, with somebody always there to work; False if it never is.

        The bound is one that only a hang reaches. A replica that ended is replaced, as a supervisor would.
        """
        end = time.monotonic() + seconds
        while not await self.is_quiet():
            if time.monotonic() > end:
                return False
            if not self.crew.living():
                self.crew.start(self.spec(**timing))
            await asyncio.sleep(LOOK)
        return True


async def open_work(ledger: Ledger, now: datetime) -> int:
    open_rows = select(func.count()).where(col(DeliveryRow.state).not_in(TERMINAL_STATES))
    due = select(func.count()).where(col(ScheduleRow.enabled), col(ScheduleRow.next_due_at) <= now)
    pending = select(func.count()).where(col(InboxRow.key).startswith(PENDING))
    return sum([(await ledger.session.exec(counted)).one() for counted in (open_rows, due, pending)])


@asynccontextmanager
async def ground(url: str, nest: Nest, folder: Path, people: int) -> AsyncIterator[Ground]:
    """Run the double and keep a crew, on a database that is filled already; nothing is left behind."""
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    async with AsyncExitStack() as stack:
        origin = time.monotonic()
        clock = Clock(T0)
        server = await stack.enter_async_context(
            Server(small_world(people), clock=clock, manifest=manifest(), rates=None)
        )
        database = Database(url, declared=REGISTRY.declared)
        stack.push_async_callback(database.close)
        crew = await stack.enter_async_context(Crew(nest, origin))
        yield Ground(server, database, crew, url, origin, folder)


__all__ = ["Databases", "Ground", "ground"]
