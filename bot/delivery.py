"""Delivery: claims ledger rows, renders them as they are now, posts, and settles what came of it.

A message is rendered at the moment it is sent, so a late one is not stale; and the row says `sending` before
the request leaves, so a crash at any point is decidable (delivery.md §3).
"""

import asyncio
import hashlib
import json
import random
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot import posting
from bot.gates import Gates
from handlers.feature import Late, Renderer, Skip
from messages.kit import Message
from sales.delivery import (
    CLAIM_BATCH,
    GRACE,
    LEASE,
    MAX_ATTEMPTS,
    MISSES_BEFORE_REPOST,
    POST_TIMEOUT,
    SENDING_MARGIN,
    Answer,
    DeliveryState,
    Outcome,
    back_off,
    classify,
    may_start_sending,
)
from storage import delivery as ledger_rows
from storage import member as members
from storage import workspace
from storage.database import Database
from storage.scope import Scope
from storage.tables import DeliveryRow
from storage.trouble import StorageTrouble

log = structlog.get_logger()

IDLE_SECONDS = 1.0  # the wake-up is a hint; looking again is the truth
LONGEST_GATE_WAIT = (LEASE - POST_TIMEOUT - SENDING_MARGIN).total_seconds() / 2

Policy = Callable[[Scope, DeliveryRow, datetime], Awaitable[Late | Skip | None]]


