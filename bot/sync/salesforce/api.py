"""Salesforce's API, call by call: what is asked in one request or page by page, and what it refuses."""

import asyncio
import re
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
import structlog

from bot.sync.requests import A_DAYS_LIMIT, BUSY, TIMES, CrmReply, CrmRequests, Pause, not_understood
from bot.sync.salesforce.token import SalesforceTokens
from sales.imports.sync.port import (
    CrmBusy,
    CrmSilent,
    CrmTrouble,
    NotAllowed,
    TokenRefused,
    WriteRefused,
)
from sales.imports.sync.record import Vendor
from sales.imports.sync.salesforce.field import WORDS
from sales.imports.sync.write_check import changed_meanwhile, not_there

log = structlog.get_logger()

BASE = "/services/data/v66.0"
HOST = re.compile(
    r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.(?:sandbox|develop|scratch|demo|trailblaze|patch))?\.my\.salesforce\.com"
)
USAGE = re.compile(r"api-usage=(\d+)/(\d+)")
SEVERAL = 150  # ids in an address, which ends at 16 kB together with its headers
LONG_REQUESTS = timedelta(minutes=1)  # for too many at once
REPEATS = 2  # of one page, after which it is noticed
NO_HOST = (
    "Salesforce is asked at your My Domain alone, such as acme.my.salesforce.com. Give that as the host."
)
DENIED = frozenset(
    {"INVALID_TYPE", "INSUFFICIENT_ACCESS", "API_DISABLED_FOR_ORG", "FUNCTIONALITY_NOT_ENABLED"}
)
NAMES = {
    "Opportunity": "opportunities (deals)",
    "Account": "accounts",
    "Contact": "contacts",
    "Task": "tasks and calls (activities)",
    "Event": "events (activities)",
    "Organization": "the settings of the org",
    "User": "users (owners)",
    "OpportunityStage": "stages of opportunities",
}
Row = Mapping[str, Any]


class SalesforceRefused(Exception):
    """A request that Salesforce says is wrong, with its code."""

    def __init__(self, code: str, reply: CrmReply) -> None:
        super().__init__(code)
        self.code, self.reply = code, reply


class SalesforceApi:
    """One org over HTTP, with tokens that are asked for as they are needed."""

    def __init__(
        self,
        credentials: Mapping[str, str],
        *,
        pause: Pause = asyncio.sleep,
        times: aiohttp.ClientTimeout = TIMES,
    ) -> None:
        self.url = credentials.get("url", "").strip()
        self.host = host_of(credentials.get("host", ""))
        self.pause = pause
        address = self.url or f"https://{self.host}"
        self.requests = CrmRequests(Vendor.SALESFORCE, address, pause=pause, times=times, busy=BUSY | {406})
        self.tokens = SalesforceTokens(self.requests, credentials, self.host)

    async def close(self) -> None:
        await self.requests.close()

    async def ask(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
        writes: bool = False,
    ) -> CrmReply:
        """Return what was answered; a token that is refused is asked for again, once, and nothing else changes.

        Raises:
            CrmTrouble: if it could not be asked.
            SalesforceRefused: if what was asked is refused.
        """
        if not self.url and not HOST.fullmatch(self.host):
            raise TokenRefused(NO_HOST)
        token = await self.tokens.current()
        for again in (False, True):
            sent = {**(headers or {}), "Authorization": f"Bearer {token}", "Accept": "application/json"}
            reply = await self.requests.ask(method, path, headers=sent, body=body, writes=writes)
            if reply.status != 401 or again:
                break
            token = await self.tokens.renewed()
        if reply.ok:
            return reply
        code = code_of(reply)
        log.info("salesforce refused a request", status=reply.status, code=code, method=method)
        if reply.status == 401:
            raise TokenRefused(
                "Salesforce refuses the token. Connect again with `rainmaker connect salesforce`."
            )
        if code == "REQUEST_LIMIT_EXCEEDED":
            pause = LONG_REQUESTS if "oncurrent" in message_of(reply) else A_DAYS_LIMIT
            raise CrmBusy("Salesforce asks for a pause: it had too many requests. I go on after it.", pause)
        raise SalesforceRefused(code, reply)

    async def glance(self) -> CrmReply:
        """Return the answer to a cheap request, which has the time there and who we are."""
        try:
            reply = await self.ask("GET", f"{BASE}/")
        except SalesforceRefused as refused:
            raise refusal(refused, "Opportunity") from None
        if not isinstance(reply.body, dict):
            raise not_understood(Vendor.SALESFORCE)
        return reply

    async def get(self, path: str, kind: str, query: Mapping[str, str] | None = None) -> Any:
        """Return what stands at a path; `kind` says of which records a mend speaks."""
        try:
            return (await self.ask("GET", with_query(f"{BASE}{path}", query))).body
        except SalesforceRefused as refused:
            raise refusal(refused, kind) from None

    async def pages(self, soql: str, kind: str, *, everything: bool = False) -> AsyncIterator[Sequence[Row]]:
        """Yield what a query finds, page by page; `everything` with what was deleted.

        Raises:
            CrmTrouble: if it cannot be read to its end; a page that comes over and over is no end.
            SalesforceRefused: if a field is named that is not there for us.
        """
        path: str | None = with_query(f"{BASE}/{'queryAll' if everything else 'query'}", {"q": soql})
        times: dict[str, int] = {}
        while path is not None:
            times[path] = times.get(path, 0) + 1
            if times[path] > REPEATS:
                raise CrmSilent("Salesforce sends one page over and over. I try again with the next pull.")
            try:
                body = (await self.ask("GET", path)).body
            except SalesforceRefused as refused:
                if refused.code == "INVALID_FIELD":
                    raise
                raise refusal(refused, kind) from None
            rows = rows_of(body)
            named = None if body.get("done") is True else str(body.get("nextRecordsUrl") or "")
            path = self.requests.path_of(named) if named else None
            if named == "" or (path is not None and not path.startswith(f"{BASE}/query")):
                raise not_understood(Vendor.SALESFORCE)  # more is to come, and it does not say where
            yield rows

    async def every(self, soql: str, kind: str) -> list[Row]:
        return [row async for rows in self.pages(soql, kind) for row in rows]

    async def several(self, kind: str, ids: Sequence[str], fields: Sequence[str]) -> list[Row]:
        """Return records by id as they are now; of some there may be none."""
        found: list[Row] = []
        for start in range(0, len(ids), SEVERAL):
            query = {"ids": ",".join(ids[start : start + SEVERAL]), "fields": ",".join(fields)}
            path = with_query(f"{BASE}/composite/sobjects/{kind}", query)
            body = (await self.ask("GET", path)).body
            if not isinstance(body, list):
                raise not_understood(Vendor.SALESFORCE)
            found += [one for one in body if isinstance(one, dict)]
        return found

    async def span(self, kind: str, what: str, since: datetime, until: datetime) -> Any:
        """Return what was `updated` or `deleted` in a span; None where that begins too long ago."""
        query = {"start": minute(since), "end": minute(until)}
        try:
            return (await self.ask("GET", with_query(f"{BASE}/sobjects/{kind}/{what}/", query))).body
        except SalesforceRefused as refused:
            if refused.code == "INVALID_REPLICATION_DATE":
                return None
            raise refusal(refused, kind) from None

    async def patch(
        self, kind: str, record_id: str, fields: Mapping[str, Any], headers: Mapping[str, str]
    ) -> None:
        """Set fields of a record, under the conditions that the headers say.

        Raises:
            WriteRefused: if Salesforce refuses what is written.
            WriteMoved: if the record changed meanwhile, or is there no more.
            WriteUnknown: if the answer did not come.
        """
        path = f"{BASE}/sobjects/{kind}/{quote(record_id, safe='')}"
        try:
            await self.ask("PATCH", path, headers=headers, body=dict(fields), writes=True)
        except SalesforceRefused as refused:
            raise write_refusal(refused) from None


