"""Salesforce in a box: an org on loopback that answers as Salesforce does, and goes wrong as Salesforce does.

What it does follows what Salesforce documents and what others met; the numbers of its limits are Salesforce's own.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from email.utils import format_datetime
from itertools import count
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from playground.salesforce.faults import SalesforceFaults
from playground.salesforce.org import Org
from playground.salesforce.query import BASE, OrgQueries
from playground.salesforce.refusal import OAuthRefusal, SalesforceRefusal, malformed, not_found
from playground.salesforce.resources import OrgResources
from playground.salesforce.schema import OrgWatch
from playground.salesforce.tokens import OrgTokens

HTML = "<html><head><title>{0}</title></head><body><h1>{0} Bad gateway</h1></body></html>"
REFUSED = {
    "401": (401, "INVALID_SESSION_ID", "Session expired or invalid"),
    "limit": (403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."),
    "500": (500, "UNKNOWN_EXCEPTION", "An unexpected error occurred."),
    "503": (503, "SERVER_UNAVAILABLE", "The server is busy."),
    "query timeout": (400, "QUERY_TIMEOUT", "Your query request was running for too long."),
}
BUSY = {"429": {"Retry-After": "1"}, "429 no retry-after": {}}
NEXT = "nextRecordsUrl"
IN_FLIGHT = 599  # a status for whatever was not answered yet


class SalesforceDouble(Org):
    """An org to connect to while the block lasts: `async with SalesforceDouble(clock) as crm:`.

    `token` is the client secret of the app `rainmaker`, with which access tokens are asked for.
    """

    def __init__(self, clock: OrgWatch) -> None:
        super().__init__(clock)
        self.faults = SalesforceFaults()
        self.queries = OrgQueries(self)
        self.resources = OrgResources(self, self.queries)
        self.requests: list[tuple[str, str, dict[str, str], int]] = []
        self.keys = count(1)
        self.token = self.new_secret()
        self.tokens = OrgTokens(clock, self.token)
        self.refused_from: int | None = None  # how many more requests the token is good for
        self.daily = 100_000  # requests that the org may make in a day
        self.silence = 3.0  # seconds until a request that hangs is dropped, as a proxy does
        self.closing = asyncio.Event()
        self.address = ""

    def new_secret(self) -> str:
        return f"{next(self.keys):08X}7D204C1E9D550F2A6C8BE741AA03B9C4".ljust(64, "E")

    def renew(self) -> str:
        """Make another client secret; the one before it is refused, and so is every token given for it."""
        self.token = self.tokens.secret = self.new_secret()
        self.tokens.given.clear()
        self.refused_from = None
        return self.token

    def revoke(self, after: int = 0) -> None:
        """Refuse the secret and its tokens, from so many requests on."""
        self.refused_from = after

    def expire(self) -> None:
        """End every session; another token is given for the secret."""
        self.tokens.given.clear()

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[self.answered], client_max_size=2**22)
        app.on_response_prepare.append(self.dated)
        app.router.add_route("*", "/{path:.*}", self.route)
        self.runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", 0)
        await site.start()
        self.address = f"http://127.0.0.1:{self.runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        await self.runner.cleanup()

    async def dated(self, _: web.Request, response: web.StreamResponse) -> None:
        now = self.clock.now().replace(microsecond=0)
        response.headers["Date"] = format_datetime(now, usegmt=True)
        response.headers["Sforce-Limit-Info"] = f"api-usage={len(self.requests)}/{self.daily}"

    # how it answers

    @web.middleware
    async def answered(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Write the request down, let it meet the fault that is planned for it, and answer."""
        place = len(self.requests)
        self.requests.append((request.method, request.path_qs, dict(request.headers), IN_FLIGHT))

        def noted(status: int) -> None:
            self.requests[place] = (*self.requests[place][:3], status)

        try:
            self.authorised(request)
            continues = request.path in self.queries.before
            fault = self.faults.meet(request.method, request.path_qs, continues=continues)
            response = await self.with_fault(request, handler, fault, noted)
        except (SalesforceRefusal, OAuthRefusal) as refused:
            response = refused.response()
        except (json.JSONDecodeError, KeyError, TypeError, ValueError) as fault_of_theirs:
            response = malformed(f"Invalid input: {fault_of_theirs}").response()
        if not response.prepared:
            noted(response.status)
        return response

    def authorised(self, request: web.Request) -> None:
        if self.refused_from is not None:
            self.refused_from -= 1
        over = self.refused_from is not None and self.refused_from < 0
        if request.path == "/services/oauth2/token":
            if over:
                raise OAuthRefusal("invalid_client", "invalid client credentials")
            return
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if over or token not in self.tokens.given:
            raise SalesforceRefusal(401, "INVALID_SESSION_ID", "Session expired or invalid")

    async def with_fault(
        self,
        request: web.Request,
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
        fault: str | None,
        noted: Callable[[int], None],
    ) -> web.StreamResponse:
        if fault in BUSY:
            return web.Response(status=429, text="Too many requests", headers=BUSY[fault])
        if fault in REFUSED:
            raise SalesforceRefusal(*REFUSED[fault])
        if fault == "login rate":
            raise OAuthRefusal("invalid_grant", "login rate exceeded")
        if fault == "html 502":
            return web.Response(status=502, text=HTML.format(502), content_type="text/html")
        if fault == "hang":
            with suppress(TimeoutError):
                await asyncio.wait_for(self.closing.wait(), self.silence)
            return self.dropped(request)
        if fault == "repeat page":
            return web.json_response(self.queries.before[request.path])
        self.queries.old_bodies = fault == "slow search"
        response = await handler(request)
        self.queries.old_bodies = False
        if fault == "no address" and isinstance(response, web.Response):
            body = {name: said for name, said in json.loads(response.text or "{}").items() if name != NEXT}
            return web.json_response(body)
        if fault == "commit then drop":
            noted(response.status)
            return self.dropped(request)
        if fault == "cut":
            noted(response.status)
            return await self.cut(request, response)
        return response

    def dropped(self, request: web.Request) -> web.StreamResponse:
        """End the connection without an answer."""
        if request.transport is not None:
            request.transport.abort()
        raise web.HTTPServiceUnavailable

    async def cut(self, request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
        """Send half of a body, and end the connection."""
        content = response.body if isinstance(response, web.Response) else b""
        assert isinstance(content, bytes)
        part = web.StreamResponse(status=response.status, headers={"Content-Type": "application/json"})
        part.content_length = max(len(content), 2)
        await part.prepare(request)
        await part.write(content[: len(content) // 2])
        if request.transport is not None:
            request.transport.close()
        return part

    # what it is asked

    async def route(self, request: web.Request) -> web.Response:
        """Answer a request by its path; versions that are not served are not found."""
        if request.path == "/services/oauth2/token":
            return web.json_response(self.given(self.tokens.ask(await request.post(), self.id)))
        if not request.path.startswith(BASE):
            raise not_found()
        resources, query = self.resources, request.query
        match request.method, [one for one in request.path.removeprefix(BASE).split("/") if one]:
            case "GET", []:
                return web.json_response({"identity": self.identity(), "sobjects": f"{BASE}/sobjects"})
            case "GET", ["query" | "queryAll" as how] if "q" in query:
                return web.json_response(self.queries.ask(query["q"], everything=how == "queryAll"))
            case "GET", ["query" | "queryAll", where]:
                locator, _, start = where.rpartition("-")
                return web.json_response(self.queries.page(locator, int(start)))
            case "GET", ["sobjects"]:
                return web.json_response(resources.overview())
            case "GET", ["sobjects", kind, "describe"]:
                return web.json_response(resources.described(kind))
            case "GET", ["sobjects", kind, "deleted"]:
                return web.json_response(resources.deleted(kind, query["start"], query["end"]))
            case "GET", ["sobjects", kind, "updated"]:
                return web.json_response(resources.updated(kind, query["start"], query["end"]))
            case "GET", ["sobjects", kind, record_id]:
                return web.json_response(resources.one(kind, record_id, query.get("fields")))
            case "GET", ["composite", "sobjects", kind]:
                ids, names = query["ids"].split(","), query["fields"].split(",")
                return web.json_response(resources.several(kind, ids, names))
            case "PATCH", ["sobjects", kind, record_id]:
                condition = request.headers.get("If-Unmodified-Since")
                resources.changed(kind, record_id, await request.json(), condition)
                return web.Response(status=204)
        raise not_found()

    def given(self, token: dict[str, str]) -> dict[str, Any]:
        return {**token, "instance_url": f"https://{self.domain}.my.salesforce.com", "id": self.identity()}

    def identity(self) -> str:
        return f"https://login.salesforce.com/id/{self.id}/{self.integration}"
