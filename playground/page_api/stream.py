"""The stream that tells an open page what became stale."""

import asyncio

from aiohttp import web

from playground.page_api.state import iso
from playground.people import Person
from playground.server import SlackServer
from playground.workspace import Change

GATHER_SECONDS = 0.02  # one push for a burst of changes


class Streams:
    """Every open page. Changes are gathered for a moment and pushed per channel."""

    def __init__(self, server: SlackServer) -> None:
        self._server = server
        self._open: dict[web.WebSocketResponse, tuple[Person, dict[str | None, set[str]], asyncio.Event]] = {}
        server.workspace.watchers.append(self._changed)

    async def serve(self, request: web.Request, person: Person) -> web.StreamResponse:
        """Push until the page goes away."""
        socket = web.WebSocketResponse(heartbeat=20.0)
        await socket.prepare(request)
        stale: dict[str | None, set[str]] = {}
        news = asyncio.Event()
        self._open[socket] = (person, stale, news)
        pushing = asyncio.create_task(self._push(socket, stale, news))
        try:
            async for _ in socket:
                pass  # the page only listens; what it does goes over POST
        finally:
            del self._open[socket]
            pushing.cancel()
            await asyncio.gather(pushing, return_exceptions=True)
        return socket

    async def close(self) -> None:
        self._server.workspace.watchers.remove(self._changed)
        for socket in list(self._open):
            await socket.close(code=1001)

    def _changed(self, change: Change) -> None:
        for person, stale, news in self._open.values():
            if not self._concerns(change, person):
                continue
            stale.setdefault(change.channel, set()).add(change.what)
            if change.what == "messages":
                stale.setdefault(None, set()).add("state")  # unread counts
            news.set()

    def _concerns(self, change: Change, person: Person) -> bool:
        if change.person not in (None, person.id):
            return False
        channel = self._server.workspace.channels.get(change.channel or "")
        return channel is None or person.id in channel.members

    async def _push(
        self, socket: web.WebSocketResponse, stale: dict[str | None, set[str]], news: asyncio.Event
    ) -> None:
        while not socket.closed:
            await news.wait()
            await asyncio.sleep(GATHER_SECONDS)
            news.clear()
            gathered, now = dict(stale), iso(self._server.clock.now())
            stale.clear()
            for channel, what in gathered.items():
                try:
                    await socket.send_json(
                        {"kind": "changed", "what": sorted(what), "channel": channel, "now": now}
                    )
                except ConnectionError:
                    return
