"""Plain words: what is written to us in the direct message, read as the command it means."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from handlers.context import Context, Handler, Prefetched, Preflight, Request
from handlers.feature import OURS, Registry, SlashCommand
from handlers.nudges.answer import say
from handlers.reply import Reply
from messages import replies
from messages.blocks import Message
from sales.language.emoji import without_codes
from sales.language.phrases import plain_command
from sales.language.spelling import closest
from sales.refusal import Refusal


class PlainWords:
    """Finds the command that plain words mean, and answers where they were written."""

    def __init__(
        self,
        registry: Registry,
        commands: Mapping[str, SlashCommand],
        command_handler: Callable[[Request], Handler],
        prepared: Callable[[Request, Handler], Awaitable[Any]],
    ) -> None:
        self.registry = registry
        self.commands = commands
        self.command_handler = command_handler
        self.prepared = prepared

    def handler(self, request: Request) -> Handler:
        """Read plain words in the direct message as the command they mean; the answer is posted there."""
        meant = self.meant(request)

        async def run(context: Context) -> Reply:
            if meant is None:
                reply = Reply(say=self.not_understood(request.text))
            else:
                try:
                    async with (
                        context.scope.session.begin_nested()
                    ):  # a refusal is answered, its effects undone
                        reply = await self.command_handler(meant)(context)
                except Refusal as refusal:
                    reply = Reply(say=replies.refusal(refusal))
            if reply.view is not None and meant is not None:
                reply = replace(
                    reply, view=None, say=replies.needs_form(f"{meant.name} {meant.text}".strip())
                )
            if reply.say is not None:
                await say(context.scope, request, reply.say, context.now)
            return replace(reply, say=None)

        async def prepare(_: Preflight) -> Any:
            try:
                return await self.prepared(meant, self.command_handler(meant)) if meant is not None else None
            except Refusal:
                return None  # it is refused again where the refusal can be posted

        return Prefetched(prepare, run)

    def not_understood(self, text: str) -> Message:
        """Say that plain words were not understood, with the command that was nearly said."""
        first = text.strip().partition(" ")[0].casefold()
        likely = closest(first, [name for name in self.commands if name != OURS])
        return replies.nearly(likely) if likely is not None else replies.not_understood()

    def meant(self, request: Request) -> Request | None:
        """Return plain words as the command they mean; None if it is none that we have."""
        phrases = self.registry.phrases
        found = plain_command(request.text, phrases) or plain_command(without_codes(request.text), phrases)
        if found is None:
            return None
        name, text = found
        if name not in self.commands:
            name, text = OURS, f"{name} {text}".strip()
        command = self.commands.get(name)
        known = command is not None and (found[0] == name or command.route(text)[0] is not command)
        return replace(request, name=name, text=text) if known else None
