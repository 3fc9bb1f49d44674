"""Intake: what Slack sends, looked at once before anybody acts on it, whichever way it came.

Real workspaces send more than Slack's pages name: kinds nobody asked for, ids that are missing, and, where channels
are shared or an organisation installs an app, the ids of other workspaces. Here it is decided whose it is and whether
it is whole; past here a request has a workspace, which is ours, and somebody it is from.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from time import perf_counter
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from structlog.contextvars import bound_contextvars

from bot import payloads
from bot.measures import UNMEASURED, Measures
from bot.typed import mentioned
from handlers.context import Request

log = structlog.get_logger()

MENTIONS = "app_mentions:read"
ASKED = "asked"  # under which Bolt's context carries the request
SAID = frozenset(
    {"", "me_message", "thread_broadcast", "file_share"}
)  # what a person says; the rest is Slack's news
SLACKBOT = "USLACKBOT"
ELSEWHERE = "I am set up for another workspace. Ask whoever runs me here to install me in this one."
WITHOUT_IDS = (KeyError, IndexError, TypeError, AttributeError, ValueError)


class Malformed(ValueError):
    """A payload that lacks what every payload of its kind has. The text is safe to send back and to log."""


@dataclass(frozen=True)
class Installation:
    """Who we are, as Slack said at start; `app_id` and `scopes` are empty where it did not say."""

    workspace_id: str
    name: str  # of the workspace
    bot_user_id: str
    bot_id: str
    app_id: str = ""
    bot_name: str = ""  # as one types it behind an @
    scopes: frozenset[str] = frozenset()

    @property
    def hears_mentions(self) -> bool:
        """Whether Slack tells us of mentions in channels: not before the app was installed again with that scope."""
        return not self.scopes or MENTIONS in self.scopes


@dataclass
class Seldom:
    """What was logged already: each kind of oddity is known after the first one, and none is a flood."""

    times: dict[str, int] = field(default_factory=dict)

    def say(self, what: str, **more: object) -> None:
        """Log a warning the 1st, 2nd, 4th, 8th… time."""
        times = self.times[what] = self.times.get(what, 0) + 1
        if times & (times - 1) == 0:
            log.warning(what, times=times, **more)

    def once(self, what: str, **more: object) -> None:
        """Log a warning the first time only, for each of what it is about."""
        about = f"{what} {more}"
        self.times[about] = self.times.get(about, 0) + 1
        if self.times[about] == 1:
            log.warning(what, **more)


def short(key: str) -> str:
    """Return a request's id in the logs: its key names people, the beginning of its hash nobody."""
    return sha256(key.encode()).hexdigest()[:12]


class Intake:
    """Decides of each payload whether it is for us, and hands it to the app as a request."""

    def __init__(
        self,
        app: AsyncApp,
        ours: Installation,
        prefix: str,
        events: Collection[str],
        measures: Measures = UNMEASURED,
    ) -> None:
        """`prefix` stands before our commands' names, `events` are the kinds of news that somebody here hears."""
        self.app = app
        self.measures = measures
        self.ours = ours
        self.prefix = prefix
        self.events = {*payloads.MESSAGES, *events}
        self.seldom = Seldom()

    async def take(self, body: dict[str, Any], for_bolt: Callable[[], AsyncBoltRequest]) -> BoltResponse:
        """Answer what came; what is not for us is acknowledged, as Slack would only send it again.

        `for_bolt` makes of it what Bolt takes, which trusts that it is whole.

        Raises:
            Malformed: if it lacks what every payload of its kind has.
        """
        if body.get("type") == "url_verification":
            return BoltResponse(status=200, body={"challenge": str(body.get("challenge") or "")})
        if body.get("ssl_check") == "1":
            return BoltResponse(status=200)
        if self.is_of_another_app(body):
            raise Malformed("This is for another app.")
        read = payloads.reader(body)
        if read is None:
            kind = payloads.kind_of(body)[:40]
            self.seldom.once("something came that I know nothing of; it was acknowledged", type=kind)
            return BoltResponse(status=200)
        if not self.is_ours(body):
            self.seldom.say(
                "a request of another workspace was refused; install me there too, if it is yours"
            )
            return BoltResponse(
                status=200,
                body={"response_type": "ephemeral", "text": ELSEWHERE} if "command" in body else "",
            )
        request = self.request(read, body)
        if request is None:
            return BoltResponse(status=200)
        if request.kind == "events" and request.name not in self.events:
            self.seldom.once("news came that nobody here hears; it was acknowledged", type=request.name[:40])
            return BoltResponse(status=200)
        asked = for_bolt()
        asked.context[ASKED] = request
        began = perf_counter()
        with bound_contextvars(request_id=short(request.key)):
            answer = await self.app.async_dispatch(asked)
        self.measures.answered(request.kind, perf_counter() - began)
        return answer

    def is_of_another_app(self, body: Mapping[str, Any]) -> bool:
        told = body.get("api_app_id")
        return bool(self.ours.app_id and told and told != self.ours.app_id)

    def is_ours(self, body: Mapping[str, Any]) -> bool:
        """Say whether it concerns our installation; whom it is from matters less than where we are installed.

        Raises:
            Malformed: if it names no workspace at all.
        """
        installed, named = payloads.workspaces(body)
        if installed:
            return self.ours.workspace_id in installed
        if not named and not payloads.is_of_an_organisation(body):
            raise Malformed("It names no workspace.")
        return not named or self.ours.workspace_id in named

    def request(self, read: payloads.Reader, body: dict[str, Any]) -> Request | None:
        """Return what was asked, None if it is nothing a person said to us.

        Raises:
            Malformed: if an id is missing, or is no id.
        """
        try:
            if "event" in body and not self.is_said_to_us(body["event"]):
                return None
            return read(body, self.ours, self.prefix)
        except Malformed:
            raise
        except WITHOUT_IDS as missing:
            raise Malformed("It lacks what Slack always sends.") from missing

    def is_said_to_us(self, event: Mapping[str, Any]) -> bool:
        """Say whether an event is news, or a message that a person wrote to us.

        In a channel only what mentions us is; the people there talk to each other.
        """
        if event["type"] not in payloads.MESSAGES:
            return True
        nobody = event.get("bot_id") or event.get("user") in (SLACKBOT, self.ours.bot_user_id)
        if nobody or (event.get("subtype") or "") not in SAID:
            return False
        mentions_us = event["type"] == payloads.MENTION or self.ours.bot_user_id in mentioned(
            str(event.get("text") or "")
        )
        return mentions_us or payloads.is_direct(event)
