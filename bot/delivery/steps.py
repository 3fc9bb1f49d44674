"""Steps: what a worker does to a row it has. Each is fenced; if the row was lost meanwhile, nothing happens."""

import random
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import structlog

from sales.nudges.ledger import MAX_ATTEMPTS, DeliveryState, Timing, back_off
from storage.database import Database
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.ledger.steps import move_delivery
from storage.people import workspace
from storage.scope import Scope

log = structlog.get_logger()

GaveUp = Callable[[Scope, DeliveryRow, datetime], Awaitable[None]]


async def quietly(scope: Scope, row: DeliveryRow, now: datetime) -> None:
    """Tell nobody of a message that was given up."""


def back(row: DeliveryRow) -> DeliveryState:
    """Return where a row that we did not send goes: still to be looked for if it was, else to be sent."""
    return DeliveryState.UNCERTAIN if row.state is DeliveryState.RECON else DeliveryState.PENDING


class DeliverySteps:
    """The steps of one worker. `gave_up` is called in the unit of work that gives a message up."""

    def __init__(
        self, database: Database, now: Callable[[], datetime], timing: Timing, gave_up: GaveUp = quietly
    ) -> None:
        self.database = database
        self.now = now
        self.timing = timing
        self.gave_up = gave_up

    async def move(self, row: DeliveryRow, state: DeliveryState, note: str = "", **values: Any) -> bool:
        """Take a row to a state; False if it is no longer ours."""
        async with self.database.write_ledger() as ledger:
            return await move_delivery(ledger, row, state, self.now(), note=note, **values)

    async def skip(self, row: DeliveryRow, reason: str) -> None:
        """End a message that is not to be sent any more."""
        await self.move(row, DeliveryState.SKIPPED, reason, last_error=reason)

    async def put_off(self, row: DeliveryRow, span: timedelta, note: str, **values: Any) -> None:
        """Put a row that was not sent by us now back for a while."""
        await self.move(row, back(row), note, not_before=self.now() + span, **values)

    async def retry(
        self, row: DeliveryRow, state: DeliveryState, error: str, attempts: int, **values: Any
    ) -> None:
        """Put a row back to be tried again after a back-off, or give it up with the reason kept."""
        if attempts >= MAX_ATTEMPTS:
            await self.give_up(row, error, **values)
            return
        later = self.now() + back_off(attempts, random.random())
        await self.move(row, state, error, not_before=later, last_error=error, attempts=attempts, **values)

    async def give_up(self, row: DeliveryRow, reason: str, **values: Any) -> None:
        """End a message that cannot be delivered, and tell whoever should know, in one unit of work."""
        async with self.database.write(row.workspace_id) as scope:
            now = self.now()
            dead = {"note": reason, "last_error": reason, **values}
            if await move_delivery(scope.ledger, row, DeliveryState.DEAD, now, **dead):
                log.error("a message was given up", key=row.occurrence_key, reason=reason)
                await self.gave_up(scope, row, now)

    async def hold_workspace(self, row: DeliveryRow, error: str, **values: Any) -> None:
        """Our token is dead: keep everything of this workspace until it is installed again."""
        async with self.database.write_ledger() as ledger:
            if await workspace.suspend_workspace(ledger, row.workspace_id, error):
                log.error("workspace suspended: reinstall the app or correct its token", error=error)
            await move_delivery(ledger, row, back(row), self.now(), note=error, last_error=error, **values)
