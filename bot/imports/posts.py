"""The message of a dropped file: edited in place as the file goes on, by whoever holds the file, and at a pace."""

import asyncio

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.place import Place
from handlers.posts import edit_post
from messages.blocks import Message
from messages.imports import files as views
from sales.language.reader import written_for
from sales.nudges.ledger import TERMINAL, DeliveryState
from storage.database import Database
from storage.imports.files.drop import DroppedFileRow, note_shown
from storage.nudges.ledger.lookup import delivery_by_key
from storage.people.member import find_member

log = structlog.get_logger()

LONGEST_WAIT = 10.0  # seconds that Slack may ask for before an edit is left to the next one
HICCUP = 429


class DropPosts:
    """Shows dropped files as they stand."""

    def __init__(self, database: Database, slack: AsyncWebClient) -> None:
        self.database = database
        self.slack = slack

    async def show(self, row: DroppedFileRow, message: Message | None = None) -> bool:
        """Let a file's message say what is so, or `message` in passing; False where it was not sent yet.

        Where it never will be, or Slack does not let it be edited, that is the end of it.
        """
        async with self.database.read(row.workspace_id) as scope:
            sent = await delivery_by_key(scope, row.key)
            reader = await find_member(scope, row.user_id)
        if sent is not None and sent.state not in TERMINAL:
            return False
        with written_for(reader.locale if reader is not None else None):
            said = message or views.told(row)
        if sent is not None and sent.state is DeliveryState.SENT:
            await self.edit(Place(str(sent.channel_id), str(sent.slack_ts)), said)
        if message is None:
            async with self.database.write(row.workspace_id) as scope:
                await note_shown(scope, row.id, row.version)
        return True

    async def edit(self, place: Place, message: Message) -> None:
        try:
            await edit_post(self.slack, place, message)
        except SlackApiError as refused:
            wait = asked_to_wait(refused)
            if wait is None:
                log.warning("the message of a dropped file was not edited", error=str(refused))
                return
            await asyncio.sleep(wait)
            await self.edit_once_more(place, message)
        except (aiohttp.ClientError, TimeoutError, OSError) as trouble:
            log.warning("the message of a dropped file was not edited", error=str(trouble))
            await self.edit_once_more(place, message)

    async def edit_once_more(self, place: Place, message: Message) -> None:
        try:
            await edit_post(self.slack, place, message)
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as trouble:
            log.warning("the message of a dropped file was not edited", error=str(trouble))


def asked_to_wait(refused: SlackApiError) -> float | None:
    """Return after how many seconds Slack takes an edit; None where it takes none."""
    if refused.response.status_code < HICCUP:
        return None
    try:
        return min(LONGEST_WAIT, max(1.0, float(refused.response.headers.get("Retry-After", 1))))
    except ValueError:
        return 1.0
