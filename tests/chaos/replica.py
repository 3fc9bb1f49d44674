"""Replicas: the real bot in processes of their own, to be killed, frozen and stopped.

Starting Python and importing the bot takes seconds. So one nursery process imports everything once, without an event
loop and without threads, and forks a replica in milliseconds:

    python -m tests.chaos.replica      reads orders on standard input, a line of JSON each, and answers each with one

When its input ends, whoever gave the orders is done or dead: then every replica is killed, and every database server
and folder the nursery was asked to guard goes too.
"""

import asyncio
import contextlib
import ctypes
import gc
import json
import os
import shutil
import signal
import socket
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from slack_sdk.http_retry.builtin_async_handlers import AsyncConnectionErrorRetryHandler

from bot.app import Bot, running
from bot.http import Address
from bot.logs import set_up
from bot.manifest import manifest
from bot.rate_limits import RateLimits
from bot.settings import Settings, SettingsTrouble
from bot.shutdown import Shutdown
from bot.standby import alone
from handlers.registry import REGISTRY
from playground.box import Server
from playground.clock import Clock
from sales.nudges.ledger import Timing
from storage.database import Database
from storage.nudges.ledger.intake import enqueue
from storage.trouble import StorageTrouble
from tests.chaos.failpoints import Points
from tests.chaos.people import message, schedule_evening, settle_people, small_world, user
from tests.known import T0, WORKSPACE
from tests.statements import compile_statements_once

PR_SET_PDEATHSIG = 1
HEARTBEAT = 0.4  # seconds


@dataclass(frozen=True)
class Spec:
    """What a replica is told. Times are seconds; `origin` is the monotonic instant at which its clock shows T0.

    It reports to the loopback port `reports`. `last` names the failpoint it ends at. `http` lets it be reached at an
    address of its own instead of over Socket Mode. `naive` lets the Slack SDK
    repeat what it takes for failed, as it does unless told otherwise.
    """

    name: str
    database_url: str
    api_url: str
    reports: int
    log: str
    origin: float
    lease: float = 3.0
    grace: float = 0.3
    post_timeout: float = 1.0
    last: str = ""
    every: bool = False
    freeze: bool = False
    naive: bool = False
    http: bool = False

    @property
    def timing(self) -> Timing:
        return Timing(
            post_timeout=timedelta(seconds=self.post_timeout),
            connect_timeout=timedelta(seconds=self.post_timeout / 2),
            lease=timedelta(seconds=self.lease),
            grace=timedelta(seconds=self.grace),
            margin=timedelta(seconds=self.post_timeout / 4),
        )

    def order(self) -> dict[str, Any]:
        return {"replica": asdict(self)}


def clock_from(origin: float) -> Callable[[], datetime]:
    """Return a clock that showed T0 at a monotonic instant; every process of a machine reads the same."""
    return lambda: T0 + timedelta(seconds=time.monotonic() - origin)


# the nursery


class Nursery:
    """Takes orders: a replica, a locker, something to guard."""

    def __init__(self) -> None:
        self.children: set[int] = set()
        self.servers: set[str] = set()
        self.folders: set[str] = set()

    def work(self) -> None:
        for line in sys.stdin:
            print(json.dumps(self.obeyed(json.loads(line))), flush=True)  # noqa: T201 -- this is its answer
        self.finish()

    def obeyed(self, order: dict[str, Any]) -> dict[str, Any]:
        if "replica" in order:
            return {"pid": self.forked(lambda: replica(Spec(**order["replica"])))}
        if "locker" in order:
            return {"pid": self.forked(lambda: hold(order["locker"], order["seconds"]))}
        if "signal" in order:
            return {"sent": self.signalled(order["signal"], order["number"])}
        if "guard_server" in order:
            self.servers.add(order["guard_server"])
        if "guard_folder" in order:
            self.folders.add(order["guard_folder"])
        if "release" in order:
            self.servers.discard(order["release"])
            self.folders.discard(order["release"])
        return {}

    def forked(self, work: Callable[[], int]) -> int:
        parent = os.getpid()
        pid = os.fork()
        if pid:
            self.children.add(pid)
            return pid
        code = 1
        try:
            begin_as_child(parent)
            code = work()
        finally:
            sys.stderr.flush()
            os._exit(code)

    def signalled(self, pid: int, number: int) -> bool:
        """Send a signal to a replica; False if it ended before.

        Only its parent can be sure that a process id still means the same process: until it takes note of its end.
        """
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
        try:
            if pid not in self.children:
                return False
            os.kill(pid, number)
            return True
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})

    def reap(self, *_: object) -> None:
        """Take note of replicas that ended, so that none stays a zombie and what they used is counted."""
        with contextlib.suppress(ChildProcessError):
            while pid := os.waitpid(-1, os.WNOHANG)[0]:
                self.children.discard(pid)

    def finish(self) -> None:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for pid in list(self.children):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while True:
                os.wait()
        for server in self.servers:
            stop_server(Path(server))
        for folder in {*self.servers, *self.folders}:
            shutil.rmtree(folder, ignore_errors=True)


