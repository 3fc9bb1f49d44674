"""What a message may hold: text, blocks, attachments, all within Slack's limits."""

from typing import Any

from playground import limits
from playground.api.arguments import ApiError, Arguments

Json = dict[str, Any]

TEXT_LIMIT = 40_000
ATTACHMENT_LIMIT = 100


def content(given: Arguments, most: int = TEXT_LIMIT) -> Json:
    """text, blocks and attachments (None when empty). Raises ApiError with Slack's name and the broken rules."""
    text = given.text("text") or given.text("markdown_text")
    blocks = _listed(given, "blocks", "invalid_blocks_format")
    attachments = _listed(given, "attachments", "invalid_attachments")
    if not (text or blocks or attachments):
        raise ApiError("no_text")
    if len(text) > most:
        raise ApiError("msg_too_long")
    if len(attachments) > ATTACHMENT_LIMIT:
        raise ApiError("too_many_attachments")
    _within_limits(blocks)
    for attachment in attachments:
        if not isinstance(attachment, dict) or not isinstance(attachment.get("blocks", []), list):
            raise ApiError("invalid_attachments")
        _within_limits(attachment.get("blocks", []))
    return {"text": text, "blocks": blocks or None, "attachments": attachments or None}


def _listed(given: Arguments, name: str, code: str) -> list[Any]:
    found = given.json(name, code)
    if found is not None and not isinstance(found, list):
        raise ApiError(code)
    return found or []


def _within_limits(blocks: list[Any]) -> None:
    faults = limits.message_faults(blocks)
    if faults:
        raise ApiError("invalid_blocks", errors=faults, response_metadata={"messages": faults})
    if limits.too_long(blocks):
        raise ApiError("msg_blocks_too_long")
