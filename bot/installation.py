"""The installation: who we are, as Slack says when we start; and whose trouble it is when it does not say."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.intake import Installation
from bot.settings import SettingsTrouble
from bot.slack_calls import heard
from bot.tokens import APP_PLACE
from handlers.scopes import scopes_named as scopes_named

log = structlog.get_logger()

FIRST_PAUSE = 1.0  # seconds
LONGEST_PAUSE = 30.0
TRIES = 6  # a minute altogether; whoever watches over us starts us again after that
OUR_FAULT = frozenset(
    {
        "account_inactive", "access_denied", "invalid_auth", "missing_scope", "no_permission", "not_allowed_token_type",
        "not_authed", "org_login_required", "team_access_not_granted", "token_expired", "token_revoked",
        "two_factor_setup_required",
    }
)  # fmt: skip
# What Slack says of an app-level token where the app may not use Socket Mode; the token itself may be right.
NO_SOCKET = frozenset(
    {
        "forbidden_team", "link_disabled", "missing_scope", "not_allowed_token_type", "socket_mode_disabled",
        "socket_mode_not_enabled",
    }
)  # fmt: skip
SWITCH_ON = (
    "Switch Socket Mode on under Socket Mode of your Slack app's pages, or run with --http, and see that"
    " SLACK_APP_TOKEN is of the same app."
)
PER_WORKSPACE = (
    "This bot token belongs to a whole organisation. I am installed per workspace: install the app in one workspace"
    " and put that token into SLACK_BOT_TOKEN."
)
NO_BOT = "This is no bot token: it begins with xoxb-. Check SLACK_BOT_TOKEN."
NOWHERE: Mapping[str, str] = {}
SlackTold = Callable[[], Awaitable[AsyncSlackResponse]]
Pause = Callable[[float], Awaitable[None]]


class SlackTrouble(SettingsTrouble):
    """Slack does not answer as it should; nothing that was set here is wrong."""


async def installation(slack: AsyncWebClient, pause: Pause = asyncio.sleep) -> Installation:
    """Return who we are.

    Raises:
        SettingsTrouble: if Slack refuses the token, or it is none that we can use.
        SlackTrouble: if Slack still gives no answer after a minute of trying again.
    """
    me = await patiently(slack.auth_test, "SLACK_BOT_TOKEN", pause)
    if me.get("is_enterprise_install") or str(me.get("team_id") or "").startswith("E"):
        raise SettingsTrouble(PER_WORKSPACE)
    if not me.get("bot_id") or not me.get("team_id"):
        raise SettingsTrouble(NO_BOT)
    bot_id = str(me["bot_id"])
    return Installation(
        str(me["team_id"]),
        str(me.get("team") or ""),
        str(me["user_id"]),
        bot_id,
        await app_id(slack, bot_id),
        str(me.get("user") or ""),
        scopes_named(me.headers),
    )


async def app_id(slack: AsyncWebClient, bot_id: str) -> str:
    """Return the id of our app; empty where Slack does not say, as without users:read."""
    try:
        found = (await slack.bots_info(bot=bot_id)).get("bot") or {}
    except (SlackApiError, aiohttp.ClientError, TimeoutError):
        return ""
    return str(found.get("app_id") or "")


async def patiently(
    call: SlackTold, setting: str, pause: Pause = asyncio.sleep, elsewhere: Mapping[str, str] = NOWHERE
) -> AsyncSlackResponse:
    """Return what Slack says; tried again, ever later, where the trouble is Slack's or the network's.

    Raises:
        SettingsTrouble: if Slack refuses what `setting` names, or with an error of which `elsewhere` says the mend.
        SlackTrouble: if Slack gives no answer in the end.
    """
    tries = 0
    while True:
        try:
            return await call()
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as trouble:
            answer = heard(trouble)
            if answer.error in elsewhere:
                raise SettingsTrouble(elsewhere[answer.error]) from trouble
            if answer.error in OUR_FAULT:
                raise SettingsTrouble(
                    f"Slack refused the token ({answer.error}). Check {setting}."
                ) from trouble
            tries += 1
            what = named(answer.error, answer.status)
            if tries >= TRIES:
                raise SlackTrouble(
                    f"Slack does not answer as it should ({what}). Your tokens may well be right; try again in a few"
                    " minutes, or look at Slack's status page."
                ) from trouble
            wait = max(answer.retry_after, backoff(tries))
            log.warning("Slack does not answer; I try again", trouble=what, seconds=round(wait, 1))
            await pause(min(wait, LONGEST_PAUSE))


def refused_socket(error: str) -> str:
    """Return in words that Slack takes no connection of ours, and the mend; the token may be right."""
    if error == "missing_scope":
        return f"The app-level token lacks connections:write ({error}). {APP_PLACE}"
    return f"Slack refuses Socket Mode ({error}). {SWITCH_ON}"


def named(error: str, status: int) -> str:
    """Return what came in a few words."""
    if error:
        return error
    return f"HTTP {status}, and no answer of Slack's" if status else "no answer"


def backoff(tries: int, first: float = FIRST_PAUSE, longest: float = LONGEST_PAUSE) -> float:
    """Return the seconds before the next try after so many: doubling, half of it by chance, so that not all meet."""
    ceiling: float = min(longest, first * 2 ** min(tries - 1, 30))
    return ceiling / 2 + random.uniform(0, ceiling / 2)
