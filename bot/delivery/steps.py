"""Steps: what a worker does to a row it has. Each is fenced; if the row was lost meanwhile, nothing happens.

Steps that several rows take at the same moment are written down together, in one unit of work: a claim says `sending`
of all its messages with one commit before their first bytes, and what Slack answered while that one was written
is kept with the next. Each row has its own fence and its own answer all the same, and goes on only once its step is
durable. What dies with a unit are at most the rows of one claim, so the promise is the same as with a unit for each: a
row that says `sending` is looked for.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import structlog

from bot.measures import UNMEASURED, Measures
from sales.nudges.ledger import CLAIM_BATCH, MAX_ATTEMPTS, DeliveryState, Timing, back_off
from storage.database import Database
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.ledger.steps import DeliveryStep, move_deliveries, move_delivery
from storage.people import workspace
from storage.scope import Scope
from storage.trouble import StorageTrouble

log = structlog.get_logger()

GaveUp = Callable[[Scope, DeliveryRow, datetime], Awaitable[None]]


async def quietly(scope: Scope, row: DeliveryRow, now: datetime) -> None:
    """Tell nobody of a message that was given up."""


def back(row: DeliveryRow) -> DeliveryState:
    """Return where a row that we did not send goes: still to be looked for if it was, else to be sent."""
    return DeliveryState.UNCERTAIN if row.state is DeliveryState.RECON else DeliveryState.PENDING


class WaitingStep(NamedTuple):
    """A step that a row is about to take, and where its worker waits to hear whether the row was still there."""

    step: DeliveryStep
    taken: "asyncio.Future[bool]"


class DeliverySteps:
    """The steps of one worker. `gave_up` is called in the unit of work that gives a message up."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime],
        timing: Timing,
        gave_up: GaveUp = quietly,
        measures: Measures = UNMEASURED,
    ) -> None:
        self.database = database
        self.now = now
        self.timing = timing
        self.gave_up = gave_up
        self.measures = measures
        self.waiting: list[WaitingStep] = []
        self.writing: asyncio.Task[None] | None = None

    async def move(self, row: DeliveryRow, state: DeliveryState, note: str = "", **values: Any) -> bool:
        """Take a row to a state; False if it is no longer ours. It is durable on return."""
        one = WaitingStep(DeliveryStep(row, state, note, values), asyncio.get_running_loop().create_future())
        self.waiting.append(one)
        if self.writing is None:
            # A context of its own: it writes for many, and logs in the name of none.
            self.writing = asyncio.create_task(self.write(), context=Context())
        return await one.taken

    async def write(self) -> None:
        """Write down what waits, and what comes to wait meanwhile; of nobody who has given up waiting."""
        try:
            while self.waiting:
                now, self.waiting = self.waiting[:CLAIM_BATCH], self.waiting[CLAIM_BATCH:]
                if wanted := [one for one in now if not one.taken.done()]:
                    await self.write_down(wanted)
        finally:
            self.writing = None

    async def write_down(self, steps: Sequence[WaitingStep]) -> None:
        """Let rows take their steps in one unit of work; where one of them fails, each in a unit of its own."""
        try:
            async with self.database.write_ledger() as ledger:
                found = await move_deliveries(ledger, [one.step for one in steps], self.now())
        except StorageTrouble as trouble:
            told(steps, trouble)
        except Exception as fault:  # the edge: whoever waits decides what becomes of it
            if len(steps) == 1:
                told(steps, fault)
            else:
                log.exception("a step failed on our side", keys=keys(steps), exc_info=fault)
                for one in steps:
                    await self.write_down([one])
        except BaseException as end:
            told(steps, end)
            raise
        else:
            now = self.now()
            for one, moved in zip(steps, found, strict=True):
                if moved:
                    self.measures.moved(one.step.row, one.step.state, now)
                if not one.taken.done():
                    one.taken.set_result(moved)

    async def finished(self) -> None:
        """Return once nothing is being written down."""
        while self.writing is not None:
            await asyncio.wait({self.writing})

    async def skip(self, row: DeliveryRow, reason: str) -> None:
        """End a message that is not to be sent any more."""
        await self.move(row, DeliveryState.SKIPPED, reason, last_error=reason)

    async def put_off(self, row: DeliveryRow, span: timedelta, note: str, **values: Any) -> None:
        """Put a row that was not sent by us now back for a while."""
        self.measures.postponed(row)
        await self.move(row, back(row), note, not_before=self.now() + span, **values)

    async def retry(
        self, row: DeliveryRow, state: DeliveryState, error: str, attempts: int, **values: Any
    ) -> None:
        """Put a row back to be tried again after a back-off, or give it up with the reason kept."""
        if attempts >= MAX_ATTEMPTS:
            await self.give_up(row, error, **values)
            return
        self.measures.postponed(row)
        later = self.now() + back_off(attempts, random.random())
        await self.move(row, state, error, not_before=later, last_error=error, attempts=attempts, **values)

    async def give_up(self, row: DeliveryRow, reason: str, **values: Any) -> None:
        """End a message that cannot be delivered, and tell whoever should know, in one unit of work."""
        gone = False
        async with self.database.write(row.workspace_id) as scope:
            now = self.now()
            dead = {"note": reason, "last_error": reason, **values}
            if await move_delivery(scope.ledger, row, DeliveryState.DEAD, now, **dead):
                log.error("a message was given up", key=row.occurrence_key, reason=reason)
                await self.gave_up(scope, row, now)
                gone = True
        if gone:
            self.measures.moved(row, DeliveryState.DEAD, now)

    async def hold_workspace(self, row: DeliveryRow, error: str, **values: Any) -> None:
        """Our token is dead: keep everything of this workspace until it is installed again."""
        async with self.database.write_ledger() as ledger:
            if await workspace.suspend_workspace(ledger, row.workspace_id, error):
                log.error("workspace suspended: reinstall the app or correct its token", error=error)
            await move_delivery(ledger, row, back(row), self.now(), note=error, last_error=error, **values)


def told(steps: Sequence[WaitingStep], trouble: BaseException) -> None:
    """Let whoever waits hear that their step was not taken, or that nobody knows."""
    for one in steps:
        if not one.taken.done():
            if isinstance(trouble, asyncio.CancelledError):
                one.taken.cancel()
            else:
                one.taken.set_exception(trouble)


def keys(steps: Sequence[WaitingStep]) -> list[str]:
    return [one.step.row.occurrence_key for one in steps]
