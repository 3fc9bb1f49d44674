"""The router: a request in, its answer out. One unit of work; the effect and its inbox key commit together.

A request is noted, its effects made, its messages put into the ledger and its answer stored in one transaction,
before it is acknowledged. So there is no state between "received" and "done" to run again after a crash: either all
of it is there, and a copy of the request gets the stored answer and has no effect, or none of it is, and the copy
is the first (delivery.md §8). A request is never dropped for being a repetition (X-Slack-Retry-Num).

Bolt matches listeners one by one, so a single listener per payload type ends here and a dictionary decides.
"""

import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.commands import OURS
from handlers.context import NEWS, Context, Handler, Prefetched, Preflight, Request
from handlers.effects import Effects, FileSender, Prompts
from handlers.feature import Command, Registry, Route
from handlers.home_queue import HomeQueue
from handlers.in_time import Punctual
from handlers.lines import TypedCommand, commands_typed, in_order
from handlers.lost_commit import kept
from handlers.nudges.answer import aside
from handlers.nudges.bundle import in_its_place
from handlers.pending import PendingRequests
from handlers.people.access import note_access
from handlers.people.mentioned import with_names
from handlers.place import Place
from handlers.plain_words import PlainWords
from handlers.posts import FollowedPosts
from handlers.reading import after_its_command, behind, chosen
from handlers.regarded import Regarded, regarding
from handlers.reply import NOTHING, Reply
from handlers.responses import Answered, in_the_way, refused, shown, slack_trouble, somebody_waits
from handlers.sender import Senders
from handlers.surfaces.home import sees_home
from messages import replies
from messages.blocks import Message
from messages.surfaces.help import usage
from messages.surfaces.home import BEHIND
from sales.language.reader import written_for
from sales.people.permission import Act, is_for_everybody, may
from sales.refusal import MOST_READINGS, Refusal
from storage import inbox
from storage.apart import brief
from storage.database import Database
from storage.imports.files.drop import has_woken
from storage.nudges.ledger.intake import has_enqueued
from storage.nudges.ledger.lookup import at_place
from storage.nudges.ledger.rows import standing
from storage.nudges.policy import note_heard
from storage.trouble import StorageTrouble, TurnedAway

log = structlog.get_logger()

ON_MESSAGES = frozenset({"actions", "views"})  # what may be about a message that stands somewhere


