"""Channels: where a message goes, and the gates on the way to Slack."""

import asyncio
from time import perf_counter

from slack_sdk.web.async_client import AsyncWebClient

from bot import slack_calls
from bot.measures import UNMEASURED, Measures
from bot.rate_limits import OPENING, RateLimits
from sales.language.figures import number
from sales.nudges.ledger import Answer, Timing
from storage.database import Database
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.member import find_member, save_member
from storage.scope import Scope

SHORTEST_WAIT = 0.1  # seconds; less is how long it takes to ask


class NotNow(Exception):
    """A gate is shut for longer than a lease may wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"in {number(seconds)} s")
        self.seconds = seconds


class Unreachable(Exception):
    """Slack did not open the channel with a person."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.error)
        self.answer = answer


class ShuttingDown(Exception):
    """The worker is ending: what it did not send is handed back."""


class Channels:
    """Opens direct channels, each once, and lets calls through their gates."""

    def __init__(
        self,
        database: Database,
        slack: AsyncWebClient,
        gates: RateLimits,
        timing: Timing,
        stopping: asyncio.Event,
        measures: Measures = UNMEASURED,
    ) -> None:
        self.measures = measures
        self.database = database
        self.slack = slack
        self.gates = gates
        self.timing = timing
        self.stopping = stopping
        self.opening: dict[tuple[str, str], asyncio.Task[str]] = {}  # that are being opened just now

    async def of(self, row: DeliveryRow) -> str:
        """Return where a row goes, opening it if need be.

        Raises:
            NotNow, ShuttingDown: if that has to wait.
            Unreachable: if Slack does not open it.
        """
        async with self.database.read(row.workspace_id) as scope:
            remembered = await self.remembered(scope, row)
        return remembered or await self.opened(row)

    async def remembered(self, scope: Scope, row: DeliveryRow) -> str | None:
        """Return where a row goes, None if that is a direct channel that was never opened."""
        if row.channel_id:
            return row.channel_id
        member = await find_member(scope, str(row.user_id))
        return member.dm_channel if member is not None else None

    async def opened(self, row: DeliveryRow) -> str:
        """Open the direct channel with a person, and remember it; several messages to one person open it once.

        Raises:
            NotNow, ShuttingDown: if that has to wait.
            Unreachable: if Slack does not open it.
        """
        who = row.workspace_id, str(row.user_id)
        opening = self.opening.get(who)
        if opening is None:
            opening = self.opening[who] = asyncio.create_task(self.open(row))
            opening.add_done_callback(lambda _: self.opening.pop(who, None))
        return await asyncio.shield(opening)

    async def open(self, row: DeliveryRow) -> str:
        user_id = str(row.user_id)
        await self.through(row.workspace_id, OPENING)
        answer, channel = await slack_calls.open_channel(self.slack, user_id)
        if not answer.ok:
            if answer.retry_after:
                await self.throttled(row.workspace_id, OPENING, answer.retry_after)
            raise Unreachable(answer)
        # As a step of delivery, which takes no turn with the workspace's requests: a process that freezes here holds
        # up nobody but whoever writes to the same person.
        async with self.database.write_ledger() as ledger:
            await save_member(ledger.workspace(row.workspace_id), user_id, dm_channel=channel)
        return channel

    async def through(self, workspace_id: str, method: str, channel_id: str = "") -> None:
        """Wait until a call may leave, as long as the lease allows.

        Raises:
            NotNow, ShuttingDown: if it may not.
        """
        longest = self.timing.gate_wait.total_seconds()
        began = perf_counter()
        left = await self.gates.through(workspace_id, method, longest, channel_id, self.rest)
        waited = perf_counter() - began + left
        if waited >= SHORTEST_WAIT:
            self.measures.waited(method, waited)
        if left:
            raise NotNow(left)

    async def throttled(self, workspace_id: str, method: str, seconds: float) -> None:
        """Let no call of a method pass for a while: Slack asked us to wait."""
        self.measures.throttled(method)
        await self.gates.throttled(workspace_id, method, seconds)

    async def rest(self, seconds: float) -> None:
        """Wait, unless the worker is ending."""
        try:
            await asyncio.wait_for(self.stopping.wait(), seconds)
        except TimeoutError:
            return
        raise ShuttingDown
