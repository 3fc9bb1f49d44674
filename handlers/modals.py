"""Modals: where a view that answers a click goes, by what the click was in.

Slack opens a modal from a message, a command or App Home. From a modal it only puts another on top of it, or changes
the one that is there: `views.open` is then undefined, and after a submission it shows nothing at all.
"""

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from handlers.context import Request


async def show_view(slack: AsyncWebClient, request: Request, view: dict[str, Any]) -> None:
    """Open a modal, or show it where the modal is that was clicked in.

    A form keeps what was typed into it underneath; what only told something is replaced, as it is out of date
    by the time the answer is given. Slack puts no more than two modals on top of one.
    """
    under = request.body.get("view") or {}
    if under.get("type") != "modal":
        await slack.views_open(trigger_id=request.trigger_id, view=view)
    elif under.get("submit") and under.get("previous_view_id") in (None, under.get("root_view_id")):
        await slack.views_push(trigger_id=request.trigger_id, view=view)
    else:
        await slack.views_update(view_id=under["id"], view=view)
