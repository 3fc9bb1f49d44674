"""A network between a replica and PostgreSQL that stops carrying anything, and says nothing about it: half-open.

A proxy on the loopback interface. Both ends go on believing that the other is there.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import make_url

MOST = 65_536  # bytes carried at once
PORT = 5432  # in the name of the server's socket


@dataclass
class Network:
    """Carries bytes between clients and a server's socket, until it is told to stop.

    `stall` keeps what is on its way for later, `lose` never brings it; new connections get no further either. After
    `lose` what had been connected is dead for good. `lose_at` stops carrying by itself as soon as a client says a
    word, with it or right after it.
    """

    socket: str
    carrying: asyncio.Event = field(default_factory=asyncio.Event)
    stopped: asyncio.Event = field(default_factory=asyncio.Event)
    lost: int = 0  # how often everything on its way was lost
    ends: set[asyncio.StreamWriter] = field(default_factory=set)
    word: bytes = b""
    with_word: bool = False
    port: int = 0

    def stall(self) -> None:
        self.carrying.clear()

    def lose(self) -> None:
        self.lost += 1
        self.carrying.clear()
        self.stopped.set()

    def lose_at(self, word: bytes, *, with_word: bool) -> None:
        self.word, self.with_word = word, with_word

    def mend(self) -> None:
        self.word = b""
        self.carrying.set()

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection until an end of it is closed."""
        since = self.lost
        self.ends.add(writer)
        try:
            await self.carrying.wait()
            to_server, at_server = await asyncio.open_unix_connection(self.socket)
        except OSError:
            writer.close()
            return
        self.ends.add(at_server)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self.carry(reader, at_server, since, by_client=True))
                both.create_task(self.carry(to_server, writer, since))
        except* OSError:
            pass
        finally:
            for end in (writer, at_server):
                self.ends.discard(end)
                end.close()

    async def carry(
        self,
        source: asyncio.StreamReader,
        target: asyncio.StreamWriter,
        since: int,
        *,
        by_client: bool = False,
    ) -> None:
        while said := await source.read(MOST):
            last = by_client and bool(self.word) and self.word in said
            if last:
                self.word = b""
                if self.with_word:
                    self.lose()
            await self.carrying.wait()
            if self.lost == since or (last and not self.with_word):
                target.write(said)
                await target.drain()
            if last and not self.with_word:
                self.lose()
        target.close()

    def address(self, url: str) -> str:
        """Return a DATABASE_URL that leads to the same database through here."""
        made = make_url(url).set(host="127.0.0.1", port=self.port, query={})
        return made.render_as_string(hide_password=False)


def socket_of(url: str) -> str:
    """Return the file of the socket that a DATABASE_URL leads to."""
    return str(Path(str(make_url(url).query["host"])) / f".s.PGSQL.{PORT}")


@asynccontextmanager
async def network(url: str) -> AsyncIterator[Network]:
    """Carry between the loopback interface and the server of a DATABASE_URL while the block lasts."""
    made = Network(socket_of(url))
    made.carrying.set()
    server = await asyncio.start_server(made.connected, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        made.mend()
        for end in list(made.ends):
            end.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(2):
                await server.wait_closed()
