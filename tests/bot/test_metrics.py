"""What an operator can watch: /readyz, and metrics that name nobody, on an address of their own."""

import asyncio
import re
from contextlib import asynccontextmanager

import aiohttp
import pytest

from playground.box import Server
from tests.bot.test_http import looked_at, over_http
from tests.conftest import small_workspace
from tests.terminal import rainmaker
from tests.topology import ROOT, child

ANY_PORT = "127.0.0.1:0"
NAMES = ("Ana", "Kova", "ana@", "Acme", "ROI", "U1", "C1", "xoxb", "xapp", "T0PLAY", "T1")
WATCHED = [
    "ack",
    "deliver",
    "lag",
    "rate",
    "dead",
    "database",
    "fresh",
]  # a word of each figure that is watched


@pytest.mark.engines("sqlite")
async def test_readyz_is_ok_while_all_works_and_red_once_delivery_has_stopped(database_url):
    async with over_http(database_url) as (_, bot, session):
        address = f"http://{bot.address}/readyz"
        assert (await looked_at(session, address))[0] == 200
        bot.deliverer.stop()
        for _ in range(200):
            status, found = await looked_at(session, address)
            if status != 200:
                break
        assert status == 503
        assert found["reason"]


@asynccontextmanager
async def watched(folder, *more):
    """A bot in a process of its own, over Socket Mode, with metrics; yields the double and their address."""
    async with Server(small_workspace(), rates=None) as server:
        url = f"sqlite+aiosqlite:///{folder}/rainmaker.db"
        async with child(server, url, folder, "--metrics", ANY_PORT, *more) as bot:
            await bot.says("connected")
            found = await bot.says(r"metrics.*?((?:127\.0\.0\.1|localhost|\[::1\]):\d+)")
            yield server, f"http://{found[1]}/metrics"


async def scraped(address: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        assert answer.status == 200
        assert answer.content_type == "text/plain"
        return await answer.text()


@pytest.mark.processes
async def test_what_is_done_is_counted_and_nobody_is_named(tmp_path):
    async with watched(tmp_path) as (server, address):
        before = await scraped(address)
        ana = server.visitor("ana")
        await ana.says("/log 5 calls", channel="C1")
        await ana.says("/followup Acme Fri send the ROI sheet", channel="C1")
        await ana.says("log 2 calls")

        for _ in range(100):
            if (after := await scraped(address)) != before:
                break
            await asyncio.sleep(0.1)
    names = {line.split()[2] for line in after.splitlines() if line.startswith("# TYPE")}
    assert [word for word in WATCHED if not any(word in name for name in names)] == []
    assert [one for one in NAMES if re.search(rf"(?<![A-Za-z0-9]){re.escape(one)}", after)] == []


@pytest.mark.processes
@pytest.mark.parametrize(
    "address",
    [
        pytest.param("port", id="no number"),
        pytest.param("127.0.0.1:port", id="no port"),
        pytest.param("127.0.0.1:99999", id="too high"),
    ],
)
def test_an_address_for_metrics_that_is_none_is_one_clear_line(tmp_path, address):
    code, said = rainmaker(tmp_path, "run", "--metrics", address, SLACK_APP_TOKEN="xapp-1")
    assert (code, said.count("\n")) == (1, 1), said
    assert "--metrics" in said
    assert address in said


def test_the_page_for_operators_names_what_they_can_ask_for():
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for word in ("/readyz", "/healthz", "--metrics", "alert", "backup"):
        assert word in page
