"""What Slack adds to blocks it accepts: missing ids, and the defaults of text objects."""

from collections.abc import Callable
from typing import Any

from playground.views import elements, inner_blocks

Json = dict[str, Any]

TEXT_DEFAULTS: dict[str, Json] = {"plain_text": {"emoji": True}, "mrkdwn": {"verbatim": False}}


def completed(blocks: list[Json], number: Callable[[], int]) -> list[Json]:
    """A copy of `blocks` in which every block has a block_id and every element an action_id."""
    found: list[Json] = [_copied(block) for block in blocks]
    for block in inner_blocks(found):
        if not block.get("block_id"):
            block["block_id"] = f"b{number():05d}"
    for _, element in elements(found):
        if "action_id" not in element and element["type"] != "image":
            element["action_id"] = f"a{number():05d}"
    return found


def _copied(value: Any) -> Any:
    if isinstance(value, list):
        return [_copied(item) for item in value]
    if not isinstance(value, dict):
        return value
    copy = {name: _copied(item) for name, item in value.items()}
    defaults = TEXT_DEFAULTS.get(str(copy.get("type"))) if isinstance(copy.get("text"), str) else None
    return {**defaults, **copy} if defaults else copy
