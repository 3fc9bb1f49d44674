"""What people type, as Slack passes it on."""

import re
from collections.abc import Callable

_MENTION = re.compile(r"(?<![\w@])@([a-z0-9][\w.-]*)", re.IGNORECASE)
_CHANNEL = re.compile(r"(?<![\w#])#([a-z0-9][\w-]*)", re.IGNORECASE)
_LINK = re.compile(r"\bhttps?://[^\s<>]+", re.IGNORECASE)

Lookup = Callable[[str], str | None]


def escape(text: str) -> str:
    """Exactly the three characters Slack escapes in text from people."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def typed(text: str, person: Lookup, channel: Lookup) -> str:
    """Typed text as a message carries it: escaped, then `@name` and `#channel` become their tags.

    `person` and `channel` give the whole tag for a name, or None when nobody has it; the word then stays as
    typed. Links are wrapped in angle brackets. Escaping comes first, so typed `<!channel>` stays text.
    """
    found = _LINK.sub(lambda match: f"<{match[0]}>", escape(text))
    found = _MENTION.sub(lambda match: person(match[1]) or match[0], found)
    return _CHANNEL.sub(lambda match: channel(match[1]) or match[0], found)
