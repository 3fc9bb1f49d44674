"""A clock that jumps ahead and comes back: all goes on by itself once it agrees with Slack, and an admin is told."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from bot.app import running
from bot.rate_limits import RateLimits
from bot.settings import Settings
from playground.box import Server
from playground.clock import Clock
from tests.between import between
from tests.conftest import small_workspace
from tests.double import stored
from tests.known import T0
from tests.setup_story import sets_up
from tests.story_workspace import StoryWorkspace

pytestmark = pytest.mark.engines("sqlite")

AHEAD = timedelta(days=31)
BEAT = timedelta(seconds=60)
BEATS = 12  # in which a clock that agrees with Slack's is believed again


class Machine:
    """A machine's clock that may be off from Slack's by so much."""

    def __init__(self, slack: Clock) -> None:
        self.slack, self.off = slack, timedelta()

    def __call__(self) -> datetime:
        return self.slack.now() + self.off


@asynccontextmanager
async def machine(database_url):
    """The town with a bot whose clock a test moves; every answer of Slack's carries Slack's own time."""
    slack_time = Clock(T0, frozen=True)
    clock = Machine(slack_time)
    async with (
        Server(small_workspace(), clock=slack_time, rates=None) as server,
        between(server) as slack,
    ):
        slack.date = lambda: format_datetime(slack_time.now().astimezone(UTC), usegmt=True)
        settings = Settings(
            _env_file=None,
            slack_bot_token=server.bot_token,
            slack_app_token=server.app_token,
            slack_api_url=slack.api_url,
            database_url=database_url,
            heartbeat_seconds=60,
        )
        async with running(settings, clock, gates=RateLimits(unlimited=True)) as bot:
            server.busy_when(lambda: bot.busy)
            await server.wait_app()
            town = StoryWorkspace(server, slack_time, bot)
            await sets_up(town.person("mia"), "Field", ["ana"])
            yield town, clock


async def beats(town, number=BEATS):
    """Let time pass as it does, with a beat a minute; whatever is due is delivered."""
    for _ in range(number):
        await town.clock.advance(BEAT)
        await town.bot.catch_up()
        await town.server.settled()


async def jumped(town, clock, *, back=True):
    await beats(town, 2)
    clock.off = AHEAD
    await beats(town, 2)
    if back:
        clock.off = timedelta()


async def asked(town):
    """Ana's evening comes with something open; return what she is asked then."""
    ana = town.person("ana")
    await ana.says("/followup Acme today send the ROI sheet", channel="sales")
    await town.clock.jump("16:40", "Europe/Ljubljana")
    await beats(town)
    return [text for text in ana.sees() if "Logged today" in text]


@pytest.mark.parametrize(
    "ahead",
    [
        pytest.param(timedelta(hours=2), id="2 hours"),
        pytest.param(timedelta(days=1), id="a day"),
        pytest.param(timedelta(days=31), id="a month"),
        pytest.param(timedelta(days=400), id="a year"),
    ],
)
async def test_a_clock_that_jumped_ahead_and_returned_recovers_by_itself(database_url, ahead):
    async with machine(database_url) as (town, clock):
        await beats(town, 2)
        clock.off = ahead
        await beats(town, 2)
        clock.off = timedelta()
        await beats(town)
        assert len(await asked(town)) == 1


async def test_a_clock_that_never_jumped_asks(database_url):
    async with machine(database_url) as (town, _):
        await beats(town, 2)
        assert len(await asked(town)) == 1


async def test_while_nothing_falls_due_an_admin_is_told_once_and_a_rep_is_not(database_url):
    async with machine(database_url) as (town, clock):
        await jumped(town, clock, back=False)
        clock.off = -timedelta(days=2)
        await beats(town)
        told = [text for text in town.person("mia").sees() if "clock" in text.casefold()]
        assert len(told) == 1
        assert not any("clock" in text.casefold() for text in town.person("ana").sees())


async def test_what_was_logged_meanwhile_is_of_the_right_day_or_marked(database_url):
    async with machine(database_url) as (town, clock):
        await beats(town, 2)
        clock.off = AHEAD
        await beats(town, 2)
        ana = town.person("ana")
        await ana.says("/log 5 calls", channel="sales")
        clock.off = timedelta()
        await beats(town, 2 * BEATS)
        [row] = (await stored(town))["activity"]
        right = "datetime.date(2026, 9, 14)" in row
        marked = any("5 calls" in text and "clock" in text.casefold() for text in ana.sees())
        assert right or marked, row


async def test_a_reminder_that_a_wrong_clock_passed_over_comes_at_its_time(database_url):
    async with machine(database_url) as (town, clock):
        ana = town.person("ana")
        await ana.says("/followup Acme Fri 3pm send the ROI sheet", channel="sales")
        await jumped(town, clock)
        await beats(town)
        assert not any("Due: Acme" in text for text in ana.sees())
        await town.clock.jump("2026-09-18T15:00", "Europe/Ljubljana")
        await beats(town)
        assert len([text for text in ana.sees() if "Due: Acme" in text]) == 1
