"""HubSpot in a box: an account on loopback that answers as HubSpot does, and goes wrong as HubSpot does.

What it does follows what HubSpot documents and what others met; the numbers of its limits are HubSpot's own.
"""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from email.utils import format_datetime
from itertools import count
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from playground.hubspot.faults import HubSpotFaults
from playground.hubspot.objects import HubSpotObjects, require_kind, require_scope
from playground.hubspot.portal import Portal
from playground.hubspot.refusal import HubSpotRefusal, invalid, not_found
from playground.hubspot.schema import PIPELINE, PortalWatch

VERSION = "2026-09"
LEGACY = re.compile(r"/v[1-4](/|$)")
HTML = "<html><head><title>{0}</title></head><body><h1>{0} Bad gateway</h1></body></html>"
BUSY = {
    "429": ({"Retry-After": "1"}, "TEN_SECONDLY_ROLLING"),
    "429 no retry-after": ({}, "SECONDLY"),
    "429 daily": ({}, "DAILY"),
}
BEGINS = " from its beginning"
IN_FLIGHT = 599  # a status for whatever was not answered yet
Json = dict[str, Any]


class HubSpotDouble(Portal):
    """An account to connect to while the block lasts: `async with HubSpotDouble(clock) as crm:`."""

    def __init__(self, clock: PortalWatch) -> None:
        super().__init__(clock)
        self.faults = HubSpotFaults()
        self.objects = HubSpotObjects(self)
        self.requests: list[tuple[str, str, dict[str, str], int]] = []
        self.keys = count(1)
        self.token = self.new_token()
        self.refused_from: int | None = None  # how many more requests the token is good for
        self.silence = 3.0  # seconds until a request that hangs is dropped, as a proxy does
        self.closing = asyncio.Event()
        self.address = ""

    def new_token(self) -> str:
        return f"pat-eu1-{next(self.keys):08x}-7d20-4c1e-9d55-0f2a6c8be741"

    def renew(self) -> str:
        """Make another token; the one before it is refused."""
        self.token, self.refused_from = self.new_token(), None
        return self.token

    def revoke(self, after: int = 0) -> None:
        """Refuse the token, from so many requests on."""
        self.refused_from = after

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
        response.headers["Date"] = format_datetime(self.clock.now().replace(microsecond=0), usegmt=True)

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
            continues = await self.continues(request)
            fault = self.faults.meet(request.method, request.path_qs, continues=continues)
            response = await self.with_fault(request, handler, fault, noted)
        except HubSpotRefusal as refused:
            response = refused.response()
        except (json.JSONDecodeError, KeyError, TypeError, ValueError) as fault_of_theirs:
            response = invalid(f"Invalid input: {fault_of_theirs}").response()
        if not response.prepared:
            noted(response.status)
        return response

    def authorised(self, request: web.Request) -> None:
        if self.refused_from is not None:
            self.refused_from -= 1
        over = self.refused_from is not None and self.refused_from < 0
        if over or request.headers.get("Authorization") != f"Bearer {self.token}":
            raise HubSpotRefusal(
                401, "INVALID_AUTHENTICATION", "Authentication credentials not found or invalid."
            )

    async def continues(self, request: web.Request) -> bool:
        """Return whether a search or list had a page before this that was not its last."""
        asked = await listing(request)
        return not asked.endswith(BEGINS) and "paging" in self.objects.pages.get(asked, {})

    async def with_fault(
        self,
        request: web.Request,
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
        fault: str | None,
        noted: Callable[[int], None],
    ) -> web.StreamResponse:
        if fault in BUSY:
            headers, policy = BUSY[fault]
            body = {"status": "error", "message": "You have reached your limit.", "errorType": "RATE_LIMIT"}
            return web.json_response({**body, "policyName": policy}, status=429, headers=headers)
        if fault in ("401", "423", "500", "530"):
            raise HubSpotRefusal(int(fault), "INTERNAL_ERROR", "internal error")
        if fault is not None and fault.startswith("html"):
            status = int(fault.split()[1])
            return web.Response(status=status, text=HTML.format(status), content_type="text/html")
        if fault == "hang":
            with suppress(TimeoutError):
                await asyncio.wait_for(self.closing.wait(), self.silence)
            return self.dropped(request)
        if fault == "repeat page":
            return web.json_response(self.objects.pages[await listing(request)])
        self.objects.old_bodies = fault == "slow search"
        response = await handler(request)
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
        assert isinstance(response, web.Response)
        content = response.body
        assert isinstance(content, bytes)
        part = web.StreamResponse(status=response.status, headers={"Content-Type": "application/json"})
        part.content_length = len(content)
        await part.prepare(request)
        await part.write(content[: len(content) // 2])
        if request.transport is not None:
            request.transport.close()
        return part

    # what it is asked

    async def route(self, request: web.Request) -> web.Response:
        """Answer a request by its dated path; paths with a version of before are not served any more."""
        path = request.path
        if LEGACY.search(path):
            raise HubSpotRefusal(
                404, "UNSUPPORTED", "This version of the API is not supported. Use dated paths."
            )
        match [one for one in path.split("/") if one]:
            case ["account-info", version, "details"] if version == VERSION:
                return web.json_response(self.details())
            case ["crm", "owners", version] if version == VERSION:
                return web.json_response(self.owner_page(request))
            case ["crm", "pipelines", version, "deals"] if version == VERSION:
                require_scope("deals", self.forbidden)
                return web.json_response({"results": [self.pipeline_shown()]})
            case ["crm", "properties", version, kind] if version == VERSION:
                require_kind(kind, self.forbidden)
                known = self.objects.known(kind)
                return web.json_response({"results": [{"name": one, "label": one} for one in known]})
            case ["crm", "associations", version, kind, other, "batch", "read"] if version == VERSION:
                require_kind(kind, self.forbidden)
                require_kind(other, self.forbidden)
                status, body = await self.objects.linked(request, kind, other)
                return web.json_response(body, status=status)
            case ["crm", "objects", version, kind, *rest] if version == VERSION:
                require_kind(kind, self.forbidden)
                return await self.records_asked(request, kind, rest)
        raise not_found(path)

    async def records_asked(self, request: web.Request, kind: str, rest: list[str]) -> web.Response:
        objects, status = self.objects, 200
        match request.method, rest:
            case "POST", ["search"]:
                body = objects.pages[(await listing(request)).removesuffix(BEGINS)] = await objects.searched(
                    request, kind
                )
            case "POST", ["batch", "read"]:
                status, body = await objects.batch(request, kind)
            case "POST", ["merge"]:
                body = await objects.merged(request, kind)
            case "GET", []:
                body = objects.pages[(await listing(request)).removesuffix(BEGINS)] = await objects.listed(
                    request, kind
                )
            case "GET", [record_id]:
                body = await objects.one(request, kind, record_id)
            case "PATCH", [record_id]:
                body = await objects.changed(request, kind, record_id)
            case _:
                raise not_found(request.path)
        return web.json_response(body, status=status)

    def details(self) -> Json:
        return {
            "portalId": self.id,
            "accountType": "STANDARD",
            "timeZone": self.zone,
            "companyCurrency": self.currency,
            "additionalCurrencies": [],
            "uiDomain": "app-eu1.hubspot.com",
            "dataHostingLocation": "eu1",
        }

    def owner_page(self, request: web.Request) -> Json:
        """Owners by id; who left is only among the archived, under another name for the user's id."""
        require_scope("owners", self.forbidden)
        archived = request.query.get("archived") == "true"
        limit = min(int(request.query.get("limit", 100)), self.page, 500)
        behind = int(request.query.get("after") or 0)
        there = [one for one in self.owners.values() if one.archived is archived and int(one.id) > behind]
        rows = []
        for one in there[:limit]:
            first, _, last = one.name.partition(" ")
            rows.append(
                {
                    "id": one.id,
                    "email": one.email,
                    "firstName": first,
                    "lastName": last,
                    "type": "PERSON",
                    "archived": archived,
                    "userId": None if archived else one.user_id,
                    "userIdIncludingInactive": one.user_id,
                }
            )
        answer: Json = {"results": rows}
        if len(there) > limit:
            answer["paging"] = {"next": {"after": rows[-1]["id"]}}
        return answer

    def pipeline_shown(self) -> Json:
        stages = [
            {
                "id": one.id,
                "label": one.label,
                "displayOrder": place,
                "archived": False,
                "metadata": {"probability": one.probability, "isClosed": str(one.kind != "open").lower()},
            }
            for place, one in enumerate(self.pipeline)
        ]
        return {
            "id": PIPELINE,
            "label": "Sales Pipeline",
            "displayOrder": 0,
            "archived": False,
            "stages": stages,
        }


async def listing(request: web.Request) -> str:
    """Return which search or list a request asks for a page of, wherever in it that is."""
    if request.method != "POST":
        begins = BEGINS if "after" not in request.query else ""
        return f"{request.path}?archived={request.query.get('archived')}{begins}"
    body = await request.json()
    groups = body.get("filterGroups") or [] if isinstance(body, dict) else []
    filters = [each for one in groups for each in one["filters"]]
    parts = [(one["propertyName"], one["operator"], one.get("highValue")) for one in filters]
    first = any(one["operator"] == "GT" and one["value"] == "0" for one in filters)
    return f"{request.path} {parts}{BEGINS if first else ''}"
