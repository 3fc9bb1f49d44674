"""Upgrades: a full database of an earlier release keeps every value it held, on both engines, and goes on working.

The databases are in tests/fixtures; its README says what is in them and how the next release adds its own.
"""

import copy
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

from bot.manifest import manifest
from playground.box import Server
from playground.clock import Clock
from storage.database import Database
from storage.migrations import newest
from storage.migrations.steps import configuration
from tests.conftest import PATIENCE, small_workspace
from tests.story_workspace import StoryWorkspace, running_bot

# What a later schema calls otherwise, or says no more on purpose (None): "table" or "table.column" as the release
# called it, and the table's or the column's name now; so with a PostgreSQL sequence. A line here goes with a migration
# and a line of CHANGELOG.md.
MOVED: dict[str, str | None] = {}

FIXTURES = Path(__file__).parents[1] / "fixtures"
RELEASES = ("release-0.1",)
VERSION = "alembic_version"
STOPPED = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)  # when the release did its last work, a Monday
LJUBLJANA = "Europe/Ljubljana"
STATES = {"pending", "leased", "sending", "uncertain", "recon", "sent", "skipped", "superseded", "dead"}
COUNTERS = {
    "sqlite": "SELECT name, seq FROM sqlite_sequence",
    "postgresql": "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'",
}

Row = dict[str, Any]


class Held:
    """What a database holds, as the engine itself says it: rows and key columns by table, and the counters of ids."""

    def __init__(self, connection: Connection) -> None:
        schema = inspect(connection)
        self.rows: dict[str, list[Row]] = {}
        self.keys: dict[str, list[str]] = {}
        for table in schema.get_table_names():
            key = self.keys[table] = schema.get_pk_constraint(table)["constrained_columns"]
            order = ", ".join(f'"{column}"' for column in key)
            found = connection.exec_driver_sql(f'SELECT * FROM "{table}" ORDER BY {order}')
            self.rows[table] = [dict(row) for row in found.mappings()]
        self.version = [row["version_num"] for row in self.rows.pop(VERSION)]
        counters = connection.exec_driver_sql(COUNTERS[connection.dialect.name])
        self.counters = {name: last or 0 for name, last in counters}


async def held(url: str) -> Held:
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        found = await connection.run_sync(Held)
    await engine.dispose()
    return found


def now_called(name: str) -> str | None:
    """Return what a table, or a column of one, is called after the upgrade; None if it is gone on purpose."""
    return MOVED.get(name, name.rpartition(".")[2])


def lost(before: Held, after: Held) -> list[str]:
    """Return each value of `before` that `after` does not hold where it belongs, in words."""
    missing = []
    for table, rows in before.rows.items():
        place = now_called(table)
        if place is None:
            continue
        if place not in after.rows:
            missing.append(f"the table {table}")
            continue
        columns = {column: now_called(f"{table}.{column}") for column in rows[0]} if rows else {}
        key = [columns.get(column) for column in before.keys[table]]
        there = {tuple(row[column] for column in key): row for row in after.rows[place]}
        if len(after.rows[place]) != len(rows):
            missing.append(f"{table} has {len(after.rows[place])} rows and had {len(rows)}")
        for row in rows:
            which = tuple(row[column] for column in before.keys[table])
            found = there.get(which)
            if found is None:
                missing.append(f"{table} {which}")
                continue
            missing += [
                f"{table} {which}: {column} said {row[column]!r} and says {found.get(named, 'nothing')!r}"
                for column, named in columns.items()
                if named is not None and (named not in found or found[named] != row[column])
            ]
    return missing


@pytest.fixture(params=RELEASES)
async def old(request: pytest.FixtureRequest, database_url: str) -> str:
    """The address of a database as a release left it, in place of the new one that the test was given."""
    url = make_url(database_url)
    script = (FIXTURES / request.param / f"{url.get_backend_name()}.sql").read_text(encoding="utf-8")
    if url.get_backend_name() == "sqlite":
        with (
            closing(sqlite3.connect(":memory:")) as memory,
            closing(sqlite3.connect(str(url.database))) as file,
        ):
            memory.executescript(script)
            memory.backup(file)  # over everything that was in it
    else:
        address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        connection = await asyncpg.connect(address)
        await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        await connection.execute(script)
        await connection.close()
    return database_url


async def upgraded(url: str) -> tuple[Held, Held]:
    """Return what a release's database held before it was opened, and what it holds since."""
    before = await held(url)
    await (await Database.open(url)).close()
    return before, await held(url)


async def test_every_value_is_still_there(old: str) -> None:
    before, after = await upgraded(old)
    assert lost(before, after) == []
    assert after.version == [newest()] == [ScriptDirectory.from_config(configuration()).get_current_head()]


