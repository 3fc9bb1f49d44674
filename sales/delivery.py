"""Delivery: the states of a message that must exist once, and what each answer of Slack's means for it.

The promise and its reasons are in delivery.md §0–5 of the design notes; the README repeats it for operators.
"""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

NAMESPACE = uuid.UUID("6f0d1c59-6b0c-5d0e-9a57-2f1d7a3f3c11")

POST_TIMEOUT = timedelta(seconds=10)
LEASE = timedelta(seconds=60)
GRACE = timedelta(seconds=15)  # how long Slack may take to show an accepted message in history
SENDING_MARGIN = timedelta(seconds=5)
CLAIM_BATCH = 20
MAX_ATTEMPTS = 12  # about an hour of back-off
MISSES_BEFORE_REPOST = 2
LONGEST_WAIT = timedelta(minutes=5)

ON_TIME = 5  # priority; lower goes first
LATE = 9  # yesterday's never delays today's
PROMPT = 3  # an answer to what somebody just did


class DeliveryState(StrEnum):
    PENDING = "pending"
    LEASED = "leased"
    SENDING = "sending"
    UNCERTAIN = "uncertain"
    RECON = "recon"
    SENT = "sent"
    SKIPPED = "skipped"
    SUPERSEDED = "superseded"
    DEAD = "dead"


TERMINAL = frozenset(
    {DeliveryState.SENT, DeliveryState.SKIPPED, DeliveryState.SUPERSEDED, DeliveryState.DEAD}
)


class Outcome(StrEnum):
    """What an attempt to post came to."""

    SENT = "sent"
    THROTTLED = "throttled"  # certainly not posted; come back after Retry-After
    NOT_SENT = "not_sent"  # certainly not posted; try again with back-off
    AMBIGUOUS = "ambiguous"  # may have been posted: look before posting again
    WORKSPACE_BROKEN = "workspace_broken"  # our token is dead: hold everything
    TARGET_BROKEN = "target_broken"  # this person or channel cannot be reached
    UNACCEPTABLE = "unacceptable"  # Slack refuses the blocks: plain text once


ERRORS: dict[str, Outcome] = {
    "ratelimited": Outcome.THROTTLED,
    "rate_limited": Outcome.THROTTLED,
    "message_limit_exceeded": Outcome.THROTTLED,
    "internal_error": Outcome.AMBIGUOUS,
    "fatal_error": Outcome.AMBIGUOUS,
    "duplicate_message_not_found": Outcome.AMBIGUOUS,
    "duplicate_channel_not_found": Outcome.AMBIGUOUS,
    "service_unavailable": Outcome.NOT_SENT,
    "team_added_to_org": Outcome.NOT_SENT,
    "request_timeout": Outcome.NOT_SENT,
    "token_revoked": Outcome.WORKSPACE_BROKEN,
    "token_expired": Outcome.WORKSPACE_BROKEN,
    "account_inactive": Outcome.WORKSPACE_BROKEN,
    "invalid_auth": Outcome.WORKSPACE_BROKEN,
    "not_authed": Outcome.WORKSPACE_BROKEN,
    "missing_scope": Outcome.WORKSPACE_BROKEN,
    "channel_not_found": Outcome.TARGET_BROKEN,
    "not_in_channel": Outcome.TARGET_BROKEN,
    "user_not_found": Outcome.TARGET_BROKEN,
    "users_not_found": Outcome.TARGET_BROKEN,
    "is_archived": Outcome.TARGET_BROKEN,
    "cannot_dm_bot": Outcome.TARGET_BROKEN,
    "user_disabled": Outcome.TARGET_BROKEN,
    "messages_tab_disabled": Outcome.TARGET_BROKEN,
    "restricted_action": Outcome.TARGET_BROKEN,
    "ekm_access_denied": Outcome.TARGET_BROKEN,
    "invalid_blocks": Outcome.UNACCEPTABLE,
    "invalid_blocks_format": Outcome.UNACCEPTABLE,
    "msg_too_long": Outcome.UNACCEPTABLE,
    "msg_blocks_too_long": Outcome.UNACCEPTABLE,
    "metadata_too_large": Outcome.UNACCEPTABLE,
    "no_text": Outcome.UNACCEPTABLE,
}


@dataclass(frozen=True)
class Answer:
    """What came back from one attempt: Slack's error word (empty when ok), the HTTP status, Retry-After.

    `left` is False when the request certainly never reached Slack (no connection was made).
    """

    ok: bool
    error: str = ""
    status: int = 200
    retry_after: float = 0.0
    left: bool = True


def classify(answer: Answer) -> Outcome:
    """Return what an answer means for the message; anything unknown is ambiguous, never assumed unsent.

    Source: the outcome table of delivery.md §4.
    """
    if answer.ok:
        return Outcome.SENT
    if not answer.left:
        return Outcome.NOT_SENT
    if answer.status == 429:
        return Outcome.THROTTLED
    if answer.error in ERRORS:
        return ERRORS[answer.error]
    return Outcome.AMBIGUOUS


def back_off(attempts: int, spread: float) -> timedelta:
    """Return the wait before attempt `attempts` + 1: 1 s·2ⁿ up to five minutes, full jitter.

    `spread` is a number in [0, 1) that the caller drew.
    """
    ceiling = min(LONGEST_WAIT, timedelta(seconds=2 ** min(attempts, 12)))
    return max(timedelta(milliseconds=250), ceiling * spread)


def may_start_sending(now: datetime, lease_until: datetime) -> bool:
    """Say whether a post started now would end, timeout included, while the lease still holds."""
    return lease_until - now > POST_TIMEOUT + SENDING_MARGIN


def delivery_id(occurrence_key: str) -> str:
    """Return the message's id: uuid5 of its key, so that the same occurrence always has the same id."""
    return str(uuid.uuid5(NAMESPACE, occurrence_key))


@dataclass(frozen=True)
class Nudge:
    """A message to put into the ledger: what it is, about whom, when it may leave and when it is too late."""

    key: str
    kind: str
    intent: dict[str, object]
    why: str
    not_before: datetime
    user_id: str | None = None
    channel_id: str | None = None
    expires_at: datetime | None = None
    priority: int = ON_TIME

    def __post_init__(self) -> None:
        for instant in (self.not_before, self.expires_at):
            if instant is not None and instant.tzinfo is not UTC:
                raise ValueError("A nudge is timed in UTC.")
