"""Health: the two addresses go red, with the reason, for each thing that keeps the bot from its work."""

import asyncio
import sqlite3
import time
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import event, make_url, text

from bot.app import running
from bot.health import SEVERAL_BEATS, HealthWatch
from bot.http import HEALTH, READY, Address
from bot.manifest import manifest
from bot.rate_limits import RateLimits
from bot.settings import Settings
from playground.box import Server
from playground.clock import Clock
from storage import inbox
from storage.database import Database
from storage.trouble import StorageTrouble
from tests.bot.heartbeats import BeatWatch, heart
from tests.conftest import small_workspace
from tests.known import T0, WORKSPACE

ANY_PORT = Address("127.0.0.1", 0)


@asynccontextmanager
async def watched(database_url: str):
    """A bot over Socket Mode, and what asks the two addresses beside its metrics."""
    clock = Clock(T0, frozen=True)
    async with Server(small_workspace(), clock=clock, manifest=manifest(), rates=None) as server:
        settings = Settings(
            _env_file=None,
            slack_bot_token=server.bot_token,
            slack_app_token=server.app_token,
            slack_api_url=server.api_url,
            database_url=database_url,
            heartbeat_seconds=60,
        )
        async with (
            running(settings, clock.now, gates=RateLimits(unlimited=True), metrics=ANY_PORT) as bot,
            aiohttp.ClientSession(f"http://{bot.metrics}") as session,
        ):
            await server.wait_app()

            async def ask(path: str) -> tuple[int, dict[str, str]]:
                async with session.get(path) as answer:
                    return answer.status, await answer.json()

            await until(ask, READY, 200)  # Slack has said hello
            yield bot, ask


def file_of(database_url: str) -> Path:
    return Path(make_url(database_url).database or "")


