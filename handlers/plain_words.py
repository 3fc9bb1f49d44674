"""Plain words: what is written to us in the direct message or in a mention, read as the command it means."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from handlers.commands import OURS, SlashCommand
from handlers.context import Context, Handler, Prefetched, Preflight, Request
from handlers.feature import Registry
from handlers.lines import TypedCommand, commands_in, in_order
from handlers.nudges.answer import say
from handlers.reply import Reply
from handlers.thread import thread_at
from messages import replies
from messages.blocks import Message
from sales.language.emoji import without_codes
from sales.language.phrases import Courtesy, courtesy, plain_command, without_politeness
from sales.language.spelling import closest

MOST_OFFERED = 2  # readings of a sentence: more are a guess at everything


class PlainWords:
    """Finds the commands that plain words mean, and answers where they were written."""

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
        """Read plain words as the commands they mean; the answer is given where they were written.

        In a channel only who wrote them sees it: nothing of a record is for everybody there.
        """
        texts = commands_in(request.text, lambda line: self.meant(replace(request, text=line)) is not None)
        every = in_order([self.line(replace(request, text=text)) for text in texts])

        async def run(context: Context) -> Reply:
            reply = await every.run(context)
            if not request.is_direct:
                return replace(reply, public=False)
            if reply.say is not None:
                await say(context.scope, request, reply.say, context.now, reply.asked)
            return replace(reply, say=None)

        return Prefetched(every.prepare, run)

    def line(self, request: Request) -> TypedCommand:
        """Return who does what words say: of the items they were written under, if they can be about those."""
        meant = self.meant(request)

        async def run(context: Context) -> Reply:
            answered = await self.in_thread(replace(context, request=request))
            if answered is not None:
                return answered
            if meant is None and (polite := courtesy(request.text)) is not None:
                return Reply(say=replies.courtesy(greets=polite is Courtesy.GREETING))
            if meant is None:
                offered = await context.declared.offers(context, without_politeness(request.text))
                return Reply(
                    say=replies.offered(offered[:MOST_OFFERED])
                    if offered
                    else self.not_understood(request.text)
                )
            return await self.command_handler(meant)(context)

        async def prepare(_: Preflight) -> Any:
            return await self.prepared(meant, self.command_handler(meant)) if meant is not None else None

        return TypedCommand(Prefetched(prepare, run), f"{meant.name} {meant.text}".strip() if meant else "")

    async def in_thread(self, context: Context) -> Reply | None:
        """Return the answer to words that are about the message they were written under; None for others."""
        asked = context.request
        thread = await thread_at(context.scope, asked.user_id, asked.channel_id, asked.thread, context.now)
        return await context.declared.in_thread(context, thread) if thread is not None else None

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
