"""What people type, as Slack passes it on."""

import re
from collections.abc import Callable

_MENTION = re.compile(r"(?<![\w@])@([a-z0-9][\w.-]*)", re.IGNORECASE)
_CHANNEL = re.compile(r"(?<![\w#])#([a-z0-9][\w-]*)", re.IGNORECASE)
# Slack knows every top-level domain there is; these are enough for what a rep types
_TOP = "com|org|net|edu|gov|info|biz|io|ai|app|dev|co|eu|uk|us|ca|de|at|ch|fr|it|es|nl|be|pl|si|hr|in|jp|au|br|example"
_NAME = rf"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:{_TOP})(?![\w-])(?!\.\w)"
_LINK = re.compile(
    r"(?P<link>\bhttps?://[^\s<>]+)"
    rf"|(?P<mail>(?<![\w.+-])[a-z0-9][\w.+-]*@{_NAME})"
    rf"|(?P<domain>(?<![\w.@/-]){_NAME}(?::\d+)?(?:/[^\s<>]*)?)",
    re.IGNORECASE,
)

Lookup = Callable[[str], str | None]


def escape(text: str) -> str:
    """Exactly the three characters Slack escapes in text from people."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def typed(text: str, person: Lookup, channel: Lookup) -> str:
    """Typed text as a message carries it: escaped, then `@name` and `#channel` become their tags.

    `person` and `channel` give the whole tag for a name, or None when nobody has it; the word then stays as
    typed. Links are wrapped in angle brackets; a bare domain or e-mail address becomes a link with itself as its
    label (seen in bug reports of several bots). Escaping comes first, so typed `<!channel>` stays text.
    """
    parts, done, known = [], 0, escape(text)
    for match in _LINK.finditer(known):
        parts += [_named(known[done : match.start()], person, channel), _linked(match)]
        done = match.end()
    return "".join([*parts, _named(known[done:], person, channel)])


def _linked(match: re.Match[str]) -> str:
    found = match[0]
    if match["link"]:
        return f"<{found}>"
    return f"<{'mailto:' if match['mail'] else 'http://'}{found}|{found}>"


def _named(text: str, person: Lookup, channel: Lookup) -> str:
    found = _MENTION.sub(lambda match: person(match[1]) or match[0], text)
    return _CHANNEL.sub(lambda match: channel(match[1]) or match[0], found)
