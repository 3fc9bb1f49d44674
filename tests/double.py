"""Requests as Slack sends them, kept to be sent again: a double click, a repeated submission, a retry."""

import asyncio
import copy
from functools import cache
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import SQLModel

from playground import payloads
from playground.acks import Ack
from playground.views import elements
from playground.visitor import actions
from playground.visitor.person import Visitor
from playground.visitor.search import VisibleSurface, seen_text
from storage.nudges.ledger.rows import DeliveryRow
from tests.statements import which_hold_rows
from tests.story_workspace import StoryWorkspace

Json = dict[str, Any]

# What says when something was looked at or taken, not what is so; what is due and sent is compared by key.
NO_EFFECT = {
    "member": {"heard_at"},
    "delivery": None,
    "delivery_event": None,
    "inbox": None,
    "rate_gate": None,
    "deal_stamp": None,
    "owner_stamp": None,
    "schedule": {"version"},
}


def stands(surface: VisibleSurface, visitor: Visitor, near: str) -> bool:
    return near in seen_text(surface, visitor._reader())


def click_on(
    town: StoryWorkspace, visitor: Visitor, action_id: str, option: str = "", value: str = ""
) -> Json:
    """Return the payload of a click on the newest element of this family that the person has on the screen.

    `option` picks in a menu by what it reads; `value` is a part of the value that the button must carry.
    """
    for surface in visitor._surfaces(None):
        for block, element in elements(surface.blocks):
            if element["action_id"].partition(":")[0] != action_id or value not in str(
                element.get("value", "")
            ):
                continue
            if element["type"] == "button":
                action = actions.pressed(block, element, element["text"]["text"])
            else:
                picked = actions.value_of(element, option, town.server.workspace, visitor.person)
                action = actions.chosen(block, element, picked)
            return made(town, visitor, surface, action)
    raise LookupError(f"nothing of {action_id} is on the screen of {visitor.person.shown_as}")


def made(town: StoryWorkspace, visitor: Visitor, surface: VisibleSurface, action: Json) -> Json:
    """Return the payload of an action on a surface as it is shown now."""
    server, person = town.server, visitor.person
    stamped = {**action, "action_ts": f"{server.clock.now().timestamp():.6f}"}
    trigger = server.double.triggers.mint(person.id)
    if surface.view is not None:
        return copy.deepcopy(
            payloads.view_actions(server.workspace, person, surface.view, stamped, trigger=trigger)
        )
    assert surface.channel is not None
    assert surface.message is not None
    hook = server.double.hooks.mint(surface.channel.id, person.id, server.clock.now(), surface.message.ts)
    payload = payloads.message_actions(
        *(server.workspace, person, surface.channel, surface.message, stamped),
        trigger=trigger,
        response_url=f"{server.url}/respond/{hook}",
    )
    return copy.deepcopy(payload)


def submission(town: StoryWorkspace, visitor: Visitor) -> Json:
    """Return the payload of submitting the open form as it is filled in."""
    view = town.server.workspace.modal(visitor.person.id)
    assert view is not None
    trigger = town.server.double.triggers.mint(visitor.person.id)
    return copy.deepcopy(
        payloads.view_submission(town.server.workspace, visitor.person, view, trigger=trigger)
    )


def clicked_again(town: StoryWorkspace, payload: Json) -> Json:
    """Return the same click made once more: only its trigger and the address for answers are others."""
    double, person = town.server.double, payload["user"]["id"]
    again = {**payload, "trigger_id": double.triggers.mint(person)}
    if "response_url" in payload:
        place = payload["container"]
        hook = double.hooks.mint(place["channel_id"], person, double.clock.now(), place["message_ts"])
        again["response_url"] = f"{town.server.url}/respond/{hook}"
    return again


async def at_once(town: StoryWorkspace, *requests: Json, kind: str = "interactive") -> list[Ack]:
    """Send requests at the same moment, and wait until all is shown that follows from them."""
    line = town.server._line()
    acks = await asyncio.gather(*(line.deliver(kind, request) for request in requests))  # type: ignore[arg-type]
    await town.server.settled()
    return list(acks)


@cache
def meant() -> dict[str, Select[Any]]:
    """The question for all that means something, by table."""
    return {
        table.name: select(*(column for column in table.columns if column.name not in without))
        for table in SQLModel.metadata.sorted_tables
        if (without := NO_EFFECT.get(table.name, set())) is not None
    }


async def stored(town: StoryWorkspace) -> dict[str, list[str]]:
    """Return everything that is stored and means something, as text, by table."""
    found: dict[str, list[str]] = {name: [] for name in meant()}
    async with town.bot.database.read_ledger() as ledger:
        connection = await ledger.session.connection()
        for name in (await connection.execute(which_hold_rows(tuple(meant())))).scalars().all():
            rows = await connection.execute(meant()[name])
            found[name] = sorted(str(tuple(row)) for row in rows)
        keys = await connection.execute(select(DeliveryRow.occurrence_key))
        found["delivery"] = sorted(str(key) for (key,) in keys)
    return found


def grown(before: dict[str, list[str]], after: dict[str, list[str]]) -> dict[str, int]:
    """Return by how many rows each table that matters grew."""
    return {
        name: len(after[name]) - len(before[name]) for name in after if len(after[name]) != len(before[name])
    }
