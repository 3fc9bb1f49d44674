"""Slack's hiccups at start, on the socket and in answers: waited out, named as Slack's, and nothing is lost."""

import asyncio
import json
import time
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest
from aiohttp import web

from bot.app import running
from bot.rate_limits import RateLimits
from bot.settings import Settings, SettingsTrouble
from playground.faults import Fault
from tests.between import BAD_GATEWAY, CUT, EMPTY, HALF, LIMITED, MAINTENANCE, Said, between
from tests.forged import faults
from tests.listener import heard
from tests.undelivered import advance, provoked

pytestmark = pytest.mark.engines("sqlite")

HICCUPS = {
    "502": BAD_GATEWAY,
    "HTML": MAINTENANCE,
    "429": LIMITED,
    "half": HALF,
    "cut off": CUT,
    "empty": EMPTY,
}
HICCUPS["internal_error"] = Said(b'{"ok":false,"error":"internal_error"}')
HICCUPS["503 of Slack"] = Said(b'{"ok":false,"error":"service_unavailable"}', 503)
BLAMED = ("SLACK_BOT_TOKEN", "bot token", "Traceback", "JSONDecodeError", "ContentTypeError")
LONG_START = 25.0  # seconds for a start that Slack makes wait a little
WATCHED = 20.0  # seconds at most
TRIES = 3  # apart, and not as fast as the machine can


def settings(town, folder, url) -> Settings:
    return Settings(
        _env_file=None,
        slack_bot_token=town.server.bot_token,
        slack_app_token=town.server.app_token,
        slack_api_url=url,
        database_url=f"sqlite+aiosqlite:///{folder}/other.db",
    )


async def starts(town, folder, slack) -> None:
    given = settings(town, folder, slack.api_url)
    async with (
        asyncio.timeout(LONG_START),
        running(given, town.clock.now, gates=RateLimits(unlimited=True)) as bot,
    ):
        assert bot.workspace_id == town.bot.workspace_id


STARTS = [
    pytest.param(method, said, id=f"{method} {name}")
    for method in ("auth.test", "apps.connections.open")
    for name, said in HICCUPS.items()
]


@pytest.mark.parametrize(("method", "said"), STARTS)
async def test_a_hiccup_at_start_is_waited_out(town, tmp_path, method, said, monkeypatch):
    monkeypatch.setattr("bot.installation.LONGEST_PAUSE", 0.05)  # that it pauses is held below
    async with between(town.server) as slack:
        slack.planned[method] = [said, said]
        await starts(town, tmp_path, slack)
        assert slack.times(method) >= 3


@pytest.mark.parametrize("said", HICCUPS.values(), ids=HICCUPS)
async def test_while_a_start_waits_it_is_called_slacks_trouble_and_not_a_bad_token(
    town, tmp_path, said, caplog
):
    async with between(town.server) as slack:
        slack.always["auth.test"] = said
        with heard() as logs:
            start = asyncio.create_task(starts(town, tmp_path, slack))
            began = time.monotonic()
            while not start.done() and slack.times("auth.test") < 2 and time.monotonic() - began < WATCHED:
                await asyncio.wait([start], timeout=0.1)
            took = time.monotonic() - began
            refused = start.exception() if start.done() else None
            start.cancel()
            await asyncio.wait([start])
        assert refused is None or isinstance(refused, SettingsTrouble), "it is no fault of ours"
        told = " ".join([str(refused or ""), *map(str, logs)])
        assert "Slack" in told
        assert [word for word in BLAMED if word in told] == []
        assert slack.times("auth.test") == 2, "again"
        assert took >= 0.5, "but not as fast as can be"
    assert faults([], caplog) == []


@pytest.mark.parametrize("error", ["invalid_auth", "not_authed", "account_inactive", "token_revoked"])
async def test_a_token_that_slack_refuses_is_named_at_once(town, tmp_path, error):
    async with between(town.server) as slack:
        slack.always["auth.test"] = Said(json.dumps({"ok": False, "error": error}).encode())
        with pytest.raises(SettingsTrouble, match="SLACK_BOT_TOKEN"):
            await starts(town, tmp_path, slack)
        assert slack.times("auth.test") == 1


