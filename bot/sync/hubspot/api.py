"""HubSpot's API, call by call: what is asked in one request, in pages or by the hundred, and what it refuses."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import aiohttp
import structlog

from bot.sync.requests import (
    A_DAYS_LIMIT,
    TIMES,
    CrmReply,
    CrmRequests,
    Pause,
    RequestPace,
    not_understood,
    retry_after,
)
from sales.imports.sync.hubspot.property import PROPERTIES, stamp_of
from sales.imports.sync.hubspot.record import links_of, refused_fields
from sales.imports.sync.hubspot.window import SearchPart, asked, part_of
from sales.imports.sync.port import CrmTrouble, NotAllowed, TokenRefused, WriteRefused
from sales.imports.sync.record import Vendor
from sales.imports.sync.write_check import not_there

log = structlog.get_logger()

HOST = "https://api.hubapi.com"
VERSION = "2026-09"  # served for 18 months
BATCH = 100
SEARCHES, REQUESTS = 3.0, 9.0  # a second; HubSpot takes 5 and 10 of everybody who asks for this account
TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{8,512}")
MALFORMED = 530  # what a token is answered that is none
SCOPES = {"owners": "crm.objects.owners.read", "deals": "crm.objects.deals.read"}
NO_TOKEN = (
    "That is no token of HubSpot's. Paste the Service Key alone, with nothing before it, as HubSpot shows it."
)
Row = Mapping[str, Any]


def scope_of(kind: str) -> str:
    """Return the scope that lets a kind of record be read; engagements are read with that of contacts."""
    return SCOPES.get(kind, f"crm.objects.{kind if kind == 'companies' else 'contacts'}.read")


class HubSpotApi:
    """One account over HTTP. Waiting between requests is for HubSpot's own host."""

    def __init__(
        self,
        token: str,
        url: str = "",
        *,
        pause: Pause = asyncio.sleep,
        times: aiohttp.ClientTimeout = TIMES,
    ) -> None:
        self.token = token
        self.requests = CrmRequests(
            Vendor.HUBSPOT,
            url or HOST,
            pause=pause,
            times=times,
            settled=frozenset({MALFORMED}),
            pause_of=pause_of,
        )
        own = self.requests.address == HOST
        self.searches = RequestPace(SEARCHES, pause) if own else None
        self.others = RequestPace(REQUESTS, pause) if own else None

    async def close(self) -> None:
        await self.requests.close()

    async def ask(
        self,
        method: str,
        path: str,
        kind: str = "deals",
        *,
        query: Mapping[str, str] | None = None,
        body: Any = None,
        writes: bool = False,
    ) -> CrmReply:
        """Return what was answered, be it that nothing is there.

        Raises:
            CrmTrouble: if it was refused; `kind` says of which records the mend speaks.
        """
        if not TOKEN.fullmatch(self.token):
            raise TokenRefused(NO_TOKEN)
        if self.others is not None:
            await self.others.turn()
        reply = await self.requests.ask(
            method,
            path,
            headers={"Authorization": f"Bearer {self.token}", "Accept": "application/json"},
            query=query,
            body=body,
            writes=writes,
        )
        if reply.ok or reply.status == 404:
            return reply
        raise refusal(reply, kind, writes)

    async def details(self) -> CrmReply:
        """Return what the account says of itself; the answer has the time there."""
        return there(await self.ask("GET", f"/account-info/{VERSION}/details"))

    async def pages(self, path: str, kind: str, query: Mapping[str, str]) -> AsyncIterator[Sequence[Row]]:
        """Yield a list, page by page."""
        after = None
        while True:
            more = {**query, "after": after} if after is not None else query
            reply = there(await self.ask("GET", path, kind, query=more))
            yield rows_of(reply)
            came = ((reply.body.get("paging") or {}).get("next") or {}).get("after")
            if came is None or str(came) == after:
                return
            after = str(came)

    async def owners(self) -> list[Row]:
        """Return owners, those who left after the others."""
        found: list[Row] = []
        for archived in ("false", "true"):
            query = {"limit": "100", "archived": archived}
            async for rows in self.pages(f"/crm/owners/{VERSION}", "owners", query):
                found += rows
        return found

    async def pipelines(self) -> Sequence[Row]:
        return rows_of(there(await self.ask("GET", f"/crm/pipelines/{VERSION}/deals")))

    async def property_names(self) -> frozenset[str]:
        """Return which properties of deals there are for us."""
        reply = there(await self.ask("GET", f"/crm/properties/{VERSION}/deals"))
        return frozenset(str(one["name"]) for one in rows_of(reply))

    async def glance(self, kind: str) -> None:
        """Find out whether a kind of record may be read.

        Raises:
            NotAllowed: if it may not.
        """
        await self.ask("GET", f"/crm/objects/{VERSION}/{kind}", kind, query={"limit": "1"})

    async def every(
        self, kind: str, names: Iterable[str], archived: bool = False
    ) -> AsyncIterator[Sequence[Row]]:
        """Yield all records of a kind by id, as they are and not as a search has them."""
        query = {"limit": str(BATCH), "archived": str(archived).lower(), "properties": ",".join(names)}
        async for rows in self.pages(f"/crm/objects/{VERSION}/{kind}", kind, query):
            yield rows

    async def search(self, kind: str, filters: Sequence[Mapping[str, Any]], sort: str) -> SearchPart:
        """Return a page of a search: which records, and when each was modified as far as the search knows."""
        if self.searches is not None:
            await self.searches.turn()
        path = f"/crm/objects/{VERSION}/{kind}/search"
        reply = there(await self.ask("POST", path, kind, body=asked(filters, kind, sort)))
        rows_of(reply)
        return part_of(kind, reply.body)

    async def batch(self, kind: str, ids: Sequence[str], archived: bool = False) -> list[Row]:
        """Return the records of ids, as they are now; of some there may be none, or one under another id."""
        found: list[Row] = []
        names = [*PROPERTIES[kind], stamp_of(kind), "createdate"]
        for start in range(0, len(ids), BATCH):
            inputs = [{"id": one} for one in ids[start : start + BATCH]]
            reply = there(
                await self.ask(
                    "POST",
                    f"/crm/objects/{VERSION}/{kind}/batch/read",
                    kind,
                    query={"archived": "true"} if archived else None,
                    body={"inputs": inputs, "properties": names},
                )
            )
            found += rows_of(reply)
        return found

    async def one(self, kind: str, record_id: str) -> Row | None:
        """Return a record by an id, or what it was merged into; None where there is none."""
        names = ",".join([*PROPERTIES[kind], stamp_of(kind), "createdate"])
        path = f"/crm/objects/{VERSION}/{kind}/{record_id}"
        reply = await self.ask("GET", path, kind, query={"properties": names})
        return row_of(reply) if reply.ok else None

    async def links(self, kind: str, other: str, ids: Sequence[str]) -> dict[str, list[str]]:
        """Return what records are linked to, by their id; more than a hundred links to one come in pages."""
        found: dict[str, list[str]] = {}
        waiting: list[dict[str, str]] = [{"id": one} for one in ids]
        path = f"/crm/associations/{VERSION}/{kind}/{other}/batch/read"
        while waiting:
            inputs, waiting = waiting[:BATCH], waiting[BATCH:]
            reply = there(await self.ask("POST", path, other, body={"inputs": inputs}))
            for one in rows_of(reply):
                own = str(one["from"]["id"])
                found.setdefault(own, []).extend(links_of(one))
                after = ((one.get("paging") or {}).get("next") or {}).get("after")
                if after is not None:
                    waiting.append({"id": own, "after": str(after)})
        return found

    async def patch(self, kind: str, record_id: str, properties: Mapping[str, str]) -> None:
        """Set properties of a record.

        Raises:
            WriteRefused: if HubSpot refuses what is written.
            WriteMoved: if the record is there no more.
            WriteUnknown: if the answer did not come.
        """
        path = f"/crm/objects/{VERSION}/{kind}/{record_id}"
        reply = await self.ask("PATCH", path, kind, body={"properties": dict(properties)}, writes=True)
        if not reply.ok:
            raise not_there(Vendor.HUBSPOT)


