"""The composition root: everything is put together here, and only here."""

import asyncio
import os
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import slack_calls, tokens
from bot.admins import appoint
from bot.clock import Clock, ClockPace, DatabaseClock, wall_clock
from bot.delivery import Deliverer
from bot.exports.sender import ExportSender
from bot.health import HealthWatch
from bot.heartbeat import Heartbeat, read_already
from bot.held import HeldWorkspace
from bot.hooks import ROUTE, ContentHook
from bot.http import Address, Answering, Endpoint, about_health, serving
from bot.imports.desk import DropDesk
from bot.installation import installation
from bot.intake import Installation, Intake
from bot.listeners import bolt, listen
from bot.manifest import offered
from bot.measures import UNMEASURED, Measures
from bot.rate_limits import RateLimits, gates_of
from bot.rehearsal import Rehearsal
from bot.retention import LettingGo
from bot.roll_call import RollCall
from bot.scheduler import heartbeat_every
from bot.settings import Settings, SettingsTrouble
from bot.slack_client import SlackClient
from bot.slack_time import SlackTime, TrustedClock, dates
from bot.socket_mode import connected
from bot.sync.adapters import port_of
from bot.sync.desk import SyncDesk
from bot.zones import keep_up
from handlers.coaching.kudos import KudosPosts
from handlers.feature import Registry
from handlers.home_queue import BUDGET, HomeBudget, HomeQueue
from handlers.kind import ReadingAhead
from handlers.nudges import bundle
from handlers.nudges.app_manifest import note_start
from handlers.nudges.clock import tell_admins
from handlers.nudges.do_not_disturb import DoNotDisturb
from handlers.nudges.policy import Nudging
from handlers.nudges.readers import ChannelReaders
from handlers.nudges.undelivered.notice import gave_up
from handlers.pipeline.discount_posts import DiscountPosts
from handlers.pipeline.win_post import WinPosts
from handlers.posts import EDITS
from handlers.registry import REGISTRY, ambiguities, renderers, shown_ahead
from handlers.router import Router
from handlers.surfaces.home import SlackHomes
from handlers.surfaces.standing_prompt import StandingPrompts
from sales.nudges.ledger import TIMING, Timing
from sales.prospects.webhook import PATH
from storage.database import Database, nothing
from storage.nudges.held import keep_promises
from storage.nudges.ledger.claims import reconcile_since
from storage.nudges.schedule.specs import set_missing_schedules
from storage.people import workspace

if TYPE_CHECKING:
    from bot.metrics import Metrics

log = structlog.get_logger()


