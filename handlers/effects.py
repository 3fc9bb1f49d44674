"""Showing: what makes a durable effect visible, done while the person has their answer already.

Opening a modal, editing the message acted on, publishing App Home and showing the evening prompt anew may all be
repeated or lost without harm, and each is a call to Slack that nobody should wait for. Home and the prompt have queues
of their own: `handlers/home_queue.py`.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, Protocol

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.context import Request
from handlers.home_queue import HomeOwner, HomeQueue
from handlers.made_file import FileToMake
from handlers.modals import show_view
from handlers.place import Place
from handlers.posts import FollowedPosts, edit_post
from handlers.reply import Reply
from handlers.responses import rides_along, somebody_waits
from messages import replies
from messages.blocks import Message

log = structlog.get_logger()

EXPIRED = frozenset({"expired_trigger_id", "exchanged_trigger_id"})
TRY_AGAIN = 1.0  # seconds, where Slack names none
LONGEST_WAIT = 3.0  # seconds before an edit is tried once more; whoever waits longer has turned away
HICCUP = 429  # the first status that says "not now" and no more
MOST_LOGGED = 200  # characters of what Slack says instead of "ok"
VIEWS_KNOWN = 200  # forms; who acts twice within a second does it in one of the newest
FINISHING = 8.0  # seconds at the end; what is not shown by then never is, and nothing is lost by that


class Prompts(Protocol):
    """The prompts of this evening that stand in Slack."""

    @property
    def queue(self) -> HomeQueue:
        """Where they wait to be shown anew."""

    def changed(self, owner: HomeOwner, just: Place | None) -> None:
        """Have a person's prompt shown as things stand, unless it is in the message that was `just` edited."""


class FileSender(Protocol):
    """Makes files and puts them into direct messages."""

    @property
    def busy(self) -> bool:
        """Whether a file is being made or sent."""

    def send(self, request: Request, file: FileToMake) -> None:
        """Have a file made for whoever asked, beside everything else."""

    async def finished(self) -> None:
        """Wait a moment for what is being made, before the process ends."""


Aside = Callable[[Request, Message, Place | None], Awaitable[None]]


class NotShown(Exception):
    """Slack does not show an answer where it belongs: the message, the form or the address is gone."""


