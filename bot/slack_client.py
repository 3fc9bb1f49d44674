"""The Slack client: what answers is Slack, or it is Slack's trouble; nobody here reads a proxy's page as an answer."""

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse


class SlackClient(AsyncWebClient):
    """Calls Slack once, without the SDK's retries: its default posts twice when a connection drops."""

    async def api_call(self, api_method: str, **given: Any) -> AsyncSlackResponse:
        """Call a method.

        Raises:
            SlackApiError: if Slack refuses, with its error. The error is empty where something answered that is no
                answer of Slack's: a page, half of one, or nothing.
            ClientError, TimeoutError: if nothing answered.
        """
        try:
            return await super().api_call(api_method, **given)
        except SlackApiError as refused:
            response: Any = refused.response
            if isinstance(getattr(response, "data", None), dict) and response.data.get("error"):
                raise
            raise no_answer(self, api_method, response) from refused
        except (AttributeError, UnicodeError, ValueError) as garbled:
            raise no_answer(self, api_method, None) from garbled


def no_answer(client: AsyncWebClient, method: str, response: Any) -> SlackApiError:
    """Return a refusal without an error's name, of the same status and headers as what came."""
    status = getattr(response, "status_code", None) or getattr(response, "status", None) or 0
    told = AsyncSlackResponse(
        client=client,
        http_verb="POST",
        api_url=method,
        req_args={},
        data={"ok": False, "error": ""},
        headers=dict(getattr(response, "headers", None) or {}),
        status_code=int(status),
    )
    return SlackApiError("Slack's answer cannot be read", told)  # type: ignore[no-untyped-call]