class Deliverer:
    """One worker of the ledger. Any number of them may run, here or in other processes."""

    def __init__(
        self,
        database: Database,
        slack: AsyncWebClient,
        now: Callable[[], datetime],
        renderers: Mapping[str, Renderer],
        policy: Policy,
        gates: Gates,
        owner: str,
    ) -> None:
        self.database = database
        self.slack = slack
        self.now = now
        self.renderers = renderers
        self.policy = policy
        self.gates = gates
        self.owner = owner
        self.woken = asyncio.Event()
        self.stopping = False
        self.working = False

    @property
    def busy(self) -> bool:
        """Whether something is being delivered or about to be looked for."""
        return self.working or self.woken.is_set()

    def wake(self) -> None:
        """Say that there may be something to send."""
        self.woken.set()

    async def run(self) -> None:
        """Deliver until stopped; what is being sent is finished first."""
        while not self.stopping:
            self.woken.clear()
            self.working = True
            try:
                sent = await self.drain()
            except StorageTrouble as trouble:
                log.error("delivery waits for the database", trouble=str(trouble))
                sent = 0
            except Exception as fault:  # the edge: whatever went wrong, the next look is due all the same
                log.exception("delivery failed on our side", exc_info=fault)
                sent = 0
            finally:
                self.working = False
            if not sent and not self.stopping:
                try:
                    await asyncio.wait_for(self.woken.wait(), IDLE_SECONDS)
                except TimeoutError:
                    continue

    def stop(self) -> None:
        self.stopping = True
        self.woken.set()

    async def drain(self) -> int:
        """Deliver what is ready now; return how many rows were worked on."""
        worked = 0
        while not self.stopping and await self.anything_ready():
            async with self.database.write_ledger() as ledger:
                claimed = await ledger_rows.claim(ledger, self.owner, self.now(), CLAIM_BATCH)
            if not claimed:
                break
            await asyncio.gather(*(self.work(row) for row in claimed))
            worked += len(claimed)
        return worked

    async def anything_ready(self) -> bool:
        async with self.database.read_ledger() as ledger:
            return await ledger_rows.any_ready(ledger, self.now())

    async def work(self, row: DeliveryRow) -> None:
        """Take one claimed row as far as it goes. A fault of ours leaves it to be tried again, never lost."""
        try:
            if row.state is DeliveryState.RECON:
                await self.reconcile(row)
            else:
                await self.deliver(row)
        except StorageTrouble as trouble:
            log.error("a delivery waits for the database", key=row.occurrence_key, trouble=str(trouble))
        except Exception as fault:
            log.exception("a delivery failed on our side", key=row.occurrence_key, exc_info=fault)
            unsent = row.state is DeliveryState.LEASED
            state = DeliveryState.PENDING if unsent else DeliveryState.UNCERTAIN
            await self.retry(row, state, f"{type(fault).__name__}: {fault}"[:300], row.attempts + unsent)

    async def deliver(self, row: DeliveryRow) -> None:
        now = self.now()
        if row.expires_at is not None and row.expires_at <= now:
            await self.skip(row, "late")
            return
        async with self.database.read(row.workspace_id) as scope:
            rendered = await self.policy(scope, row, now) or await self.renderers[row.kind](scope, row, now)
        if isinstance(rendered, Skip) or (
            isinstance(rendered, Late) and row.expires_at is not None and row.expires_at <= rendered.until
        ):
            await self.skip(row, rendered.reason)
        elif isinstance(rendered, Late):
            await self.move(row, DeliveryState.PENDING, rendered.reason, not_before=rendered.until)
        elif channel := await self.channel_of(row):
            await self.send(row, channel, rendered)

    async def skip(self, row: DeliveryRow, reason: str) -> None:
        await self.move(row, DeliveryState.SKIPPED, reason, last_error=reason)

    async def channel_of(self, row: DeliveryRow) -> str | None:
        """Return where a row goes; a person's direct channel is opened once and remembered."""
        if row.channel_id:
            return row.channel_id
        user_id = str(row.user_id)
        async with self.database.read(row.workspace_id) as scope:
            member = await members.member(scope, user_id)
        return (member.dm_channel if member else None) or await self.open_channel(row, user_id)

    async def open_channel(self, row: DeliveryRow, user_id: str) -> str | None:
        """Open the direct channel with a person; None if that has to wait or cannot be, which is then settled."""
        left = await self.gates.open_through(row.workspace_id, LONGEST_GATE_WAIT)
        if left:
            await self.wait_for_turn(row, left)
            return None
        answer, channel = await posting.open_channel(self.slack, user_id)
        if not answer.ok:
            await self.settle(row, answer, None)
            return None
        async with self.database.write(row.workspace_id) as scope:
            await members.save_member(scope, user_id, dm_channel=channel)
        return channel

    async def wait_for_turn(self, row: DeliveryRow, seconds: float) -> None:
        later = self.now() + timedelta(seconds=seconds)
        await self.move(row, DeliveryState.PENDING, "waits for its turn", not_before=later)

    async def send(self, row: DeliveryRow, channel: str, message: Message) -> None:
        """Post a rendered message: gate first, `sending` on record, then the request."""
        left = await self.gates.post_through(row.workspace_id, channel, LONGEST_GATE_WAIT)
        now = self.now()
        if left or row.lease_until is None or not may_start_sending(now, row.lease_until):
            await self.wait_for_turn(row, left)
            return
        shape = json.dumps([message.text, message.blocks], sort_keys=True)
        marks = {
            "channel_id": channel,
            "first_post_at": row.first_post_at or now,
            "attempts": row.attempts + 1,
            "rendered_sha": hashlib.sha256(shape.encode()).hexdigest(),
        }
        if await self.move(row, DeliveryState.SENDING, "", **marks):
            answer, ts = await posting.post(self.slack, row, channel, message)
            await self.settle(row, answer, message, ts)

    async def settle(self, row: DeliveryRow, answer: Answer, message: Message | None, ts: str = "") -> None:
        """Write down what an attempt came to."""
        outcome, now = classify(answer), self.now()
        if outcome is Outcome.SENT:
            await self.move(row, DeliveryState.SENT, "", slack_ts=ts, sent_at=now, last_error=None)
        elif outcome is Outcome.THROTTLED:
            self.gates.block(row.workspace_id, answer.retry_after)
            later = now + timedelta(seconds=answer.retry_after + random.random())
            await self.move(
                row, DeliveryState.PENDING, "Slack asked us to wait", not_before=later, throttles=row.throttles + 1,
                attempts=max(0, row.attempts - 1),
            )  # fmt: skip
        elif outcome is Outcome.AMBIGUOUS:
            await self.move(row, DeliveryState.UNCERTAIN, answer.error or "unclear", not_before=now + GRACE)
        elif outcome is Outcome.WORKSPACE_BROKEN:
            await self.hold_workspace(row, answer.error)
        elif outcome is Outcome.TARGET_BROKEN:
            await self.move(row, DeliveryState.DEAD, answer.error, last_error=answer.error)
        elif outcome is Outcome.UNACCEPTABLE and message is not None and message.blocks:
            log.error(
                "Slack refused our blocks; sending plain text", key=row.occurrence_key, error=answer.error
            )
            again, ts = await posting.post(self.slack, row, str(row.channel_id), Message(message.text))
            await self.settle(row, again, Message(message.text), ts)
        elif outcome is Outcome.UNACCEPTABLE:
            await self.move(row, DeliveryState.DEAD, answer.error, last_error=answer.error)
        else:
            await self.retry(row, DeliveryState.PENDING, answer.error, row.attempts)

    async def hold_workspace(self, row: DeliveryRow, error: str) -> None:
        """Our token is dead: keep everything of this workspace until it is installed again."""
        async with self.database.write_ledger() as ledger:
            if await workspace.suspend(ledger, row.workspace_id, error):
                log.error("workspace suspended: reinstall the app or correct its token", error=error)
            await ledger_rows.move(
                ledger, row, DeliveryState.PENDING, self.now(), note=error, last_error=error
            )

    async def retry(self, row: DeliveryRow, state: DeliveryState, error: str, attempts: int) -> None:
        """Put a row back to be tried again after a back-off, or give it up with the reason kept."""
        if attempts >= MAX_ATTEMPTS:
            await self.move(row, DeliveryState.DEAD, error, last_error=error)
            return
        later = self.now() + back_off(attempts, random.random())
        await self.move(row, state, error, not_before=later, last_error=error, attempts=attempts)

    async def reconcile(self, row: DeliveryRow) -> None:
        """Look before posting again: found means sent; twice not found, a grace apart, means it never arrived."""
        now = self.now()
        answer, ts = await posting.find(self.slack, row)
        if not answer.ok:
            later = now + max(GRACE, timedelta(seconds=answer.retry_after))
            await self.move(row, DeliveryState.UNCERTAIN, f"look-up failed: {answer.error}", not_before=later)
        elif ts:
            await self.move(row, DeliveryState.SENT, "found in history", slack_ts=ts, sent_at=now)
        elif row.misses + 1 < MISSES_BEFORE_REPOST:
            await self.move(
                row, DeliveryState.UNCERTAIN, "not found", misses=row.misses + 1, not_before=now + GRACE
            )
        else:
            await self.move(
                row, DeliveryState.PENDING, "never arrived", misses=0, first_post_at=None, not_before=now
            )

    async def move(self, row: DeliveryRow, state: DeliveryState, note: str, **values: object) -> bool:
        async with self.database.write_ledger() as ledger:
            return await ledger_rows.move(ledger, row, state, self.now(), note=note, **values)
