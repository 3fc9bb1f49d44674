"""One person for each role that the table of acts knows, and everything there is to ask for."""

import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from handlers.context import Context, Handler, Request
from handlers.feature import Command, Feature, routes
from handlers.registry import FEATURES
from handlers.reply import Reply
from messages.blocks import message_of
from playground.workspace import Workspace
from sales.people.member import Member
from sales.people.permission import Act
from sales.people.team import Team
from storage.people.member import MemberRow, find_member, meet_member, save_member
from storage.people.team import add_team, managers_of, set_people
from storage.people.workspace import install_workspace
from tests.conftest import small_workspace
from tests.double import stored
from tests.features.boot import booted
from tests.known import T0, WORKSPACE
from tests.story_workspace import StoryWorkspace

ELSEWHERE = "T2"
ORCHARD = "Orchard"  # the team; its name stands in no text of ours
ROUTED = ("actions", "views", "shortcuts")

REP, MANAGER, ADMIN, OTHER_MANAGER, TEAMLESS = "U1", "U5", "U3", "U6", "U4"
GONE = "U2"  # a rep, manager and admin, whose account is deactivated
STRANGER = "UX"  # a rep, manager and admin of another workspace
ROLES = {
    "a rep": REP,
    "a manager of the team": MANAGER,
    "an admin": ADMIN,
    "a manager of another team only": OTHER_MANAGER,
    "a person in no team": TEAMLESS,
}


@dataclass(frozen=True)
class Door:
    """Something that can be asked for, and the act it is."""

    kind: str
    name: str
    act: Act


def doors(features: Iterable[Feature] = FEATURES) -> list[Door]:
    """Return every command, button, form and shortcut. Help answers everybody."""
    found = []
    for feature in features:
        found += [Door("commands", one.name, one.act) for one in feature.commands]
        found += [
            Door(kind, name, route.act) for kind in ROUTED for name, route in getattr(feature, kind).items()
        ]
    return [door for door in found if not (door.kind == "commands" and door.name.endswith(" help"))]


GotIn = list[tuple[str, str, str]]  # kind, name, and the workspace somebody found themselves in


@dataclass
class Walk:
    """The workspace with everybody in it, and who got in where."""

    town: StoryWorkspace
    got_in: GotIn
    tried: int = 0
    shown: set[str] = field(default_factory=set)  # on any screen, after the last try
    written: dict[str, tuple[Any, Any, str]] = field(
        default_factory=dict
    )  # what was shown there, and as text

    async def tries(self, door: Door, user_id: str, typed: str = "", workspace_id: str = WORKSPACE) -> str:
        """Ask for something as somebody, and return everything that then appears on a screen."""
        self.tried += 1
        name, _, word = door.name.partition(" ") if door.kind == "commands" else (door.name, "", "")
        request = Request(
            kind=door.kind,
            key=f"walk:{self.tried}",
            workspace_id=workspace_id,
            user_id=user_id,
            name=name,
            text=f"{word} {typed}".strip(),
            channel_id="C1",
            trigger_id=f"walk.{self.tried}",
            value="1",
            private="1",
            body={"type": door.kind, "user": {"id": user_id}, "team": {"id": workspace_id}},
        )
        if not self.shown:
            self.shown = set(self.screens())
        ack = await self.town.bot.router.answer(request)
        await self.town.server.settled()
        now = self.screens()
        new = [one for one in now if one not in self.shown]
        self.shown = set(now)
        return "\n".join([json.dumps(ack, ensure_ascii=False), *new])

    def screens(self) -> list[str]:
        """Return all that the app shows anywhere: messages, Homes and forms."""
        workspace = self.town.server.workspace
        posted = [
            self.text_of(f"{place.id} {one.ts}", one.text, one.blocks)
            for place in workspace.channels.values()
            for one in place.messages
        ]
        views = [view for stack in workspace.modals.values() for view in stack] + list(
            workspace.homes.values()
        )
        return [*posted, *(self.text_of(view.id, "", view.payload) for view in views)]

    def text_of(self, place: str, text: str, content: Any) -> str:
        """Return what stands in a place, written anew only if it is not what stood there before."""
        before = self.written.get(place)
        if before is None or before[0] != text or before[1] is not content:
            self.written[place] = text, content, json.dumps((place, text, content), ensure_ascii=False)
        return self.written[place][2]

    async def who(self, user_id: str) -> MemberRow:
        """Return a person, of whom it is known whether they manage their team."""
        async with self.town.bot.database.read(WORKSPACE) as scope:
            found = await find_member(scope, user_id)
            assert found is not None
            managers = await managers_of(scope, found.team_id) if found.team_id else []
            assert found.is_manager or user_id not in managers
            return found

    async def kept(self) -> dict[str, list[str]]:
        """Return what the workspace has stored that means something, without what is another's."""
        found = await stored(self.town)
        another = (repr(ELSEWHERE), f":{ELSEWHERE}:")  # in a row, and in the key of a message
        return {
            name: [row for row in rows if not any(mark in row for mark in another)]
            for name, rows in found.items()
        }


