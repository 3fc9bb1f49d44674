"""A clock that is wrong beside Slack's: nothing falls due, entries have the right date, and it recovers by itself."""

from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from email.utils import format_datetime

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlmodel import select

from bot.app import running
from bot.clock import ClockPace, ClockSteps
from bot.manifest import manifest
from bot.rate_limits import RateLimits
from bot.settings import Settings
from bot.slack_time import LATELY, SlackTime, TrustedClock, dates
from handlers.people.member import known_people
from playground.box import Server
from playground.clock import Clock
from sales.nudges.ledger import Nudge
from storage import inbox
from storage.followups.activity import ActivityRow
from storage.nudges.ledger.intake import enqueue
from storage.nudges.schedule.clock import latest_mark
from tests.conftest import small_workspace
from tests.known import T0, WORKSPACE

MONTH = timedelta(days=40)
HEADLINE = "Nothing falls due until my clock is right."
OVER = "My clock is right again."


class MachineClock:
    """The machine's clock: the right time, and how far it is off."""

    def __init__(self, right: Clock) -> None:
        self.right = right
        self.off = timedelta()

    def __call__(self) -> datetime:
        return self.right.now() + self.off


@asynccontextmanager
async def at_work(database_url: str, admins: str = "", off: timedelta = timedelta()):
    """The double with the right time, and a bot on a machine whose clock a test sets."""
    clock = Clock(T0, frozen=True)
    async with Server(small_workspace(), clock=clock, manifest=manifest(), rates=None) as server:
        machine = MachineClock(clock)
        machine.off = off
        settings = Settings(
            _env_file=None,
            slack_bot_token=server.bot_token,
            slack_app_token=server.app_token,
            slack_api_url=server.api_url,
            database_url=database_url,
            heartbeat_seconds=60,
            admins=admins,
        )
        async with running(settings, machine, gates=RateLimits(unlimited=True)) as bot:
            server.busy_when(lambda: bot.busy)
            await server.wait_app()
            yield server, bot, machine


async def beats(server, bot, count: int) -> None:
    for _ in range(count):
        await bot.catch_up()
        await server.settled()


def told(server, name: str) -> list[str]:
    """What an admin was told of the clock, in order."""
    return [
        line
        for line in "\n".join(server.visitor(name).sees()).splitlines()
        if line.removeprefix("Rainmaker: ").strip("*").startswith(("Nothing falls due until", "My clock"))
    ]


async def promise(bot, key: str, at: datetime) -> None:
    """Put something into the ledger that is to be said later."""
    async with bot.database.write(WORKSPACE) as scope:
        intent = {"text": "Later.", "blocks": []}
        nudge = Nudge(key=key, kind="answer", intent=intent, why="", not_before=at, channel_id="C1")
        await enqueue(scope, nudge, T0)


async def logged(bot) -> list[tuple[str, date]]:
    async with bot.database.read(WORKSPACE) as scope:
        rows = await scope.session.exec(select(ActivityRow).order_by(ActivityRow.id))
        return [(row.kind.value, row.on) for row in rows]


@pytest.mark.parametrize("off", [MONTH, -MONTH], ids=["ahead", "behind"])
async def test_a_jump_decides_nothing_is_told_once_and_is_over_after_three_beats(database_url, off):
    async with at_work(database_url) as (server, bot, machine):
        await known_people(bot.database, bot.slack, WORKSPACE, "U3")
        await promise(bot, "answer:later", T0 + timedelta(days=10))
        machine.off = off
        await server.visitor("ana").says("/log 5 calls", channel="C1")
        await beats(server, bot, 5)
        way = "ahead of" if off > timedelta() else "behind"
        assert bot.heartbeat.clock_trouble.startswith(f"The clock is 40 days {way} Slack's.")
        (said,) = told(server, "mia")
        assert f"The clock is 40 days {way} Slack's. Set the machine's clock by NTP." in said
        assert server.log.with_key("answer:later") == []
        assert told(server, "ana") == []
        machine.off = timedelta()
        await beats(server, bot, 2)
        assert (
            bot.heartbeat.clock_trouble
            == "The clock agrees with Slack's again; it is believed after 3 beats."
        )
        await beats(server, bot, 3)
        assert bot.heartbeat.clock_trouble == ""
        assert [line.removeprefix("Rainmaker: ").strip("*")[: len(OVER)] for line in told(server, "mia")] == [
            said.removeprefix("Rainmaker: ").strip("*")[: len(OVER)],
            OVER,
        ]
        assert await logged(bot) == [("call", date(2026, 9, 14))], "it has the date that it really was"
        await server.clock.set(T0 + timedelta(days=11))
        await beats(server, bot, 1)
        assert len(server.log.with_key("answer:later")) == 1


async def test_what_was_written_down_ahead_is_put_right_without_the_operator(database_url):
    async with at_work(database_url) as (_, bot, _), bot.database.write(WORKSPACE) as scope:
        await inbox.take(scope, "ev:1", T0 + MONTH)
    async with at_work(database_url) as (server, bot, _):
        assert bot.heartbeat.steps.latest == T0 + MONTH
        await known_people(bot.database, bot.slack, WORKSPACE, "U3")
        assert bot.heartbeat.clock_trouble.startswith("The clock agrees with Slack's again")
        await beats(server, bot, 2)
        assert bot.heartbeat.clock_trouble == ""
        assert bot.heartbeat.steps.latest == T0
        async with bot.database.read_ledger() as ledger:
            assert (await latest_mark(ledger) or T0) <= T0
        assert told(server, "mia") == []


