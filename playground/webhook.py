"""The Events API over HTTP, Slack's side: signed POSTs to the app's request URL."""

import asyncio
import hashlib
import hmac
import json
import secrets
import time
from urllib.parse import urlencode

import aiohttp

from playground.acks import Ack, Json, PayloadKind, Retry
from playground.payloads import VERIFICATION


class Webhook:
    """Speaks to an app at `url` with the signature, headers and encodings Slack uses."""

    def __init__(
        self, url: str, signing_secret: str, ack_timeout: float, session: aiohttp.ClientSession
    ) -> None:
        self.url = url
        self._secret = signing_secret
        self._timeout = ack_timeout
        self._session = session

    @property
    def connected(self) -> bool:
        return True

    async def verifies(self) -> bool:
        """Whether the app gives back a challenge, as plain text or as JSON, before Slack uses its address."""
        challenge = secrets.token_urlsafe(32)
        asked = {"token": VERIFICATION, "type": "url_verification", "challenge": challenge}
        ack = await self.deliver("events_api", asked)
        given = ack.payload or {}
        return ack.ok and challenge in (given.get("challenge"), given.get("text"))

    async def deliver(self, kind: PayloadKind, payload: Json, retry: Retry | None = None) -> Ack:
        """POST one payload; the response body is the ack's payload, plain text meaning `{"text": …}`."""
        body, content_type = encode(kind, payload)
        headers = signed(self._secret, body) | {"Content-Type": content_type}
        if retry is not None:
            headers |= {"X-Slack-Retry-Num": str(retry.number), "X-Slack-Retry-Reason": retry.reason}
        try:
            async with asyncio.timeout(self._timeout):
                async with self._session.post(self.url, data=body, headers=headers) as response:
                    text = await response.text()
        except TimeoutError:
            return Ack(failure="timeout", over_http=True)
        except aiohttp.ClientError:
            return Ack(failure="unreachable")
        if response.status != 200:
            return Ack(failure="http_error", status=response.status)
        return Ack(payload=_answer(text, response.content_type), status=200)


def encode(kind: PayloadKind, payload: Json) -> tuple[bytes, str]:
    """The body and content type Slack uses for this kind of payload."""
    if kind == "events_api":
        return json.dumps(payload).encode(), "application/json"
    fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def signed(secret: str, body: bytes, at: int | None = None) -> dict[str, str]:
    """The two signature headers for `body`, stamped with real time (`at`, Unix seconds) as apps check it."""
    stamp = str(int(time.time()) if at is None else at)
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def _answer(text: str, content_type: str) -> Json | None:
    if not text.strip():
        return None
    if content_type == "application/json":
        try:
            found = json.loads(text)
        except ValueError:
            return {"text": text}
        return found if isinstance(found, dict) and found else None
    return {"text": text}
