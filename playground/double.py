"""The double's heart: the workspace plus everything Slack knows about the one installed app."""

import time
from collections.abc import Callable
from typing import Any

from playground import completion
from playground.channels import Channel, PostedMessage
from playground.clock import Clock
from playground.givings import Giving
from playground.limits import heavy, near_the_limit
from playground.log import Accepted, Log, Problem
from playground.manifest import Manifest
from playground.tickets import TRIGGER_SECONDS, Hooks, Triggers
from playground.traffic import Traffic
from playground.views import View, keep_entered
from playground.workspace import Change, Workspace

Json = dict[str, Any]

BOT_TOKEN = "xoxb-playground-bot"
APP_TOKEN = "xapp-1-playground-app"
SIGNING_SECRET = "playground-signing-secret"
STACK = 3  # a root view and two on top
CHANNEL_TYPES = {"dm": "im", "channel": "channel", "private": "group"}


class Double:
    """State and acts shared by the Web API, the response URLs, the acks, the visitor and the page."""

    def __init__(
        self,
        workspace: Workspace,
        clock: Clock,
        manifest: Manifest,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        trigger_seconds: float = TRIGGER_SECONDS,
    ) -> None:
        self.workspace, self.clock, self.manifest = workspace, clock, manifest
        self.triggers = Triggers(monotonic, trigger_seconds)
        self.hooks = Hooks()
        self.givings: dict[str, Giving] = {}
        self.log = Log()
        self.traffic = Traffic(workspace)
        self.installed = True
        self.announce: Callable[[Json], None] = lambda event: None
        self.socket_url: Callable[[], str] = lambda: ""
        self.url = ""

    # words for the page and the tests

    def problem(self, text: str, method: str = "", error: str = "") -> None:
        """Note something real Slack would have refused or limited."""
        self.log.problems.append(Problem(self.clock.now(), text, method, error))
        self.workspace.changed(Change("state"))

    # messages

    def bot_posts(self, channel: Channel, method: str, *, text: str, **details: Any) -> PostedMessage:
        """The bot's message is accepted: stored, logged, echoed as an event where the app subscribed."""
        blocks = details.pop("blocks", None)
        notices = self._weighed(f"A message with {method}", text, blocks)
        message = self.workspace.post(
            channel,
            self.workspace.bot.id,
            text,
            self.clock.now(),
            bot_id=self.workspace.bot_id,
            blocks=completion.completed(blocks, self.workspace.number) if blocks else None,
            notices=notices,
            **details,
        )
        self._record(method, message)
        if message.only_for is None:
            self.echo(channel, self.message_event(channel, message))
        return message

    def bot_edits(self, channel: Channel, message: PostedMessage, changes: Json) -> None:
        """Replace what `changes` names (text, blocks, metadata, attachments) and tell who is looking."""
        before = message.as_slack(self.workspace.team_id, self.workspace.app_id, with_metadata=True)
        message.notices = self._weighed("An edit", changes.get("text") or "", changes.get("blocks"))
        if "blocks" in changes:
            blocks = changes["blocks"]
            changes["blocks"] = completion.completed(blocks, self.workspace.number) if blocks else None
        for name, value in changes.items():
            setattr(message, name, value)
        message.warning = None
        message.entered = {
            person: keep_entered(entered, message.blocks or []) for person, entered in message.entered.items()
        }
        if message.only_for is None:
            message.edited_ts = f"{self.clock.now().timestamp():.6f}"
            after = message.as_slack(self.workspace.team_id, self.workspace.app_id, with_metadata=True)
            self._message_news(channel, "message_changed", message=after, previous_message=before)
        self.workspace.changed(Change("messages", channel.id, message.only_for))

    def _message_news(self, channel: Channel, subtype: str, **details: Any) -> None:
        """What became of a message comes as an event of its own, hidden in the channel."""
        stamp = f"{self.clock.now().timestamp():.6f}"
        place = {"channel": channel.id, "channel_type": CHANNEL_TYPES[channel.kind]}
        event = {
            "type": "message",
            "subtype": subtype,
            "hidden": True,
            **place,
            "ts": stamp,
            "event_ts": stamp,
        }
        self.echo(channel, event | details)

    def _weighed(self, what: str, text: str, blocks: list[Json] | None) -> list[str]:
        """Note what is too heavy to rely on, and return what to say beside the message."""
        risks = heavy(text, blocks)
        for risk in risks:
            self.problem(f"{what} {risk}.")
        return [*(f"This message {risk}." for risk in risks), *near_the_limit(blocks or [], view=False)]

    def delete(self, channel: Channel, message: PostedMessage) -> None:
        message.deleted = True
        if message.only_for is None:
            before = message.as_slack(self.workspace.team_id, self.workspace.app_id, with_metadata=True)
            self._message_news(channel, "message_deleted", deleted_ts=message.ts, previous_message=before)
        self.workspace.changed(Change("messages", channel.id, message.only_for))

    def slackbot_says(
        self, channel: Channel, person: str, text: str, *, warning: str | None = None
    ) -> PostedMessage:
        """Slack itself tells one person something, visible only to them."""
        return self.workspace.post(
            channel, "USLACKBOT", text, self.clock.now(), only_for=person, warning=warning or text
        )

    def echo(self, channel: Channel, event: Json) -> None:
        """A message event for the app, if it subscribed to this kind of channel and the bot is inside."""
        name = {"dm": "message.im", "channel": "message.channels", "private": "message.groups"}[channel.kind]
        if self.manifest.hears(name) and self.workspace.bot.id in channel.members:
            self.announce(event)

    def message_event(self, channel: Channel, message: PostedMessage) -> Json:
        return message.as_slack(self.workspace.team_id, self.workspace.app_id, with_metadata=True) | {
            "channel": channel.id,
            "event_ts": message.ts,
            "channel_type": CHANNEL_TYPES[channel.kind],
        }

    def archive(self, channel: Channel, person: str, *, archived: bool = True) -> None:
        """Archive a channel, or bring it back; the app hears of public ones, and of private ones it is inside."""
        if channel.archived is archived:
            return
        channel.archived = archived
        self._channel_news(channel, "archive" if archived else "unarchive", user=person)

    def delete_channel(self, channel: Channel) -> None:
        """Delete a channel with everything in it; the app hears of it as of archiving."""
        del self.workspace.channels[channel.id]
        self._channel_news(channel, "deleted")

    def leave(self, channel: Channel, person: str) -> None:
        """Somebody goes, or is put out of a channel. The bot hears of its own going only: it is no member then."""
        if person not in channel.members:
            return
        heard = person == self.workspace.bot.id
        channel.members.remove(person)
        if heard:
            self._channel_news(channel, "left", inside=True)
        else:
            self.workspace.changed(Change("state"))

    def _channel_news(self, channel: Channel, what: str, *, inside: bool = False, **details: Any) -> None:
        """Tell the app about a channel as a whole, by the name Slack gives the event for its kind."""
        self.workspace.changed(Change("state"))
        name = f"{'group' if channel.kind == 'private' else 'channel'}_{what}"
        hears = inside or channel.kind == "channel" or self.workspace.bot.id in channel.members
        if hears and self.manifest.hears(name):
            stamp = f"{self.clock.now().timestamp():.6f}"
            self.announce({"type": name, "channel": channel.id, **details, "event_ts": stamp})

    def join(self, channel: Channel, person: str, inviter: str | None = None) -> None:
        """Someone enters a channel; the app hears of it if it is inside."""
        if person in channel.members:
            return
        channel.members.append(person)
        self.workspace.changed(Change("state"))
        if self.manifest.hears("member_joined_channel") and self.workspace.bot.id in channel.members:
            event = {
                "type": "member_joined_channel",
                "user": person,
                "channel": channel.id,
                "channel_type": "C" if channel.kind == "channel" else "G",
                "team": self.workspace.team_id,
                "event_ts": f"{self.clock.now().timestamp():.6f}",
            }
            self.announce(event | ({"inviter": inviter} if inviter else {}))

    # views

    def new_view(self, person: str, payload: Json, under: View | None = None) -> View:
        """A view on its way to a person; `under` is the one it is pushed onto."""
        id_ = f"V{self.workspace.number():08d}"
        return View(
            id_,
            self._hash(),
            person,
            self._completed(payload),
            root_id=under.root_id if under else id_,
            previous_id=under.id if under else None,
        )

    def open_modal(self, person: str, payload: Json) -> View:
        """A new modal in place of whatever this person had open."""
        view = self.new_view(person, payload)
        self.workspace.modals[person] = [view]
        self.workspace.changed(Change("modal", person=person))
        return view

    def push_modal(self, person: str, payload: Json) -> View | None:
        """A modal on top of the open one; None when the stack is full or nothing is open."""
        stack = self.workspace.modals.get(person, [])
        if not stack or len(stack) >= STACK:
            return None
        view = self.new_view(person, payload, stack[-1])
        stack.append(view)
        self.workspace.changed(Change("modal", person=person))
        return view

    def update_view(self, view: View, payload: Json) -> None:
        """Other content in the same view; what the person typed stays where ids stay."""
        view.payload = self._completed(payload)
        view.hash = self._hash()
        view.entered = keep_entered(view.entered, view.blocks)
        view.errors, view.warning = {}, None
        self.workspace.changed(Change("modal" if view.kind == "modal" else "home", person=view.owner))

    def publish_home(self, person: str, payload: Json) -> View:
        """The App Home this person sees from now on; the view keeps its id."""
        self.workspace.refused_homes.pop(person, None)
        view = self.workspace.homes.get(person)
        if view is None:
            view = self.workspace.homes[person] = self.new_view(person, payload)
            self.workspace.changed(Change("home", person=person))
        else:
            self.update_view(view, payload)
        return view

    def pop_modal(self, person: str, *, everything: bool = False) -> None:
        """Close the modal on top, or the whole stack."""
        stack = self.workspace.modals.get(person, [])
        if everything:
            stack.clear()
        elif stack:
            stack.pop()
        self.workspace.changed(Change("modal", person=person))

    def _completed(self, payload: Json) -> Json:
        return payload | {"blocks": completion.completed(payload["blocks"], self.workspace.number)}

    def _hash(self) -> str:
        return f"{int(self.clock.now().timestamp())}.h{self.workspace.number():06d}"

    def _record(self, method: str, message: PostedMessage) -> None:
        metadata = message.metadata or {}
        key = (metadata.get("event_payload") or {}).get("key")
        self.log.accepted.append(
            Accepted(
                message.at,
                method,
                message.channel,
                message.ts,
                message.text,
                key=str(key) if key is not None else None,
                event_type=metadata.get("event_type"),
                client_msg_id=message.client_msg_id,
                only_for=message.only_for,
            )
        )
