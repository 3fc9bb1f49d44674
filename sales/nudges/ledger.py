"""Delivery: the states of a message that must exist once, and what each answer of Slack's means for it.

The promise and its reasons are in delivery.md §0–5; the README repeats it for operators.
"""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

NAMESPACE = uuid.UUID("6f0d1c59-6b0c-5d0e-9a57-2f1d7a3f3c11")

CLAIM_BATCH = 20
MAX_ATTEMPTS = 12  # about an hour of back-off
MISSES_BEFORE_REPOST = 2
LONGEST_WAIT = timedelta(minutes=5)

ON_TIME = 5  # priority; lower goes first
LATE = 9  # yesterday's never delays today's
PROMPT = 3  # an answer to what somebody just did
PRIORITIES = (PROMPT, ON_TIME, LATE)  # a claim asks for each by itself, so these are all there are


@dataclass(frozen=True)
class Timing:
    """How long each step of a delivery may take (delivery.md §3).

    A post takes at most `post_timeout`, and at most `connect_timeout` of it to reach Slack. Whoever claims a row has
    it for `lease`. Slack may take `grace` to show an accepted message in history. `margin` is what may pass unnoticed
    between a look at the clock and what is done next.

    Raises:
        ValueError: if a lease could end while its message is being posted.
    """

    post_timeout: timedelta = timedelta(seconds=10)
    connect_timeout: timedelta = timedelta(seconds=3)
    lease: timedelta = timedelta(seconds=60)
    grace: timedelta = timedelta(seconds=15)
    margin: timedelta = timedelta(seconds=5)

    def __post_init__(self) -> None:
        if not timedelta() < self.connect_timeout <= self.post_timeout:
            raise ValueError("Connecting is a part of posting.")
        if self.gate_wait <= timedelta():
            raise ValueError("A lease must outlast the wait for a gate, a post and the margin.")

    @property
    def gate_wait(self) -> timedelta:
        """The longest wait for a rate gate, so that lease > wait + post_timeout + margin."""
        return (self.lease - self.post_timeout - self.margin) / 2

    def may_start(self, left: timedelta) -> bool:
        """Say whether a post begun with so much of the lease left would end, timeout included, well before it."""
        return left > self.post_timeout + self.margin

    def may_write(self, left: timedelta) -> bool:
        """Say whether a request written with so much of the lease left would still end before it."""
        return left > self.post_timeout


TIMING = Timing()


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


RAN_OUT = "late"  # why one whose time was over before it could be sent was left out

TERMINAL = frozenset(
    {DeliveryState.SENT, DeliveryState.SKIPPED, DeliveryState.SUPERSEDED, DeliveryState.DEAD}
)


class PostOutcome(StrEnum):
    """What an attempt to post came to."""

    SENT = "sent"
    THROTTLED = "throttled"  # certainly not posted; come back after Retry-After
    NOT_SENT = "not_sent"  # certainly not posted; try again with back-off
    AMBIGUOUS = "ambiguous"  # may have been posted: look before posting again
    WORKSPACE_BROKEN = "workspace_broken"  # our token is dead: hold everything
    TARGET_BROKEN = "target_broken"  # this person or channel cannot be reached
    UNACCEPTABLE = "unacceptable"  # Slack refuses the blocks: plain text once


