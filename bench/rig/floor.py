"""The floor under an acknowledgement: bare aiohttp, the same signature check, raw sqlite3 in one thread: `FOLDER`.

It reads the member, notes the request and writes one activity, many requests to a commit: what a durable
acknowledgement costs when there is nothing between the socket and the database.
"""

import asyncio
import hashlib
import hmac
import sqlite3
import sys
import threading
import time
from pathlib import Path
from queue import Empty, SimpleQueue
from urllib.parse import parse_qs

sys.path.insert(0, str(Path(__file__).parents[1]))

from aiohttp import web

from rig.caller import PEOPLE, SECRET
from rig.child import answering, nothing_else
from rig.serve import serving

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


async def main(folder: Path) -> None:
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
        await answering(port, nothing_else)
    thread.jobs.put(None)
    await asyncio.to_thread(thread.join)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
