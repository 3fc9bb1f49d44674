"""Posting: one attempt to put a message into Slack, and one look whether it is there already.

Nothing is tried again here, and what came back is told as it is: what it means is decided by `sales/nudges/ledger`.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from messages.blocks import Message
from sales.nudges.ledger import Answer, Timing
from storage.nudges.ledger.rows import DeliveryRow

log = structlog.get_logger()

EVENT_TYPE = "rainmaker_delivery"
LOOK_BACK = 5  # seconds before the first post, for a clock of Slack's that differs from ours
HISTORY = 15  # messages in one look: the smallest page every kind of app is allowed
LONGEST_RETRY = 600.0  # seconds; Slack asks for minutes at most, and is asked again then

# What is raised before a connection stands, so that Slack cannot have heard of it: no address, nobody there, no TLS,
# too slow. aiohttp's ServerTimeoutError alone says nothing: it is also raised while the answer is awaited.
NEVER_LEFT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
STRANGE = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
)  # an answer that is not what Slack's answers are
TROUBLE = (SlackApiError, aiohttp.ClientError, TimeoutError, OSError, *STRANGE)


class TooLate(Exception):
    """The request was not written: by now somebody else may have the message."""


@dataclass
class Leaving:
    """A request that may be written only while `may` says so; `refused` once it was stopped."""

    may: Callable[[], bool]
    refused: bool = False


LEAVING: ContextVar[Leaving | None] = ContextVar("LEAVING", default=None)


def session(timing: Timing, traces: Sequence[aiohttp.TraceConfig] = ()) -> aiohttp.ClientSession:
    """Return the one session all calls share, with its limits; the client's own `timeout=` is then ignored.

    `traces` see each request on its way, before our own last look at the clock.
    """
    limits = aiohttp.ClientTimeout(
        total=timing.post_timeout.total_seconds(), connect=timing.connect_timeout.total_seconds()
    )
    return aiohttp.ClientSession(timeout=limits, trace_configs=[*traces, last_look()])


def last_look() -> aiohttp.TraceConfig:
    """Return the hook that stops a request right before its first byte goes to the socket.

    aiohttp holds the headers back until it has the first piece of the body, and asks here before it hands both
    over. An exception here ends the request and its connection with nothing written.
    """

    async def about_to_write(*_: object) -> None:
        leaving = LEAVING.get()
        if leaving is not None and not leaving.may():
            leaving.refused = True
            raise TooLate

    look = aiohttp.TraceConfig()
    look.on_request_chunk_sent.append(about_to_write)
    return look


@contextmanager
def leaving_if(may: Callable[[], bool]) -> Iterator[None]:
    """Let the requests of this block leave only while `may` says so.

    Raises:
        TooLate: if one was stopped; nothing of it was written.
    """
    leaving = Leaving(may)
    before = LEAVING.set(leaving)
    try:
        yield
    except Exception as stopped:
        if leaving.refused:
            raise TooLate from stopped
        raise
    finally:
        LEAVING.reset(before)


async def post(
    slack: AsyncWebClient, row: DeliveryRow, channel: str, message: Message, may: Callable[[], bool]
) -> tuple[Answer, str]:
    """Post once; return what came back and the message's ts, empty unless posted.

    Raises:
        TooLate: if `may` said no when the request was about to be written.
    """
    try:
        with leaving_if(may):
            answer = await slack.chat_postMessage(
                channel=channel,
                thread_ts=row.thread or None,
                text=message.text,
                blocks=message.blocks or None,
                metadata={
                    "event_type": EVENT_TYPE,
                    "event_payload": {"key": row.occurrence_key, "d": row.id},
                },
                unfurl_links=False,
                unfurl_media=False,
                client_msg_id=row.id,
            )
        if not isinstance(ts := answer["ts"], str):
            raise TypeError("Slack named no message")
        return Answer(ok=True), ts
    except TROUBLE as trouble:
        return heard(trouble), ""


async def open_channel(slack: AsyncWebClient, user_id: str) -> tuple[Answer, str]:
    """Return the id of the direct channel with a person; Slack gives the same one every time."""
    try:
        answer = await slack.conversations_open(users=user_id)
        return Answer(ok=True), str(answer["channel"]["id"])
    except TROUBLE as trouble:
        return heard(trouble), ""


async def look(
    slack: AsyncWebClient, channel: str, since: datetime, cursor: str = "", thread: str = ""
) -> tuple[Answer, dict[str, str], str]:
    """Read one page of a channel's messages since an instant, for the occurrence keys in their metadata.

    With a `thread` it is that thread's, which no channel's history shows. Return what came back, the ts by key, and the
    cursor of the next page, empty after the last.
    """
    page: dict[str, Any] = {
        "channel": channel,
        "oldest": str(since.timestamp() - LOOK_BACK),
        "limit": HISTORY,
        "inclusive": True,
        "include_all_metadata": True,
        "cursor": cursor or None,
    }
    try:
        answer = await (
            slack.conversations_replies(ts=thread, **page) if thread else slack.conversations_history(**page)
        )
        found = {key: str(message["ts"]) for message in answer["messages"] if (key := key_of(message))}
        following = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
        return Answer(ok=True), found, following
    except TROUBLE as trouble:
        return heard(trouble), {}, ""


def key_of(message: dict[str, Any]) -> str:
    """Return the occurrence key a message carries; empty if it is not one of ours."""
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return str(payload.get("key", ""))


def heard(trouble: Exception) -> Answer:
    """Return what went wrong as an answer to classify."""
    if not isinstance(trouble, SlackApiError):
        left = not isinstance(trouble, NEVER_LEFT)
        return Answer(ok=False, error=f"{type(trouble).__name__}: {trouble}"[:200].rstrip(": "), left=left)
    response: Any = trouble.response  # an AsyncSlackResponse, or aiohttp's own where the body was no JSON
    body = getattr(response, "data", None)
    status = getattr(response, "status_code", None) or response.status
    return Answer(
        ok=False,
        error=str(body.get("error", "")) if isinstance(body, dict) else "",
        status=int(status),
        retry_after=seconds(str((getattr(response, "headers", None) or {}).get("Retry-After", ""))),
    )


def seconds(text: str) -> float:
    """Return the seconds a Retry-After header asks for; 0 if it says nothing we understand."""
    try:
        asked = float(text)
    except ValueError:
        return 0.0
    if asked > LONGEST_RETRY:
        log.warning("we are asked to wait for long, and try earlier", seconds=asked, earlier=LONGEST_RETRY)
    return min(max(asked, 0.0), LONGEST_RETRY) if isfinite(asked) else 0.0