async def test_a_clock_that_is_wrong_from_the_start_is_not_believed(database_url):
    async with at_work(database_url, off=MONTH) as (server, bot, machine):
        await server.visitor("ana").says("/log 2 meetings", channel="C1")
        await beats(server, bot, 1)
        assert bot.heartbeat.clock_trouble.startswith("The clock is 40 days ahead of Slack's.")
        assert await logged(bot) == [("meeting", date(2026, 9, 14))]
        machine.off = timedelta()
        await beats(server, bot, 3)
        assert bot.heartbeat.clock_trouble == ""


@pytest.mark.engines("sqlite")
async def test_admins_of_the_settings_are_told_though_nobody_met_them(database_url):
    async with at_work(database_url, admins="U4") as (server, bot, machine):
        machine.off = MONTH
        await beats(server, bot, 2)
        assert len(told(server, "raj")) == 1
        assert told(server, "mia") == []


@pytest.mark.engines("sqlite")
async def test_five_minutes_off_is_still_believed(database_url):
    async with at_work(database_url) as (server, bot, machine):
        machine.off = timedelta(minutes=4)
        await beats(server, bot, 1)
        assert bot.heartbeat.clock_trouble == ""
        machine.off = timedelta(minutes=6)
        await beats(server, bot, 1)
        assert bot.heartbeat.clock_trouble.startswith("The clock is 6 minutes ahead of Slack's.")


def http(at: datetime) -> str:
    return format_datetime(at, usegmt=True)


def slack_time(off: timedelta) -> tuple[SlackTime, list[float]]:
    passed = [0.0]
    return SlackTime(lambda: T0 + timedelta(seconds=passed[0]) + off, lambda: passed[0]), passed


def test_one_date_that_nobody_bears_out_is_not_believed():
    slack, passed = slack_time(MONTH)
    slack.note(http(T0))
    assert slack.ahead(slack.ours()) is None
    passed[0] = 20.0
    slack.note(http(T0 + timedelta(seconds=20)))
    assert slack.ahead(slack.ours()) == MONTH
    slack.note(http(T0 - 9 * MONTH))
    assert slack.ahead(slack.ours()) == MONTH, "a stray one changes nothing"
    for garbage in (None, "", "yesterday", "Mon, 99 Foo 2026 09:00:00 GMT"):
        slack.note(garbage)
    assert slack.ahead(slack.ours()) == MONTH


def test_what_slack_said_is_carried_on_for_a_day_and_no_longer():
    slack, passed = slack_time(timedelta())
    clock = TrustedClock(lambda: T0, slack)  # stands still
    slack.note(http(T0))
    passed[0] = 400.0
    assert clock() == T0 + timedelta(seconds=400)
    passed[0] = LATELY.total_seconds() + 1
    assert clock() == T0
    assert slack.ahead(T0) is None


def test_a_clock_that_agrees_again_is_believed_after_three_beats_and_one_more_disagreement_begins_anew():
    steps, off = ClockSteps(), timedelta(hours=1)
    assert steps.trusts(T0, timedelta())
    assert not steps.trusts(T0 + off, off)
    assert [steps.trusts(T0, timedelta()) for _ in range(2)] == [False, False]
    assert not steps.trusts(T0 + off, off)
    assert [steps.trusts(T0, timedelta()) for _ in range(4)] == [False, False, True, True]
    assert steps.latest == T0


def test_without_slack_a_clock_that_ran_ahead_is_not_believed_when_it_is_back():
    steps = ClockSteps()
    assert steps.trusts(T0 + MONTH)
    assert not any(steps.trusts(T0) for _ in range(5))


def test_a_clock_that_stands_still_for_a_minute_is_noticed_and_one_that_goes_again_is_believed():
    passed = [0.0]
    pace = ClockPace(lambda: passed[0])
    assert not pace.stands_still(T0)
    passed[0] = 59.0
    assert not pace.stands_still(T0)
    passed[0] = 61.0
    assert pace.stands_still(T0)
    passed[0] = 122.0
    assert not pace.stands_still(T0 + timedelta(seconds=61))


async def test_only_what_slack_itself_answers_says_what_time_it_is():
    said = http(T0)

    async def answer(request: web.Request) -> web.Response:
        html = request.path.endswith("page")
        kind = "text/html" if html else "application/json"
        return web.Response(text="{}", content_type=kind, headers={"Date": said})

    app = web.Application()
    app.router.add_get("/{rest:.*}", answer)
    async with TestServer(app) as server:
        slack = SlackTime(lambda: T0)
        trace = dates(slack, str(server.make_url("/api")))
        async with aiohttp.ClientSession(trace_configs=[trace]) as session:
            for path in ("/api/page", "/elsewhere", "/apiary/x"):
                await session.get(server.make_url(path))
                assert slack.ahead(T0) is None
            await session.get(server.make_url("/api/auth.test"))
            assert abs(slack.ahead(T0) or LATELY) < timedelta(seconds=5)