def host_of(typed: str) -> str:
    """Return the host somebody typed, whether as an address or alone."""
    return typed.strip().lower().removeprefix("https://").rstrip("/")


def with_query(path: str, query: Mapping[str, str] | None) -> str:
    return f"{path}?{urlencode(query, quote_via=quote)}" if query else path


def used_today(reply: CrmReply) -> float:
    """Return which share of the requests of a day the org has made; 0 where an answer does not say."""
    said = USAGE.search(reply.headers.get("Sforce-Limit-Info", ""))
    return int(said[1]) / int(said[2]) if said and int(said[2]) else 0.0


def minute(at: datetime) -> str:
    return at.astimezone(UTC).replace(microsecond=0).isoformat()


def rows_of(body: Any) -> Sequence[Row]:
    """Return the rows of an answer.

    Raises:
        CrmSilent: if it has none of the kind that it should have.
    """
    rows = body.get("records") if isinstance(body, dict) else None
    if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
        raise not_understood(Vendor.SALESFORCE)
    return rows


def errors_of(reply: CrmReply) -> Collection[Mapping[str, Any]]:
    """Return the errors of an answer, which is a list of them."""
    return [one for one in reply.body if isinstance(one, dict)] if isinstance(reply.body, list) else ()


def code_of(reply: CrmReply) -> str:
    return next((str(one.get("errorCode") or "") for one in errors_of(reply)), "")


def message_of(reply: CrmReply) -> str:
    return next((str(one.get("message") or "") for one in errors_of(reply)), "")


def refusal(refused: SalesforceRefused, kind: str) -> CrmTrouble:
    """Return what a refused request means for people."""
    status, code = refused.reply.status, refused.code
    if status == 403 or code in DENIED or (status == 404 and code == "NOT_FOUND"):
        return not_allowed(kind)
    if code == "QUERY_TIMEOUT":
        return CrmSilent("Salesforce took too long over a question. I try again with the next pull.")
    return not_understood(Vendor.SALESFORCE)


def not_allowed(kind: str) -> NotAllowed:
    name = NAMES.get(kind, "records")
    return NotAllowed(
        f"The connection may not read {name}. Give its Run-As user read permission for them in Salesforce."
    )


def write_refusal(refused: SalesforceRefused) -> CrmTrouble:
    """Return what a refused write means for people."""
    if refused.reply.status == 412 or refused.code == "UNABLE_TO_LOCK_ROW":
        return changed_meanwhile(Vendor.SALESFORCE)
    if refused.reply.status == 404:
        return not_there(Vendor.SALESFORCE)
    if refused.reply.status == 403 or refused.code.startswith(("INSUFFICIENT_ACCESS", "INVALID_FIELD")):
        return WriteRefused(
            "Salesforce did not take the change: the connection may not write it. Give its Run-As user edit permission"
            " for opportunities."
        )
    if refused.code != "REQUIRED_FIELD_MISSING":
        return WriteRefused("Salesforce did not take the change: a rule of the org is against it.")
    names = [str(each) for one in errors_of(refused.reply) for each in one.get("fields") or ()]
    words = " and ".join(WORDS.get(one) or spaced(one) for one in dict.fromkeys(names)) or "value"
    return WriteRefused(
        f"Salesforce did not take the change: it needs another {words} first. Set that in Salesforce, then send again."
    )


def spaced(name: str) -> str:
    """Return a field's name as people read it."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name.removesuffix("__c").replace("_", " "))
    return " ".join(re.sub(r"[^\w ]", "", words).lower().split())[:60]
