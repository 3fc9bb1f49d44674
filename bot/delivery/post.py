"""Sending: a claimed message is rendered as things are now, posted, and settled by what came of it.

A message is rendered at the moment it is sent, so a late one is not stale; and the row says `sending` before
the request leaves, so a crash at any point is decidable (delivery.md §3).
"""

import hashlib
import json
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeVar

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot import slack_calls
from bot.delivery.channels import Channels, NotNow, ShuttingDown, Unreachable
from bot.delivery.lease import Lease
from bot.delivery.steps import DeliverySteps
from bot.rate_limits import POSTING
from handlers.kind import NOTHING_AHEAD, ClaimAhead, ReadingAhead, Rendered, Renderer
from messages.blocks import Message
from messages.nudges.bundle import items_in
from messages.nudges.ledger import may_repeat
from sales.language.reader import written_for
from sales.nudges.ledger import RAN_OUT, Answer, DeliveryState, PostOutcome, back_off, classify
from sales.nudges.policy import Barred, Late, Skip
from sales.nudges.undelivered import STALE_DIRECT_CHANNEL
from storage.nudges.ledger.rows import LISTED, THREAD, DeliveryRow
from storage.people.member import find_member
from storage.scope import Ledger, Scope
from storage.trouble import StorageTrouble

log = structlog.get_logger()

NO_THREAD = frozenset(
    {
        "thread_not_found", "invalid_thread_ts", "cannot_reply_to_message", "restricted_action_non_threadable_channel",
    }
)  # fmt: skip
T = TypeVar("T")
Policy = Callable[[Scope, DeliveryRow, datetime], Awaitable[Late | Skip | Barred | None]]


class Prepared(NamedTuple):
    """What becomes of a claimed message as things are now, or the fault of ours that kept us from finding out.

    `channel` is where it goes, None if that is a direct channel that was never opened.
    """

    rendered: Rendered | Barred | Exception
    channel: str | None = None


class Sender:
    """Takes one claimed message as far as it goes."""

    def __init__(
        self,
        slack: AsyncWebClient,
        steps: DeliverySteps,
        channels: Channels,
        renderers: Mapping[str, Renderer],
        policy: Policy,
        ahead: ReadingAhead = NOTHING_AHEAD,
    ) -> None:
        self.slack = slack
        self.steps = steps
        self.channels = channels
        self.renderers = renderers
        self.policy = policy
        self.ahead = ahead

    async def deliver(self, row: DeliveryRow, lease: Lease) -> None:
        """Send a message, or write down why it is not sent now.

        Raises:
            NotNow, ShuttingDown: if it has to wait for its turn.
        """
        (prepared,) = await self.prepare([row])
        await self.proceed(row, prepared, lease)

    async def prepare(self, rows: Sequence[DeliveryRow]) -> list[Prepared]:
        """Judge and render messages that were claimed together, in the order given, all as things are in one read.

        What they all ask for is read at once. They leave right after, so none is staler than by itself; and a fault in
        one, or in reading ahead, is no other's.
        """
        now = self.steps.now()
        found = {row.id: Prepared(Skip(RAN_OUT)) for row in rows if is_late(row, now)}
        left = [row for row in rows if row.id not in found]
        if left:
            async with self.steps.database.read_ledger() as ledger:
                await read_ahead(self.ahead.judged, ledger, left, now)
                passed = []
                for row in left:
                    scope = ledger.workspace(row.workspace_id)
                    against = await by_itself(self.policy(scope, row, now))
                    if against is None:
                        passed.append(row)
                    else:
                        found[row.id] = Prepared(against)
                await read_ahead(self.ahead.shown, ledger, passed, now)
                for row in passed:
                    made = await by_itself(self.rendered(ledger.workspace(row.workspace_id), row, now))
                    found[row.id] = Prepared(made) if isinstance(made, Exception) else made
        return [found[row.id] for row in rows]

    async def rendered(self, scope: Scope, row: DeliveryRow, now: datetime) -> Prepared:
        """Render a message that nothing was found against, in its reader's figures, and say where it goes."""
        reader = await find_member(scope, row.user_id) if row.user_id is not None else None
        with written_for(reader.locale if reader is not None else None):
            made = await self.renderers[row.kind](scope, row, now)
        return Prepared(made, await self.channels.remembered(scope, row))

    async def proceed(self, row: DeliveryRow, prepared: Prepared, lease: Lease) -> None:
        """Send a message that was prepared, or write down why it is not sent now.

        Raises:
            NotNow, ShuttingDown: if it has to wait for its turn.
            Exception: the fault that kept it from being prepared.
        """
        rendered, remembered = prepared
        if isinstance(rendered, Exception):
            raise rendered
        if isinstance(rendered, Skip) or (
            isinstance(rendered, Late) and row.expires_at is not None and row.expires_at <= rendered.until
        ):
            await self.steps.skip(row, rendered.reason)
        elif isinstance(rendered, Barred):
            await self.steps.give_up(row, rendered.error)
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
            if answer.error in NO_THREAD and row.thread:
                await self.leave_thread(row, answer.error, before)
            elif answer.error not in STALE_DIRECT_CHANNEL or not await self.moved_house(row, channel, before):
                await self.settle(row, answer, ts, before=before, blocks=bool(message.blocks))

    async def leave_thread(self, row: DeliveryRow, error: str, before: datetime | None) -> None:
        """Post a message by itself next, as the one it was to stand under is gone, or takes no answers."""
        intent = {name: value for name, value in row.intent.items() if name != THREAD}
        await self.steps.put_off(
            row, timedelta(), error, intent=intent, attempts=row.attempts - 1, first_post_at=before
        )

    async def moved_house(self, row: DeliveryRow, channel: str, before: datetime | None) -> bool:
        """Say whether a person's direct channel is another by now, as after the app was made anew; then it is next."""
        if not row.user_id:
            return False
        try:
            fresh = await self.channels.opened(row)
        except Unreachable:
            return False
        if fresh == channel:
            return False
        error = "the direct channel is another now"
        await self.steps.put_off(
            row, timedelta(), error, channel_id=fresh, attempts=row.attempts - 1, first_post_at=before
        )
        return True

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
            self.steps.measures.postponed(row)
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
            await self.channels.throttled(row.workspace_id, POSTING, wait.total_seconds())


def is_late(row: DeliveryRow, now: datetime) -> bool:
    return row.expires_at is not None and row.expires_at <= now


async def by_itself(work: Awaitable[T]) -> T | Exception:
    """Return what work on one message came to, or the fault of ours that ended it: the others go on."""
    try:
        return await work
    except StorageTrouble:
        raise
    except Exception as fault:  # noqa: BLE001 -- the edge: it is raised again when the message's turn comes
        return fault


async def read_ahead(ahead: ClaimAhead, ledger: Ledger, rows: Sequence[DeliveryRow], now: datetime) -> None:
    """Read for messages that leave together what each is going to ask for; without it each asks for itself."""
    try:
        await ahead(ledger, rows, now)
    except StorageTrouble:
        raise
    except Exception as fault:  # the edge: whichever message it is in says so when its turn comes
        log.exception("reading ahead failed on our side", exc_info=fault)