async def test_no_id_is_given_a_second_time(old: str) -> None:
    """Where a table counts its ids beyond its last row, a button on an old message must not reach a newer row."""
    before, after = await upgraded(old)
    assert before.counters
    for name, last in before.counters.items():
        if (place := now_called(name)) is not None:
            assert after.counters.get(place, -1) >= last, name


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
async def test_the_schema_is_that_of_a_new_database(old: str) -> None:
    database = await Database.open(old)
    async with database.engine.reading.begin() as connection:
        different = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync), SQLModel.metadata)
        )
    await database.close()
    assert different == []


async def test_what_is_upgraded_is_full(old: str) -> None:
    before = await held(old)
    assert [table for table, rows in before.rows.items() if len(rows) < 2] == []
    unsaid = [
        f"{table}.{column}"
        for table, rows in before.rows.items()
        for column in rows[0]
        if all(row[column] is None for row in rows)
    ]
    assert unsaid == []
    assert {row["state"] for row in before.rows["delivery"]} == STATES


async def test_a_loss_would_be_noticed(old: str) -> None:
    before = await held(old)
    after = copy.deepcopy(before)
    after.rows["goal"][0]["target"] += 1
    del after.rows["mute"][0], after.rows["undo"]
    for row in after.rows["team"]:
        del row["zone"]
    said = lost(before, after)
    assert sum(line.startswith("goal (1,): target said") for line in said) == 1
    assert sum(line.startswith("mute") for line in said) == 2  # the row, and how many there are
    assert sum(line == "the table undo" for line in said) == 1
    assert sum("zone said" in line for line in said) == len(said) - 4


# and it works


@pytest.fixture
async def since(old: str) -> AsyncIterator[StoryWorkspace]:
    """The bot on a release's database, a minute after that release stopped, with the same people around it."""
    clock, workspace = Clock(STOPPED + timedelta(minutes=1), frozen=True), small_workspace()
    for person in ("U1", "U2", "U3", "U4"):
        workspace.dm(person)  # they talked to the release before
    async with (
        Server(workspace, clock=clock, manifest=manifest(), rates=None, ack_timeout=PATIENCE) as server,
        running_bot(server, clock, old) as bot,
    ):
        yield StoryWorkspace(server, clock, bot)
        assert [problem.text for problem in server.problems] == []


async def test_a_rep_finds_everything_and_goes_on(since: StoryWorkspace) -> None:
    ana = since.person("ana")
    assert "Undone: 2 calls." in (await ana.says("/rainmaker undo"))[0]  # what the release before had stored
    await ana.opens_home()
    for words in (
        "Q4 revenue  $0 of $90k",
        "October calls  0 of 30",
        "10 promises, 7 overdue.",
        "Waiting for  Tick what came.",
    ):
        assert words in ana.home()
    assert "of $90k" in (await ana.says("/goal"))[0]
    assert "☐ Stark call Tony" in (await ana.says("/followup"))[0]
    assert "Wonka · $4,200" in (await ana.says("/deal"))[0]
    assert "Sent" in (await ana.says("/why"))[0]
    assert "P(hit)" in (await ana.says("/why 90,000"))[0]
    assert "Won: Wonka, $4,200" in (await ana.says("/deal won Wonka"))[0]
    assert "Undone" in (await ana.says("/rainmaker undo"))[0]
    assert "Acme call" in (await ana.says("/followup Acme fri call"))[0]
    assert "Logged 3 calls" in (await ana.says("/log 3 calls"))[0]
    assert "Field" in (await since.person("mia").says("/team"))[0]


async def test_an_admin_is_told_what_slack_does_not_offer_yet_and_says_when_it_does(
    since: StoryWorkspace,
) -> None:
    """A new version's commands wait for its manifest at Slack, which tells nobody of it: help and the doctor say so."""
    await since.jump("11:00", LJUBLJANA)
    mia = since.person("mia")
    (told,) = [text for text in mia.sees() if "New in this version" in text]
    for part in ("/plan", "/prep", "/team with @names"):
        assert part in told
    assert "/goal" not in told  # it was there before
    assert (
        "Until then /rainmaker plan does the same" in (await since.person("ana").says("/rainmaker help"))[0]
    )
    await mia.clicks("It is there")
    assert "does the same" not in (await since.person("ana").says("/rainmaker help"))[0]


async def test_what_was_due_and_what_was_under_way_leaves_once(since: StoryWorkspace) -> None:
    await since.jump("14:00", LJUBLJANA)
    assert any("Due: Wayne" in text for text in since.person("ana").sees())
    for _ in range(5):  # what may have been posted is looked for twice before it is
        await since.jump("+1m")
    for step in ("pending", "leased", "sending", "uncertain", "recon", "channel"):
        assert len(since.server.log.with_key(f"upgrade:{step}")) == 1, step
