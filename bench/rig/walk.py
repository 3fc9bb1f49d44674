"""The files a request walks through: which of the house run a function of theirs until it is acknowledged."""

import sys
import threading
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from pathlib import Path
from types import FrameType
from typing import Any
from zoneinfo import ZoneInfo

from bot.app import Bot, running
from bot.manifest import manifest
from bot.rate_limits import RateLimits
from playground.boot import PlaygroundOptions, prepared, settings, workspace_of
from playground.boot.cast import Cast
from playground.boot.seed import seed
from playground.box import Server
from playground.clock import Clock

ROOT = Path(__file__).parents[2]
WALKED = ("bot", "handlers", "messages", "storage", "sales")
DAY = datetime(2026, 9, 14, tzinfo=ZoneInfo("Europe/Ljubljana"))  # a Monday
MORNING = time(9, 0)
ANA, ELIF = (
    "ana.kovac",
    "elif.demir",
)  # one is behind her goal, the other has reached hers; each alone in her zone
EVENINGS = {ELIF: time(15, 30), ANA: time(16, 30)}  # 16:30 where each is, read as the hours of `DAY`
COMMANDS = ("/followup Acme fri send x", "/runway")


@dataclass
class Walk:
    """What ran; closed when the answer has left, so that what follows does not count."""

    files: set[str] = field(default_factory=set)
    closed: bool = False


class CallWatch:
    """Notes each function that begins in a task of the walk under way, or in a thread meanwhile."""

    def __init__(self) -> None:
        self.current: ContextVar[Walk | None] = ContextVar("walk", default=None)
        self.walk = Walk(closed=True)
        self.rooms: dict[
            str, str
        ] = {}  # files as they are compiled, by their place in the house; "" if elsewhere

    def begin(self) -> Walk:
        self.walk = Walk()
        return self.walk

    def __call__(self, frame: FrameType, event: str, _: Any) -> None:
        if event != "call" or self.walk.closed:
            return
        in_thread = threading.current_thread() is not threading.main_thread()
        if in_thread or self.current.get() is self.walk:
            self.walk.files.add(self.place(frame.f_code.co_filename))

    def place(self, file: str) -> str:
        if file not in self.rooms:
            path = Path(file)
            inside = path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in WALKED
            self.rooms[file] = path.relative_to(ROOT).as_posix() if inside else ""
        return self.rooms[file]

    def watched(self, work: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        """Return the same work, belonging to whichever walk is under way when it begins."""

        async def run(*args: Any) -> Any:
            self.current.set(self.walk)
            return await work(*args)

        return run


async def walks(folder: Path) -> dict[str, set[str]]:
    """Return the files walked through, by request: the commands as they are typed, the evening by whose it is."""
    watch = CallWatch()
    threading.setprofile(watch)
    sys.setprofile(watch)
    cast = two_of(prepared(PlaygroundOptions(at=DAY), folder))
    clock = Clock(DAY.replace(minute=5), frozen=True)
    async with (
        Server(workspace_of(cast), clock=clock, manifest=manifest(), rates=None) as server,
        running(settings(server, folder), clock.now, gates=RateLimits(unlimited=True)) as bot,
    ):
        await server.wait_app()
        server.busy_when(lambda: bot.busy)
        await seed(bot, cast, clock)
        await come(bot, server, clock, MORNING)
        found = {}
        bot.app.async_dispatch = acknowledged(watch, bot.app.async_dispatch)
        for text in COMMANDS:
            walk = watch.begin()
            said = await server.visitor(ANA).says(text)
            found[text] = seen(walk, said, "Acme" if "Acme" in text else "Last day")
            await server.settled()
        bot.deliverer.drain = watch.watched(bot.deliverer.drain)
        for handle, evening in EVENINGS.items():
            walk = watch.begin()
            await come(bot, server, clock, evening)
            walk.closed = True
            found[handle] = seen(walk, server.visitor(handle).sees(), "still open today")
    sys.setprofile(None)
    threading.setprofile(None)
    return found


def two_of(cast: Cast) -> Cast:
    """Return the sample team with two of its reps, whose evenings come an hour apart."""
    [team] = cast.teams
    return replace(
        cast, teams=(replace(team, reps=tuple(rep for rep in team.reps if rep.handle in EVENINGS)),)
    )


async def come(bot: Bot, server: Server, clock: Clock, hour: time) -> None:
    """Let an hour of the day come, and everything that is due by then."""
    await clock.set(datetime.combine(DAY.date(), hour, DAY.tzinfo))
    await bot.catch_up()
    await server.settled()


def acknowledged(watch: CallWatch, dispatch: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """Return Bolt's way in, with the walk under way closed when the answer leaves; App Home follows later."""
    inner = watch.watched(dispatch)

    async def run(*args: Any) -> Any:
        try:
            return await inner(*args)
        finally:
            watch.walk.closed = True

    return run


def seen(walk: Walk, said: list[str], expected: str) -> set[str]:
    """Return what was walked through, if what came of it is what was meant."""
    if not any(expected in text for text in said):
        raise SystemExit(f"“{expected}” was not said, but {said}")
    if not walk.files - {""}:
        raise SystemExit(f"What runs is not the house in {ROOT}; name it in PYTHONPATH.")
    return walk.files - {""}
