"""Sending: a claimed message is rendered as things are now, posted, and settled by what came of it.

A message is rendered at the moment it is sent, so a late one is not stale; and the row says `sending` before
the request leaves, so a crash at any point is decidable (delivery.md §3).
"""

import hashlib
import json
import random
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot import slack_calls
from bot.delivery.channels import Channels, NotNow, ShuttingDown, Unreachable
from bot.delivery.lease import Lease
from bot.delivery.steps import DeliverySteps
from bot.rate_limits import POSTING
from handlers.kind import Renderer
from messages.blocks import Message
from messages.nudges.bundle import items_in
from messages.nudges.ledger import may_repeat
from sales.nudges.ledger import Answer, DeliveryState, PostOutcome, back_off, classify
from sales.nudges.policy import Late, Skip
from storage.nudges.ledger.rows import LISTED, DeliveryRow
from storage.scope import Scope

log = structlog.get_logger()

Policy = Callable[[Scope, DeliveryRow, datetime], Awaitable[Late | Skip | None]]


class Sender:
    """Takes one claimed message as far as it goes."""

    def __init__(
        self,
        slack: AsyncWebClient,
        steps: DeliverySteps,
        channels: Channels,
        renderers: Mapping[str, Renderer],
        policy: Policy,
    ) -> None:
        self.slack = slack
        self.steps = steps
        self.channels = channels
        self.renderers = renderers
        self.policy = policy

    async def deliver(self, row: DeliveryRow, lease: Lease) -> None:
        """Send a message, or write down why it is not sent now.

        Raises:
            NotNow, ShuttingDown: if it has to wait for its turn.
        """
        now = self.steps.now()
        if row.expires_at is not None and row.expires_at <= now:
            await self.steps.skip(row, "late")
            return
        async with self.steps.database.read(row.workspace_id) as scope:
            rendered = await self.policy(scope, row, now) or await self.renderers[row.kind](scope, row, now)
            remembered = await self.channels.remembered(scope, row)
        if isinstance(rendered, Skip) or (
            isinstance(rendered, Late) and row.expires_at is not None and row.expires_at <= rendered.until
        ):
            await self.steps.skip(row, rendered.reason)
        elif isinstance(rendered, Late):
            await self.steps.move(row, DeliveryState.PENDING, rendered.reason, not_before=rendered.until)
        else:
            try:
                channel = remembered or await self.channels.opened(row)
            except Unreachable as refused:
                await self.settle(row, refused.answer, before=row.first_post_at, posts=False)
            else:
                await self.send(row, channel, rendered, lease)

    async def send(self, row: DeliveryRow, channel: str, rendered: Message, lease: Lease) -> None:
        """Post a rendered message: gate first, `sending` on record, then the request, while the lease holds."""
        await self.channels.through(row.workspace_id, POSTING, channel)
        if self.channels.stopping.is_set():
            raise ShuttingDown
        if not lease.may_start():
            raise NotNow(0)
        message = Message(rendered.text) if row.plain else rendered
        message = may_repeat(message) if row.repeated else message
        before = row.first_post_at
        shape = json.dumps([message.text, message.blocks], sort_keys=True)
        marks: dict[str, Any] = {
            "channel_id": channel,
            "first_post_at": before or self.steps.now(),
            "attempts": row.attempts + 1,
            "rendered_sha": hashlib.sha256(shape.encode()).hexdigest(),
            "why": rendered.why or row.why,
        }
        listed = items_in(rendered.alone or row.id, rendered.blocks)
        if listed != {row.id: []}:
            marks["intent"] = {**row.intent, LISTED: listed}
        if not await self.steps.move(row, DeliveryState.SENDING, **marks):
            return
        try:
            if not lease.may_write():
                raise slack_calls.TooLate
            answer, ts = await slack_calls.post(self.slack, row, channel, message, lease.may_write)
        except slack_calls.TooLate:  # not written, and if the row is still ours, it was not sent by anybody
            await self.steps.put_off(
                row, timedelta(), "too late to send", first_post_at=before, attempts=row.attempts - 1
            )
        else:
            await self.settle(row, answer, ts, before=before, blocks=bool(message.blocks))

    async def settle(
        self,
        row: DeliveryRow,
        answer: Answer,
        ts: str = "",
        *,
        before: datetime | None = None,
        blocks: bool = False,
        posts: bool = True,
    ) -> None:
        """Write down what an attempt came to.

        `before` is when the message may have reached Slack before this attempt. If the attempt certainly did not reach
        it, that is all there is to know again.
        """
        outcome = classify(answer, posts=posts)
        if outcome is PostOutcome.SENT:
            await self.steps.move(
                row, DeliveryState.SENT, slack_ts=ts, sent_at=self.steps.now(), last_error=None, blind_since=None
            )  # fmt: skip
        elif outcome is PostOutcome.AMBIGUOUS:
            later = self.steps.now() + self.steps.timing.grace
            await self.steps.move(
                row, DeliveryState.UNCERTAIN, answer.error or f"status {answer.status}", not_before=later
            )
        elif outcome is PostOutcome.THROTTLED:
            await self.throttled(row, answer, before, posts)
        elif outcome is PostOutcome.WORKSPACE_BROKEN:
            await self.steps.hold_workspace(row, answer.error, first_post_at=before)
        elif outcome is PostOutcome.UNACCEPTABLE and blocks:
            log.error("Slack refused our blocks: plain text next", key=row.occurrence_key, error=answer.error)
            await self.steps.put_off(
                row, timedelta(), answer.error, plain=True, last_error=answer.error, first_post_at=before
            )
        elif outcome in (PostOutcome.UNACCEPTABLE, PostOutcome.TARGET_BROKEN):
            await self.steps.give_up(row, answer.error, first_post_at=before)
        else:
            attempts = row.attempts if posts else row.attempts + 1
            error = answer.error or f"status {answer.status}"
            await self.steps.retry(row, DeliveryState.PENDING, error, attempts, first_post_at=before)

    async def throttled(self, row: DeliveryRow, answer: Answer, before: datetime | None, posts: bool) -> None:
        """Slack asked us to wait: the row comes back after that, and nothing else is posted until then."""
        wait = timedelta(seconds=answer.retry_after) or back_off(row.throttles + 1, random.random())
        await self.steps.put_off(
            row,
            wait + timedelta(seconds=random.random()),
            "Slack asked us to wait",
            throttles=row.throttles + 1,
            attempts=row.attempts - 1 if posts else row.attempts,
            first_post_at=before,
        )
        if posts:
            await self.channels.gates.throttled(row.workspace_id, POSTING, wait.total_seconds())
