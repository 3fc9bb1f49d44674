"""The floor under an acknowledgement: bare aiohttp, the same signature check, raw sqlite3 in one thread.

It reads the member, notes the request and writes one activity, many requests to a commit: what a durable
acknowledgement costs when there is nothing between the socket and the database.
"""

import asyncio
import hashlib
import hmac
import sqlite3
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from urllib.parse import parse_qs

from aiohttp import web

from rig.caller import PEOPLE, SECRET

Job = tuple[str, str, "asyncio.Future[int]"]
TABLES = """
PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
CREATE TABLE member (user_id TEXT PRIMARY KEY, name TEXT, zone TEXT);
CREATE TABLE inbox (key TEXT PRIMARY KEY, received_at TEXT, response TEXT);
CREATE TABLE activity (id INTEGER PRIMARY KEY, owner_id TEXT, kind TEXT, count INTEGER, on_day TEXT);
CREATE INDEX ix_activity ON activity(owner_id, on_day);
"""


class GroupCommit(threading.Thread):
    """One thread with the connection: takes everything that waits, commits once, tells everybody."""

    def __init__(self, path: Path) -> None:
        super().__init__(daemon=True)
        self.path = path
        self.jobs: SimpleQueue[Job | None] = SimpleQueue()
        self.loop = asyncio.get_running_loop()

    def run(self) -> None:
        database = sqlite3.connect(self.path, isolation_level=None)
        database.executescript(TABLES)
        people = [(f"U{n}", f"Rep {n}", "UTC") for n in range(PEOPLE)]
        database.executemany("INSERT INTO member VALUES (?, ?, ?)", people)
        while (job := self.jobs.get()) is not None:
            group = [job]
            while len(group) < 64:
                try:
                    following = self.jobs.get_nowait()
                except Empty:
                    break
                if following is None:
                    self.jobs.put(None)
                    break
                group.append(following)
            database.execute("BEGIN IMMEDIATE")
            ids = [self.write(database, key, user) for key, user, _ in group]
            database.execute("COMMIT")
            self.loop.call_soon_threadsafe(self.tell, group, ids)
        database.close()

    def write(self, database: sqlite3.Connection, key: str, user: str) -> int:
        database.execute("SELECT name, zone FROM member WHERE user_id = ?", (user,)).fetchone()
        database.execute(
            "INSERT INTO inbox VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (key, time.time(), None)
        )
        added = database.execute(
            "INSERT INTO activity (owner_id, kind, count, on_day) VALUES (?, 'call', 1, '2026-09-14')",
            (user,),
        )
        return int(added.lastrowid or 0)

    def tell(self, group: list[Job], ids: list[int]) -> None:
        for (_, _, kept), number in zip(group, ids, strict=True):
            kept.set_result(number)


@asynccontextmanager
async def floor(folder: Path) -> AsyncIterator[int]:
    """Serve the floor on a free loopback port while the block lasts."""
    thread = GroupCommit(folder / "floor.db")
    thread.start()

    async def answer(http: web.Request) -> web.Response:
        body, stamp = await http.read(), http.headers["X-Slack-Request-Timestamp"]
        signature = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(f"v0={signature}", http.headers["X-Slack-Signature"]):
            return web.Response(status=401)
        fields = parse_qs(body.decode())
        kept: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        thread.jobs.put((fields["trigger_id"][0], fields["user_id"][0], kept))
        return web.json_response({"response_type": "ephemeral", "text": f"Logged 1 call ({await kept})."})

    app = web.Application()
    app.router.add_post("/slack/events", answer)
    async with serving(app) as port:
        yield port
    thread.jobs.put(None)
    await asyncio.to_thread(thread.join)


@asynccontextmanager
async def serving(app: web.Application) -> AsyncIterator[int]:
    """Serve an aiohttp application on a free loopback port while the block lasts."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()
