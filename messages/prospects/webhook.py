"""The webhook in words: where content events come in, how they are signed, and what came."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from messages.blocks import Block, Message, actions, context, message_of, section
from messages.elements import button, confirm
from messages.formatting import Mrkdwn, words
from sales.language.figures import listed
from sales.prospects.content_event import ContentAction, ContentEvent
from sales.prospects.webhook import LARGEST, MOST_EVENTS, SIGNATURE, TIMESTAMP, WINDOW, WebhookSecret

NOUN = "prospects/webhook"
NEW = "webhook.new"
CHANGE_OVER = "webhook.change_over"
STOP = "webhook.stop"
STRANGERS = 3  # named


class Came(NamedTuple):
    """How many events came in a week, of how many it is known whose they are, and who of nobody's asked for a word."""

    events: int
    ours: int
    asking: Sequence[ContentEvent] = ()


def shown(
    known: WebhookSecret | None,
    by: str,
    path: str,
    came: Came,
    now: datetime,
    zone: str,
) -> Message:
    """Say whether events come in, where, and how many came within a week."""
    if known is None:
        return message_of(
            [
                section(words(NOUN, "nobody")),
                actions(button("Make a secret", NEW, version(None), style="primary")),
            ]
        )
    head = words(NOUN, "head", events=came.events, ours=came.ours)
    where = words(NOUN, "where", path=path)
    since = words(
        NOUN,
        "since",
        at=known.made_at,
        by=by,
        zone=zone,
        until=known.previous_until if len(known.accepted(now)) > 1 else None,
    )
    asking = [section(strangers(came.asking, zone))] if came.asking else []
    return message_of(
        [section(head), *asking, section(where), context(since), actions(*ways(version(known)))]
    )


def strangers(asking: Sequence[ContentEvent], zone: str) -> Mrkdwn:
    """Name who asked for a word and is nobody's lead: no lead is made of an address, so somebody has to."""
    return words(
        NOUN, "strangers", asking=asking[:STRANGERS], more=max(0, len(asking) - STRANGERS), zone=zone
    )


def version(known: WebhookSecret | None) -> str:
    """Return what tells a secret from the next one and nothing of it: a button pressed twice makes one."""
    return sha256(known.secret.encode()).hexdigest()[:12] if known is not None else "none"


def ways(seen: str) -> list[Block]:
    """Return what may be done about the secret; what cannot be taken back is asked about first."""
    ends = confirm(
        "End the old secret now?", "What is signed with it is refused from then on.", "Make a new secret"
    )
    over = confirm("Take no more content events?", "What came already stays.", "Stop")
    return [
        button("New secret", NEW, seen, confirm=ends),
        button("New secret, the old one counts another day", CHANGE_OVER, seen),
        button("Stop", STOP, confirm=over),
    ]


def made(known: WebhookSecret, path: str, zone: str, grace: timedelta) -> Message:
    """Show a new secret, this once, and how a request is signed with it."""
    return message_of(
        [
            section(words(NOUN, "made", secret=known.secret)),
            section(words(NOUN, "where", path=path)),
            section(
                words(
                    NOUN,
                    "how",
                    timestamp=TIMESTAMP,
                    signature=SIGNATURE,
                    minutes=WINDOW.seconds // 60,
                    ways=listed([f"`{one}`" for one in ContentAction], "or"),
                )
            ),
            context(
                words(
                    NOUN,
                    "limits",
                    kilobytes=LARGEST // 1024,
                    most=MOST_EVENTS,
                    until=known.previous_until,
                    zone=zone,
                )
            ),
        ]
    )


def stopped(*, was: bool) -> Message:
    """Say that nobody may send any more."""
    return message_of(words(NOUN, "stopped", was=was))
