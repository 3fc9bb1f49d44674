"""Links in messages: which of them the app hears of, by the domains that its manifest names."""

import re
from typing import Any
from urllib.parse import urlsplit

from playground.channels import Channel, PostedMessage
from playground.double import Double

Json = dict[str, Any]

LINK = re.compile(r"<(https?://[^>|]+)(?:\|[^>]*)?>")


def links_in(text: str) -> list[str]:
    """Return the addresses of a message as Slack carries it, each once."""
    return list(dict.fromkeys(one.replace("&amp;", "&") for one in LINK.findall(text)))


def domain_of(url: str, domains: tuple[str, ...]) -> str:
    """Return which of some domains an address belongs to, subdomains included; empty for none."""
    host = urlsplit(url).hostname or ""
    return next((one for one in domains if host == one or host.endswith(f".{one}")), "")


def told(double: Double, channel: Channel, message: PostedMessage) -> Json | None:
    """Return the event of a message with links that the app hears of; None where there are none."""
    if not double.manifest.hears("link_shared"):
        return None
    links = [
        {"domain": domain, "url": url}
        for url in links_in(message.text)
        if (domain := domain_of(url, double.manifest.unfurls))
    ]
    if not links:
        return None
    return {
        "type": "link_shared",
        "channel": channel.id,
        "is_bot_user_member": double.workspace.bot.id in channel.members,
        "user": message.user,
        "message_ts": message.ts,
        "unfurl_id": f"{channel.id}.{message.ts}",
        "source": "conversations_history",
        "links": links,
        "event_ts": message.ts,
    }
