"""Hooks: what other systems send us over HTTP, at an address of its own beside Socket Mode, or beside Slack's.

Today these are content events. A request is not even parsed unless its signature over its very bytes is right and new;
what was answered with 200 is durable; nothing here waits for Slack.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from time import monotonic
from typing import NamedTuple

from aiohttp import web

from bot.clock import Clock
from bot.intake import Seldom
from handlers.prospects.content_event import prompt_about
from sales.nudges.rate_limit import FRESH, SECOND, GateState, passed, waiting_time
from sales.prospects.content_event_phrase import read_events
from sales.prospects.webhook import LARGEST, MOST_EVENTS, PATH, RATE, WebhookSecret, is_genuine
from sales.refusal import Refusal
from storage.database import Database
from storage.nudges.ledger.intake import has_enqueued
from storage.people.workspace import find_workspace
from storage.prospects.content_event import news_among, take_events
from storage.prospects.webhook import webhook_secret
from storage.trouble import StorageTrouble

SLOWEST_BODY = 5.0  # seconds
MOST_GATES = 1_000  # workspaces whose pace is kept; those past it begin anew
ROUTE = f"{PATH}{{workspace}}"
NO_TEXT = (
    ValueError,
    RecursionError,
)  # what comes of a body that is no text, no JSON, or JSON without an end


class TakenEvents(NamedTuple):
    """What came of a request: so many events that are new, and so many that were there."""

    new: int
    known: int


class ContentHook:
    """Takes content events: signed, fresh, small, and not too many at once."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        wake: Callable[[], None],
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        """`wake` lets delivery look at once; `seconds` is any clock that never steps back."""
        self.database = database
        self.clock = clock
        self.wake = wake
        self.seconds = seconds
        self.gates: dict[str, GateState] = {}
        self.seldom = Seldom()

    async def post(self, request: web.Request) -> web.StreamResponse:
        """Take one request: 401 if it is not genuine, 413 if too large, 429 if too many, 422 if it says nothing."""
        body = await self.body_of(request)
        workspace_id = request.match_info["workspace"]
        try:
            if not await self.genuine(workspace_id, request.headers, body):
                self.seldom.say("content events were refused: their signature is wrong or old")
                return answer(401, error="The signature is wrong or old.")
            wait = self.waits(workspace_id)
            if wait:
                return answer(
                    429, {"Retry-After": str(wait)}, error="Too many requests. Send them a second later."
                )
            taken = await self.take(workspace_id, body)
        except Refusal as refused:
            return answer(422, error=refused.text, field=refused.field or "")
        except StorageTrouble as trouble:
            self.seldom.say("content events could not be stored", why=str(trouble))
            return answer(
                503, {"Retry-After": "30"}, error="Nothing was stored. Send it again in half a minute."
            )
        return answer(200, new=taken.new, known=taken.known)

    async def body_of(self, request: web.Request) -> bytes:
        """Return the bytes of a request, read no further than what is taken at most."""
        too_large = web.HTTPRequestEntityTooLarge(LARGEST, request.content_length or LARGEST + 1)
        if (request.content_length or 0) > LARGEST:
            raise too_large
        body = bytearray()
        try:
            async with asyncio.timeout(SLOWEST_BODY):
                async for part in request.content.iter_any():
                    body += part
                    if len(body) > LARGEST:
                        raise too_large
        except TimeoutError:
            raise web.HTTPRequestTimeout(text="The body took too long.") from None
        return bytes(body)

    async def genuine(self, workspace_id: str, headers: Mapping[str, str], body: bytes) -> bool:
        """Say whether a request was signed with the workspace's secret within the last five minutes."""
        async with self.database.read(workspace_id) as scope:
            row = await webhook_secret(scope)
            here = await find_workspace(scope) if row is not None else None
            known = WebhookSecret.model_validate(row, from_attributes=True) if here is not None else None
        return is_genuine(known, headers, body, self.clock())

    def waits(self, workspace_id: str) -> int:
        """Return after how many whole seconds a workspace may send again; 0 where it may now, which counts."""
        now, state = int(self.seconds() * SECOND), self.gates.get(workspace_id, FRESH)
        wait = waiting_time(state, RATE, now)
        if wait:
            return -(-wait // SECOND)
        if len(self.gates) >= MOST_GATES:
            self.gates.clear()
        self.gates[workspace_id] = passed(state, RATE, now)
        return 0

    async def take(self, workspace_id: str, body: bytes) -> TakenEvents:
        """Store the events of a request and write down whom to tell, in one unit of work.

        Raises:
            Refusal: if it tells of no event; nothing of it is taken then.
        """
        now = self.clock()
        try:
            said = json.loads(body.decode("utf-8"))
        except NO_TEXT:
            raise Refusal("The body is no JSON.") from None
        events = read_events(said, MOST_EVENTS, now)
        async with self.database.read(workspace_id) as scope:
            news = await news_among(scope, events)
        if not news:
            return TakenEvents(0, len(events))
        async with self.database.write(workspace_id) as scope:
            taken = await take_events(scope, news, now)
            await prompt_about(scope, taken, now)
            wakes = has_enqueued(scope)
        if wakes:
            self.wake()
        return TakenEvents(len(taken), len(events) - len(taken))


def answer(status: int, headers: Mapping[str, str] | None = None, **said: object) -> web.Response:
    """Return an answer in JSON."""
    return web.json_response(
        {name: value for name, value in said.items() if value != ""}, status=status, headers=headers
    )
