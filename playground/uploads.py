"""Files as people share and delete them, and what Slack tells the app of it."""

from typing import Any

from playground.channels import Channel
from playground.double import Double
from playground.events import Events
from playground.files import File
from playground.gestures import Gestures
from playground.people import Person
from playground.workspace import Change


class Uploads:
    """A person's hand with files."""

    def __init__(self, double: Double, gestures: Gestures, events: Events) -> None:
        self._double, self._gestures, self._events = double, gestures, events

    async def share(
        self, person: Person, channel: Channel, name: str, content: bytes, said: str = ""
    ) -> File:
        """A file comes into a channel: with the message that carries it, and in an event that names it."""
        workspace = self._double.workspace
        file = File(
            f"F{workspace.number():08d}",
            name,
            content,
            person.id,
            self._double.clock.now(),
            self._double.url,
            channels=[channel.id],
            is_stub=person.is_stranger,
        )
        workspace.files[file.id] = file
        await self._gestures.write(person, channel, said, [file])
        told = {"user_id": person.id, "file": {"id": file.id}, "channel_id": channel.id}
        await self._tell(file, "file_shared", **told)
        return file

    async def delete(self, file: File) -> None:
        """A file goes: its messages keep a tombstone, and one that held nothing else goes with it."""
        file.deleted = True
        for channel in self._double.workspace.channels.values():
            for message in [one for one in channel.messages if file in one.files and not one.deleted]:
                if not message.text and all(one.deleted for one in message.files):
                    self._double.delete(channel, message)
                else:
                    self._double.workspace.changed(Change("messages", channel.id))
        await self._tell(file, "file_deleted")

    async def _tell(self, file: File, name: str, /, **details: Any) -> None:
        """Tell the app of a file by an event of its own, where it is in a channel that has it."""
        channels, bot = self._double.workspace.channels, self._double.workspace.bot.id
        inside = any(bot in channels[one].members for one in file.channels if one in channels)
        if inside and self._double.manifest.hears(name):
            stamp = f"{self._double.clock.now().timestamp():.6f}"
            await self._events.send({"type": name, "file_id": file.id, **details, "event_ts": stamp})
