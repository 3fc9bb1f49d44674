"""The inspector's view of the traffic: a line for each exchange, and one of them in full."""

import json
from collections.abc import Mapping
from typing import Any

from playground.page_api.state import RefusedAsk, iso
from playground.server import SlackServer
from playground.traffic import Exchange

Json = dict[str, Any]

LINES = 200  # what somebody would scroll through; the newest, as the filter leaves them
SECRET = frozenset({"token", "trigger_id", "response_url"})
JSON_STRINGS = frozenset({"blocks", "view", "metadata", "attachments"})


def lines(server: SlackServer, asked: Mapping[str, str]) -> Json:
    """The newest exchanges, of the person `who` and about the message `ts` if they are given."""
    found = []
    for one in server.double.traffic.newest(asked.get("who") or None, asked.get("ts") or None):
        found.append(_line(one))
        if len(found) == LINES:
            break
    return {"exchanges": found}


def exchange(server: SlackServer, asked: Mapping[str, str]) -> Json:
    """One exchange with what was sent and answered; secrets are left out."""
    number = asked.get("number", "")
    one = server.double.traffic.numbered(int(number)) if number.isdecimal() else None
    if one is None:
        raise RefusedAsk("That exchange is no longer kept.")
    return {"exchange": _line(one) | {"sent": _readable(one.sent), "answered": _readable(one.answered)}}


def _line(one: Exchange) -> Json:
    return {
        "number": one.number,
        "at": iso(one.at),
        "direction": one.direction,
        "kind": one.kind,
        "name": one.name,
        "ok": one.ok,
        "outcome": one.outcome,
        "person": one.person,
        "channel": one.channel,
        "ts": one.ts,
    }


def _readable(value: Any) -> Any:
    """The value without secrets, and with JSON in strings opened."""
    if isinstance(value, list):
        return [_readable(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _opened(one) if name in JSON_STRINGS and isinstance(one, str) else _readable(one)
        for name, one in value.items()
        if name not in SECRET
    }


def _opened(text: str) -> Any:
    try:
        return _readable(json.loads(text))
    except ValueError:
        return text
