"""Payloads that no client of Slack's makes, but that real workspaces and attackers send; and what is logged of them."""

import copy
import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import pytest

from playground import payloads
from playground.acks import Ack
from playground.channels import Channel
from playground.people import Person
from tests.known import WORKSPACE
from tests.story_workspace import StoryWorkspace

Json = dict[str, Any]

OUR_APP, OTHER_APP = "A0APP", "A0OTHER"
OTHER_TEAM = "T9OTHER"
NEVER = "http://127.0.0.1:9/never"  # nobody answers there
MISSING = object()  # what Slack does not say
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def without(body: Json, *names: str) -> Json:
    return {name: value for name, value in body.items() if name not in names}


# payloads made by hand, for signed HTTP


def an_event(event: Any, **wrapper: Any) -> Json:
    return {
        "type": "event_callback",
        "team_id": WORKSPACE,
        "api_app_id": OUR_APP,
        "event_id": "Ev1",
        "event_time": 1,
        "event": event,
        **wrapper,
    }


def a_click(**changes: Any) -> Json:
    return {
        "type": "block_actions",
        "team": {"id": WORKSPACE},
        "user": {"id": "U1", "team_id": WORKSPACE},
        "api_app_id": OUR_APP,
        "trigger_id": "1.2.x",
        "container": {"type": "message", "channel_id": "C1", "message_ts": "1.0"},
        "channel": {"id": "C1"},
        "response_url": NEVER,
        "actions": [{"type": "button", "action_id": "followup.done", "value": "1", "action_ts": "2.0"}],
        **changes,
    }


def a_command(text: str = "2 calls", **changes: Any) -> Json:
    return {
        "command": "/log",
        "text": text,
        "team_id": WORKSPACE,
        "user_id": "U1",
        "channel_id": "C1",
        "api_app_id": OUR_APP,
        "trigger_id": "1.2.abc",
        "response_url": NEVER,
        **changes,
    }


def as_request(said: Json | bytes) -> tuple[bytes, dict[str, str]]:
    """Return a payload as the body of a request and its content type; bytes are JSON as they stand."""
    if isinstance(said, bytes):
        return said, JSON
    if "command" in said or "payload" in said:
        return urlencode(said).encode(), FORM
    if said["type"] in ("event_callback", "app_rate_limited"):
        return json.dumps(said).encode(), JSON
    return urlencode({"payload": json.dumps(said)}).encode(), FORM


# payloads as the double makes them, changed, over the line it uses


def event(town: StoryWorkspace, said: Json, **wrapper: Any) -> Json:
    """Return an event in the double's own envelope, with what `wrapper` names changed."""
    number = town.server.workspace.number()
    made = payloads.event_callback(
        town.server.workspace, said, number=number, at=town.server.clock.now().timestamp()
    )
    return copy.deepcopy(made | wrapper)


def spoken(town: StoryWorkspace, who: str, text: str, channel: str | None = None, **changes: Any) -> Json:
    """Put somebody's message into a channel (the bot's DM by default), and return its event."""
    server, person = town.server, town.person(who).person
    place = server.workspace.channels[channel] if channel else server.workspace.dm(person.id)
    message = server.workspace.post(place, person.id, text, server.clock.now())
    return server.double.message_event(place, message) | changes


async def commands(town: StoryWorkspace, who: str, command: str, text: str, channel: str = "C1") -> list[str]:
    """Give a slash command with this very text, tags and all, and return what the person then reads more there."""
    server, visitor = town.server, town.person(who)
    before = len(visitor.sees(channel))
    await server.gestures._command(visitor.person, server.workspace.channels[channel], command, text)
    await server.settled()
    return visitor.sees(channel)[before:]


async def send(town: StoryWorkspace, kind: Any, payload: Json) -> Ack:
    """Send one payload, and wait until all is shown that follows from it."""
    ack = await town.server._line().deliver(kind, payload)
    await town.server.settled()
    return ack


async def hears(town: StoryWorkspace, who: str, said: Json, **wrapper: Any) -> list[str]:
    """Send an event, and return what this person's direct channel shows more than before."""
    person = town.person(who)
    before = len(person.sees())
    await send(town, "events_api", event(town, said, **wrapper))
    return person.sees()[before:]


# what an operator would take for a fault of ours


def faults(logs: Iterable[Any], caplog: pytest.LogCaptureFixture) -> list[Any]:
    """Return what was logged with a traceback or as an error, by us and by what we stand on."""
    loud = [one for one in logs if one.get("exc_info") or one["log_level"] in {"error", "critical"}]
    return loud + [one for one in caplog.records if one.exc_info or one.levelno >= logging.ERROR]


# people and channels of which Slack says more than the double knows


@dataclass
class Described(Person):
    """A person of whom Slack says this too, or instead."""

    said: Json = field(default_factory=dict)

    def as_slack(self, team_id: str, at: datetime, *, with_email: bool) -> Json:
        found = super().as_slack(team_id, at, with_email=with_email) | self.said
        return {name: value for name, value in found.items() if value is not MISSING}


@dataclass
class DescribedChannel(Channel):
    """A channel of which Slack says this too, or instead."""

    said: Json = field(default_factory=dict)

    def as_slack(self, bot: str, at: datetime) -> Json:
        return super().as_slack(bot, at) | self.said


def add_described(town: StoryWorkspace, user_id: str, name: str, real_name: str, **said: Any) -> Described:
    """Add somebody of whom Slack says `said`."""
    made = Described(
        user_id, name, real_name, tz="Europe/Ljubljana", email=f"{name}@north.example", said=said
    )
    town.server.workspace.people[user_id] = made
    return made


def describe_channel(town: StoryWorkspace, channel: str, **said: Any) -> None:
    """Let Slack say `said` of a channel that is there."""
    kept = town.server.workspace.channels[channel]
    values = {one.name: getattr(kept, one.name) for one in fields(kept) if one.name != "said"}
    town.server.workspace.channels[channel] = DescribedChannel(**values, said=said)
