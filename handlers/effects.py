"""Showing: what makes a durable effect visible, done while the person has their answer already.

Opening a modal, editing the message acted on, publishing App Home and showing the evening prompt anew may all be
repeated or lost without harm, and each is a call to Slack that nobody should wait for. Home and the prompt have queues
of their own: `handlers/home_queue.py`.
"""

import asyncio
import json
from contextlib import suppress
from typing import Protocol

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.context import Request
from handlers.home_queue import HomeOwner, HomeQueue
from handlers.modals import show_view
from handlers.place import Place
from handlers.reply import Reply
from handlers.responses import rides_along, somebody_waits
from messages import replies
from messages.blocks import Message

log = structlog.get_logger()

EXPIRED = frozenset({"expired_trigger_id", "exchanged_trigger_id"})
MOST_LOGGED = 200  # characters of what Slack says instead of "ok"
FINISHING = 8.0  # seconds at the end; what is not shown by then never is, and nothing is lost by that


class Prompts(Protocol):
    """The prompts of this evening that stand in Slack."""

    @property
    def queue(self) -> HomeQueue:
        """Where they wait to be shown anew."""

    def changed(self, owner: HomeOwner, just: Place | None) -> None:
        """Have a person's prompt shown as things stand, unless it is in the message that was `just` edited."""


class Effects:
    """Shows replies, one person's in the order of their requests: an older edit never covers a newer one."""

    def __init__(self, slack: AsyncWebClient, homes: HomeQueue, prompts: Prompts) -> None:
        self.slack = slack
        self.homes = homes
        self.prompts = prompts
        self.latest: dict[str, asyncio.Task[None]] = {}

    @property
    def busy(self) -> bool:
        """Whether anything is still being shown."""
        return bool(self.latest) or self.homes.busy or self.prompts.queue.busy

    def start(self, request: Request, reply: Reply, *, sees_home: bool = False, late: bool = False) -> None:
        """Show a reply after whatever the person has waiting; App Home too where they see it.

        `late` says that the acknowledgement could not carry it any more.
        """
        person = request.user_id
        task = asyncio.create_task(self.in_turn(self.latest.get(person), request, reply, sees_home, late))
        self.latest[person] = task
        task.add_done_callback(lambda done: self.forget(person, done))

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

    def forget(self, person: str, done: asyncio.Task[None]) -> None:
        if self.latest.get(person) is done:
            del self.latest[person]

    async def finished(self) -> None:
        """Wait until everything is shown, for `FINISHING` seconds at most; before the process ends."""
        with suppress(TimeoutError):
            async with asyncio.timeout(FINISHING):
                while self.latest:
                    await asyncio.wait(self.latest.values())
                await asyncio.gather(self.homes.finished(), self.prompts.queue.finished())
        for task in self.latest.values():
            task.cancel()
        self.homes.cancel()
        self.prompts.queue.cancel()

    async def catch_up(self, request: Request, reply: Reply) -> None:
        """Show what should have ridden in the acknowledgement."""
        try:
            if request.kind == "commands" and reply.say is not None:
                await self.whisper(request, reply.say, public=reply.public)
            elif request.kind == "views":
                said = replies.not_kept(reply.errors) if reply.errors else reply.say or replies.kept()
                if not reply.errors and rides_along(request, reply):
                    said = reply.edit or said
                view = reply.view or replies.as_modal(said)
                await self.slack.views_update(view_id=request.body["view"]["id"], view=view)
        except Exception as fault:  # the edge: what was asked is done, only showing it failed
            log.exception("could not show a late answer", request=request.name, exc_info=fault)

    async def show(self, request: Request, reply: Reply) -> None:
        """Show what cannot ride in the acknowledgement. The effects are durable; failing here loses nothing."""
        try:
            if reply.view is not None and request.kind != "views":
                await show_view(self.slack, request, reply.view)
            if reply.shown is not None and (view := request.body.get("view")):
                await self.slack.views_update(view_id=view["id"], hash=view.get("hash"), view=reply.shown)
            if reply.edit is not None and not rides_along(request, reply):
                async with self.prompts.queue.turn(owner_of(request)):  # it may be the prompt that is edited
                    await self.edit(request, reply.edit_at or Place.of(request.body), reply.edit)
            if reply.say is not None and request.kind in {"actions", "shortcuts", "events"}:
                await self.whisper(request, reply.say)
        except SlackApiError as refused_by_slack:
            log.warning(
                "could not show the answer", request=request.name, error=refused_by_slack.response["error"]
            )
            if refused_by_slack.response["error"] in EXPIRED:
                await self.whisper(
                    request, replies.trouble("That took too long for Slack. Please try again.")
                )
        except Exception as fault:  # the edge: what was asked is done, only showing it failed
            log.exception("could not show the answer", request=request.name, exc_info=fault)

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
            await self.slack.chat_update(
                channel=place.channel, ts=place.ts, text=message.text, blocks=message.blocks
            )

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
            channel=channel, user=request.user_id, text=message.text, blocks=message.blocks
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
        async with self.slack.session.post(url, json=body) as answer:
            said = (await answer.text())[:MOST_LOGGED]
            if answer.status >= 400 or not took(said):
                log.warning("response_url refused", request=request.name, status=answer.status, said=said)


def owner_of(request: Request) -> HomeOwner:
    return HomeOwner(request.workspace_id, request.user_id)


def took(said: str) -> bool:
    """Say whether Slack took what was sent to a response_url: it says so in one word, or in JSON."""
    if said.strip() == "ok":
        return True
    try:
        return bool(json.loads(said).get("ok"))
    except (ValueError, AttributeError):
        return False
