"""Zones at start: kept up with in batches, by several processes at once, and unknown ones told of once."""

import asyncio
from datetime import time, timedelta

from sqlmodel import select, update

from bot.clock import wall_clock
from bot.doctor import database_of
from bot.settings import Settings
from bot.zones import keep_up
from storage import inbox
from storage.database import Database
from storage.nudges.schedule.due import set_schedule
from storage.nudges.schedule.rows import ScheduleRow
from storage.nudges.schedule.zones import installed_rules
from tests.known import T0, WORKSPACE
from tests.listener import heard


async def fill(database: Database, count: int) -> None:
    async with database.write(WORKSPACE) as scope:
        for number in range(count):
            await set_schedule(
                scope, "prompt", f"U{number}", zone="Europe/Paris", at=time(17), weekdays=31, now=T0
            )


async def set_all(database: Database, **values) -> None:
    async with database.write_ledger() as ledger:
        await ledger.session.exec(update(ScheduleRow).values(**values))


async def test_two_processes_that_start_together_do_it_once(database: Database) -> None:
    await fill(database, 300)
    await set_all(database, tzdata_version="1970a", next_due_at=T0)
    moved = await asyncio.gather(keep_up(database), keep_up(database))
    assert sum(moved) == 300
    async with database.read_ledger() as ledger:
        rows = list(await ledger.session.exec(select(ScheduleRow)))
    assert {row.tzdata_version for row in rows} == {installed_rules()}
    assert {row.version for row in rows} == {1}
    assert await keep_up(database) == 0


async def test_an_unknown_zone_is_told_of_once_with_the_mend(database: Database) -> None:
    await fill(database, 3)
    with heard() as logs:
        await keep_up(database)
    assert logs == []
    await set_all(database, zone="Europe/Atlantis")
    with heard() as logs:
        await keep_up(database)
    [told] = logs
    assert (told["log_level"], told["zone"], told["schedules"]) == ("warning", "Europe/Atlantis", 3)
    assert "tzdata" in told["mend"]


async def test_the_doctor_names_the_zone_and_the_mend(database: Database) -> None:
    await fill(database, 3)
    given = Settings(_env_file=None, slack_bot_token="", database_url=shown(database))
    assert {finding.what for finding in await database_of(given)} & {"Time zone", "Clock"} == set()
    await set_all(database, zone="Europe/Atlantis")
    async with database.write(WORKSPACE) as scope:
        await inbox.take(scope, "ev:1", wall_clock() + timedelta(hours=2))
    found = {finding.what: finding for finding in await database_of(given)}
    assert found["Time zone"].found == "Europe/Atlantis is unknown here; schedules that name it: 3"
    assert "tzdata" in found["Time zone"].mend
    assert "before what was last written down" in found["Clock"].found
    assert "ACCEPT_CLOCK" in found["Clock"].mend


def shown(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)
