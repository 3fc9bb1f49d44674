"""The workspace in a box: who is in it, which channels, what was said, what is open."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from playground.channels import Channel, ChannelKind, PostedMessage
from playground.files import File
from playground.people import SLACKBOT, Person, UserGroup
from playground.views import View

Json = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """What became stale (messages, state, home, modal), where, and for whom (None: anyone)."""

    what: str
    channel: str | None = None
    person: str | None = None


Watcher = Callable[[Change], None]


class Workspace:
    """People, channels, messages, open views. It holds and finds; Slack's rules are applied by the double."""

    def __init__(
        self,
        name: str = "Northwind Sales",
        *,
        domain: str = "northwind",
        team_id: str = "T0PLAY",
        bot_name: str = "Rainmaker",
        bot_id: str = "B0BOT",
        bot_user: str = "U0BOT",
        app_id: str = "A0APP",
    ) -> None:
        self.name, self.domain, self.team_id = name, domain, team_id
        self.bot_id, self.app_id = bot_id, app_id
        self.people: dict[str, Person] = {}
        self.groups: dict[str, UserGroup] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, File] = {}
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.refused_homes: dict[str, list[str]] = {}  # by person: by which limits the newest was refused
        self.watchers: list[Watcher] = []
        self.edit_window: timedelta | None = None  # how long messages may be edited, where an admin says so
        self.posted_at: datetime | None = None
        self.last_micros = 0  # of the newest message, in whatever channel
        self._numbers = itertools.count(1)
        self.bot = self.add_person(bot_user, bot_name.lower(), bot_name, is_bot=True, tz="UTC")
        self.add_person(SLACKBOT, "slackbot", "Slackbot", is_bot=True, tz="UTC")

    # who and where

    def add_person(self, id: str, name: str, real_name: str, **details: Any) -> Person:  # noqa: A002 (Slack's word)
        """Add a member; `details` are Person's other fields (tz, email, title, is_admin…)."""
        person = Person(id, name, real_name, **details)
        person.zone  # noqa: B018 (an unknown zone is refused here rather than at first use)
        self.people[id] = person
        return person

    def add_channel(
        self,
        id: str,  # noqa: A002 (Slack's word)
        name: str,
        members: list[str] | None = None,
        *,
        kind: ChannelKind = "channel",
        with_bot: bool = True,
    ) -> Channel:
        """Add a channel (`kind="private"` for a private one), the bot in it unless `with_bot` is False."""
        inside = [*(members or []), *([self.bot.id] if with_bot else [])]
        unknown = [member for member in inside if member not in self.people]
        if unknown:
            raise ValueError(
                f"#{name} lists {', '.join(unknown)}, who are not in the workspace. Add them first."
            )
        channel = Channel(id, name, kind, inside)
        self.channels[id] = channel
        self.changed(Change("state"))
        return channel

    def add_group(self, id: str, handle: str, name: str, users: list[str]) -> UserGroup:  # noqa: A002 (Slack's word)
        group = UserGroup(id, handle, name, users)
        self.groups[id] = group
        return group

    def dm(self, person: str) -> Channel:
        """The bot's DM with this person; the same one every time."""
        id_ = f"D{person[1:]}"
        if id_ not in self.channels:
            self.channels[id_] = Channel(id_, self.bot.name, "dm", [person, self.bot.id], person=person)
            self.changed(Change("state", person=person))
        return self.channels[id_]

    def person_named(self, name: str) -> Person | None:
        """By id, handle, display name or real name; case does not matter."""
        wanted = name.removeprefix("@").casefold()
        for person in self.people.values():
            names = (person.id, person.name, person.display_name, person.real_name)
            if wanted in (known.casefold() for known in names if known):
                return person
        return None

    def channel_named(self, name: str) -> Channel | None:
        """By id, or by name with or without `#`."""
        wanted = name.removeprefix("#")
        if wanted in self.channels:
            return self.channels[wanted]
        return next((one for one in self.channels.values() if one.kind != "dm" and one.name == wanted), None)

    def person_tag(self, name: str) -> str | None:
        """How a typed `@name` reaches an app: a person, failing that a user group."""
        found = self.person_named(name)
        if found is not None:
            return f"<@{found.id}>"
        wanted = name.casefold()
        group = next((one for one in self.groups.values() if one.handle.casefold() == wanted), None)
        return f"<!subteam^{group.id}|@{group.handle}>" if group else None

    def channel_tag(self, name: str) -> str | None:
        """How a typed `#name` reaches an app."""
        found = self.channel_named(name)
        return f"<#{found.id}|{found.name}>" if found else None

    def channels_of(self, person: str) -> list[Channel]:
        """The channels this person has in their sidebar, DMs last."""
        mine = [channel for channel in self.channels.values() if person in channel.members]
        return sorted(mine, key=lambda channel: channel.kind == "dm")

    # what was said

    def post(self, channel: Channel, user: str, text: str, at: datetime, **details: Any) -> PostedMessage:
        """Put a message in the channel; `details` are Message's other fields."""
        if at == self.posted_at:  # so that what is said at one instant keeps its order across channels
            channel.last_micros = max(channel.last_micros, self.last_micros)
        message = PostedMessage(channel.id, channel.next_ts(at), at, user, text, **details)
        self.posted_at, self.last_micros = at, channel.last_micros
        channel.messages.append(message)
        self.changed(Change("messages", channel.id, message.only_for))
        return message

    # what is open

    def modal(self, person: str) -> View | None:
        """The modal on top of this person's stack."""
        stack = self.modals.get(person)
        return stack[-1] if stack else None

    def view(self, view_id: str) -> View | None:
        """An open modal or a published Home, by id."""
        shown = itertools.chain(*self.modals.values(), self.homes.values())
        return next((view for view in shown if view.id == view_id), None)

    def view_with_external_id(self, external_id: str) -> View | None:
        shown = itertools.chain(*self.modals.values(), self.homes.values())
        return next((view for view in shown if view.payload.get("external_id") == external_id), None)

    def number(self) -> int:
        """A number never given before in this workspace; ids are built from it."""
        return next(self._numbers)

    def changed(self, change: Change) -> None:
        for watcher in list(self.watchers):
            watcher(change)
