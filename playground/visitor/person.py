"""The visitor: what a person does and what they then see."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from playground.channels import Channel, PostedMessage
from playground.people import Person
from playground.server import SlackServer
from playground.transcript import MrkdwnReader, inputs_shown, read_message, read_view
from playground.views import View, state_values
from playground.visitor import actions
from playground.visitor.search import Found, NotSeen, VisibleSurface, find_box, find_button, find_field

Json = dict[str, Any]


class Visitor:
    """One person's hands and eyes.

    Every act waits until the app acked (or ran out of time, shown as Slack shows it) and its own API calls
    settled. What is not on the screen raises NotSeen with the transcript.
    """

    def __init__(self, server: SlackServer, person: Person) -> None:
        self._server, self.person = server, person
        self._workspace = server.workspace
        self._at_home = False
        self._channel: Channel | None = None

    # hands

    async def says(self, text: str, channel: str | None = None) -> list[str]:
        """Type in a channel (the bot's DM by default): a slash command if it begins with one, else a message.

        Returns what became visible there after it, as `sees` words it.
        """
        place = self._place(channel)
        if self.person.id not in place.members:
            raise ValueError(
                f"{self.person.shown_as} is not in #{place.name}; add them to its members first."
            )
        self._at_home, self._channel = False, place
        before = len(place.seen_by(self.person.id))
        await self._server.gestures.say(self.person, place, text)
        await self._server.settled()
        new = place.seen_by(self.person.id)[before:]
        return [read_message(message, self._reader()) for message in new if message.user != self.person.id]

    async def drops(
        self, name: str, content: bytes, channel: str | None = None, *, saying: str = ""
    ) -> list[str]:
        """Drop a file in a channel (the bot's DM by default), with words beside it or none.

        Returns what became visible there after it, as `sees` words it.
        """
        place = self._place(channel)
        self._at_home, self._channel = False, place
        before = len(place.seen_by(self.person.id))
        await self._server.uploads.share(self.person, place, name, content, saying)
        await self._server.settled()
        new = place.seen_by(self.person.id)[before:]
        return [read_message(message, self._reader()) for message in new if message.user != self.person.id]

    async def takes_away(self, name: str) -> None:
        """Delete a file in Slack: the newest of one's own by that name. Raises NotSeen."""
        mine = [one for one in self._workspace.files.values() if one.user == self.person.id]
        found = next((one for one in reversed(mine) if one.name == name and not one.deleted), None)
        if found is None:
            raise NotSeen(f"{self.person.shown_as} has no file ‘{name}’ here.")
        await self._server.uploads.delete(found)
        await self._server.settled()

    async def clicks(
        self, label: str, near: str | None = None, *, where: str | None = None, confirm: bool = True
    ) -> None:
        """Press the button that reads `label` in the newest thing on the screen that has it.

        `near` picks among several by a text that stands close; `where` limits to "home", "modal" or a
        channel. `confirm` is the answer to the button's confirm dialog, if it has one.
        """
        found = find_button(self._surfaces(where), label, near, self._reader())
        if found is None:
            raise NotSeen(self._nothing(f"No button ‘{label}’", near, where))
        if found.element.get("confirm") and not confirm:
            return
        await self._act(found, actions.pressed(found.block, found.element, label))

    async def chooses(
        self, label: str, option: str | Sequence[str], near: str | None = None, *, where: str | None = None
    ) -> None:
        """Pick in a menu, picker, checkboxes or radio buttons, by what the option reads.

        People and channels are picked by name, dates as 2026-01-31, times as 16:30. A menu in a message or
        Home, or an input with dispatch_action, tells the app at once; other inputs wait for submit.
        """
        found = self._field(label, near, where)
        element = found.element
        value = actions.value_of(element, option, self._workspace, self.person)
        if element["type"] != "overflow":
            self._remember(found, value)
        if found.block["type"] != "input" or found.block.get("dispatch_action"):
            await self._act(found, actions.chosen(found.block, element, value))

    async def ticks(self, words: str, *, where: str | None = None, off: bool = False) -> None:
        """Tick the box whose words hold `words` in the newest thing on the screen that has it, or take its tick out."""
        found, box = find_box(self._surfaces(where), words) or (None, None)
        if found is None or box is None:
            raise NotSeen(self._nothing(f"No box ‘{words}’", None, where))
        held = found.surface.values.get(found.block["block_id"], {}).get(found.element["action_id"], {})
        others = [one for one in held.get("selected_options") or () if one["value"] != box["value"]]
        value = others if off else [*others, box]
        self._remember(found, value)
        if found.block["type"] != "input":
            await self._act(found, actions.chosen(found.block, found.element, value))

    async def fills(
        self, label: str, text: str, near: str | None = None, *, where: str | None = None
    ) -> None:
        """Type into the field called `label`, replacing what it held."""
        await self.chooses(label, text, near, where=where)

    async def submits(self) -> None:
        """Press the modal's submit button."""
        view = self._open_modal()
        if not view.payload.get("submit"):
            raise NotSeen(
                f"This modal has no submit button. What {self.person.shown_as} sees:\n{self.modal()}"
            )
        await self._server.gestures.submit(self.person, view)
        await self._server.settled()

    async def closes(self, *, everything: bool = False) -> None:
        """Cancel the modal on top, or close the whole stack with the cross."""
        await self._server.gestures.close(self.person, self._open_modal(), everything=everything)
        await self._server.settled()

    async def opens_home(self, tab: str = "home") -> None:
        """Open the app's Home tab (or `tab="messages"`)."""
        self._at_home = tab == "home"
        await self._server.gestures.open_home(self.person, tab)
        await self._server.settled()

    async def uses_shortcut(self, name: str, message: PostedMessage | str | None = None) -> None:
        """Use a shortcut by name or callback id: on a message (or the newest saying this), or a global."""
        shortcuts = self._server.double.manifest.shortcuts
        known = {key: one.callback_id for one in shortcuts for key in (one.name, one.callback_id)}
        callback_id = known.get(name, name)
        if shortcuts and name not in known:
            raise NotSeen(
                f"The app has no shortcut ‘{name}’. It has: {', '.join(one.name for one in shortcuts)}."
            )
        if message is None:
            await self._server.gestures.use_global_shortcut(self.person, callback_id)
        else:
            target = self.message(message) if isinstance(message, str) else message
            channel = self._workspace.channels[target.channel]
            await self._server.gestures.use_shortcut(self.person, channel, target, callback_id)
        await self._server.settled()

    def does_not_disturb(self, until: datetime | None) -> None:
        """Have Slack hold notifications back from now on until an aware instant; None lets them through again."""
        now = self._server.clock.now()
        self.person.dnd = (now, until) if until is not None else None

    async def joins(self, channel: str) -> None:
        """Enter a channel; the app hears of it if it is inside."""
        self._server.double.join(self._place(channel, any_public=True), self.person.id)
        await self._server.settled()

    async def invites_bot(self, channel: str) -> None:
        """Bring the bot into a channel."""
        self._server.double.join(self._place(channel), self._workspace.bot.id, inviter=self.person.id)
        await self._server.settled()

    async def removes_bot(self, channel: str) -> None:
        """Put the bot out of a channel."""
        self._server.double.leave(self._place(channel), self._workspace.bot.id)
        await self._server.settled()

    async def archives(self, channel: str) -> None:
        """Archive a channel."""
        self._server.double.archive(self._place(channel), self.person.id)
        await self._server.settled()

    async def unarchives(self, channel: str) -> None:
        """Bring an archived channel back, with everybody who was in it."""
        self._server.double.archive(self._place(channel), self.person.id, archived=False)
        await self._server.settled()

    async def deletes(self, channel: str) -> None:
        """Delete a channel with everything in it."""
        self._server.double.delete_channel(self._place(channel))
        await self._server.settled()

    def reads(self, channel: str | None = None) -> None:
        """Mark a channel as read."""
        place = self._place(channel)
        place.last_read[self.person.id] = place.last_ts or "0.0"

    def reloads(self) -> None:
        """Look at Slack anew: what only this person saw in a channel is gone."""
        for place in self._workspace.channels.values():
            place.messages = [one for one in place.messages if one.only_for != self.person.id]

    # eyes

    def sees(self, channel: str | None = None) -> list[str]:
        """What this person reads in a channel (the bot's DM by default), oldest first, ephemerals included.

        One text per message, who says it first: `Rainmaker: …` or `Rainmaker (only visible to you): …`.
        """
        return [read_message(one, self._reader()) for one in self._place(channel).seen_by(self.person.id)]

    def unread(self, channel: str | None = None) -> int:
        return self._place(channel).unread_by(self.person.id)

    def message(self, saying: str, channel: str | None = None) -> PostedMessage:
        """The newest message this person can see that says this. Raises NotSeen."""
        places = [self._place(channel)] if channel else self._workspace.channels_of(self.person.id)
        seen = [one for place in places for one in place.seen_by(self.person.id)]
        for message in sorted(seen, key=lambda one: (one.at, one.ts), reverse=True):
            if saying in read_message(message, self._reader()):
                return message
        raise NotSeen(self._nothing(f"No message says ‘{saying}’", None, channel))

    def modal(self) -> str | None:
        """The open modal as text, or None."""
        view = self._workspace.modal(self.person.id)
        return read_view(view, self._reader()) if view else None

    def modal_errors(self) -> dict[str, str]:
        """The errors under the modal's fields, by label."""
        view = self._workspace.modal(self.person.id)
        if view is None:
            return {}
        return {
            label: view.errors[block["block_id"]]
            for label, block in inputs_shown(view.blocks)
            if block["block_id"] in view.errors
        }

    def home(self) -> str | None:
        """The App Home as text, or None before the app published one."""
        view = self._workspace.homes.get(self.person.id)
        return read_view(view, self._reader()) if view else None

    # inside

    async def _act(self, found: Found, action: Json) -> None:
        surface, gestures = found.surface, self._server.gestures
        if surface.view is not None:
            await gestures.click_in_view(self.person, surface.view, action)
        elif surface.channel is not None and surface.message is not None:
            await gestures.click(self.person, surface.channel, surface.message, action)
        await self._server.settled()

    def _remember(self, found: Found, value: Any) -> None:
        entry = {
            found.block["block_id"]: {found.element["action_id"]: actions.state_entry(found.element, value)}
        }
        surface = found.surface
        if surface.view is not None:
            self._server.gestures.enter(entry, surface.view.entered)
        elif surface.message is not None:
            self._server.gestures.enter(entry, surface.message.entered.setdefault(self.person.id, {}))

    def _field(self, label: str, near: str | None, where: str | None) -> Found:
        found = find_field(self._surfaces(where), label, near, self._reader())
        if found is None:
            raise NotSeen(self._nothing(f"No field or menu ‘{label}’", near, where))
        return found

    def _open_modal(self) -> View:
        view = self._workspace.modal(self.person.id)
        if view is None:
            raise NotSeen(self._nothing("No modal is open", None, None))
        return view

    def _surfaces(self, where: str | None) -> list[VisibleSurface]:
        """What could be clicked, likeliest first: a modal hides everything else; then where the person is."""
        modal = self._workspace.modal(self.person.id)
        if modal is not None and where in (None, "modal"):
            return [VisibleSurface(modal.blocks, modal.values(), view=modal)]
        view = self._workspace.homes.get(self.person.id)
        home = [VisibleSurface(view.blocks, view.values(), view=view)] if view else []
        if where == "home":
            return home
        if where == "modal":
            return []
        if where:
            return self._messages(self._place(where))
        messages = self._messages(None)
        return [*home, *messages] if self._at_home else [*messages, *home]

    def _messages(self, only: Channel | None) -> list[VisibleSurface]:
        """Messages with blocks, newest first, those of the channel the person is in before the others."""
        places = [only] if only else self._workspace.channels_of(self.person.id)
        seen = [(place, one) for place in places for one in place.seen_by(self.person.id) if one.blocks]
        seen.sort(key=lambda pair: (pair[0] is self._channel, pair[1].at, pair[1].ts), reverse=True)
        mine = self.person.id
        return [
            VisibleSurface(
                one.blocks, state_values(one.blocks, one.entered.get(mine, {})), channel=place, message=one
            )
            for place, one in seen
            if one.blocks
        ]

    def _place(self, channel: str | None, *, any_public: bool = False) -> Channel:
        """A channel by id or name; None is the bot's DM. Private ones only from inside."""
        if channel is None:
            return self._workspace.dm(self.person.id)
        found = self._workspace.channel_named(channel)
        if found is None or (found.kind != "channel" and self.person.id not in found.members):
            known = ", ".join(
                f"#{one.name} ({one.id})" for one in self._workspace.channels_of(self.person.id)
            )
            raise ValueError(f"{self.person.shown_as} sees no channel “{channel}”. They see: {known}.")
        return found

    def _reader(self) -> MrkdwnReader:
        return MrkdwnReader(self._workspace, self.person, self._server.clock.now())

    def _nothing(self, what: str, near: str | None, where: str | None) -> str:
        beside = f" near ‘{near}’" if near else ""
        if self._workspace.modal(self.person.id) is not None:
            shown = [f"(modal) {self.modal()}"]
        else:
            places = self._workspace.channels_of(self.person.id)
            shown = [f"(home) {self.home()}"] if self.home() else []
            shown += [
                f"({place.id} {place.name})\n" + "\n".join(self.sees(place.id)[-8:]) for place in places
            ]
        return f"{what}{beside}. What {self.person.shown_as} sees:\n" + "\n".join(shown)