async def stays(town, folder, slack) -> None:
    """Run until it is cancelled, as a start does not wait for hello."""
    given = settings(town, folder, slack.api_url)
    async with running(given, town.clock.now, gates=RateLimits(unlimited=True)):
        await asyncio.Event().wait()


@asynccontextmanager
async def slamming(close):
    """A socket address that closes every connection before hello; yields it and when each came."""
    came: list[float] = []

    async def serve(request: web.Request) -> web.StreamResponse:
        came.append(time.monotonic())
        if close == "refused":
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.close()
        return socket

    app = web.Application()
    app.router.add_get("/socket", serve)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"ws://127.0.0.1:{runner.addresses[0][1]}/socket", came
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("close", ["closed before hello", "refused"])
async def test_a_socket_that_closes_before_hello_is_tried_ever_more_rarely(
    town, tmp_path, close, monkeypatch
):
    monkeypatch.setattr("bot.socket_mode.PING_SECONDS", 0.7)  # how often it looks at a connection
    async with between(town.server) as slack, slamming(close) as (url, came):
        slack.always["apps.connections.open"] = Said.of(url=url)
        start = asyncio.create_task(stays(town, tmp_path, slack))
        began = time.monotonic()
        while len(came) < TRIES and time.monotonic() - began < WATCHED:
            await asyncio.wait([start], timeout=0.1)
        start.cancel()
        await asyncio.wait([start])
    assert len(came) == TRIES
    assert 1 <= slack.times("apps.connections.open") <= TRIES
    gaps = [later - earlier for earlier, later in pairwise(came)]
    assert max(gaps) >= 0.5


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(HALF, id="half"),
        pytest.param(MAINTENANCE, id="HTML"),
        pytest.param(EMPTY, id="empty"),
        pytest.param(CUT, id="cut off"),
        pytest.param(BAD_GATEWAY, id="502"),
        pytest.param(Said.of(user=None), id="nobody"),
        pytest.param(Said.of(user={}), id="somebody without an id"),
    ],
)
async def test_somebody_whom_slack_cannot_describe_is_told_so_and_it_is_no_fault_of_ours(town, said, caplog):
    async with between(town.server) as slack:
        town.bot.slack.base_url = slack.api_url
        slack.planned["users.info"] = [said] * 3
        with heard() as logs:
            [answer] = await town.person("raj").says("/log 2 calls", channel="sales")
        assert "the fault is ours" not in answer
        assert "reference" not in answer
        assert [one for one in logs if one.get("exc_info")] == []
        assert faults([], caplog) == []
        slack.planned["users.info"].clear()
        [answer] = await town.person("raj").says("/log 2 calls", channel="sales")
        assert "2 calls" in answer


HOURS = 4 * 3600.0


async def test_a_retry_after_of_hours_is_logged_and_capped(team):
    ana = team.person("ana")
    team.server.faults.plan("chat.postMessage", Fault("ratelimited", seconds=HOURS), times=1)
    with heard() as logs:
        await ana.says("log 5 calls")
        for _ in range(12):
            await advance(team, minutes=1)
            await team.bot.catch_up()
    provoked(team)
    assert len([text for text in ana.sees() if text.startswith("Rainmaker") and "5 calls" in text]) == 1
    assert any("14400" in str(one) or "hour" in str(one).casefold() for one in logs)


async def test_what_people_ask_is_answered_while_a_prompt_waits(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today 3pm send the ROI sheet", channel="sales")
    team.server.faults.plan("chat.postMessage", Fault("ratelimited", seconds=HOURS), times=1)
    await team.jump("15:00", "Europe/Ljubljana")
    await ana.says("log 5 calls")
    for _ in range(12):
        await advance(team, minutes=1)
        await team.bot.catch_up()
    provoked(team)
    assert any("5 calls" in text for text in ana.sees() if text.startswith("Rainmaker"))
