"""Once: a button whose effect would add up has it once for each time it was shown."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from handlers.context import Context
from storage import inbox


async def first_click(context: Context) -> bool:
    """Note a click on a button as it was shown then; False if it had its click already.

    A double click is two requests, each with a trigger id of its own. What tells it from a second click that is
    meant is what the person saw: a click that had its effect shows the message anew, and there it counts again.
    """
    request = context.request
    key = (
        f"once:{request.workspace_id}:{request.user_id}:{request.name}:{request.value}:{shown(request.body)}"
    )
    return await inbox.take(context.scope, key, context.now)


def shown(body: Mapping[str, Any]) -> str:
    """Return which showing of a message or a view was acted on, as far as Slack tells.

    A view has a hash for that. An edited message says when it was edited; of one that only its reader sees Slack
    tells nothing but where it stands.
    """
    view = body.get("view")
    if view:
        return f"{view['id']}:{view.get('hash')}"
    container, message = body.get("container") or {}, body.get("message") or {}
    edited = (message.get("edited") or {}).get("ts", "")
    blocks = json.dumps(message.get("blocks"), sort_keys=True)
    content = hashlib.sha256(blocks.encode()).hexdigest()[:16]
    return f"{container.get('channel_id')}:{container.get('message_ts')}:{edited}:{content}"
