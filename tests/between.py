"""What stands between us and Slack: an address that passes calls on, and answers some of them in Slack's place."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp
from aiohttp import web

from playground.server import SlackServer


@dataclass(frozen=True)
class Said:
    """One answer in Slack's place. `cut` announces more bytes than come, and hangs up."""

    body: bytes = b""
    status: int = 200
    kind: str = "application/json; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False

    @classmethod
    def of(cls, **said: Any) -> Self:
        return cls(json.dumps({"ok": True, **said}).encode())


HTML = "text/html; charset=utf-8"
BAD_GATEWAY = Said(b"<html><h1>502 Bad Gateway</h1></html>", 502, HTML)
MAINTENANCE = Said(b"<html>We will be right back.</html>", 200, HTML)
EMPTY = Said(b"", 200)
HALF = Said(b'{"ok": true, "team_id": "T', 200)
CUT = Said(b'{"ok": true, "te', 200, cut=True)
LIMITED = Said(b'{"ok":false,"error":"ratelimited"}', 429, headers={"Retry-After": "1"})


class Between:
    """Passes Web API calls on to a double. `planned` answers come first, in order, by method."""

    def __init__(self, server: SlackServer) -> None:
        self.server = server
        self.planned: dict[str, list[Said]] = defaultdict(list)
        self.always: dict[str, Said] = {}
        self.asked: list[str] = []
        self.url = ""
        self.date: Callable[[], str] | None = (
            None  # what answers say that Slack's time is; the machine's else
        )

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    def times(self, method: str) -> int:
        return self.asked.count(method)

    async def api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        self.asked.append(method)
        said = self.planned[method].pop(0) if self.planned[method] else self.always.get(method)
        if said is None:
            return await self.passed_on(request, method)
        headers = {"Content-Type": said.kind, **said.headers}
        if not said.cut:
            return web.Response(body=said.body, status=said.status, headers=headers)
        answer = web.StreamResponse(headers=headers | {"Content-Length": str(len(said.body) + 500)})
        await answer.prepare(request)
        await answer.write(said.body)
        if request.transport is not None:
            request.transport.close()
        return answer

    async def passed_on(self, request: web.Request, method: str) -> web.Response:
        kept = {
            name: request.headers[name]
            for name in ("Authorization", "Content-Type")
            if name in request.headers
        }
        async with (
            aiohttp.ClientSession() as session,
            session.request(
                request.method,
                self.server.api_url + method,
                params=request.query,
                data=await request.read(),
                headers=kept,
            ) as answer,
        ):
            headers = {"Content-Type": answer.headers["Content-Type"]}
            headers |= {
                one: answer.headers[one] for one in ("X-OAuth-Scopes", "Retry-After") if one in answer.headers
            }
            if self.date is not None:
                headers["Date"] = self.date()
            return web.Response(body=await answer.read(), status=answer.status, headers=headers)


@asynccontextmanager
async def between(server: SlackServer) -> AsyncIterator[Between]:
    """Listen beside a double for as long as the block lasts."""
    made = Between(server)
    app = web.Application(client_max_size=8 * 1024 * 1024)
    app.router.add_route("*", "/api/{method}", made.api)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield made
    finally:
        await asyncio.shield(runner.cleanup())