class DiskLimit:
    """A disk with so many pages for the database, whichever connection writes."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.pages = 1_000_000

        @event.listens_for(database.engine.writing.sync_engine, "connect")
        def limited(connection, record) -> None:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA max_page_count = {self.pages}")
            cursor.close()

    async def set(self, pages: int) -> None:
        self.pages = pages
        async with self.database.engine.unit(None) as unit:
            await unit.connection.execute(text(f"PRAGMA max_page_count = {pages}"))


async def much_written(database: Database) -> None:
    async with database.write(WORKSPACE) as scope:
        await inbox.note(scope, "ev:1", T0, {"text": "." * 100_000})


async def until(ask, path: str, status: int) -> None:
    """Ask until it says so."""
    async with asyncio.timeout(10):
        while (await ask(path))[0] != status:  # noqa: ASYNC110 -- somebody else's doing, asked over HTTP
            await asyncio.sleep(0.02)


async def both(ask) -> set[tuple[int, str]]:
    """What both addresses say now."""
    said = [await ask(HEALTH), await ask(READY)]
    return {(status, found.get("reason", "")) for status, found in said}


async def test_where_all_is_well_both_say_what_was_found(database_url):
    async with watched(database_url) as (_, ask):
        status, found = await ask(HEALTH)
        version = found.pop("version")
        assert status == 200
        assert version
        assert found == {
            "status": "ok",
            "database": "takes writes",
            "delivery": "alive",
            "heartbeat": "beats",
            "clock": "believed",
        }
        status, found = await ask(READY)
        assert (status, found["status"], found["requests"]) == (200, "ok", "welcome")


@pytest.mark.engines("sqlite")
async def test_a_removed_database_file_is_told(database_url):
    async with watched(database_url) as (_, ask):
        file_of(database_url).unlink()
        ((status, reason),) = await both(ask)
        assert status == 503
        assert reason.startswith("The database file was removed or replaced while I ran.")


@pytest.mark.engines("sqlite")
async def test_a_full_disk_is_told_after_one_write_that_failed_and_passes_although_nobody_writes(
    database_url,
):
    async with watched(database_url) as (bot, ask):
        limit = DiskLimit(bot.database)
        async with bot.database.read_ledger() as ledger:
            await limit.set((await ledger.session.exec(text("PRAGMA page_count"))).one()[0])
        with pytest.raises(StorageTrouble, match="The disk is full"):
            await much_written(bot.database)
        full = "The disk is full. Free some space; nothing already confirmed is lost."
        for _ in range(2):
            assert await both(ask) == {(503, full)}
        await limit.set(1_000_000)
        assert await both(ask) == {(200, "")}
        async with bot.database.read_ledger() as ledger:
            assert (await ledger.session.exec(text("SELECT count(*) FROM inbox"))).one() == (0,)


@pytest.mark.engines("sqlite")
async def test_a_locked_writer_is_told_within_three_seconds_and_however_many_ask_one_trial_is_made(
    database_url,
):
    async with watched(database_url) as (_, ask):
        other = sqlite3.connect(file_of(database_url), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        began = time.perf_counter()
        said = await asyncio.gather(*(ask(path) for path in [HEALTH, READY] * 20))
        assert time.perf_counter() - began < 3.0
        assert {status for status, _ in said} == {503}
        assert "Another program holds the database" in said[0][1]["reason"]
        other.execute("ROLLBACK")
        other.close()
        assert await both(ask) == {(200, "")}


@pytest.mark.engines("postgresql")
async def test_a_server_whose_tables_are_held_is_told(database_url):
    async with watched(database_url) as (bot, ask):
        async with bot.database.engine.writing.connect() as connection:
            await connection.execute(text("BEGIN"))
            await connection.execute(text("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE"))
            ((status, reason),) = await both(ask)
            assert status == 503
            assert "The database" in reason
            await connection.execute(text("ROLLBACK"))
        assert await both(ask) == {(200, "")}


async def test_stopped_delivery_is_told(database_url):
    async with watched(database_url) as (bot, ask):
        bot.deliverer.stop()
        await until(ask, HEALTH, 503)
        assert await both(ask) == {(503, "Delivery has stopped. Restart this process.")}


async def test_a_disbelieved_clock_is_told(database_url):
    async with watched(database_url) as (bot, ask):
        bot.heartbeat.steps.latest = T0 + timedelta(days=1)
        bot.heartbeat.slack.forget()
        bot.heartbeat.ask = asyncio.sleep
        await bot.heartbeat.beat()
        ((status, reason),) = await both(ask)
        assert status == 503
        assert reason.startswith("The clock went back: 2026-09-14 09:00:00 UTC is 1 day, 0:00:00 before")


async def test_a_heartbeat_or_a_delivery_that_is_silent_is_told(database: Database) -> None:
    seconds = [0.0]
    beating = heart(database, BeatWatch(T0))
    beating.stirred_at = 0.0
    watch = HealthWatch(database, beating, lambda: True, lambda: seconds[0], seconds=lambda: seconds[0])
    seconds[0] = SEVERAL_BEATS * 15.0
    assert (await watch.alive()).trouble == ""
    seconds[0] += 1.0
    said = (await watch.alive()).trouble
    assert said == "The heartbeat has not beaten for 61 s. Restart this process."
    await beating.beat()
    beating.stirred_at = seconds[0]
    assert (await watch.alive()).trouble == ""
    watch.looked_at = lambda: seconds[0] - 121
    assert (
        await watch.ready()
    ).trouble == "Delivery has not looked for work for 121 s. Restart this process."
    await watch.close()


async def test_one_that_leaves_or_is_not_reached_is_alive_and_not_ready(database: Database) -> None:
    reached = True
    beating = heart(database, BeatWatch(T0))
    watch = HealthWatch(database, beating, lambda: True, lambda: beating.stirred_at, lambda: reached)
    assert (await watch.ready()).trouble == ""
    reached = False
    assert (await watch.ready()).trouble == "Slack has not taken our connection; we connect again."
    assert (await watch.alive()).trouble == ""
    watch.leaving = True
    assert (await watch.ready()).trouble == "This process is ending."
    assert (await watch.alive()).trouble == ""
    await watch.close()


async def test_a_trial_leaves_nothing_behind(database: Database) -> None:
    async with database.read_ledger() as ledger:
        before = (await ledger.session.exec(text("SELECT count(*) FROM inbox"))).one()
    await database.takes_writes()
    async with database.read_ledger() as ledger:
        assert (await ledger.session.exec(text("SELECT count(*) FROM inbox"))).one() == before
