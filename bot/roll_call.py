"""The roll call: once a day Slack is asked who is who, as it tells us neither of everybody nor of all there was.

Whoever is in a team and has nothing scheduled, however they came there, has it from then on.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.context import Request
from storage import inbox
from storage.database import Database
from storage.nudges.schedule.specs import set_missing_schedules
from storage.people.member import every_member
from storage.trouble import StorageTrouble

log = structlog.get_logger()

AFTER_START = timedelta(hours=1)  # a start has enough to do
PAGE = 200  # people an answer; Slack's own advice
MOST_PAGES = 500


class RollCall:
    """Compares everybody we know with what Slack says of them; `heard` takes what it says, as news of Slack's own."""

    def __init__(
        self,
        database: Database,
        slack: AsyncWebClient,
        workspace_id: str,
        now: Callable[[], datetime],
        heard: Callable[[Request], Awaitable[object]],
    ) -> None:
        self.database = database
        self.slack = slack
        self.workspace_id = workspace_id
        self.now = now
        self.heard = heard
        self.next_at = now() + AFTER_START

    async def call(self) -> None:
        """Schedule what is missing and ask, if nobody did today; in trouble of Slack or the database, the next day."""
        now = self.now()
        if now < self.next_at:
            return
        self.next_at = now + timedelta(days=1)
        try:
            async with self.database.write(self.workspace_id) as scope:
                if not await inbox.take(
                    scope, f"roll call:{self.workspace_id}:{now.date().isoformat()}", now
                ):
                    return
                await set_missing_schedules(scope, now)
                known = {row.user_id for row in await every_member(scope)}
            async for user in self.everybody():
                if user.get("id") in known:
                    await self.heard(self.news(user, now))
        except (SlackApiError, aiohttp.ClientError, TimeoutError, StorageTrouble) as trouble:
            log.warning("who is who could not be asked; tomorrow it is", trouble=str(trouble))

    async def everybody(self) -> AsyncIterator[dict[str, Any]]:
        """Yield everybody Slack knows of, those whose accounts are closed too."""
        cursor = ""
        for _ in range(MOST_PAGES):
            answer = await self.slack.users_list(limit=PAGE, cursor=cursor)
            for user in answer.get("members") or ():
                yield user
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    def news(self, user: dict[str, Any], now: datetime) -> Request:
        """Return what Slack says of somebody as the event it would have sent."""
        return Request(
            kind="events",
            key=f"roll call:{user['id']}:{now.isoformat()}",
            workspace_id=self.workspace_id,
            user_id=user["id"],
            name="user_change",
            body={"event": {"type": "user_change", "user": user}},
        )
