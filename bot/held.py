"""Held: while everything waits because Slack does not take our token, Slack is asked until it does."""

import asyncio
from datetime import datetime, timedelta

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack_calls import TROUBLE
from storage.database import Database
from storage.nudges.held import go_on
from storage.people.workspace import is_held

log = structlog.get_logger()

EVERY = timedelta(minutes=1)
SELDOM = timedelta(hours=1)  # where Slack takes the token but nothing can be sent with it, as without a scope
PROVEN = timedelta(minutes=10)  # so long it must work before the next trouble is a new one
ASKED_WITHIN = 3.0  # seconds: a beat has other things to do


class HeldWorkspace:
    """Lets one workspace go on once its token works again; nobody has to start us anew for that."""

    def __init__(self, database: Database, slack: AsyncWebClient, workspace_id: str) -> None:
        self.database = database
        self.slack = slack
        self.workspace_id = workspace_id
        self.every = EVERY
        self.asked_at: datetime | None = None
        self.went_on_at: datetime | None = None

    async def look(self, now: datetime) -> bool:
        """Ask Slack, once a minute, if anything is held; say whether it goes on from here.

        Where that helps only for a moment it is asked ever more seldom.
        """
        async with self.database.read_ledger() as ledger:
            held = await is_held(ledger, self.workspace_id)
        if not held:
            if self.went_on_at is not None and now - self.went_on_at >= PROVEN:
                self.every = EVERY
            return False
        if self.asked_at is not None and timedelta() <= now - self.asked_at < self.every:
            return False
        self.asked_at = now
        if not await self.works():
            return False
        async with self.database.write(self.workspace_id) as scope:
            await go_on(scope, now)
        log.warning("Slack takes our token again; what was held goes out", workspace=self.workspace_id)
        self.every = min(self.every * 2, SELDOM)
        self.went_on_at = now
        return True

    async def works(self) -> bool:
        """Say whether Slack takes our token, and for this workspace."""
        try:
            async with asyncio.timeout(ASKED_WITHIN):
                return bool((await self.slack.auth_test())["team_id"] == self.workspace_id)
        except TROUBLE:
            return False