@dataclass(frozen=True)
class Bot:
    """A running bot: what the command line, the playground and the tests hold on to.

    `address` is where it listens; None over Socket Mode. `metrics` is where its figures are read, if anywhere, and
    `hooks` where other systems send events.
    """

    database: Database
    slack: AsyncWebClient
    app: AsyncApp
    heartbeat: Heartbeat
    rehearsal: Rehearsal
    deliverer: Deliverer
    router: Router
    roll_call: RollCall
    desk: DropDesk
    crm: SyncDesk
    workspace_id: str
    address: Address | None = None
    metrics: Address | None = None
    hooks: Address | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being delivered or shown, or a file or a CRM is being read that somebody waits for."""
        return self.deliverer.busy or self.router.busy or self.desk.busy or self.crm.busy

    async def catch_up(self) -> None:
        """Beat once and deliver everything that is ready; for tests and after a jump of the clock."""
        await self.heartbeat.beat()
        await self.roll_call.call()
        await self.deliverer.drain()
        await self.desk.sweep()
        await self.crm.sweep()


@asynccontextmanager
async def running(
    settings: Settings,
    clock: Clock = wall_clock,
    *,
    gates: RateLimits | None = None,
    timing: Timing = TIMING,
    committed: Callable[[], None] = nothing,
    traces: Sequence[aiohttp.TraceConfig] = (),
    serve: Address | None = None,
    restored: datetime | None = None,
    registry: Registry = REGISTRY,
    home_budget: HomeBudget = BUDGET,
    prompt_budget: HomeBudget = EDITS,
    metrics: Address | None = None,
    hooks: Address | None = None,
    slack_dates: bool = True,
) -> AsyncIterator[Bot]:
    """Run the bot while the block lasts: over Socket Mode, or over HTTP at the address to `serve`.

    At the address of `metrics`, if one is given, whoever watches over us reads figures and asks for our health; at that
    of `hooks`, and at the one to `serve`, other systems send events.
    `slack_dates` is false for a bench that moves our clock alone: Slack's answers do not say then what time it is.
    `restored` is the time of the backup that the database was just restored from, if it was: what was due since is
    looked for in Slack before it is posted. `registry` is what it can do, `home_budget` what showing App Home may cost,
    `prompt_budget` showing the evening prompt anew.
    At the end nothing more is taken or claimed, and what is being answered, shown and sent is finished, within 12
    seconds.

    Raises:
        SettingsTrouble: if Slack does not know the tokens, or a setting is missing.
        StorageTrouble: if the database cannot be used.
    """
    check(settings, serve)
    async with AsyncExitStack() as stack:
        database = await Database.open(settings.database_url, committed, registry.declared)
        stack.push_async_callback(database.close)
        figures, measures = measured(database, wanted=metrics is not None)
        pace = ClockPace() if clock is wall_clock else None  # one that was passed on purpose may stand still
        machines = await agreed(clock, database)
        slack_time = SlackTime(machines)
        clock = TrustedClock(machines, slack_time)
        session = await stack.enter_async_context(
            slack_calls.session(
                timing, [*traces, *([dates(slack_time, settings.slack_api_url)] if slack_dates else [])]
            )
        )
        slack = slack_client(settings, session)
        ours = await installed(database, slack, clock)
        app = bolt(slack, settings.slack_signing_secret.get_secret_value(), ours)
        await appoint(database, slack, ours.workspace_id, settings.admins)
        async with database.write(ours.workspace_id) as scope:
            await set_missing_schedules(scope, clock())
        gates = gates or gates_of(database)
        await gates.recall()
        nudging = Nudging(DoNotDisturb(slack), ChannelReaders(slack))
        deliverer = Deliverer(
            database, slack, clock, renderers(registry), nudging.policy, gates,
            worker_name(), timing, gather=bundle.gather, gave_up=gave_up,
            ambiguous=ambiguities(registry), ahead=ReadingAhead(nudging.ahead, shown_ahead(registry)),
            measures=measures,
        )  # fmt: skip

        async def tell(trouble: str, since: datetime) -> None:
            await tell_admins(database, slack, ours.workspace_id, settings.admins, trouble, since, clock())
            deliverer.wake()

        rehearsal = Rehearsal(database, clock, registry.kinds, registry.jobs)
        stack.push_async_callback(rehearsal.stop)
        held = HeldWorkspace(database, slack, ours.workspace_id)
        heartbeat = await beating(
            settings,
            Heartbeat(
                database, machines, registry.jobs, deliverer.wake,
                every=timedelta(seconds=settings.heartbeat_seconds),
                set_clock=machines.measure if isinstance(machines, DatabaseClock) else read_already,
                timing=timing, slack=slack_time, ask=slack.auth_test, tell=tell, pace=pace, measures=measures,
                rehearse=rehearsal.begin, held=held.look, let_go=LettingGo(database, registry.keeps).some,
            ),
        )  # fmt: skip
        homes = HomeQueue(SlackHomes(database, slack, clock, registry), home_budget)
        prompts = StandingPrompts(database, slack, clock, registry, prompt_budget, deliverer.wake)
        sender = ExportSender(database, slack)
        desk = DropDesk(database, slack, ours.workspace_id, clock, worker_name(), deliverer.wake)
        crm = SyncDesk(
            database, ours.workspace_id, clock, worker_name(), deliverer.wake, port_of, settings.crm_keys
        )

        def wake() -> None:
            deliverer.wake()
            desk.wake()
            crm.wake()

        router = Router(
            database,
            slack,
            clock,
            registry,
            homes,
            prompts,
            wake,
            hears_mentions=ours.hears_mentions,
            posts=[
                WinPosts(database, slack, clock, prompt_budget),
                DiscountPosts(database, slack, clock, prompt_budget),
                KudosPosts(database, slack, clock, prompt_budget),
            ],
            files=sender,
        )
        sender.aside = router.aside
        listen(app, router)
        roll = RollCall(database, slack, ours.workspace_id, clock, router.answer)
        intake = Intake(app, ours, settings.command_prefix, registry.routes["events"], measures)
        await heartbeat.beat()
        await crm.begin()
        if restored is not None:
            await look_before_posting(database, restored, clock)
        delivering = asyncio.create_task(deliverer.run())
        stack.push_async_callback(deliverer.finish, delivering)
        stack.push_async_callback(ended, asyncio.create_task(desk.run()))
        stack.push_async_callback(ended, asyncio.create_task(crm.run()))
        scheduler = heartbeat_every(
            settings.heartbeat_seconds, heartbeat.beat, router.sweep, roll.call, desk.sweep, crm.sweep
        )
        stack.callback(scheduler.shutdown, wait=False)
        watch = HealthWatch(database, heartbeat, lambda: not delivering.done(), lambda: deliverer.looked_at)
        stack.push_async_callback(watch.close)
        watched = None
        if figures is not None and metrics is not None:
            from bot.metrics import MetricsPage, watching

            page = MetricsPage(figures, database, heartbeat, clock)
            watched = await stack.enter_async_context(watching(metrics, watch, page))
        await router.take_up()
        desk.wake()
        crm.wake()
        front = await stack.enter_async_context(AsyncExitStack())
        posted = {ROUTE: ContentHook(database, clock, deliverer.wake).post}
        address = await front.enter_async_context(listening(settings, intake, watch, serve, posted))
        hooked = address
        if hooks is not None:
            beside = serving(hooks, about_health(watch), option="--hooks HOST:PORT", hooks=posted)
            hooked = await front.enter_async_context(beside)
        how = f"http://{address}" if address else "Socket Mode"
        log.info("connected", workspace=ours.workspace_id, bot=ours.bot_user_id, over=how)
        if watched is not None:
            log.info("metrics and health are served", at=f"http://{watched}")
        if hooks is not None:
            log.info("content events are taken", at=f"http://{hooked}{PATH}{ours.workspace_id}")
        try:
            yield Bot(
                database, slack, app, heartbeat, rehearsal, deliverer, router, roll, desk, crm,
                ours.workspace_id, address, watched, hooked,
            )  # fmt: skip
        finally:  # beside each other, as each may take seconds
            watch.leaving = True
            await asyncio.gather(answered(front, router), deliverer.finish(delivering))


async def ended(task: asyncio.Task[None]) -> None:
    """Cancel what goes on by itself, and wait until it let go of what it held."""
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def answered(front: AsyncExitStack, router: Router) -> None:
    """Take no more requests, and finish those under way until the person sees what came of them."""
    await front.aclose()
    await router.finished()


async def look_before_posting(database: Database, restored: datetime, clock: Clock) -> None:
    """Doubt everything that was due since a backup: it may have been posted before the database was lost."""
    async with database.write_ledger() as ledger:
        doubted = await reconcile_since(ledger, restored, clock())
    log.info("the database was restored; looking in Slack before posting", messages=doubted)


async def agreed(clock: Clock, database: Database) -> Clock:
    """Return the clock that all replicas agree on: the database server's, unless a clock was passed on purpose."""
    if clock is not wall_clock or not database.engine.shared:
        return clock
    servers = DatabaseClock(database)
    await servers.measure()
    return servers


