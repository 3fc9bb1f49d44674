"""The Slack double as a running server: the Web API, Socket Mode and response URLs."""

import asyncio
import secrets
import time
from collections.abc import Callable, Coroutine, Mapping
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web

from playground import payloads
from playground.acks import Ack, AckLine, PayloadKind
from playground.activity import QUIET_SECONDS, PageActivity
from playground.clock import Clock
from playground.double import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, Double
from playground.downloads import Downloads
from playground.events import Events
from playground.faults import Faults
from playground.gateway import Gateway
from playground.gestures import Gestures
from playground.givings import Givings
from playground.line import Lines
from playground.log import Log, Problem
from playground.manifest import Manifest
from playground.rates import MethodRates
from playground.sockets import Sockets
from playground.tickets import TRIGGER_SECONDS
from playground.uploads import Uploads
from playground.webhook import Webhook
from playground.workspace import Change, Workspace

Json = dict[str, Any]

ACK_SECONDS = 3.0
AS_SLACK = MethodRates()


class SlackServer:
    """Serves the Web API, Socket Mode and response URLs while it is entered; what else it serves is added outside.

    `manifest` is the parsed manifest (commands, shortcuts, scopes, events); without one every command is
    known and every covered scope granted. `rates=None` switches rate limits off. `request_url` makes the
    double POST signed requests there instead of using Socket Mode; it may be set later. `ack_timeout`,
    `trigger_seconds` and `quiet` are real seconds; `monotonic` lets a test move the real time of trigger ids.
    `made_anew`, where whoever started it sets it, throws all of this away for a fresh one; `born` tells them apart.
    """

    bot_token = BOT_TOKEN
    app_token = APP_TOKEN
    signing_secret = SIGNING_SECRET

    def __init__(
        self,
        workspace: Workspace,
        port: int = 0,
        clock: Clock | None = None,
        *,
        manifest: Mapping[str, Any] | None = None,
        rates: MethodRates | None = AS_SLACK,
        request_url: str | None = None,
        ack_timeout: float = ACK_SECONDS,
        trigger_seconds: float = TRIGGER_SECONDS,
        quiet: float = QUIET_SECONDS,
        host: str = "127.0.0.1",
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.workspace = workspace
        self.clock = clock if clock is not None else Clock()
        self.request_url = request_url
        self.faults = Faults()
        self.double = Double(
            workspace,
            self.clock,
            Manifest.read(manifest),
            monotonic=monotonic,
            trigger_seconds=trigger_seconds,
        )
        self.sockets = Sockets(workspace.app_id, ack_timeout, lambda: workspace.changed(Change("state")))
        self._activity = PageActivity(quiet)
        self._tasks: set[asyncio.Task[None]] = set()
        self._host, self._port = host, port
        self._gateway = Gateway(
            self.double, self._activity, self.faults, MethodRates() if rates is AS_SLACK else rates
        )
        self.downloads = Downloads(self.double, self._activity)
        self._lines = Lines(
            self._line, self._activity, self.double.problem, lambda: self.faults.held, self._noted
        )
        self._events = Events(
            workspace, self.clock, lambda: self._lines, self._activity, self._start, self.double.problem
        )
        self.gestures = Gestures(self.double, self._lines, self._events)
        self.uploads = Uploads(self.double, self.gestures, self._events)
        self.double.announce, self.double.socket_url = self._events.announce, self._socket_url
        self.made_anew: Callable[[], None] | None = None
        self.born = secrets.token_hex(8)
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None

    # where it is

    @property
    def url(self) -> str:
        """http://127.0.0.1:PORT, without a slash at the end."""
        return self.double.url

    @property
    def api_url(self) -> str:
        """The base address for a Web API client."""
        return f"{self.url}/api/"

    @property
    def app_connected(self) -> bool:
        return self._lines.connected

    @property
    def log(self) -> Log:
        """Every accepted message, append-only: `log.accepted`, `log.with_key(key)`."""
        return self.double.log

    @property
    def problems(self) -> list[Problem]:
        """What real Slack would have refused or limited, oldest first."""
        return list(self.double.log.problems)

    @property
    def rates(self) -> MethodRates | None:
        return self._gateway.rates

    @rates.setter
    def rates(self, rates: MethodRates | None) -> None:
        self._gateway.rates = rates

    # life

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=8 * 1024 * 1024)
        app.router.add_route("*", "/api/{method}", self._gateway.api)
        app.router.add_get("/socket", self.sockets.serve)
        app.router.add_post("/respond/{hook}", self._gateway.respond)
        self.downloads.add_routes(app)
        app.router.add_post("/upload/{ticket}", Givings(self.double, self._activity).take)
        self.add_routes(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        port = self._runner.addresses[0][1]
        self.double.url = f"http://{self._host}:{port}"
        self._session = aiohttp.ClientSession()
        self._leave_clock = self.clock.subscribe(self._clock_moved)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave_clock()
        self._events.close()
        await self.close_streams()
        await self.sockets.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def wait_app(self, limit: float = 10.0) -> None:
        """Wait for the app's first Socket Mode connection. Raises TimeoutError after `limit` seconds."""
        await self.sockets.wait_connected(limit)

    async def settled(self, limit: float | None = None) -> bool:
        """Wait until the app's calls and acks are done and none came for a moment; False after `limit` s."""
        settled = await self._activity.settled(limit)
        if not settled:
            waited = self._activity.limit if limit is None else limit
            self.double.problem(f"The app was still calling after {waited:g} s; nobody waited any longer.")
        return settled

    def wait_longer(self, limit: float) -> None:
        """Let `settled` wait for so many seconds: where a step of somebody's takes long, as with a large file."""
        self._activity.limit = limit

    def busy_when(self, probe: Callable[[], bool]) -> None:
        """Let `settled` also wait while `probe()` is true: for an app that knows it has work left."""
        self._activity.busy_when(probe)

    # who acts

    async def change_person(self, person: str, **changes: Any) -> None:
        """Change a person's fields (tz, deleted, real_name…) and send user_change if the app subscribed."""
        found = self.workspace.people[person]
        for name, value in changes.items():
            if not hasattr(found, name):
                raise ValueError(f"A person has no “{name}”.")
            setattr(found, name, value)
        self.workspace.changed(Change("state"))
        if self.double.manifest.hears("user_change"):
            with_email = "users:read.email" in self.double.manifest.scopes
            user = found.as_slack(self.workspace.team_id, self.clock.now(), with_email=with_email)
            user["locale"] = found.locale  # which the event always has
            stamp = self.clock.now().timestamp()
            await self._events.send(
                {"type": "user_change", "user": user, "cache_ts": int(stamp), "event_ts": f"{stamp:.6f}"}
            )
            await self.settled()

    async def uninstall(self) -> None:
        """An admin removes the app: tokens_revoked and app_uninstalled go out, its tokens stop working."""
        self.double.installed = False
        stamp = f"{self.clock.now().timestamp():.6f}"
        revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self.workspace.bot.id]}}
        for event in (revoked, {"type": "app_uninstalled"}):
            if self.double.manifest.hears(str(event["type"])):
                await self._events.send({**event, "event_ts": stamp})
        await self.settled()

    async def limits_events(self) -> None:
        """Tell the app that it gets more events an hour than Slack sends, as one that has no event inside."""
        minute = int(self.clock.now().timestamp()) // 60 * 60
        await self._lines.deliver("events_api", payloads.app_rate_limited(self.workspace, minute))
        await self.settled()

    async def verifies_url(self) -> bool:
        """Ask the app at `request_url` to prove that it listens there, as Slack does when the address is given."""
        line = self._line()
        return isinstance(line, Webhook) and await line.verifies()

    async def send_event(self, event: Json) -> None:
        """Send any event the double has no act for; waits for the ack and for the app's calls to settle."""
        await self._events.send(event)
        await self.settled()

    # what is served beside

    def add_routes(self, app: web.Application) -> None:
        """Add what else is served; nothing here."""

    async def close_streams(self) -> None:
        """End what streams to somebody; nothing here."""

    # inside

    def _noted(self, kind: PayloadKind, payload: Json, ack: Ack) -> None:
        self.double.traffic.payload(self.clock.now(), kind, payload, ack)

    def _line(self) -> AckLine:
        if self.request_url is None:
            return self.sockets
        if self._session is None:
            raise RuntimeError("The server is not running; enter it with “async with” first.")
        return Webhook(self.request_url, self.signing_secret, self.sockets.ack_timeout, self._session)

    def _socket_url(self) -> str:
        return f"{self.url.replace('http://', 'ws://')}/socket?ticket={self.sockets.ticket()}&app_id={self.workspace.app_id}"

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        self._activity.begin()  # from now on, not from when the task gets its first turn
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._activity.end()

    async def _clock_moved(self, now: object) -> None:
        self.workspace.changed(Change("state"))
        self.workspace.changed(Change("messages"))
