"""Messages of ours that follow what people do after they were sent: edited in place, at a pace, as App Home is."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.home_queue import HomeBudget, HomeOwner, HomeQueue
from handlers.place import Place
from messages.blocks import Message
from storage.database import Database

EDITS = HomeBudget(share=0.05)  # most of the day there is nothing to edit


async def edit_post(slack: AsyncWebClient, place: Place, message: Message) -> None:
    """Let a posted message say something else.

    Raises:
        SlackApiError: where Slack does not let it; what the connection raises, where Slack cannot be reached.
    """
    await slack.chat_update(channel=place.channel, ts=place.ts, text=message.text, blocks=message.blocks)


@dataclass(eq=False)
class FollowedPosts(ABC):
    """Messages that something a person does may change. What they should say is read first, and edited after that."""

    database: Database
    slack: AsyncWebClient
    now: Callable[[], datetime]
    budget: HomeBudget = EDITS

    def __post_init__(self) -> None:
        self.queue = HomeQueue(self, self.budget)

    def changed(self, owner: HomeOwner) -> None:
        """Have those looked at that something this person did may have changed."""
        self.queue.changed(owner)

    async def trouble(self, place: Place, message: Message) -> str:
        """Edit a message; return what was in the way, empty where it says so now."""
        try:
            await edit_post(self.slack, place, message)
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as trouble:
            return str(trouble)
        return ""

    @abstractmethod
    async def read(self, owner: HomeOwner) -> dict[str, Any] | None:
        """Return what is to be edited after something a person did; None where nothing is."""

    @abstractmethod
    async def post(self, owner: HomeOwner, view: dict[str, Any]) -> float | None:
        """Edit what was read; return None, or the seconds after which to read once more."""
