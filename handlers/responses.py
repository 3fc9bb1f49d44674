"""Answering: what goes back for a request, whether it was done, refused, or something was in the way."""

from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.errors import SlackApiError

from handlers.context import Request
from handlers.reply import Reply
from messages import replies
from messages.blocks import Message
from messages.tables import has_table, in_lines
from sales.refusal import Refusal

TOKEN_DEAD = frozenset({"token_revoked", "account_inactive", "invalid_auth", "not_authed"})


@dataclass(frozen=True)
class Answered:
    """What is left to do once the effects are durable: acknowledge with `ack`, then carry out `reply`.

    `sees_home` says whether the person has App Home in view, or had it lately.
    """

    ack: dict[str, Any]
    reply: Reply
    sees_home: bool = False


def shown(request: Request, reply: Reply) -> Answered:
    """Return what of a reply rides in the acknowledgement of this kind of request."""
    if request.kind == "commands" and reply.say is not None:
        kind = "in_channel" if reply.public else "ephemeral"
        return Answered({"response_type": kind, "text": reply.say.text, "blocks": reply.say.blocks}, reply)
    if request.kind == "views":
        if reply.errors:
            return Answered({"response_action": "errors", "errors": reply.errors}, reply)
        said = reply.edit if rides_along(request, reply) else reply.say
        view = reply.view or (replies.as_modal(said) if said is not None else None)
        if view is not None:
            return Answered({"response_action": "update", "view": view}, reply)
    if is_on_home(request) and reply.say is not None and reply.view is None:
        view = replies.as_modal(in_lines(reply.say))
        reply = replace(reply, say=reply.say if has_table(reply.say) else None, view=view)
    return Answered({}, reply)


def is_on_home(request: Request) -> bool:
    """Say whether a button of App Home was pressed: no message is in view there, so that an answer opens over it.

    A table, which Slack shows in messages alone, comes as a message besides.
    """
    view = request.body.get("view") or {}
    return request.kind == "actions" and view.get("type") == "home"


def rides_along(request: Request, reply: Reply) -> bool:
    """Say whether an edit is shown where a form was: one opened from a modal has no message to go back to.

    The form is gone once it is acknowledged, so that nothing can be shown in it afterwards.
    """
    return request.kind == "views" and reply.edit is not None and reply.edit_at is None


def in_the_way(request: Request, message: Message) -> Reply:
    """Return what stopped a request as an answer; a form stays open under it, with everything typed in it."""
    blocks = (request.body.get("view") or {}).get("blocks", []) if request.kind == "views" else []
    field = next((block["block_id"] for block in blocks if block["type"] == "input"), None)
    return Reply(errors={field: message.text}) if field is not None else Reply(say=message)


def slack_trouble(error: Exception) -> str:
    """Return what is in the way between Slack and us, with its mend; nothing was changed."""
    said = error.response["error"] if isinstance(error, SlackApiError) else ""
    if said in TOKEN_DEAD:
        return "Slack no longer accepts my token. Nothing was changed. Ask your admin to install me again."
    if said == "missing_scope":
        return "I lack a permission for that. Nothing was changed. Ask your admin to add my scopes and reinstall me."
    return "Slack does not answer me right now. Nothing was changed; please try again in a minute."


def refused(request: Request, refusal: Refusal) -> Reply:
    """Return a refusal as an answer: under the field at fault in a modal, else as a sentence."""
    if request.kind == "views" and refusal.field in request.values:
        return Reply(errors={str(refusal.field): refusal.text})
    return Reply(say=replies.refusal(refusal))


def somebody_waits(request: Request) -> bool:
    """Say whether a person looks for an answer; of the events only for what they wrote to us."""
    return request.kind != "events" or request.name == "message"