async def beating(settings: Settings, heartbeat: Heartbeat) -> Heartbeat:
    """Return the heartbeat, with the zone rules kept up with and the clock watched from where it was left."""
    await keep_up(heartbeat.database)
    await heartbeat.remember(accept=settings.accept_clock)
    return heartbeat


def measured(database: Database, *, wanted: bool) -> tuple["Metrics | None", Measures]:
    """Return what keeps figures, if they are wanted; the library is loaded for whoever does."""
    if not wanted:
        return None, UNMEASURED
    from bot.metrics import Metrics

    figures = Metrics()
    database.timed = figures.stored
    return figures, figures


def slack_client(settings: Settings, session: aiohttp.ClientSession) -> SlackClient:
    """Return the one client."""
    return SlackClient(
        token=settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        session=session,
        retry_handlers=[],
    )


def check(settings: Settings, serve: Address | None) -> None:
    """Refuse to start without what this way of being reached needs."""
    if wrong := tokens.bot_token_trouble(settings.slack_bot_token.get_secret_value()):
        raise SettingsTrouble(f"SLACK_BOT_TOKEN {wrong}. {tokens.BOT_PLACE}")
    app_token = settings.slack_app_token.get_secret_value()
    if serve is None and not app_token.strip():
        raise SettingsTrouble(
            "SLACK_APP_TOKEN is missing. Make an app-level token with connections:write, or use --http."
        )
    if serve is None and (wrong := tokens.app_token_trouble(app_token)):
        raise SettingsTrouble(f"SLACK_APP_TOKEN {wrong}. {tokens.APP_PLACE}")
    if serve is not None and not settings.slack_signing_secret.get_secret_value().strip():
        raise SettingsTrouble(
            "SLACK_SIGNING_SECRET is missing; --http needs it. It is under Basic Information of your Slack app."
        )


@asynccontextmanager
async def listening(
    settings: Settings,
    intake: Intake,
    watch: HealthWatch,
    serve: Address | None,
    hooks: Mapping[str, Answering],
) -> AsyncIterator[Address | None]:
    """Take requests while the block lasts; those under way are answered before it ends."""
    if serve is None:
        async with connected(intake, settings.slack_app_token.get_secret_value()) as socket:
            watch.reached = lambda: socket.open
            yield None
    else:
        endpoint = Endpoint(intake, settings.slack_signing_secret.get_secret_value())
        async with serving(serve, about_health(watch), endpoint, hooks=hooks) as address:
            yield address


async def installed(database: Database, slack: AsyncWebClient, clock: Clock) -> Installation:
    """Ask Slack who we are, note the workspace, and return it."""
    ours = await installation(slack)
    async with database.write_ledger() as ledger:
        scope = ledger.workspace(ours.workspace_id)
        await workspace.install_workspace(ledger, ours.workspace_id, ours.name, ours.bot_user_id, clock())
        await keep_promises(scope, clock())
        await note_start(scope, offered(), clock())
    return ours


def worker_name() -> str:
    """Return a name for this process that no other worker of the ledger has."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(2)}"
