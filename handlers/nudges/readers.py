"""Readers of channels: looked at before each post, as a channel may have been shared, or got guests, since."""

import asyncio
from datetime import datetime, timedelta

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.people.channel import readers_of
from sales.nudges.policy import Barred, Late
from sales.people.readers import may_post
from sales.refusal import Refusal
from storage.people.channel import consent_to
from storage.scope import Scope

PATIENCE = 3.0  # seconds
LATER = timedelta(minutes=1)
UNSURE = "Slack does not say who reads the channel"
BUSY = frozenset({"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"})


class ChannelReaders:
    """Asks Slack who reads a channel, and the managers' word whether they may."""

    def __init__(self, slack: AsyncWebClient) -> None:
        self.slack = slack

    async def verdict(self, scope: Scope, channel_id: str, now: datetime) -> Barred | Late | None:
        """Say whether a channel must not be posted to, or not yet; where Slack would refuse a post too, it decides."""
        try:
            async with asyncio.timeout(PATIENCE):
                channel = (await self.slack.conversations_info(channel=channel_id))["channel"]
                found = await readers_of(self.slack, scope, channel)
        except SlackApiError as refused:
            return Late(now + LATER, UNSURE) if refused.response["error"] in BUSY else None
        except (aiohttp.ClientError, TimeoutError, Refusal):
            return Late(now + LATER, UNSURE)
        if may_post(found.outsiders, await consent_to(scope, channel_id)):
            return None
        return Barred(str(found.outsiders))
