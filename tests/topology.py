"""The topology of compose.yaml without a container engine: PostgreSQL, replicas, and a proxy with failover.

`python -m tests.topology --replicas 2` runs it with the Slack double in front, until Ctrl-C.
"""

import argparse
import asyncio
import os
import re
import signal
import sys
import tempfile
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import aiohttp
from aiohttp import web

from bot.http import EVENTS, HEALTH
from handlers.registry import REGISTRY
from playground.box import Server
from playground.clock import Clock

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0  # seconds for a child to say something, on a machine with a lot to do
ANY_PORT = "127.0.0.1:0"
SKIPPED = 1.0  # seconds for which the proxy leaves a replica alone that failed
TRY_NEXT = frozenset({502, 503, 504})
HOP_BY_HOP = frozenset({"connection", "host", "keep-alive", "transfer-encoding", "content-length"})


@dataclass(eq=False)
class Child:
    """One `rainmaker run` in a process of its own, with what it said."""

    process: asyncio.subprocess.Process
    said: list[str] = field(default_factory=list)
    heard: asyncio.Condition = field(default_factory=asyncio.Condition)
    listening: asyncio.Task[None] | None = None

    @classmethod
    async def start(cls, environment: Mapping[str, str], folder: Path, *arguments: str) -> "Child":
        """Start one in `folder`, with these settings and nothing of ours."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run", *arguments),
            cwd=folder,
            env={**kept, "TZ": "UTC", "PYTHONPATH": str(ROOT), **environment},
            stdout=PIPE,
            stderr=STDOUT,
        )
        child = cls(process)
        child.listening = asyncio.create_task(child.listen())
        return child

    async def listen(self) -> None:
        assert self.process.stdout is not None
        while line := await self.process.stdout.readline():
            async with self.heard:
                self.said.append(line.decode(errors="replace").rstrip())
                self.heard.notify_all()
        async with self.heard:
            self.heard.notify_all()

    async def says(self, pattern: str) -> re.Match[str]:
        """Wait until it says something that fits, and return the fit.

        Raises:
            AssertionError: with all it said, if it ended or let us wait too long.
        """

        def found() -> re.Match[str] | None:
            return next((fit for line in self.said if (fit := re.search(pattern, line))), None)

        assert self.listening is not None
        async with asyncio.timeout(PATIENCE), self.heard:
            await self.heard.wait_for(lambda: found() or self.process.stdout.at_eof())  # type: ignore[union-attr]
        fit = found()
        assert fit is not None, f"it ended without saying {pattern!r}:\n" + "\n".join(self.said)
        return fit

    async def address(self) -> str:
        """Wait until it serves, and return where."""
        return (await self.says(r"over=(http://\S+)"))[1]

    @property
    def alive(self) -> bool:
        return self.process.returncode is None

    def send(self, number: signal.Signals) -> None:
        if self.alive:
            self.process.send_signal(number)

    async def ended(self) -> int:
        """Wait until it has ended, and return its exit code."""
        async with asyncio.timeout(PATIENCE):
            code = await self.process.wait()
            assert self.listening is not None
            await self.listening
        return code

    async def killed(self) -> None:
        """End it as a power cut would."""
        self.send(signal.SIGKILL)
        await self.ended()


def environment(server: Server, database_url: str, **more: str) -> dict[str, str]:
    """Return the settings of a bot that talks to a double."""
    return {
        "SLACK_BOT_TOKEN": server.bot_token,
        "SLACK_APP_TOKEN": server.app_token,
        "SLACK_SIGNING_SECRET": server.signing_secret,
        "SLACK_API_URL": server.api_url,
        "DATABASE_URL": database_url,
        "HEARTBEAT_SECONDS": "0.5",
        **more,
    }


@asynccontextmanager
async def child(
    server: Server, database_url: str, folder: Path, *arguments: str, **more: str
) -> AsyncIterator[Child]:
    """Run one bot while the block lasts; killed at the end if it still runs."""
    started = await Child.start(environment(server, database_url, **more), folder, *arguments)
    try:
        yield started
    finally:
        await started.killed()


class Proxy:
    """Hands each request to the next replica, or the one after if that fails: what nginx does in compose.yaml."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session
        self.replicas: list[str] = []
        self.failed_at: dict[str, float] = {}
        self.turn = 0
        self.served: list[str] = []  # who answered, in order

    def in_turn(self) -> list[str]:
        """Return the replicas in the order to try them: the next first, those that just failed last."""
        self.turn += 1
        now = asyncio.get_running_loop().time()
        count = len(self.replicas)
        rotated = [self.replicas[(self.turn + step) % count] for step in range(count)]
        return sorted(rotated, key=lambda one: now - self.failed_at.get(one, -SKIPPED) < SKIPPED)

    async def forward(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        headers = {name: value for name, value in request.headers.items() if name.lower() not in HOP_BY_HOP}
        for replica in self.in_turn():
            try:
                async with self.session.request(
                    request.method, f"{replica}{request.path_qs}", data=body, headers=headers
                ) as answer:
                    if answer.status in TRY_NEXT:
                        self.failed(replica)
                        continue
                    content = await answer.read()
            except (aiohttp.ClientError, TimeoutError):
                self.failed(replica)
                continue
            self.served.append(replica)
            return web.Response(
                status=answer.status, body=content, headers={"Content-Type": answer.headers["Content-Type"]}
            )
        return web.Response(status=502)

    def failed(self, replica: str) -> None:
        self.failed_at[replica] = asyncio.get_running_loop().time()


@dataclass(eq=False)
class Topology:
    """Replicas behind a proxy. `grow` adds one; a child of `replicas` may be killed, frozen or ended at any time."""

    start: Callable[[], "asyncio.Future[Child]"]
    proxy: Proxy
    url: str
    replicas: list[Child] = field(default_factory=list)

    async def grow(self) -> Child:
        """Start one more replica and let the proxy use it as soon as it serves."""
        grown = await self.start()
        self.replicas.append(grown)
        self.proxy.replicas.append(await grown.address())
        return grown


async def until(server: Server, happened: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Wait until something can be seen in a double's workspace, for `patience` seconds at most."""
    changed = asyncio.Event()

    def look(_: object) -> None:
        changed.set()

    server.workspace.watchers.append(look)
    async with asyncio.timeout(patience):
        while not happened():
            await changed.wait()  # whoever changed something has also written it down by the time this wakes
            changed.clear()
    server.workspace.watchers.remove(look)


@asynccontextmanager
async def topology(
    server: Server, database_url: str, folder: Path, replicas: int = 2, **more: str
) -> AsyncIterator[Topology]:
    """Serve a double's requests by so many replicas on one database while the block lasts."""
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=3))
        )
        proxy = Proxy(session)
        app = web.Application()
        app.router.add_post(EVENTS, proxy.forward)
        app.router.add_get(HEALTH, proxy.forward)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}"

        def start() -> "asyncio.Future[Child]":
            started = stack.enter_async_context(
                child(server, database_url, folder, "--http", ANY_PORT, **more)
            )
            return asyncio.ensure_future(started)

        made = Topology(start, proxy, url)
        for _ in range(replicas):
            await made.grow()
        server.request_url = f"{url}{EVENTS}"
        yield made
        server.request_url = None


