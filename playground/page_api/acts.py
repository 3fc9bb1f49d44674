"""What the person at the page does: each becomes the same gesture the visitor makes."""

from collections.abc import Awaitable, Callable
from typing import Any

from playground.channels import Channel, PostedMessage
from playground.page_api import uploaded
from playground.page_api.state import RefusedAsk, iso, visible_channel
from playground.people import Person
from playground.server import SlackServer
from playground.views import STATEFUL, Values, View, elements
from playground.workspace import Change

Json = dict[str, Any]
Act = Callable[[SlackServer, Person, Json], Awaitable[Json]]

# the fields of an action that the page fills in, per Slack's payloads
CHOSEN = frozenset(value for value, _ in STATEFUL.values()) | {"value", "text"}
CARRIED = ("text", "value", "style", "placeholder", "confirm", "url")


async def say(server: SlackServer, person: Person, told: Json) -> Json:
    channel = visible_channel(server, person, str(told.get("channel", "")))
    said = str(told.get("text", "")).strip()
    if not said:
        raise RefusedAsk("There is nothing to send yet.")
    return {"warning": await server.gestures.say(person, channel, said)}


async def click(server: SlackServer, person: Person, told: Json) -> Json:
    """A button, or a menu that tells the app at once; `values` is what the other fields hold now."""
    where = told.get("where") or {}
    values: Values = told.get("values") or {}
    if where.get("kind") == "message":
        channel = visible_channel(server, person, str(where.get("channel", "")))
        message = _message(channel, person, str(where.get("ts", "")))
        block, element = _element(message.blocks or [], told)
        action = _action(block, element, told.get("value") or {})
        into = message.entered.setdefault(person.id, {})
        server.gestures.enter(_merged(values, element, action), into)
        return {"warning": await server.gestures.click(person, channel, message, action)}
    view = _view(server, person, str(where.get("view_id", "")))
    block, element = _element(view.blocks, told)
    action = _action(block, element, told.get("value") or {})
    server.gestures.enter(_merged(values, element, action), view.entered)
    return {"warning": await server.gestures.click_in_view(person, view, action)}


async def submit(server: SlackServer, person: Person, told: Json) -> Json:
    view = _top(server, person, told)
    server.gestures.enter(told.get("values") or {}, view.entered)
    return {"warning": await server.gestures.submit(person, view)}


async def close(server: SlackServer, person: Person, told: Json) -> Json:
    view = _top(server, person, told)
    return {"warning": await server.gestures.close(person, view, everything=bool(told.get("all")))}


async def shortcut(server: SlackServer, person: Person, told: Json) -> Json:
    channel = visible_channel(server, person, str(told.get("channel", "")))
    message = _message(channel, person, str(told.get("ts", "")))
    callback_id = str(told.get("callback_id", ""))
    return {"warning": await server.gestures.use_shortcut(person, channel, message, callback_id)}


async def open_home(server: SlackServer, person: Person, told: Json) -> Json:
    return {"warning": await server.gestures.open_home(person, str(told.get("tab") or "home"))}


async def read(server: SlackServer, person: Person, told: Json) -> Json:
    """The person has seen this conversation up to now."""
    channel = visible_channel(server, person, str(told.get("channel", "")))
    last = channel.last_ts
    if last is not None and channel.last_read.get(person.id) != last:
        channel.last_read[person.id] = last
        server.workspace.changed(Change("state", person=person.id))
    return {}


async def clock(server: SlackServer, person: Person, told: Json) -> Json:
    """Move the clock; `to` is read in this person's zone. With `settle`, wait for all that comes of it."""
    try:
        now = await server.clock.jump(str(told.get("to", "")), person.tz)
    except ValueError as error:
        raise RefusedAsk(str(error)) from None
    if told.get("settle"):
        await server.settled()
    return {"now": iso(now)}


async def reset(server: SlackServer, person: Person, told: Json) -> Json:
    """Throw this workspace away for a fresh one; the page knows the new one by another `born`."""
    if server.made_anew is None:
        raise RefusedAsk("This workspace cannot be made anew from here. Stop it and start it again.")
    server.made_anew()
    return {"born": server.born}


ACTS: dict[str, Act] = {
    "say": say,
    "click": click,
    "modal/submit": submit,
    "modal/close": close,
    "shortcut": shortcut,
    "home/open": open_home,
    "read": read,
    "file/delete": uploaded.deleted,
    "clock": clock,
    "reset": reset,
}


def _message(channel: Channel, person: Person, ts: str) -> PostedMessage:
    message = channel.find(ts)
    if message is None or not message.seen_by(person.id):
        raise RefusedAsk("That message is no longer there.")
    return message


def _view(server: SlackServer, person: Person, view_id: str) -> View:
    view = server.workspace.view(view_id)
    if view is None or view.owner != person.id:
        raise RefusedAsk("That has been closed or replaced in the meantime.")
    return view


def _top(server: SlackServer, person: Person, told: Json) -> View:
    view = _view(server, person, str(told.get("view_id", "")))
    if view is not server.workspace.modal(person.id):
        raise RefusedAsk("Another dialog lies on top of this one.")
    return view


def _element(blocks: list[Json], told: Json) -> tuple[Json, Json]:
    """Return what was pressed; after an edit that gave its block another id, the only one of its name is meant."""
    named = [one for one in elements(blocks) if one[1].get("action_id") == told.get("action_id")]
    pressed = [one for one in named if one[0].get("block_id") == told.get("block_id")] or named
    if len(pressed) != 1:
        raise RefusedAsk("That control has changed in the meantime. Look again and retry.")
    return pressed[0]


def _action(block: Json, element: Json, value: Json) -> Json:
    """The action as Slack sends it: the element's own fields under what the person picked."""
    carried = {name: element[name] for name in CARRIED if name in element}
    picked = {name: value[name] for name in CHOSEN if name in value}
    found = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
    return {**carried, **picked, **found}


def _merged(values: Values, element: Json, action: Json) -> Values:
    """The fields' values with the one just acted upon on top."""
    names = STATEFUL.get(element["type"])
    if names is None or names[0] not in action:
        return values
    entry = {"type": element["type"], names[0]: action[names[0]]}
    block = values.get(action["block_id"], {})
    return {**values, action["block_id"]: {**block, action["action_id"]: entry}}
