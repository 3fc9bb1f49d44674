"""The crew: replicas as a test sees them. Started, watched, killed, frozen, thawed, stopped; never left behind."""

import asyncio
import contextlib
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.chaos.replica import Spec

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0  # seconds a machine that does much else may take to start a process


class Nest:
    """The nursery process. Orders are short and answered at once, so they are given without waiting for a turn."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.replica"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.ready = False

    def order(self, **order: Any) -> dict[str, Any]:
        if not self.ready:
            self.answer()
            self.ready = True
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return self.answer()

    def answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise ChildProcessError("The process that starts replicas has ended.")
        return dict(json.loads(line))

    def close(self) -> None:
        """End it and every replica."""
        with contextlib.suppress(BrokenPipeError):
            assert self.process.stdin is not None
            self.process.stdin.close()
        self.process.wait(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()


@contextmanager
def nest() -> Iterator[Nest]:
    made = Nest()
    try:
        yield made
    finally:
        made.close()


@dataclass
class Replica:
    """One replica: what it said, and whether it lives. `stopped` lists when it was frozen and when thawed again."""

    spec: Spec
    pid: int
    started: float
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    reached: asyncio.Event = field(default_factory=asyncio.Event)  # the point it was to end or freeze at
    address: str = ""
    points: list[str] = field(default_factory=list)
    frozen: bool = False
    killed: bool = False

    @property
    def alive(self) -> bool:
        return not self.ended.is_set()


class Crew:
    """The replicas of one run. `diary` tells what was done to whom, with the time on the run's clock."""

    def __init__(self, nest: Nest, origin: float) -> None:
        self.nest, self.origin = nest, origin
        self.replicas: dict[str, Replica] = {}
        self.diary: list[tuple[float, str]] = []
        self.port = 0
        self.server: asyncio.Server | None = None
        self.talks: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> "Crew":
        self.server = await asyncio.start_server(self.hear, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *error: object) -> None:
        for replica in self.living():
            self.kill(replica)
        for replica in self.living():
            await self.wait(replica.ended)
        assert self.server is not None
        self.server.close()
        for writer in list(self.talks):
            writer.close()
        await self.server.wait_closed()

    def living(self) -> list[Replica]:
        return [replica for replica in self.replicas.values() if replica.alive]

    def note(self, what: str) -> None:
        self.diary.append((time.monotonic() - self.origin, what))

    def start(self, spec: Spec) -> Replica:
        answer = self.nest.order(**spec.order())
        replica = Replica(spec, answer["pid"], time.monotonic() - self.origin)
        self.replicas[spec.name] = replica
        self.note(f"{spec.name} started as process {replica.pid}")
        return replica

    def kill(self, replica: Replica, number: int = signal.SIGKILL) -> None:
        """Send a signal to a replica that lives."""
        if not self.nest.order(signal=replica.pid, number=int(number))["sent"]:
            replica.ended.set()  # perhaps before it could say a word
            return
        if number == signal.SIGKILL:
            replica.killed, replica.frozen = True, False
        self.note(f"{replica.spec.name} got {signal.Signals(number).name}")

    def freeze(self, replica: Replica) -> None:
        replica.frozen = True
        self.kill(replica, signal.SIGSTOP)

    def thaw(self, replica: Replica) -> None:
        replica.frozen = False
        self.kill(replica, signal.SIGCONT)

    async def hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read one replica's reports until it ends, however it ends."""
        self.talks.add(writer)
        replica: Replica | None = None
        try:
            while line := await reader.readline():
                said = json.loads(line)
                if "name" in said:
                    replica = self.replicas[said["name"]]
                elif replica is not None and "ready" in said:
                    replica.address = said["ready"]
                    replica.ready.set()
                elif replica is not None:
                    replica.points.append(said["point"])
                    if said["point"] == replica.spec.last:
                        replica.frozen = replica.spec.freeze
                        replica.reached.set()
        except ConnectionError:
            pass  # killed with something unread
        finally:
            if replica is not None:
                replica.ended.set()
                self.note(
                    f"{replica.spec.name} ended"
                    + (f" at {replica.spec.last}" if replica.reached.is_set() else "")
                )
            self.talks.discard(writer)
            writer.close()

    @staticmethod
    async def wait(event: asyncio.Event, seconds: float = PATIENCE) -> bool:
        """Wait for something to happen; False if it does not within a bound that only a hang reaches."""
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            return False
        return True
