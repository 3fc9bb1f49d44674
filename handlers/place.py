"""Places: where a message stands, so that it can be replaced there, also after a modal came between."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple


class Place(NamedTuple):
    """A posted message by channel and ts, or one only its reader sees, by the address Slack gave for it.

    Where several messages came as one, `part` is the one acted on, and `shown` says what each of them lists.
    """

    channel: str = ""
    ts: str = ""
    response_url: str = ""
    part: str = ""
    shown: str = ""

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> "Place | None":
        """Return where the message acted on stands; None if it was not a message."""
        container = body.get("container") or {}
        if container.get("type") != "message":
            return None
        if container.get("is_ephemeral"):
            return cls(response_url=body.get("response_url", ""))
        return cls(container["channel_id"], container["message_ts"], "", *body.get("part", ("", "")))

    @classmethod
    def beside(cls, body: Mapping[str, Any]) -> "Place | None":
        """Return where a command was typed, so that what its form led to is said there; None if it was no command."""
        url = body.get("response_url") if "command" in body else None
        return cls(response_url=url) if url else None

    @classmethod
    def kept(cls, held: Sequence[str] | None) -> "Place | None":
        """Return the place that a form kept while it was open; None where it was opened from no message."""
        return cls(*held) if held else None