def rows_of(reply: CrmReply) -> Sequence[Row]:
    """Return the rows of an answer.

    Raises:
        CrmSilent: if it has none of the kind that it should have.
    """
    rows = reply.body.get("results") if isinstance(reply.body, dict) else None
    if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
        raise not_understood(Vendor.HUBSPOT)
    return rows


def row_of(reply: CrmReply) -> Row:
    body = reply.body
    if not isinstance(body, dict) or "id" not in body or not isinstance(body.get("properties"), dict):
        raise not_understood(Vendor.HUBSPOT)
    return body


def there(reply: CrmReply) -> CrmReply:
    """Return an answer that has to be there: a path that there is not is no way to ask."""
    if not reply.ok or not isinstance(reply.body, dict):
        raise not_understood(Vendor.HUBSPOT)
    return reply


def pause_of(reply: CrmReply) -> timedelta | None:
    """Return for how long to wait: the day's limit is not there again in a moment."""
    if isinstance(reply.body, dict) and reply.body.get("policyName") == "DAILY":
        return A_DAYS_LIMIT
    return timedelta(seconds=2) if reply.status == 423 else retry_after(reply)


def refusal(reply: CrmReply, kind: str, writes: bool) -> CrmTrouble:
    """Return what a refused request means for people."""
    category = reply.body.get("category") if isinstance(reply.body, dict) else None
    log.warning("hubspot refused a request", status=reply.status, category=category, kind=kind)
    if reply.status in (401, MALFORMED):
        return TokenRefused(
            "HubSpot refuses the token. Make a Service Key there and connect with `rainmaker connect hubspot`."
        )
    if reply.status == 403:
        return not_allowed("crm.objects.deals.write" if writes else scope_of(kind), kind, writes)
    if writes:
        return write_refused(reply.body)
    return not_understood(Vendor.HUBSPOT)


def not_allowed(scope: str, kind: str, writes: bool = False) -> NotAllowed:
    act = "change" if writes else "read"
    return NotAllowed(f"The token may not {act} {kind}. Give it the scope {scope} in HubSpot.")


def write_refused(body: Any) -> WriteRefused:
    names = refused_fields(body)
    if not names:
        return WriteRefused("HubSpot did not take the change: a rule of the account is against it.")
    return WriteRefused(
        f"HubSpot did not take the change: it needs another {' and '.join(names)} first. Set that in HubSpot, then"
        " send again."
    )
