"""The webhook of content events: who may send, how a request proves it, and how many are taken (mechanism 41).

A request is signed with the workspace's secret over its time and its very bytes, as Slack signs its own. It is good for
five minutes; what comes twice within them has the same event ids, and counts once.
"""

import hmac
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from sqlmodel import Field, SQLModel

from sales.nudges.rate_limit import Limit

TIMESTAMP = "X-Rainmaker-Timestamp"  # seconds since 1970, as the sender's clock has it
SIGNATURE = (
    "X-Rainmaker-Signature"  # "v0=" and the HMAC-SHA256 of "v0:<timestamp>:<body>" in hexadecimal digits
)
VERSION = "v0"
WINDOW = timedelta(minutes=5)  # in which a request is good, either way, as clocks differ
GRACE = timedelta(
    hours=24
)  # in which the secret before a new one still counts, so that a sender can be changed over
SECRET_BYTES = 32
LARGEST = 64 * 1024  # bytes of one request
MOST_EVENTS = 50  # in one request: stored in one unit of work, which others wait for
RATE = Limit(10.0, 50)  # requests of a workspace: ten a second, fifty at once; each may hold fifty events
PATH = "/hooks/content/"  # and the workspace's id
A_TIME = re.compile(r"[0-9]{1,12}", re.ASCII)


class WebhookSecret(SQLModel):
    """What a workspace's senders sign with, and since when; `previous` counts until an instant.

    Instants are aware UTC. Who made it is kept, so that somebody can be asked.
    """

    secret: str = Field(min_length=32, max_length=128)
    made_at: datetime
    made_by: str
    previous: str = Field(default="", max_length=128)
    previous_until: datetime | None = None

    def accepted(self, now: datetime) -> list[str]:
        """Return the secrets that count at an instant."""
        holds = bool(self.previous) and self.previous_until is not None and now < self.previous_until
        return [self.secret, self.previous] if holds else [self.secret]


def next_secret(
    known: WebhookSecret | None, secret: str, now: datetime, by: str, *, at_once: bool
) -> WebhookSecret:
    """Return a new secret in the place of the one that is `known`, which ends `at_once` or counts for a day still."""
    if known is None or at_once:
        return WebhookSecret(secret=secret, made_at=now, made_by=by)
    return WebhookSecret(
        secret=secret, made_at=now, made_by=by, previous=known.secret, previous_until=now + GRACE
    )


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return how a request is signed."""
    signed = b":".join((VERSION.encode(), timestamp.encode(), body))
    return f"{VERSION}={hmac.new(secret.encode(), signed, sha256).hexdigest()}"


def is_genuine(known: WebhookSecret | None, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
    """Say whether a request was signed with a workspace's secret within the last five minutes.

    Where the workspace has none it takes as long, so that nobody learns from it which have.
    """
    timestamp, given = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
    if not A_TIME.fullmatch(timestamp) or not given.isascii():
        return False
    if abs(now.timestamp() - int(timestamp)) > WINDOW.total_seconds():
        return False
    secrets = known.accepted(now) if known is not None else ["nobody has this one"]
    fits = [hmac.compare_digest(signature(one, timestamp, body), given) for one in secrets]
    return any(fits) and known is not None
