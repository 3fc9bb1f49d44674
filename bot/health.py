"""Health: whether this process can do its work, for whoever watches over it.

Two questions, asked at two addresses. `/healthz`: is anything in the way that only a restart or a person mends?
`/readyz`: may requests be sent here now? What fails the first fails the second, which also fails where it passes by
itself.
"""

import asyncio
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.clock import elapsed
from bot.heartbeat import Heartbeat
from sales.language.figures import number
from storage.database import Database
from storage.trouble import StorageTrouble

ANSWERS_WITHIN = 2.4  # seconds: a write gives up waiting after two, and whoever asks before three
SEVERAL_BEATS = 4
LEAST_SILENCE = 60.0  # seconds
SILENT_DELIVERY = 120.0  # seconds: a message may wait for its turn and for Slack, a minute altogether
RESTART = "Restart this process."


@dataclass(frozen=True)
class Health:
    """Whether this process can do its work: what was found, in a few words each, and if it cannot, why."""

    found: dict[str, str]
    trouble: str = ""


def our_version() -> str:
    """Return our version: the installed package's, or beside the code that was not installed, the project's."""
    try:
        return version("rainmaker")
    except PackageNotFoundError:
        project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))
        return str(project["project"]["version"])


def always() -> bool:
    """Say yes: over HTTP requests come whenever somebody sends them."""
    return True


class HealthWatch:
    """Looks at the database, delivery, the heartbeat and the clock. Made once; asked as often as wanted.

    `delivers` says whether delivery runs, `looked_at` when it last looked for work; `reached` whether Slack's requests
    can come in. Once `leaving` is set no request is to be sent here any more.
    """

    def __init__(
        self,
        database: Database,
        heartbeat: Heartbeat,
        delivers: Callable[[], bool],
        looked_at: Callable[[], float],
        reached: Callable[[], bool] = always,
        seconds: Callable[[], float] = elapsed,
    ) -> None:
        self.database = database
        self.heartbeat = heartbeat
        self.delivers = delivers
        self.looked_at = looked_at
        self.reached = reached
        self.seconds = seconds
        self.leaving = False
        self.version = our_version()
        self.trial: asyncio.Task[str] | None = None

    async def alive(self) -> Health:
        """Return what works, and what is in the way that does not pass by itself, in plain words."""
        found = {
            "database": await self.database_trouble() or self.heartbeat.store_trouble,
            "delivery": self.delivery_trouble(),
            "heartbeat": self.heartbeat_trouble(),
            "clock": self.heartbeat.clock_trouble,
        }
        well = {"database": "takes writes", "delivery": "alive", "heartbeat": "beats", "clock": "believed"}
        troubles = dict.fromkeys(filter(None, found.values()))
        said = {name: trouble or well[name] for name, trouble in found.items()}
        return Health({**said, "version": self.version}, " ".join(troubles))

    async def ready(self) -> Health:
        """Return the same, and what keeps requests from being answered here just now."""
        health = await self.alive()
        passing = "This process is ending." if self.leaving else ""
        if not passing and not self.reached():
            passing = "Slack has not taken our connection; we connect again."
        found = {**health.found, "requests": passing or "welcome"}
        return Health(found, " ".join(filter(None, (passing, health.trouble))))

    def delivery_trouble(self) -> str:
        if not self.delivers():
            return f"Delivery has stopped. {RESTART}"
        silent = self.seconds() - self.looked_at()
        if silent > SILENT_DELIVERY:
            return f"Delivery has not looked for work for {number(round(silent))} s. {RESTART}"
        return ""

    def heartbeat_trouble(self) -> str:
        silent = self.seconds() - self.heartbeat.stirred_at
        if silent > max(LEAST_SILENCE, SEVERAL_BEATS * self.heartbeat.every.total_seconds()):
            return f"The heartbeat has not beaten for {number(round(silent))} s. {RESTART}"
        return ""

    async def database_trouble(self) -> str:
        """Return what is wrong with the database; those who ask at once share one trial."""
        if self.trial is None or self.trial.done():  # one that hangs is waited for again
            self.trial = asyncio.create_task(self.tried())
        try:
            async with asyncio.timeout(ANSWERS_WITHIN):
                return await asyncio.shield(self.trial)
        except TimeoutError:
            return f"The database does not answer within {number(ANSWERS_WITHIN)} s."

    async def tried(self) -> str:
        try:
            await self.database.answers()
            await self.database.takes_writes()
        except StorageTrouble as trouble:
            return str(trouble)
        return ""

    async def close(self) -> None:
        """Let go of a trial that still waits; the database is closed next."""
        self.leaving = True
        if self.trial is not None and not self.trial.done():
            self.trial.cancel()
            await asyncio.wait({self.trial})
