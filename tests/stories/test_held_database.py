"""What is acknowledged is stored: a database that is held, full or gone is said in time, and nothing comes later."""

import asyncio
import sqlite3
import threading
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.http import HEALTH
from handlers import in_time
from tests.bot.test_http import looked_at, over_http
from tests.double import stored
from tests.undelivered import provoked

pytestmark = pytest.mark.engines("sqlite")

SLACK_WAITS = 3.0  # seconds
SLOW = 60.0  # seconds for which the double waits, so that a slow machine is not taken for a bot that waits


def file_of(database_url: str) -> Path:
    return Path(str(make_url(database_url).database))


@asynccontextmanager
async def held(database_url: str):
    """Let another program hold the writer's lock while the block lasts."""
    took, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with closing(sqlite3.connect(file_of(database_url), isolation_level=None, timeout=5)) as other:
            other.execute("BEGIN IMMEDIATE")
            took.set()
            let_go.wait()
            other.execute("ROLLBACK")

    thread = threading.Thread(target=hold)
    thread.start()
    await asyncio.to_thread(took.wait)
    try:
        yield
    finally:
        let_go.set()
        await asyncio.to_thread(thread.join)


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
async def test_the_person_hears_while_the_lock_is_held_that_nothing_is_stored(team, database_url, act):
    ana = team.person("ana")
    await ana.says("/followup Acme Fri call Dana", channel="sales")
    if act is form:
        await ana.says("/followup new", channel="sales")
        await ana.fills("Who is it with?", "Initech")
        await ana.fills("What will happen?", "Call Bill")
    before = await stored(team)
    team.server.sockets.ack_timeout = SLOW
    async with held(database_url):
        said = await act(team)  # whoever waited for the lock would wait for ever
    await asyncio.sleep(0.5)
    await team.server.settled()
    provoked(team)
    assert "did not respond" not in said
    assert "Done: Acme" not in said
    assert "Something went wrong" not in said
    assert await stored(team) == before, "nothing is stored later either"


async def test_many_at_once_under_a_lock_are_all_told_before_it_ends_and_none_is_stored(team, database_url):
    ana = team.person("ana")
    before = await stored(team)
    team.server.sockets.ack_timeout = SLOW
    async with held(database_url):
        place, gestures = team.server.workspace.channels["C1"], team.server.gestures
        await asyncio.gather(
            *(gestures.say(ana.person, place, f"/log {number} calls") for number in range(1, 13))
        )
    await asyncio.sleep(0.5)
    await team.server.settled()
    provoked(team)
    assert not any("did not respond" in text for text in ana.sees("sales"))
    assert not any("Logged" in text for text in ana.sees("sales"))
    assert await stored(team) == before


def test_what_an_answer_waits_for_fits_into_what_slack_waits():
    assert in_time.PATIENCE + in_time.KEEPING < SLACK_WAITS


async def test_a_lock_that_is_let_go_in_time_is_waited_for(team, database_url):
    async with held(database_url):
        asking = asyncio.create_task(commands(team))
        await asyncio.sleep(1.0)
    assert "2 calls" in await asking


async def test_after_the_lock_the_same_words_are_stored_once(team, database_url):
    team.server.sockets.ack_timeout = SLOW
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
                status, found = await health(bot, session, ready)
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