async def shown(replicas: int, port: int) -> None:
    """Run the topology for somebody to look at, until stopped."""
    from bot.manifest import manifest
    from playground.boot import PlaygroundOptions, prepared, workspace_of
    from playground.boot.seed import seed
    from storage.database import Database
    from storage.people.workspace import install_workspace
    from tests.engines import address, postgres_server

    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    with tempfile.TemporaryDirectory() as folder, postgres_server(Path(folder) / "pg") as postgres:
        clock = Clock()
        cast = prepared(PlaygroundOptions(port, at=clock.now()), Path(folder))
        workspace = workspace_of(cast)
        database_url = address(postgres, "postgres")
        database = await Database.open(database_url, declared=REGISTRY.declared)
        async with database.write_ledger() as ledger:
            await install_workspace(ledger, workspace.team_id, workspace.name, workspace.bot.id, clock.now())
        seeded = SimpleNamespace(database=database, workspace_id=workspace.team_id)
        await seed(seeded, cast, clock)  # type: ignore[arg-type]  # it needs no more of a bot
        await database.close()
        async with (
            Server(workspace, port=port, clock=clock, manifest=manifest()) as server,
            topology(server, database_url, Path(folder), replicas) as made,
        ):
            sys.stdout.write(
                f"{replicas} replicas behind {made.url}; the page is {server.url}\nStop it with Ctrl-C.\n"
            )
            sys.stdout.flush()
            await stop.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.topology", description=__doc__)
    parser.add_argument("--replicas", type=int, default=2)
    parser.add_argument(
        "--port", type=int, default=8765, help="where the page is served, on this machine only"
    )
    given = parser.parse_args()
    asyncio.run(shown(given.replicas, given.port))
