"""The Events API over signed HTTP: who is let in, what is refused, and what the health check says."""

import json
import time
from contextlib import asynccontextmanager
from datetime import date
from io import BytesIO

import aiohttp
import pytest

from bot.app import running
from bot.http import EVENTS, LARGEST_BODY, Address, parsed
from bot.manifest import manifest
from bot.rate_limits import RateLimits
from bot.settings import Settings, SettingsTrouble
from playground.box import Server
from playground.clock import Clock
from playground.webhook import encode, signed
from storage.followups.followup import open_between
from tests.conftest import small_workspace
from tests.known import T0, WORKSPACE

LOOPBACK = Address("127.0.0.1", 0)


def settings(server: Server, database_url: str, **more) -> Settings:
    given = {
        "slack_bot_token": server.bot_token,
        "slack_signing_secret": server.signing_secret,
        "slack_api_url": server.api_url,
        "database_url": database_url,
        "heartbeat_seconds": 60,
    }
    return Settings(_env_file=None, **{**given, **more})


@asynccontextmanager
async def over_http(database_url: str):
    clock = Clock(T0, frozen=True)
    async with (
        Server(small_workspace(), clock=clock, manifest=manifest(), rates=None) as server,
        running(
            settings(server, database_url), clock.now, gates=RateLimits(unlimited=True), serve=LOOPBACK
        ) as bot,
        aiohttp.ClientSession() as session,
    ):
        server.busy_when(lambda: bot.busy)
        server.request_url = f"http://{bot.address}{EVENTS}"
        yield server, bot, session


def a_command(trigger: str = "1.2.abc", text: str = "") -> dict[str, str]:
    return {
        "command": "/followup",
        "text": text,
        "team_id": WORKSPACE,
        "user_id": "U1",
        "channel_id": "C1",
        "trigger_id": trigger,
        "response_url": "http://127.0.0.1:9/never",
    }


async def post(session, server, body: bytes, headers) -> tuple[int, str]:
    async with session.post(server.request_url, data=BytesIO(body), headers=headers) as answer:
        return answer.status, await answer.text()


async def looked_at(session, address: str) -> tuple[int, dict[str, str]]:
    async with session.get(address) as answer:
        return answer.status, await answer.json()


async def test_a_day_over_http_is_as_over_socket_mode(database_url):
    async with over_http(database_url) as (server, _, _):
        ana = server.visitor("ana")
        said = await ana.says("/followup Acme Fri 3pm send the ROI sheet", channel="C1")
        assert "Acme" in "\n".join(said)
        await ana.opens_home()
        assert "Europe/Ljubljana" in ana.home()
        await ana.says("what is this")
        assert ana.sees()[-1].startswith("Rainmaker: I did not understand that.")
        assert server.problems == []


async def test_a_form_that_says_payload_is_still_a_command(database_url):
    async with over_http(database_url) as (server, _, _):
        said = await server.visitor("ana").says("/followup Acme Fri check the payload figures", channel="C1")
        assert "payload figures" in "\n".join(said)


@pytest.mark.engines("sqlite")
async def test_wrong_old_and_missing_signatures_are_refused_and_nothing_happens(database_url):
    async with over_http(database_url) as (server, bot, session):
        body, kind = encode("slash_commands", a_command(text="Acme Fri call"))
        form = {"Content-Type": kind}
        good = signed(server.signing_secret, body)
        wrong = [
            signed("another secret", body),
            signed(server.signing_secret, body, at=int(time.time()) - 301),
            signed(server.signing_secret, body + b"&more=1"),
            good | {"X-Slack-Request-Timestamp": "soon"},
            good | {"X-Slack-Signature": "v0=é"},
            {},
        ]
        for headers in wrong:
            status, _ = await post(session, server, body, form | headers)
            assert status == 401
        status, _ = await post(session, server, b"\xff\xfe", form | good)
        assert status == 401
        async with bot.database.read(WORKSPACE) as scope:
            assert await open_between(scope, "U1", date.min, date.max) == []
        status, said = await post(session, server, body, form | good)
        assert status == 200
        assert "Acme" in json.loads(said)["text"]


@pytest.mark.engines("sqlite")
async def test_a_body_over_the_size_is_refused_and_garbage_is_no_fault_of_ours(database_url):
    async with over_http(database_url) as (server, _, session):
        large = b"x=" + b"y" * LARGEST_BODY
        status, _ = await post(session, server, large, signed(server.signing_secret, large))
        assert status == 413
        for garbage, kind in ((b"{", "application/json"), (b"", "text/plain"), (b"[]", "application/json")):
            headers = signed(server.signing_secret, garbage) | {"Content-Type": kind}
            status, _ = await post(session, server, garbage, headers)
            assert status == 400


@pytest.mark.engines("sqlite")
async def test_slack_can_verify_the_address(database_url):
    async with over_http(database_url) as (server, _, session):
        body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
        headers = signed(server.signing_secret, body) | {"Content-Type": "application/json"}
        status, said = await post(session, server, body, headers)
        assert (status, json.loads(said)) == (200, {"challenge": "abc"})


def test_the_manifest_names_this_address():
    made = manifest(url="https://rain.example/")
    assert made["settings"]["event_subscriptions"]["request_url"] == f"https://rain.example{EVENTS}"
    assert made["settings"]["interactivity"]["request_url"] == f"https://rain.example{EVENTS}"
    assert {one["url"] for one in made["features"]["slash_commands"]} == {f"https://rain.example{EVENTS}"}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("0.0.0.0:3000", ("0.0.0.0", 3000)),
        ("localhost:0", ("localhost", 0)),
        ("[::1]:80", ("::1", 80)),
    ],
)
def test_addresses_are_read(text, address):
    assert Address.read(text) == address
    assert str(Address.read(text)) == text


@pytest.mark.parametrize(
    "text", ["", "3000", ":3000", "host:", "host:port", "host:65536", "::1:80", "[::1]", "h:-1", "h:٣"]
)
def test_what_is_no_address_is_one_clear_line(text):
    with pytest.raises(SettingsTrouble, match=r"is no HOST:PORT\. For example: --http 0\.0\.0\.0:3000"):
        Address.read(text)


@pytest.mark.engines("sqlite")
async def test_a_missing_secret_or_a_taken_port_is_one_clear_line(database_url):
    async with over_http(database_url) as (server, bot, _):
        with pytest.raises(SettingsTrouble, match="SLACK_SIGNING_SECRET is missing; --http needs it"):
            async with running(settings(server, database_url, slack_signing_secret=" "), serve=LOOPBACK):
                pass
        with pytest.raises(SettingsTrouble, match=r"Cannot listen on 127\.0\.0\.1"):
            async with running(settings(server, database_url), serve=bot.address):
                pass
        with pytest.raises(SettingsTrouble, match="SLACK_APP_TOKEN is missing"):
            async with running(settings(server, database_url)):
                pass


def test_forms_are_read_by_their_fields():
    assert parsed("application/x-www-form-urlencoded", "payload=%7B%22type%22%3A%22x%22%7D") == {"type": "x"}
    assert (
        parsed("application/x-www-form-urlencoded", "command=%2Fgoal&text=payload%3D1")["text"] == "payload=1"
    )