class Effects:
    """Shows replies, one person's in the order of their requests: an older edit never covers a newer one.

    What Slack does not show where it belongs is said `aside`, in the person's direct messages.
    """

    def __init__(
        self,
        slack: AsyncWebClient,
        homes: HomeQueue,
        prompts: Prompts,
        aside: Aside,
        posts: Sequence[FollowedPosts] = (),
        files: FileSender | None = None,
    ) -> None:
        self.slack = slack
        self.homes = homes
        self.prompts = prompts
        self.aside = aside
        self.posts = posts
        self.files = files
        self.latest: dict[str, asyncio.Task[None]] = {}
        self.views: dict[str, list[str]] = {}  # the hashes that forms we changed have had, the newest last

    @property
    def busy(self) -> bool:
        """Whether anything is still being shown."""
        sends = self.files is not None and self.files.busy
        return bool(self.latest) or sends or any(queue.busy for queue in self.queues)

    @property
    def queues(self) -> list[HomeQueue]:
        return [self.homes, self.prompts.queue, *(one.queue for one in self.posts)]

    def start(self, request: Request, reply: Reply, *, sees_home: bool = False, late: bool = False) -> None:
        """Show a reply after whatever the person has waiting; App Home too where they see it.

        `late` says that the acknowledgement could not carry it any more.
        """
        person = request.user_id
        task = asyncio.create_task(self.in_turn(self.latest.get(person), request, reply, sees_home, late))
        self.latest[person] = task
        task.add_done_callback(lambda done: self.forget(person, done))
        if reply.file is not None and self.files is not None:
            self.files.send(request, reply.file)

    async def in_turn(
        self,
        before: asyncio.Task[None] | None,
        request: Request,
        reply: Reply,
        sees_home: bool,
        late: bool,
    ) -> None:
        if before is not None:
            await asyncio.wait([before])
        if late:
            await self.catch_up(request, reply)
        await self.show(request, reply)
        if reply.home and sees_home:
            self.show_home(request)
        if reply.home and somebody_waits(request):
            just = reply.edit_at or Place.of(request.body) if reply.edit is not None else None
            self.prompts.changed(owner_of(request), just)
            for one in self.posts:
                one.changed(owner_of(request))

    def forget(self, person: str, done: asyncio.Task[None]) -> None:
        if self.latest.get(person) is done:
            del self.latest[person]

    async def finished(self) -> None:
        """Wait until everything is shown, for `FINISHING` seconds at most; before the process ends."""
        with suppress(TimeoutError):
            async with asyncio.timeout(FINISHING):
                while self.latest:
                    await asyncio.wait(self.latest.values())
                await asyncio.gather(*(queue.finished() for queue in self.queues))
        if self.files is not None:
            await self.files.finished()
        for task in self.latest.values():
            task.cancel()
        for queue in self.queues:
            queue.cancel()

    async def catch_up(self, request: Request, reply: Reply) -> None:
        """Show what should have ridden in the acknowledgement."""
        if request.kind == "commands" and reply.say is not None:
            await self.seen(request, self.whisper(request, reply.say, public=reply.public), reply.say)
        elif request.kind == "views":
            said = replies.not_kept(reply.errors) if reply.errors else reply.say or replies.kept()
            if not reply.errors and rides_along(request, reply):
                said = reply.edit or said
            view = reply.view or replies.as_modal(said)
            await self.seen(request, self.change_view(request, view), said)

    async def show(self, request: Request, reply: Reply) -> None:
        """Show what cannot ride in the acknowledgement. The effects are durable; failing here loses nothing."""
        if reply.view is not None and request.kind != "views":
            await self.open(request, reply.view)
        if reply.shown is not None and (view := request.body.get("view")):
            await self.seen(request, self.change_view(request, reply.shown, view.get("hash")), None)
        if reply.edit is not None and not rides_along(request, reply):
            said_elsewhere = request.kind == "events"
            told = None if said_elsewhere else replies.not_edited(reply.edit)
            place = reply.edit_at or Place.of(request.body)
            await self.seen(request, self.edit_in_turn(request, place, reply.edit), told, place)
        if reply.say is not None and request.kind in {"actions", "shortcuts", "events"}:
            await self.seen(request, self.whisper(request, reply.say), reply.say)

    async def seen(
        self,
        request: Request,
        showing: Awaitable[object],
        otherwise: Message | None,
        place: Place | None = None,
    ) -> None:
        """Show something where it belongs; where Slack does not, say it aside, unless it tells nothing new.

        `place` is where a message was to be changed, if one was.
        """
        try:
            try:
                await showing
                return
            except SlackApiError as refused:
                error = str(refused.response.get("error"))
                log.warning("could not show the answer", request=request.name, error=error)
            except (NotShown, aiohttp.ClientError, TimeoutError, OSError) as trouble:
                log.warning("could not show the answer", request=request.name, error=str(trouble))
            if otherwise is not None:
                await self.aside(request, otherwise, place)
        except Exception as fault:  # the edge: what was asked is done, only showing it failed
            log.exception("could not show the answer", request=request.name, exc_info=fault)

    async def open(self, request: Request, view: dict[str, Any]) -> None:
        """Open a form, or say that it did not open."""
        trouble = "Slack did not open that just now. Please try again."
        try:
            await show_view(self.slack, request, view)
            return
        except SlackApiError as refused:
            error = refused.response["error"]
            log.warning("could not open a form", request=request.name, error=error)
            if error in EXPIRED:
                trouble = "That took too long for Slack. Please try again."
        except (aiohttp.ClientError, TimeoutError, OSError) as fault:
            log.warning("could not open a form", request=request.name, error=str(fault))
        said = replies.trouble(trouble)
        await self.seen(request, self.whisper(request, said), said)

    async def change_view(self, request: Request, view: dict[str, Any], known: str | None = None) -> None:
        """Change a view that is `known` by a hash, unless it is another by now that is none of ours.

        Whoever acts again before the answer to what they did before is shown still names the view before that.
        """
        view_id = request.body["view"]["id"]
        ours = self.views.setdefault(view_id, []) if known is not None else []
        latest = ours[-1] if known in ours else known
        answer = await self.slack.views_update(view_id=view_id, hash=latest, view=view)
        if known is not None:
            ours += [known, answer["view"]["hash"]]
            while len(self.views) > VIEWS_KNOWN:
                del self.views[next(iter(self.views))]

    async def edit_in_turn(self, request: Request, place: Place | None, message: Message) -> None:
        """Edit a message; once more where Slack asks to wait, or is in trouble for a moment."""
        async with self.prompts.queue.turn(owner_of(request)):  # it may be the prompt that is edited
            try:
                await self.edit(request, place, message)
                return
            except SlackApiError as refused:
                if refused.response.status_code < HICCUP:
                    raise
                wait = asked_to_wait(refused)
            except (aiohttp.ClientError, TimeoutError, OSError):
                wait = TRY_AGAIN
            await asyncio.sleep(wait)
            await self.edit(request, place, message)

    def show_home(self, request: Request) -> None:
        """Have App Home published, after what the same request shows elsewhere."""
        owner = owner_of(request)
        if request.opens_home:
            self.homes.opened(owner)
        else:
            self.homes.changed(owner, in_view=request.is_on_home)

    async def edit(self, request: Request, place: Place | None, message: Message) -> None:
        """Replace a message in place, or show it in the modal whose button was pressed."""
        if place is None:
            view = request.body.get("view") or {}
            if view.get("type") == "modal":
                await self.slack.views_update(view_id=view["id"], view=replies.as_modal(message))
        elif place.response_url:
            await self.respond(request, place.response_url, message, replace=True)
        else:
            await edit_post(self.slack, place, message)

    async def whisper(self, request: Request, message: Message, *, public: bool = False) -> None:
        """Say something to the person alone, where they are; to everybody there if it is `public`."""
        if request.body.get("response_url"):
            url = request.body["response_url"]
            await self.respond(request, url, message, replace=False, public=public)
            return
        channel = request.channel_id
        if not channel:
            channel = (await self.slack.conversations_open(users=request.user_id))["channel"]["id"]
        await self.slack.chat_postEphemeral(
            channel=channel,
            user=request.user_id,
            thread_ts=request.thread or None,
            text=message.text,
            blocks=message.blocks,
        )

    async def respond(
        self, request: Request, url: str, message: Message, *, replace: bool, public: bool = False
    ) -> None:
        assert self.slack.session is not None
        body = {
            "text": message.text,
            "blocks": message.blocks,
            "replace_original": replace,
            "response_type": "in_channel" if public else "ephemeral",
        }
        if request.thread and not replace:
            body["thread_ts"] = request.thread
        async with self.slack.session.post(url, json=body) as answer:
            said = (await answer.text())[:MOST_LOGGED]
            if answer.status >= 400 or not took(said):
                raise NotShown(f"response_url refused: {answer.status} {said}")


def owner_of(request: Request) -> HomeOwner:
    return HomeOwner(request.workspace_id, request.user_id)


def asked_to_wait(refused: SlackApiError) -> float:
    """Return after how many seconds an edit may be tried once more."""
    try:
        asked = float(refused.response.headers.get("Retry-After", TRY_AGAIN))
    except ValueError:
        asked = TRY_AGAIN
    return min(max(0.0, asked), LONGEST_WAIT)  # in this order "nan" is none


def took(said: str) -> bool:
    """Say whether Slack took what was sent to a response_url: it says so in one word, or in JSON."""
    if said.strip() == "ok":
        return True
    try:
        return bool(json.loads(said).get("ok"))
    except (ValueError, AttributeError):
        return False
