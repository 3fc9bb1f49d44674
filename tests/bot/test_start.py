"""A start loads what it needs, and no more: time until it is connected, and memory for as long as it runs."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.processes

STARTED = """
import asyncio, gc, sys
from bot.garbage import uncollected
with uncollected():
    import bot.cli
    import bot.app
    import bot.http
from storage.database import Database

async def opened():
    await (await Database.open(sys.argv[1])).close()

asyncio.run(opened())
unneeded = {"alembic", "asyncpg", "holidays", "mako", "rich.progress", "slackblocks"}
print(sorted(unneeded & sys.modules.keys()), gc.isenabled(), gc.get_freeze_count() > 100_000)
"""


def start(file):
    done = subprocess.run(
        [sys.executable, "-c", STARTED, f"sqlite+aiosqlite:///{file}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_a_start_on_an_existing_database_loads_only_what_it_needs(tmp_path):
    assert start(tmp_path / "rainmaker.db") == "['alembic', 'mako'] True True"
    assert start(tmp_path / "rainmaker.db") == "[] True True"
