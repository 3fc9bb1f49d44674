"""The doctor: looks at every setting as it is in use, and says the mend beside what is wrong."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import posting
from bot.clock import wall_clock
from bot.manifest import SCOPES
from bot.settings import Settings
from storage.database import Database
from storage.trouble import StorageTrouble

CLOCK_OFF = 60.0  # seconds: Slack refuses signatures that are five minutes off; a minute is worth a word
OPTIONAL = frozenset({"usergroups:read", "users:read.email", "groups:history", "groups:read"})
SHOWN = 9  # characters of a token that say its kind and nothing else


class Finding(NamedTuple):
    """One thing looked at. `mend` is empty where all is well."""

    what: str
    found: str
    mend: str = ""


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Yield what was found, one thing after the other; nothing is changed but the database's schema."""
    for name, value in settings.model_dump().items():
        secret = hasattr(value, "get_secret_value")
        yield Finding(name.upper(), masked(value.get_secret_value()) if secret else str(value) or "(empty)")
    yield await database_of(settings)
    async with aiohttp.ClientSession(timeout=posting.timeout()) as session:
        bot = AsyncWebClient(
            token=settings.slack_bot_token.get_secret_value(),
            base_url=settings.slack_api_url,
            session=session,
            retry_handlers=[],
        )
        async for finding in token_of(bot):
            yield finding
        yield await socket_of(bot, settings.slack_app_token.get_secret_value())


def masked(secret: str) -> str:
    """Return a secret as it may be shown: its kind and its length."""
    return f"{secret[:SHOWN]}… ({len(secret)} characters)" if len(secret) > SHOWN else "(empty)"


async def database_of(settings: Settings) -> Finding:
    try:
        database = await Database.open(settings.database_url)
    except StorageTrouble as trouble:
        return Finding("Database", "cannot be used", str(trouble))
    await database.close()
    return Finding("Database", "opens, schema up to date")


async def token_of(bot: AsyncWebClient) -> AsyncIterator[Finding]:
    """Look at the bot token, its scopes, and Slack's clock beside ours."""
    try:
        me = await bot.auth_test()
    except SlackApiError as refused:
        error = refused.response["error"]
        yield Finding("Bot token", f"refused: {error}", "Copy the bot token from OAuth & Permissions again.")
        return
    except (aiohttp.ClientError, TimeoutError) as unreachable:
        yield Finding("Slack", f"cannot be reached: {unreachable}", "Check the network and SLACK_API_URL.")
        return
    yield Finding("Bot token", f"works: {me['user']} in {me['team']}")
    granted = set((me.headers.get("x-oauth-scopes") or "").split(",")) - {""}
    missing = set(SCOPES) - granted if granted else set()
    for scope in sorted(missing):
        need = "optional, for" if scope in OPTIONAL else "needed for"
        yield Finding(
            "Scope", f"{scope} is missing ({need} {SCOPES[scope]})", "Add it and reinstall the app."
        )
    if granted and not missing:
        yield Finding("Scopes", "all granted")
    yield clock_beside(me.headers.get("Date"), wall_clock())


def clock_beside(date_header: str | None, now: datetime) -> Finding:
    """Compare our clock with the one Slack's answer carried."""
    if not date_header:
        return Finding("Clock", "Slack's answer carried no date to compare with")
    off = abs((now - parsedate_to_datetime(date_header).astimezone(UTC)).total_seconds())
    mend = "Set the machine's clock by NTP." if off > CLOCK_OFF else ""
    return Finding("Clock", f"{off:.0f} s from Slack's", mend)


async def socket_of(bot: AsyncWebClient, app_token: str) -> Finding:
    if not app_token:
        return Finding(
            "App token", "empty", "Make an app-level token with connections:write: SLACK_APP_TOKEN."
        )
    try:
        await bot.apps_connections_open(app_token=app_token)
    except SlackApiError as refused:
        mend = "Make an app-level token with connections:write and switch Socket Mode on."
        return Finding("App token", f"refused: {refused.response['error']}", mend)
    except (aiohttp.ClientError, TimeoutError) as unreachable:
        return Finding("App token", f"not checked: {unreachable}", "Check the network.")
    return Finding("App token", "works")