def begin_as_child(parent: int) -> None:
    """Be a process like any other, which does not outlive the nursery."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)


def stop_server(folder: Path) -> None:
    """End the PostgreSQL whose files are in a folder, if one runs there."""
    try:
        pid = int((folder / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGQUIT)
        for _ in range(100):
            os.kill(pid, 0)
            time.sleep(0.05)
    except (OSError, ValueError, IndexError):
        return


def hold(file: str, seconds: float) -> int:
    """Hold the write lock of a SQLite file, as a backup or a curious person with a shell might."""
    connection = sqlite3.connect(file, isolation_level=None, timeout=seconds)
    connection.execute("BEGIN IMMEDIATE")
    time.sleep(seconds)
    connection.execute("ROLLBACK")
    return 0


# a replica


def replica(spec: Spec) -> int:
    """Run the bot until SIGTERM, or until it cannot; what there is to say goes to the reports."""
    told = os.open(spec.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(told, 2)
    set_up("warning")
    reports = socket.create_connection(("127.0.0.1", spec.reports))

    def tell(**said: Any) -> None:
        reports.sendall(json.dumps(said).encode() + b"\n")

    tell(name=spec.name)
    points = Points(lambda point: tell(point=point), spec.last, every=spec.every, freeze=spec.freeze)
    try:
        asyncio.run(serve(spec, points, lambda bot: tell(ready=str(bot.address or ""))))
    except (
        SettingsTrouble,
        StorageTrouble,
    ) as trouble:  # what `rainmaker run` says before it ends with code 1
        print(trouble, file=sys.stderr)  # noqa: T201
        return 1
    return 0


async def serve(spec: Spec, points: Points, ready: Callable[[Bot], None]) -> None:
    """Do what `rainmaker run` does, with this clock, this timing, and the points watched."""
    stopping = Shutdown()

    async def work() -> None:
        async with (
            alone(spec.database_url),
            running(
                settings_of(spec),
                clock_from(spec.origin),
                gates=RateLimits(unlimited=True),
                timing=spec.timing,
                committed=points.committed,
                traces=[points.trace()],
                serve=Address("127.0.0.1", 0) if spec.http else None,
            ) as bot,
        ):
            if spec.naive:
                be_naive(bot)
            ready(bot)
            await stopping.until_asked()

    await stopping.around(work())


def settings_of(spec: Spec) -> Settings:
    return Settings(
        _env_file=None,
        slack_bot_token=Server.bot_token,
        slack_app_token=Server.app_token,
        slack_signing_secret=Server.signing_secret,
        slack_api_url=spec.api_url,
        database_url=spec.database_url,
        heartbeat_seconds=HEARTBEAT,
    )


def be_naive(bot: Bot) -> None:
    """Let the Slack SDK do what it does by default: call again whenever a connection ended."""
    bot.slack.retry_handlers.append(AsyncConnectionErrorRetryHandler(max_retry_count=2))


async def rehearse(folder: Path) -> None:
    """Live one short day, so that what every process does for the first time is done before the first fork."""
    url = f"sqlite+aiosqlite:///{folder}/rehearsal.db"
    database = await Database.open(url, declared=REGISTRY.declared)
    await settle_people(database, 1)
    await schedule_evening(database, user(1), 0.0)
    async with database.write(WORKSPACE) as scope:
        await enqueue(scope, message("asked:rehearsal", T0), T0)
    await database.close()
    async with Server(small_world(1), clock=Clock(T0), manifest=manifest(), rates=None) as server:
        spec = Spec("rehearsal", url, server.api_url, 0, "", time.monotonic())
        async with running(
            settings_of(spec), clock_from(spec.origin), gates=RateLimits(unlimited=True), timing=spec.timing
        ) as bot:
            await bot.catch_up()
            person = server.visitor(user(1))
            await person.says("/followup Acme friday send the offer")
            await person.says("follow up with Acme on friday about the offer")


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the business of whoever gives the orders
    os.environ["TZ"] = "UTC"
    set_up("error")
    compile_statements_once()  # which the replicas inherit
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(rehearse(Path(folder)))
    assert threading.active_count() == 1, threading.enumerate()  # a thread does not survive a fork
    gc.collect()
    gc.freeze()
    nursery = Nursery()
    signal.signal(signal.SIGCHLD, nursery.reap)
    print(json.dumps({"ready": True}), flush=True)  # noqa: T201
    nursery.work()


if __name__ == "__main__":
    main()
