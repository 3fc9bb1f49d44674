"""What is acknowledged is stored: a database that is held, full or gone is said in time, and nothing comes later."""

import asyncio
import sqlite3
import threading
import time
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.http import HEALTH
from tests.bot.test_http import looked_at, over_http
from tests.double import stored
from tests.undelivered import provoked

pytestmark = pytest.mark.engines("sqlite")

WITHIN = 3.0  # seconds that Slack waits
HELD = 4.0  # seconds; longer than anybody may wait


def file_of(database_url: str) -> Path:
    return Path(str(make_url(database_url).database))


@asynccontextmanager
async def held(database_url: str, seconds: float = HELD):
    """Let another program hold the writer's lock while the block lasts, and for `seconds` at least."""
    took, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with closing(sqlite3.connect(file_of(database_url), isolation_level=None, timeout=5)) as other:
            other.execute("BEGIN IMMEDIATE")
            took.set()
            let_go.wait(60)
            other.execute("ROLLBACK")

    thread = threading.Thread(target=hold)
    thread.start()
    await asyncio.to_thread(took.wait, 10)
    began = time.monotonic()
    try:
        yield
        await asyncio.sleep(max(0.0, seconds - (time.monotonic() - began)))
    finally:
        let_go.set()
        await asyncio.to_thread(thread.join)


async def timed(act) -> tuple[float, object]:
    began = time.monotonic()
    found = await act
    return time.monotonic() - began, found


async def commands(town):
    return "\n".join(await town.person("ana").says("/log 2 calls", channel="sales"))


async def form(town):
    ana = town.person("ana")
    await ana.submits()
    return str(ana.modal_errors()) + str(ana.modal())


async def click(town):
    await town.person("ana").chooses("⋯", "Done", where="sales")
    return "\n".join(town.person("ana").sees("sales")[-2:])


WAYS = [
    pytest.param(commands, id="command"),
    pytest.param(form, id="form"),
    pytest.param(click, id="click"),
]


@pytest.mark.parametrize("act", WAYS)
async def test_under_a_lock_the_person_hears_within_three_seconds_that_nothing_is_stored(
    team, database_url, act
):
    ana = team.person("ana")
    await ana.says("/followup Acme Fri call Dana", channel="sales")
    if act is form:
        await ana.says("/followup new", channel="sales")
        await ana.fills("Who is it with?", "Initech")
        await ana.fills("What will happen?", "Call Bill")
    before = await stored(team)
    team.server.sockets.ack_timeout = HELD
    async with held(database_url):
        took, said = await timed(act(team))
    await asyncio.sleep(0.5)
    await team.server.settled()
    provoked(team)
    assert took < WITHIN
    assert "did not respond" not in said
    assert "Done: Acme" not in said
    assert "Something went wrong" not in said
    assert await stored(team) == before, "nothing is stored later either"


async def test_many_at_once_under_a_lock_are_all_told_in_time_and_none_is_stored(team, database_url):
    ana = team.person("ana")
    before = await stored(team)
    team.server.sockets.ack_timeout = HELD
    async with held(database_url):
        began = time.monotonic()
        place, gestures = team.server.workspace.channels["C1"], team.server.gestures
        await asyncio.gather(
            *(gestures.say(ana.person, place, f"/log {number} calls") for number in range(1, 13))
        )
        took = time.monotonic() - began
    await asyncio.sleep(0.5)
    await team.server.settled()
    provoked(team)
    assert took < WITHIN
    assert not any("Logged" in text for text in ana.sees("sales"))
    assert await stored(team) == before


async def test_a_lock_that_is_let_go_in_time_is_waited_for(team, database_url):
    async with held(database_url, seconds=0.0):
        asking = asyncio.create_task(commands(team))
        await asyncio.sleep(1.0)
    assert "2 calls" in await asking


async def test_after_the_lock_the_same_words_are_stored_once(team, database_url):
    team.server.sockets.ack_timeout = HELD
    async with held(database_url):
        await commands(team)
    provoked(team)
    assert "2 calls" in await commands(team)
    assert len((await stored(team))["activity"]) == 1


@pytest.mark.parametrize("how", ["removed", "replaced"])
async def test_with_the_file_gone_nothing_is_called_logged(team, database_url, how):
    for one in file_of(database_url).parent.glob(f"{file_of(database_url).name}*"):
        one.unlink()
    if how == "replaced":
        file_of(database_url).touch()
    await team.bot.heartbeat.beat()
    for _ in range(3):
        said = await commands(team)
        assert "2 calls" not in said.split("failed")[0] or "not" in said.casefold()
        assert "Logged" not in said
    provoked(team)


async def health(bot, session, ready: bool) -> tuple[int, dict[str, str]]:
    return await looked_at(session, f"http://{bot.address}{'/readyz' if ready else HEALTH}")


@pytest.mark.parametrize("ready", [False, True], ids=["healthz", "readyz"])
@pytest.mark.parametrize("trouble", ["locked", "removed", "full", "read-only", "clock"])
async def test_the_checks_go_red_when_nothing_can_be_stored(database_url, trouble, ready):
    async with over_http(database_url) as (_, bot, session):
        assert (await health(bot, session, ready))[0] == 200
        if trouble == "locked":
            async with held(database_url):
                took, (status, found) = await timed(health(bot, session, ready))
                assert took < WITHIN
        else:
            if trouble == "removed":
                file_of(database_url).unlink()
            elif trouble == "clock":
                bot.heartbeat.steps.is_news(wrong=True)
            else:
                with closing(sqlite3.connect(file_of(database_url), isolation_level=None)) as other:
                    pages = other.execute("PRAGMA page_count").fetchone()[0]
                said = f"PRAGMA max_page_count = {pages}" if trouble == "full" else "PRAGMA query_only = 1"
                async with bot.database.write_ledger() as ledger:
                    await (await ledger.session.connection()).exec_driver_sql(said)
            await bot.heartbeat.beat()
            status, found = await health(bot, session, ready)
        assert status == 503
        assert found["reason"]
