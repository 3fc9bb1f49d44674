"""Posting an answer: where nothing can ride in an acknowledgement, the answer goes through the ledger too."""

from datetime import datetime, timedelta

from handlers.context import Request
from handlers.feature import Feature, Keeping, Kind, Record, Rendered
from messages.blocks import Message
from sales.nudges.kind import ANSWER, NudgeKind
from sales.nudges.ledger import PROMPT, Nudge
from sales.people.retention import Retention
from storage.inbox import InboxRow, forget_requests
from storage.nudges.ledger.archive import empty_archived
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.rows import (
    ASKED,
    STANDS_FOR,
    THREAD,
    DeliveryArchiveRow,
    DeliveryEventRow,
    DeliveryRow,
)
from storage.nudges.rate_limit import RateGateRow
from storage.scope import Scope

ANSWER_KEPT = timedelta(minutes=30)  # an answer that comes later than that only puzzles


async def say(scope: Scope, request: Request, message: Message, now: datetime, asked: str = "") -> None:
    """Answer where a message was written, in the unit of work that has the effect; a repeated event is answered once.

    `asked` are the words that the answer asks about, if it asks anything.
    """
    where = {THREAD: request.thread} if request.thread else {}
    nudge = Nudge(
        key=f"{ANSWER}:{scope.workspace_id}:{request.key}",
        kind=ANSWER,
        intent={"text": message.text, "blocks": message.blocks, **where, **({ASKED: asked} if asked else {})},
        why="You wrote to me.",
        not_before=now,
        user_id=request.user_id,
        channel_id=request.channel_id,
        expires_at=now + ANSWER_KEPT,
        priority=PROMPT,
    )
    await enqueue(scope, nudge, now)


async def aside(
    scope: Scope, user_id: str, about: str, message: Message, now: datetime, stands_for: str = ""
) -> None:
    """Say in a person's direct messages what could not be shown elsewhere; once `about` one request or message.

    `stands_for` is the message of ours that could not be changed, if it was one: what is said anew is answered as it.
    """
    nudge = Nudge(
        key=f"{ANSWER}:{scope.workspace_id}:aside:{about}",
        kind=ANSWER,
        intent={
            "text": message.text,
            "blocks": message.blocks,
            **({STANDS_FOR: stands_for} if stands_for else {}),
        },
        why="You did something that Slack could not show where it belongs.",
        not_before=now,
        user_id=user_id,
        expires_at=now + ANSWER_KEPT,
        priority=PROMPT,
    )
    await enqueue(scope, nudge, now)


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The answer as it was given; it says how things were when the person asked."""
    return Message(delivery.intent["text"], delivery.intent["blocks"])


FEATURE = Feature(
    name="answer",
    kinds=(
        Kind(
            NudgeKind(
                ANSWER, "Answer", "to what you wrote", asked_for=True, news=True, bundles=False, mutable=False
            ),
            render,
        ),
    ),
    records=(
        Record(DeliveryRow, exported=True, erased="user_id"),
        Record(DeliveryArchiveRow, exported=True, erased="user_id"),
        Record(DeliveryEventRow, exempt="the steps a message took; they go with it"),
        Record(RateGateRow, exempt="how fast Slack may be asked; nobody's data"),
        Record(
            InboxRow,
            exempt="which requests were answered, for some days, and those being done; nobody's data",
        ),
    ),
    keeps=(
        Keeping(
            Retention(
                "messages",
                "Messages that were sent",
                days=730,
                least=90,
                but="Which were sent is still known.",
            ),
            empty_archived,
        ),
        Keeping(
            Retention(
                "requests", "Requests and their answers", days=2, least=2, but="Slack may repeat them."
            ),
            forget_requests,
        ),
    ),
)
