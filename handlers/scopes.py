"""Scopes: what Slack says that whoever installed the app let it do."""

from collections.abc import Mapping

from slack_sdk.web.async_client import AsyncWebClient

SCOPES_HEADER = "x-oauth-scopes"


def scopes_named(headers: Mapping[str, str]) -> frozenset[str]:
    """Return the scopes that Slack's answer names as granted; none where a proxy took the header away."""
    named = next((told for name, told in headers.items() if name.casefold() == SCOPES_HEADER), "")
    return frozenset(scope.strip() for scope in named.split(",")) - {""}


async def lacks(slack: AsyncWebClient, scope: str) -> bool:
    """Say whether Slack names the scopes of our token, and this is none of them.

    Raises:
        SlackApiError, ClientError, TimeoutError: if Slack does not answer.
    """
    granted = scopes_named((await slack.auth_test()).headers)
    return bool(granted) and scope not in granted