ERRORS: dict[str, PostOutcome] = {
    "ratelimited": PostOutcome.THROTTLED,
    "rate_limited": PostOutcome.THROTTLED,
    "message_limit_exceeded": PostOutcome.THROTTLED,
    "internal_error": PostOutcome.AMBIGUOUS,
    "fatal_error": PostOutcome.AMBIGUOUS,
    "duplicate_message_not_found": PostOutcome.AMBIGUOUS,
    "duplicate_channel_not_found": PostOutcome.AMBIGUOUS,
    "service_unavailable": PostOutcome.NOT_SENT,
    "team_added_to_org": PostOutcome.NOT_SENT,
    "request_timeout": PostOutcome.NOT_SENT,
    "token_revoked": PostOutcome.WORKSPACE_BROKEN,
    "token_expired": PostOutcome.WORKSPACE_BROKEN,
    "account_inactive": PostOutcome.WORKSPACE_BROKEN,
    "invalid_auth": PostOutcome.WORKSPACE_BROKEN,
    "not_authed": PostOutcome.WORKSPACE_BROKEN,
    "missing_scope": PostOutcome.WORKSPACE_BROKEN,
    "not_allowed_token_type": PostOutcome.WORKSPACE_BROKEN,
    "org_login_required": PostOutcome.WORKSPACE_BROKEN,
    "team_access_not_granted": PostOutcome.WORKSPACE_BROKEN,
    "channel_not_found": PostOutcome.TARGET_BROKEN,
    "not_in_channel": PostOutcome.TARGET_BROKEN,
    "user_not_found": PostOutcome.TARGET_BROKEN,
    "users_not_found": PostOutcome.TARGET_BROKEN,
    "is_archived": PostOutcome.TARGET_BROKEN,
    "cannot_dm_bot": PostOutcome.TARGET_BROKEN,
    "user_disabled": PostOutcome.TARGET_BROKEN,
    "user_not_visible": PostOutcome.TARGET_BROKEN,
    "no_permission": PostOutcome.TARGET_BROKEN,
    "access_denied": PostOutcome.TARGET_BROKEN,
    "restricted_action_read_only_channel": PostOutcome.TARGET_BROKEN,
    "restricted_action_thread_only_channel": PostOutcome.TARGET_BROKEN,
    "messages_tab_disabled": PostOutcome.TARGET_BROKEN,
    "restricted_action": PostOutcome.TARGET_BROKEN,
    "ekm_access_denied": PostOutcome.TARGET_BROKEN,
    "invalid_blocks": PostOutcome.UNACCEPTABLE,
    "invalid_blocks_format": PostOutcome.UNACCEPTABLE,
    "msg_too_long": PostOutcome.UNACCEPTABLE,
    "msg_blocks_too_long": PostOutcome.UNACCEPTABLE,
    "metadata_too_large": PostOutcome.UNACCEPTABLE,
    "invalid_metadata_format": PostOutcome.UNACCEPTABLE,
    "invalid_arguments": PostOutcome.UNACCEPTABLE,
    "too_many_attachments": PostOutcome.UNACCEPTABLE,
    "no_text": PostOutcome.UNACCEPTABLE,
}


class Ambiguity(StrEnum):
    """What becomes of a message that may have arrived, when nobody can look whether it did."""

    REPEAT = "repeat"  # once more, with a note that it may be there twice: not to be lost
    SKIP = "skip"  # rather never than twice


BLIND = frozenset(
    {"missing_scope", "not_allowed_token_type", "no_permission", "access_denied"}
)  # for looking
BLIND_FOR = timedelta(minutes=30)  # so long a look-up may fail before the kind's Ambiguity decides


def next_look(blind_since: datetime, now: datetime, grace: timedelta) -> timedelta:
    """Return the wait before a failed look-up is made again: half of how long they have been failing.

    At least the grace, at most five minutes.
    """
    return max(grace, min(LONGEST_WAIT, (now - blind_since) / 2))


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


def classify(answer: Answer, *, posts: bool = True) -> PostOutcome:
    """Return what an answer means for the message; anything unknown is ambiguous, never assumed unsent.

    A call that `posts` nothing, such as the opening of a channel, may simply be made again: what is ambiguous
    for a post, and what is wrong with its words, was not sent then. The table of outcomes: delivery.md §4.
    """
    outcome = outcome_of_post(answer)
    if not posts and outcome in (PostOutcome.AMBIGUOUS, PostOutcome.UNACCEPTABLE):
        return PostOutcome.NOT_SENT
    return outcome


def outcome_of_post(answer: Answer) -> PostOutcome:
    if answer.ok:
        return PostOutcome.SENT
    if not answer.left:
        return PostOutcome.NOT_SENT
    if answer.status == 429:
        return PostOutcome.THROTTLED
    if answer.error in ERRORS:
        return ERRORS[answer.error]
    return PostOutcome.AMBIGUOUS


def back_off(attempts: int, spread: float) -> timedelta:
    """Return the wait before attempt `attempts` + 1: 1 s·2ⁿ up to five minutes, full jitter.

    `spread` is a number in [0, 1) that the caller drew.
    """
    ceiling = min(LONGEST_WAIT, timedelta(seconds=2 ** min(attempts, 12)))
    return max(timedelta(milliseconds=250), ceiling * spread)


def delivery_id(occurrence_key: str) -> str:
    """Return the message's id: uuid5 of its key, so that the same occurrence always has the same id."""
    return str(uuid.uuid5(NAMESPACE, occurrence_key))


@dataclass(frozen=True)
class Nudge:
    """A message to put into the ledger: what it is, about whom, when it may leave and when it is too late.

    `subject` names the one thing it is about, such as "goal:17", so that two kinds do not nudge about the same.
    """

    key: str
    kind: str
    intent: dict[str, object]
    why: str
    not_before: datetime
    user_id: str | None = None
    channel_id: str | None = None
    expires_at: datetime | None = None
    priority: int = ON_TIME
    subject: str = ""

    def __post_init__(self) -> None:
        if self.priority not in PRIORITIES:
            raise ValueError(f"{self.priority} is none of the priorities {PRIORITIES}.")
        for instant in (self.not_before, self.expires_at):
            if instant is not None and instant.tzinfo is not UTC:
                raise ValueError("A nudge is timed in UTC.")
