"""Cursor pages, as list methods give them."""

import base64
from collections.abc import Sequence
from typing import Any, TypeVar

from playground.api.arguments import ApiError, Arguments

Json = dict[str, Any]
Item = TypeVar("Item")


def page(items: Sequence[Item], given: Arguments, *, default: int, most: int) -> tuple[list[Item], str]:
    """The page `cursor` and `limit` ask for, and the cursor of the next one ("" at the end)."""
    limit = given.number("limit", default, most) if given.text("limit") not in ("", "0") else default
    start = _start(given.text("cursor"))
    if start > len(items):
        raise ApiError("invalid_cursor")
    end = start + limit
    following = base64.b64encode(f"next:{end}".encode()).decode() if end < len(items) else ""
    return list(items[start:end]), following


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, at = base64.b64decode(cursor, validate=True).decode().partition(":")
        start = int(at)
    except ValueError:
        raise ApiError("invalid_cursor") from None
    if word != "next" or start < 0:
        raise ApiError("invalid_cursor")
    return start