def watching(kind: str, name: str, got_in: GotIn) -> Handler:
    async def seen(context: Context) -> Reply:
        got_in.append((kind, name, context.scope.workspace_id))
        await save_member(context.scope, context.member.user_id, email=f"{len(got_in)}@walk.example")
        return Reply(say=message_of("You are in."))

    return seen


def watched(feature: Feature, got_in: GotIn) -> Feature:
    """Return a feature that is asked for as before, and notes who got in instead of answering."""
    commands = tuple(
        Command(
            *(one.name, one.usage, one.summary, one.example, watching("commands", one.name, got_in), one.act),
            order=one.order,
        )
        for one in feature.commands
    )
    routed: dict[str, Any] = {
        kind: {
            name: routes(route.act, {name: watching(kind, name, got_in)})[name]
            for name, route in getattr(feature, kind).items()
        }
        for kind in ROUTED
    }
    return replace(feature, commands=commands, **routed)


def people() -> Workspace:
    made = small_workspace()
    made.add_person("U5", "noa", "Noa Levi", tz="Europe/Ljubljana")
    made.add_person("U6", "oto", "Oto Novak", tz="Europe/Ljubljana")
    made.channels["C1"].members += ["U5", "U6"]
    made.people[GONE].deleted = True
    return made


async def settle_in(town: StoryWorkspace) -> None:
    """Have two teams, everybody in their role, and another workspace in the same database."""
    async with town.bot.database.write_ledger() as ledger:
        await install_workspace(ledger, ELSEWHERE, "Elsewhere", "UBOT", T0)
    async with town.bot.database.write(WORKSPACE) as scope:
        for user_id in (*ROLES.values(), GONE):
            shown_as = town.server.workspace.people[user_id].shown_as
            await meet_member(scope, Member(user_id=user_id, name=shown_as, zone="Europe/Ljubljana"))
        orchard, quarry = (
            await add_team(scope, Team(name=ORCHARD)),
            await add_team(scope, Team(name="Quarry")),
        )
        await set_people(scope, orchard.id, [REP, GONE], [MANAGER, GONE])
        await set_people(scope, quarry.id, [], [OTHER_MANAGER])
        await save_member(scope, ADMIN, is_admin=True)
        await save_member(scope, GONE, is_admin=True, active=False)
    async with town.bot.database.write(ELSEWHERE) as scope:
        await meet_member(scope, Member(user_id=STRANGER, name="Somebody", is_admin=True))
        there = await add_team(scope, Team(name="There"))
        await set_people(scope, there.id, [STRANGER], [STRANGER])


@asynccontextmanager
async def walk(database_url: str, *, answered: bool = False) -> AsyncIterator[Walk]:
    """Yield the workspace with everybody in it. What is asked for is noted, or with `answered` answered as ever."""
    got_in: GotIn = []
    features = FEATURES if answered else tuple(watched(feature, got_in) for feature in FEATURES)
    async with booted(database_url, features, people()) as town:
        await settle_in(town)
        yield Walk(town, got_in)
