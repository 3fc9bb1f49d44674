"""chat.unfurl: what stands below the links of a message, for everybody in its channel."""

import json
from typing import Any

from playground.api.arguments import ApiError, Arguments
from playground.api.content import content
from playground.double import Double
from playground.links import domain_of, links_in
from playground.workspace import Change

Json = dict[str, Any]


def unfurl(double: Double, given: Arguments) -> Json:
    """Put attachments below the links of a message; each has to stand in it, and to be of the app's domains."""
    channel = double.workspace.channels.get(given.required("channel", "channel_not_found"))
    if channel is None:
        raise ApiError("channel_not_found")
    message = channel.find(given.required("ts", "message_not_found"))
    if message is None or message.deleted or message.only_for is not None:
        raise ApiError("cannot_find_message")
    unfurls = given.given.get("unfurls") or {}
    try:
        unfurls = json.loads(unfurls) if isinstance(unfurls, str) else unfurls
    except ValueError:
        raise ApiError("cannot_parse_attachment") from None
    if not unfurls:
        raise ApiError("missing_unfurls")
    if not isinstance(unfurls, dict) or not all(isinstance(one, dict) for one in unfurls.values()):
        raise ApiError("cannot_parse_attachment")
    there = links_in(message.text)
    for url, shown in unfurls.items():
        if url not in there or not domain_of(url, double.manifest.unfurls):
            raise ApiError("cannot_unfurl_url")
        content(Arguments({"blocks": json.dumps(shown.get("blocks") or []), "text": "x"}), 3_000)
    below = [{"from_url": url, **shown} for url, shown in unfurls.items()]
    message.attachments = below
    double.workspace.changed(Change("messages", channel.id, None))
    return {}