class NotAccepted(Exception):
    """A form with errors under its fields. Nothing is kept, so that sending it again is a new request."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("the form was not accepted")
        self.errors = errors


class Router:
    """Finds the handler for a request, gives it a unit of work, and turns whatever happens into an answer."""

    def __init__(
        self,
        database: Database,
        slack: AsyncWebClient,
        now: Callable[[], datetime],
        registry: Registry,
        homes: HomeQueue,
        prompts: Prompts,
        wake: Callable[[], None],
        hears_mentions: bool = True,
        posts: Sequence[FollowedPosts] = (),
        files: FileSender | None = None,
    ) -> None:
        self.database = database
        self.slack = slack
        self.now = now
        self.wake = wake
        self.hears_mentions = hears_mentions
        self.showing = Effects(slack, homes, prompts, self.aside, posts, files)
        self.punctual = Punctual(self.showing, self.answered, PendingRequests(database, now))
        self.registry = registry
        self.senders = Senders(database, slack, now, registry, wake)
        self.commands = {command.name: command for command in registry.commands}
        self.plain_words = PlainWords(registry, self.commands, self.command_handler, self.prepared)

    @property
    def busy(self) -> bool:
        """Whether something is still being answered or shown."""
        return self.punctual.busy or self.showing.busy

    async def finished(self) -> None:
        """Wait until everything is answered and shown, before the process ends."""
        await self.punctual.finished()

    async def aside(self, request: Request, message: Message, place: Place | None) -> None:
        """Say in a person's direct messages what could not be shown where they asked."""
        async with self.database.write(request.workspace_id) as scope:
            changed = await at_place(scope, place.channel, place.ts) if place is not None else None
            shown = (await standing(scope, changed)).id if changed is not None else ""
            await aside(scope, request.user_id, request.key, message, self.now(), shown)
        self.wake()

    async def answer(self, request: Request) -> dict[str, Any]:
        """Return what to acknowledge with, once the effects are durable; what shows them elsewhere follows.

        Where they take longer than Slack waits, it is a word for the time being, and they are shown once they are.

        Raises:
            Exception: what stopped an event that nobody waits for; it must not be acknowledged, as Slack sends it
                again. What somebody wrote to us is answered instead, unless it could not even be stored.
        """
        return await self.punctual.within(request)

    async def take_up(self) -> None:
        """Do what was acknowledged and not done when the process before this one ended."""
        await self.punctual.take_up()

    async def sweep(self) -> None:
        """Do what another process acknowledged and left undone; where the database is in trouble, the next time."""
        try:
            await self.punctual.take_up(left_alone=True)
        except StorageTrouble as trouble:
            log.warning("what was left undone cannot be looked for", trouble=str(trouble))

    async def answered(self, request: Request) -> Answered:
        """Return what came of a request, whatever it is."""
        try:
            return await self.settled(request)
        except Refusal as refusal:
            return (
                shown(request, refused(request, refusal))
                if somebody_waits(request)
                else Answered({}, NOTHING)
            )
        except NotAccepted as form:
            return shown(request, Reply(errors=form.errors))
        except StorageTrouble as trouble:
            if request.kind == "events":
                raise
            if isinstance(trouble, TurnedAway):
                log.warning("a request was turned away, as too many wait", request=request.name)
            else:
                log.error("storage trouble", request=request.name, trouble=str(trouble))
            return shown(request, in_the_way(request, replies.trouble(str(trouble))))
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as refused_by_slack:
            if not somebody_waits(request):
                raise
            log.error("Slack did not answer", request=request.name, trouble=str(refused_by_slack))
            return shown(request, in_the_way(request, replies.trouble(slack_trouble(refused_by_slack))))
        except Exception as fault:
            if not somebody_waits(request):
                raise
            return shown(request, in_the_way(request, replies.fault(self.reference(request, fault))))

    async def settled(self, request: Request) -> Answered:
        """Run the handler and its inbox key in one unit of work; a repeated request gets its first answer."""
        request = await self.named(request)
        handler = self.handler(request)
        if handler is None:
            return Answered({}, NOTHING)
        if request.name in NEWS and not await self.senders.met(request):
            return Answered({}, NOTHING)
        with regarding() as regarded:
            found = await self.prepared(request, handler)
            unit = partial(self.in_one_unit, request, handler, found, regarded)
            answered = await brief(self.database, unit)
            if answered is None:  # somebody new
                await self.senders.meet(request)
                answered = await brief(self.database, unit)
        assert answered is not None
        return answered

    async def named(self, request: Request) -> Request:
        """Return a request with names in place of mentions, unless its command is about whom it mentions."""
        if not request.mentioned:
            return request
        meant = request if request.kind == "commands" else self.plain_words.meant(request) or request
        command = self.commands.get(meant.name.casefold())
        if command is not None and (command.mentions or command.route(meant.text)[0].mentions):
            return request
        return await with_names(self.database, self.slack, request)

    async def prepared(self, request: Request, handler: Handler, act: Act | None = None) -> Any:
        """Return what a handler wants to know of Slack, asked before its unit of work.

        Nothing is looked up for somebody who may not do its act; the unit of work refuses them. What everybody
        may ask tells nobody more than they may know, so who asks is not read twice for it.
        """
        if not isinstance(handler, Prefetched):
            return None
        read = partial(self.database.read, request.workspace_id)
        if act is not None and not is_for_everybody(act):
            async with read() as scope:
                sender = await self.senders.find(scope, request)
            if sender is not None and not may(act, sender.member):
                return None
        return await handler.prepare(Preflight(request, self.slack, read, self.now(), self.registry))

    async def in_one_unit(
        self, request: Request, handler: Handler, found: Any, regarded: Regarded, brief: bool
    ) -> Answered | None:
        """Run the handler and note its request; None, and nothing done, if we have not met who asks."""
        now = self.now()
        regarded.changes.clear()  # a unit that is undone and begins again has changed nothing
        async with (
            kept(self.database, request),
            self.database.write(request.workspace_id, brief=brief) as scope,
        ):
            sender = await self.senders.find(scope, request)
            if sender is None:
                return None
            if sender.earlier is not None:
                return Answered(sender.earlier.answer or {}, NOTHING)
            who = sender.member, sender.team
            context = Context(request, scope, *who, now, self.registry, found, self.hears_mentions)
            if request.user_id and request.name not in NEWS:
                await note_heard(scope, sender.member, now)
            looks_at_home = await sees_home(context)
            with written_for(sender.member.locale):
                reply = await (
                    in_its_place(handler, context) if request.kind in ON_MESSAGES else handler(context)
                )
            if reply.errors:
                raise NotAccepted(reply.errors)
            await note_access(context, regarded)
            answered = replace(shown(request, reply), sees_home=looks_at_home)
            await inbox.note(scope, request.key, now, answered.ack or None)
        if has_enqueued(scope) or has_woken(scope):
            self.wake()
        return answered

    def handler(self, request: Request) -> Handler | None:
        """Return who answers. Unknown ids of ours are a fault; events nobody asked for are not."""
        if request.kind == "commands":
            return self.command_handler(request)
        if request.kind == "events" and request.name == "message":
            return self.message_handler(request)
        if request.kind == "actions" and family(request.name) == replies.READING:
            return chosen(request, self.command_handler)
        if request.kind == "actions" and request.name == BEHIND:
            return behind(request, self.handler)
        routes = self.registry.routes[request.kind]
        found = routes.get(request.name) or routes.get(family(request.name))
        if found is None and request.kind != "events":
            raise LookupError(f"nothing answers {request.kind} {request.name!r}")
        return self.allowed(request, found) if found is not None else None

    def message_handler(self, request: Request) -> Handler:
        """Return who answers what somebody wrote: its files, its words, or both where the words mean something."""
        words, route = self.plain_words.handler(request), self.registry.files
        if route is None or not request.files:
            return words
        files = self.allowed(request, route)
        return words_and_files(words, files) if self.plain_words.meant(request) is not None else files

    def allowed(self, request: Request, route: Route) -> Handler:
        """Return a route's handler, asked only for whoever may do its act."""

        async def run(context: Context) -> Reply:
            context.require(route.act)
            return await route.run(context)

        return self.after_its_questions(request, route, run)

    def after_its_questions(self, request: Request, route: Route | Command, run: Handler) -> Handler:
        """Return a handler with the questions that its route asks before, if it asks any."""
        if not isinstance(route.run, Prefetched):
            return run
        return Prefetched(lambda _: self.prepared(request, route.run, route.act), run)

    def command_handler(self, request: Request) -> Handler:
        """Return who does a command, and those that begin on lines of their own after it."""
        typed = commands_typed(request, self.commands)
        if len(typed) == 1:
            return self.one_command(request)
        return in_order(
            [TypedCommand(self.one_command(one), f"{one.name} {one.text}".strip()) for one in typed]
        )

    def one_command(self, request: Request) -> Handler:
        name, text = request.name, request.text
        if name == OURS and text.partition(" ")[0].casefold() in self.commands:
            name, _, text = text.partition(" ")
        command = self.commands.get(name.casefold())
        if command is None:
            raise Refusal(f"/{request.name} is not a command of mine.", example="/rainmaker help")
        route, rest = command.route(text)
        word = text.split(maxsplit=1)[0] if route is not command else ""
        trimmed = replace(request, name=command.name, text=rest, word=word)

        async def run(context: Context) -> Reply:
            if rest.casefold() in {"help", "?"}:
                return Reply(say=usage(command))
            context.require(route.act)
            try:
                return await route.run(replace(context, request=trimmed))
            except Refusal as refusal:
                typed = f"{command.name} {text}".strip() if refusal.completes else command.name
                if route is command and (meant := command.nearly(text)) is not None:
                    refusal.readings = (meant, *refusal.readings)[:MOST_READINGS]
                raise after_its_command(refusal, typed, route.example) from None

        return self.after_its_questions(trimmed, route, run)

    def reference(self, request: Request, fault: Exception) -> str:
        """Log a fault under a short reference that the person can pass on, and return it."""
        reference = secrets.token_hex(3)
        log.exception("fault", reference=reference, kind=request.kind, name=request.name, exc_info=fault)
        return reference


def words_and_files(words: Handler, files: Handler) -> Handler:
    """Return who does what words mean, and takes what came with them where it can be taken."""

    async def prepare(before: Preflight) -> Any:
        return [await one.prepare(before) if isinstance(one, Prefetched) else None for one in (words, files)]

    async def run(context: Context) -> Reply:
        first, second = context.prefetched
        reply = await words(replace(context, prefetched=first))
        with suppress(Refusal):
            await files(replace(context, prefetched=second))
        return reply

    return Prefetched(prepare, run)


def family(name: str) -> str:
    """Return an id without what follows its colon: `followup.done:17` belongs to `followup.done`."""
    return name.partition(":")[0]
