"""Posting: one attempt to put a message into Slack, and one look whether it is there already."""

from datetime import datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from messages.kit import Message
from sales.delivery import POST_TIMEOUT, Answer
from storage.tables import DeliveryRow

CONNECT_SECONDS = 3
EVENT_TYPE = "rainmaker_delivery"
LOOK_BACK = 5  # seconds before the first post, for a clock of Slack's that differs from ours
HISTORY = 15  # messages in one look: the smallest page every kind of app is allowed


def timeout() -> aiohttp.ClientTimeout:
    """The shared session's limits; with a session of our own the client's `timeout=` is ignored."""
    return aiohttp.ClientTimeout(total=POST_TIMEOUT.total_seconds(), connect=CONNECT_SECONDS)


async def post(slack: AsyncWebClient, row: DeliveryRow, channel: str, message: Message) -> tuple[Answer, str]:
    """Post once, never retried here; return what came back and the message's ts, empty unless posted."""
    try:
        answer = await slack.chat_postMessage(
            channel=channel,
            text=message.text,
            blocks=message.blocks or None,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"key": row.occurrence_key, "d": row.id}},
            unfurl_links=False,
            unfurl_media=False,
            client_msg_id=row.id,
        )
    except SlackApiError as refused:
        return heard(refused), ""
    except aiohttp.ClientConnectorError as unreachable:
        return Answer(ok=False, error=str(unreachable), left=False), ""
    except (aiohttp.ClientError, TimeoutError, ValueError) as unclear:
        return Answer(ok=False, error=type(unclear).__name__), ""
    return Answer(ok=True), str(answer["ts"])


async def open_channel(slack: AsyncWebClient, user_id: str) -> tuple[Answer, str]:
    """Return the id of the direct channel with a person; Slack gives the same one every time."""
    try:
        answer = await slack.conversations_open(users=user_id)
    except SlackApiError as refused:
        return heard(refused), ""
    except (aiohttp.ClientError, TimeoutError, ValueError) as unclear:
        return Answer(ok=False, error=type(unclear).__name__, left=False), ""
    return Answer(ok=True), str(answer["channel"]["id"])


async def find(slack: AsyncWebClient, row: DeliveryRow) -> tuple[Answer, str]:
    """Look for a message that may have been posted, by the key in its metadata; its ts, or empty if not there."""
    assert row.first_post_at is not None
    try:
        answer = await slack.conversations_history(
            channel=str(row.channel_id),
            oldest=str(since(row.first_post_at)),
            limit=HISTORY,
            inclusive=True,
            include_all_metadata=True,
        )
    except SlackApiError as refused:
        return heard(refused), ""
    except (aiohttp.ClientError, TimeoutError, ValueError) as unclear:
        return Answer(ok=False, error=type(unclear).__name__), ""
    found = (message["ts"] for message in answer["messages"] if key_of(message) == row.occurrence_key)
    return Answer(ok=True), next(found, "")


def since(first_post_at: datetime) -> float:
    return first_post_at.timestamp() - LOOK_BACK


def key_of(message: dict[str, Any]) -> str:
    """Return the occurrence key a message carries; empty if it is not one of ours."""
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return str(payload.get("key", ""))


def heard(refused: SlackApiError) -> Answer:
    """Return Slack's refusal as an answer to classify."""
    response = refused.response
    retry_after = float(response.headers.get("Retry-After", 0) or 0) if response.headers else 0.0
    body = response.data if isinstance(response.data, dict) else {}
    return Answer(
        ok=False, error=str(body.get("error", "")), status=response.status_code, retry_after=retry_after
    )
