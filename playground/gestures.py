"""What a person can do in Slack, and what Slack then sends and shows.

The visitor in tests and the page both act through here. Every act waits for the app's ack, or for the ack
timeout, and returns the sentence Slack shows when the app failed, else None.
"""

from collections.abc import Sequence
from typing import Any

from playground import completion, links, payloads, text
from playground.acks import Ack
from playground.api.arguments import ApiError
from playground.channels import Channel, PostedMessage
from playground.double import Double
from playground.events import Events
from playground.files import File
from playground.forms import faults_of
from playground.line import Lines
from playground.people import Person
from playground.refusals import reasons
from playground.replies import answer_ack
from playground.submissions import apply_response
from playground.tickets import TicketError
from playground.views import Values, View
from playground.workspace import Change

Json = dict[str, Any]

NO_ANSWER = "{} failed because the app did not respond"
FAILED_WITH = "{} failed with the error “{}”"
COMMAND_ERRORS = {
    "timeout": "operation_timeout",
    "http_error": "http_service_error",
    "unreachable": "dispatch_failed",
}
ACTION_TIMED_OUT = "Operation timed out. Apps need to respond within 3 seconds."
MODAL_TROUBLE = "We had some trouble connecting. Try again?"


class Gestures:
    """One method per thing a person does."""

    def __init__(self, double: Double, lines: Lines, events: Events) -> None:
        self._double, self._lines, self._events = double, lines, events

    async def say(self, person: Person, channel: Channel, said: str) -> str | None:
        """A message, or a slash command when it begins with one the app declared."""
        word, _, rest = said.partition(" ")
        if not word.startswith("/") or word == "/":
            return await self.write(person, channel, said)
        command = self._double.manifest.command(word)
        if command is None:
            warning = (
                f"“{word}” is not a valid command. In Slack, it must be one the app declared in its manifest."
            )
            self._double.slackbot_says(channel, person.id, warning)
            return warning
        known = self._typed(rest.strip()) if command.should_escape else text.escape(rest.strip())
        return await self._command(person, channel, word, known)

    async def click(
        self, person: Person, channel: Channel, message: PostedMessage, action: Json
    ) -> str | None:
        """A button or menu in a message."""
        payload = payloads.message_actions(
            self._double.workspace,
            person,
            channel,
            message,
            self._stamped(action),
            trigger=self._double.triggers.mint(person.id),
            response_url=self._response_url(channel, person, message.ts),
        )
        ack = await self._lines.deliver("interactive", payload)
        message.warning = self._action_warning(ack)
        if message.warning:
            self._double.workspace.changed(Change("messages", channel.id))
        return message.warning

    async def click_in_view(self, person: Person, view: View, action: Json) -> str | None:
        """A button or menu in a modal or the App Home."""
        payload = payloads.view_actions(
            self._double.workspace,
            person,
            view,
            self._stamped(action),
            trigger=self._double.triggers.mint(person.id, "modal" if view.kind == "modal" else ""),
        )
        ack = await self._lines.deliver("interactive", payload)
        view.warning = self._action_warning(ack)
        if view.warning:
            self._double.workspace.changed(Change(view.kind, person=person.id))
        return view.warning

    async def submit(self, person: Person, view: View) -> str | None:
        """The submit button of a modal. What the client itself refuses never reaches the app."""
        view.errors, view.warning = faults_of(view), None
        if view.errors:
            self._double.workspace.changed(Change("modal", person=person.id))
            return None
        trigger = self._double.triggers.mint(person.id, "submission")
        payload = payloads.view_submission(self._double.workspace, person, view, trigger=trigger)
        ack = await self._lines.deliver("interactive", payload)
        if not ack.ok:
            self._double.problem(
                f"A submitted modal was not acknowledged ({ack.failure}).", "view_submission", "timeout"
            )
            view.warning = MODAL_TROUBLE
        else:
            view.warning = self._applied(person, view, ack)
        self._double.workspace.changed(Change("modal", person=person.id))
        return view.warning

    async def close(self, person: Person, view: View, *, everything: bool = False) -> str | None:
        """Cancel (the modal on top) or the cross (the whole stack); the app hears of it if the view asked."""
        cleared = everything or bool(view.payload.get("clear_on_close"))
        stack = list(self._double.workspace.modals.get(person.id, []))
        closing = stack[::-1] if cleared else [view]
        self._double.pop_modal(person.id, everything=cleared)
        for closed in closing:
            if closed.payload.get("notify_on_close"):
                payload = payloads.view_closed(self._double.workspace, person, closed, is_cleared=cleared)
                await self._lines.deliver("interactive", payload)
        return None

    async def use_shortcut(
        self, person: Person, channel: Channel, message: PostedMessage, callback_id: str
    ) -> str | None:
        """A message shortcut from the message's menu."""
        payload = payloads.message_action(
            self._double.workspace,
            person,
            channel,
            message,
            callback_id,
            trigger=self._double.triggers.mint(person.id),
            response_url=self._response_url(channel, person, None),
            action_ts=self._now_ts(),
        )
        return self._shortcut_warning(
            person, channel, callback_id, await self._lines.deliver("interactive", payload)
        )

    async def use_global_shortcut(self, person: Person, callback_id: str) -> str | None:
        """A shortcut from the lightning menu."""
        payload = payloads.global_shortcut(
            self._double.workspace,
            person,
            callback_id,
            trigger=self._double.triggers.mint(person.id),
            action_ts=self._now_ts(),
        )
        ack = await self._lines.deliver("interactive", payload)
        return self._shortcut_warning(person, self._double.workspace.dm(person.id), callback_id, ack)

    async def open_home(self, person: Person, tab: str = "home") -> str | None:
        """The app's Home or Messages tab comes into view."""
        manifest = self._double.manifest
        if not (manifest.hears("app_home_opened") and manifest.has_tab(tab)):
            return None
        channel = self._double.workspace.dm(person.id)
        event: Json = {
            "type": "app_home_opened",
            "user": person.id,
            "channel": channel.id,
            "tab": tab,
            "event_ts": self._now_ts(),
        }
        home = self._double.workspace.homes.get(person.id)
        if tab == "home" and home is not None:
            event["view"] = payloads.view_object(self._double.workspace, home)
        await self._events.send(event)
        return None

    def enter(self, values: Values, into: Values) -> None:
        """Remember what the person typed or chose; values are as in state.values."""
        for block_id, actions in values.items():
            into.setdefault(block_id, {}).update(actions)

    # inside

    async def write(
        self, person: Person, channel: Channel, said: str, files: Sequence[File] = ()
    ) -> str | None:
        """A message as it is typed, with what is attached to it; no word of it is a command."""
        typed = self._typed(said)
        message = self._double.workspace.post(
            channel,
            person.id,
            typed,
            self._double.clock.now(),
            blocks=self._as_blocks(typed),
            files=list(files),
            client_msg_id=f"{self._double.workspace.number():08d}-0000-4000-8000-000000000000",
        )
        if channel.kind != "dm" and (shared := links.told(self._double, channel, message)) is not None:
            await self._events.send(shared)
        subscribed = {"dm": "message.im", "channel": "message.channels", "private": "message.groups"}[
            channel.kind
        ]
        if self._double.workspace.bot.id not in channel.members:
            return None
        if self._double.manifest.hears(subscribed):
            await self._events.send(self._double.message_event(channel, message))
        mention = f"<@{self._double.workspace.bot.id}>"
        if self._double.manifest.hears("app_mention") and channel.kind != "dm" and mention in message.text:
            event = self._double.message_event(channel, message)
            await self._events.send({**event, "type": "app_mention"})
        return None

    def _as_blocks(self, typed: str) -> list[Json] | None:
        made = payloads.rich_text(typed) if typed else None
        return completion.completed(made, self._double.workspace.number) if made else None

    async def _command(self, person: Person, channel: Channel, word: str, rest: str) -> str | None:
        double = self._double
        hook_id = double.hooks.mint(channel.id, person.id, double.clock.now())
        payload = payloads.slash_command(
            double.workspace,
            person,
            channel,
            word,
            rest,
            trigger=double.triggers.mint(person.id),
            response_url=f"{double.url}/respond/{hook_id}",
        )
        ack = await self._lines.deliver("slash_commands", payload)
        warning, refused = self._command_warning(word, ack), []
        if warning is None:
            try:
                answer_ack(double, double.hooks.peek(hook_id), ack.payload)
            except (ApiError, TicketError) as error:
                refused = reasons(error) if isinstance(error, ApiError) else []
                said = "; ".join(
                    (getattr(error, "extra", {}).get("response_metadata") or {}).get("messages", [])
                )
                double.problem(
                    f"The answer in the ack of {word} was refused: {error.code} {said}", word, error.code
                )
                warning = FAILED_WITH.format(word, "invalid_command_response")
        if warning is not None:
            double.slackbot_says(channel, person.id, warning).notices = refused
            double.problem(warning, word, ack.failure or "invalid_command_response")
        return warning

    def _command_warning(self, word: str, ack: Ack) -> str | None:
        if ack.ok:
            return None
        if ack.failure == "timeout" and not ack.over_http:
            return NO_ANSWER.format(word)
        return FAILED_WITH.format(word, COMMAND_ERRORS[ack.failure or "timeout"])

    def _action_warning(self, ack: Ack) -> str | None:
        if ack.ok:
            return None
        warning = ACTION_TIMED_OUT
        if ack.failure == "http_error":
            warning = f"This app responded with Status Code {ack.status}."
        if ack.failure == "unreachable":
            warning = "This app is not configured to handle interactive responses."
        self._double.problem(f"A click was not acknowledged: {warning}", "block_actions", ack.failure or "")
        return warning

    def _shortcut_warning(self, person: Person, channel: Channel, callback_id: str, ack: Ack) -> str | None:
        if ack.ok:
            return None
        names = {shortcut.callback_id: shortcut.name for shortcut in self._double.manifest.shortcuts}
        warning = NO_ANSWER.format(f"“{names.get(callback_id, callback_id)}”")
        self._double.slackbot_says(channel, person.id, warning)
        self._double.problem(warning, "shortcut", ack.failure or "")
        return warning

    def _applied(self, person: Person, view: View, ack: Ack) -> str | None:
        try:
            apply_response(self._double, person.id, view, ack.payload)
        except ApiError as error:
            said = "; ".join((error.extra.get("response_metadata") or {}).get("messages", []))
            self._double.problem(
                f"The answer to a submitted modal was refused: {error.code} {said}",
                "view_submission",
                error.code,
            )
            return MODAL_TROUBLE
        return None

    def _stamped(self, action: Json) -> Json:
        return {**action, "action_ts": self._now_ts()}

    def _now_ts(self) -> str:
        return f"{self._double.clock.now().timestamp():.6f}"

    def _response_url(self, channel: Channel, person: Person, ts: str | None) -> str:
        hook = self._double.hooks.mint(channel.id, person.id, self._double.clock.now(), ts)
        return f"{self._double.url}/respond/{hook}"

    def _typed(self, said: str) -> str:
        return text.typed(said, self._double.workspace.person_tag, self._double.workspace.channel_tag)
