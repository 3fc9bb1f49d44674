"""Requests to a CRM: each with an end to waiting, repeated where that is safe, and with calm words where it fails.

Reading is repeated after a pause of seconds: at too many requests, an error of theirs, a page of HTML, an answer that
does not come or is cut off. A write is repeated only where it was surely not done; else it is `WriteUnknown`. Only one
host is asked, whatever an answer says, and no redirect is followed. No token is in any text or log.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple, NoReturn, Self

import aiohttp
import structlog
from yarl import URL

from bot.clock import wall_clock
from sales.imports.sync.port import CrmBusy, CrmSilent, CrmTrouble, WriteUnknown
from sales.imports.sync.record import VENDORS, Vendor

log = structlog.get_logger()

TIMES = aiohttp.ClientTimeout(total=20, sock_connect=5)  # two of them end well within a lease
TRIES = 4  # where it answers that it cannot now
SILENT_TRIES = 2  # where it does not answer at all
FIRST_PAUSE = 0.5  # seconds, doubled with each try
LONGEST_PAUSE = timedelta(seconds=5)  # what asks for a longer one waits for the next pull
USUAL_PAUSE = timedelta(minutes=1)  # where it does not say how long
LARGEST = 64 * 2**20  # bytes of an answer
BUSY = frozenset({420, 423, 429})  # refused before anything was done

Pause = Callable[[float], Awaitable[None]]


A_DAYS_LIMIT = timedelta(hours=1)  # until it is looked again whether the day's requests are there anew


class CrmReply(NamedTuple):
    """What a CRM answered: the status, its JSON or None, its headers, and what time it was there."""

    status: int
    body: Any
    headers: Mapping[str, str]
    at: datetime | None = None

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


def retry_after(reply: CrmReply) -> timedelta | None:
    """Return for how long an answer asks to wait; None where it does not say."""
    said = reply.headers.get("Retry-After", "").strip()
    if said.isdecimal():
        return timedelta(seconds=min(int(said), 10**6))
    until = instant(said)
    return max(until - (reply.at or wall_clock()), timedelta(0)) if until else None


class Unanswered(Exception):
    """A try that did not bring an answer. `sent` says whether the request may have been done."""

    def __init__(self, why: str, sent: bool = True) -> None:
        super().__init__(why)
        self.sent = sent


class CrmRequests:
    """Asks one CRM at one address. `settled` are statuses that are no passing trouble, though they look like it.

    `pause_of` reads from an answer for how long to wait before the next try.
    """

    def __init__(
        self,
        vendor: Vendor,
        address: str,
        *,
        pause: Pause = asyncio.sleep,
        times: aiohttp.ClientTimeout = TIMES,
        busy: frozenset[int] = BUSY,
        settled: frozenset[int] = frozenset(),
        pause_of: Callable[[CrmReply], timedelta | None] = retry_after,
    ) -> None:
        self.name = VENDORS[vendor]
        self.address = address.rstrip("/")
        self.pause, self.times, self.busy, self.settled, self.pause_of = pause, times, busy, settled, pause_of
        self.session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        if self.session is not None:
            await self.session.close()
            self.session = None

    async def ask(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        query: Mapping[str, str] | None = None,
        body: Any = None,
        form: Mapping[str, str] | None = None,
        writes: bool = False,
    ) -> CrmReply:
        """Return the answer: any of 2xx, and of those that say that the request itself was wrong (4xx).

        `path` may hold a query of its own, as a CRM gave it. Whatever an answer refuses is for whoever asks to judge.

        Raises:
            CrmBusy: if it asks for a pause that is longer than seconds, or does not end to.
            CrmSilent: if it could not be reached or did not answer with what it should.
            WriteUnknown: if the same happened to a write that may have been done.
        """
        url = URL(self.address + path, encoded=query is None)
        if query is not None:
            url = url.update_query(query)
        content = {"json": body} if body is not None else {"data": form} if form is not None else {}
        silent = 0
        for tried in range(1, TRIES + 1):
            wait = FIRST_PAUSE * 2 ** (tried - 1)
            try:
                reply = await self.once(method, url, headers, content)
            except Unanswered as trouble:
                log.info(
                    "a crm did not answer", crm=self.name, method=method, path=url.path, why=str(trouble)
                )
                if writes and trouble.sent:
                    raise self.unknown() from None
                silent += 1
                if silent == SILENT_TRIES:
                    raise self.silence() from None
                await self.pause(wait)
                continue
            if not self.is_passing(reply):
                return reply
            log.info("a crm cannot now", crm=self.name, method=method, path=url.path, status=reply.status)
            if writes and reply.status not in self.busy:
                raise self.unknown()
            asked = self.pause_of(reply)
            if tried == TRIES or (asked is not None and asked > LONGEST_PAUSE):
                self.give_up(reply, asked)
            await self.pause(asked.total_seconds() if asked is not None else wait)
        raise self.silence()

    def is_passing(self, reply: CrmReply) -> bool:
        """Return whether it may answer otherwise in a moment."""
        return reply.status not in self.settled and (reply.status in self.busy or reply.status >= 500)

    def give_up(self, reply: CrmReply, asked: timedelta | None) -> NoReturn:
        if reply.status in self.busy:
            raise CrmBusy(
                f"{self.name} asks for a pause: it had too many requests. I go on after it.",
                asked or USUAL_PAUSE,
            )
        raise CrmSilent(f"{self.name} has trouble of its own right now. I try again with the next pull.")

    def silence(self) -> CrmTrouble:
        return CrmSilent(f"{self.name} does not answer. I try again with the next pull.")

    def unknown(self) -> CrmTrouble:
        return WriteUnknown(f"{self.name} did not say whether it took the change. I look it up there.")

    async def once(
        self, method: str, url: URL, headers: Mapping[str, str], content: Mapping[str, Any]
    ) -> CrmReply:
        if self.session is None:
            self.session = aiohttp.ClientSession(timeout=self.times, cookie_jar=aiohttp.DummyCookieJar())
        try:
            async with self.session.request(
                method, url, headers=headers, allow_redirects=False, **content
            ) as answer:
                text = await whole(answer)
                at = instant(answer.headers.get("Date", ""))
                return CrmReply(answer.status, read_body(answer.status, text), answer.headers, at)
        except aiohttp.ClientConnectorError as trouble:  # before anything was sent
            raise Unanswered(type(trouble).__name__, sent=False) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as trouble:
            raise Unanswered(type(trouble).__name__) from None

    def path_of(self, url: str) -> str:
        """Return the path and query of an address in an answer; the host stays ours.

        Raises:
            CrmSilent: if it is on another host.
        """
        if url.startswith("/") and not url.startswith("//"):
            return url
        named, ours = URL(url, encoded=True), URL(self.address)
        if (named.scheme, named.host, named.port) != (ours.scheme, ours.host, ours.port):
            raise CrmSilent(f"{self.name} named an address that is not its own. I did not go there.")
        return named.raw_path_qs


async def whole(answer: aiohttp.ClientResponse) -> bytes:
    """Return all of an answer; what is larger than any page is no answer."""
    parts, size = [], 0
    async for part in answer.content.iter_chunked(2**16):
        size += len(part)
        if size > LARGEST:
            raise Unanswered("too large")
        parts.append(part)
    return b"".join(parts)


def read_body(status: int, text: bytes) -> Any:
    """Return the JSON of an answer, its fractions as decimals; None where an error has none.

    Raises:
        Unanswered: if it should have some: a page of HTML instead, or half of it.
    """
    if not text:
        return None
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=no_number)
    except (ValueError, RecursionError):
        if status < 400:
            raise Unanswered("no json") from None
        return None


def no_number(name: str) -> NoReturn:
    raise ValueError(name)


def instant(said: str) -> datetime | None:
    """Return the instant of an HTTP date; None where it is none."""
    try:
        found = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError):
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


class RequestPace:
    """So many requests a second at most; `now` are seconds that only grow."""

    def __init__(self, per_second: float, pause: Pause = asyncio.sleep) -> None:
        self.gap, self.pause, self.free_at = 1 / per_second, pause, 0.0

    async def turn(self) -> None:
        """Wait until it is this request's turn."""
        now = asyncio.get_running_loop().time()
        self.free_at = max(self.free_at, now) + self.gap
        if (wait := self.free_at - self.gap - now) > 0:
            await self.pause(wait)


def not_understood(vendor: Vendor) -> CrmSilent:
    """Return what is in the way where an answer is none that a CRM gives."""
    return CrmSilent(
        f"{VENDORS[vendor]} answers otherwise than it says it does. I try again with the next pull."
    )
