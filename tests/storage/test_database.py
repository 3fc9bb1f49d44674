"""The database: trouble is one clear line, what was confirmed is kept, and the schema is what the models say."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import DateTime
from sqlmodel import SQLModel, col, func, select, text

from sales.people.member import Member
from sales.people.team import Team
from storage.columns import Minor
from storage.database import Database
from storage.engines import writer
from storage.people import workspace
from storage.people.member import MemberRow, meet_member
from storage.people.team import add_team
from storage.trouble import NewerDatabase, StorageTrouble
from tests.known import T0, WORKSPACE

COLUMNS = [column for table in SQLModel.metadata.tables.values() for column in table.columns]


def kept_as(column) -> type:
    """Return the plain type a column is kept as."""
    return type(getattr(column.type, "impl_instance", column.type))


def file_of(database: Database) -> Path:
    return Path(str(database.url.database))


@contextmanager
def other_program(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, isolation_level=None)
    yield connection
    connection.close()


async def meet(database: Database, user_id: str, email: str = "") -> None:
    async with database.write(WORKSPACE) as scope:
        await meet_member(scope, Member(user_id=user_id, name=user_id, email=email or None))


async def everybody(database: Database) -> int:
    async with database.read(WORKSPACE) as scope:
        return (await scope.session.exec(select(func.count(col(MemberRow.user_id))))).one()


async def test_a_newer_database_is_refused_in_one_line(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/newer.db"
    await (await Database.open(url)).close()
    with other_program(tmp_path / "newer.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerDatabase, match="at schema 9999") as refused:
        await Database.open(url)
    assert "\n" not in str(refused.value)


async def test_opening_again_keeps_everything(database: Database) -> None:
    await meet(database, "U1")
    await database.close()
    again = await Database.open(str(database.url))
    assert await everybody(again) == 1
    await again.close()


async def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageTrouble, match="cannot be opened"):
        await Database.open(f"sqlite+aiosqlite:///{tmp_path}/missing/rainmaker.db")


async def test_a_file_of_something_else_is_said(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("Dear diary, " * 200)
    with pytest.raises(StorageTrouble, match="not a Rainmaker database"):
        await Database.open(f"sqlite+aiosqlite:///{tmp_path}/notes.db")


async def test_another_engine_is_refused() -> None:
    with pytest.raises(StorageTrouble, match=r"mysql.*write sqlite"):
        await Database.open("mysql+aiomysql://localhost/rainmaker")


@pytest.mark.engines("sqlite")
async def test_a_read_only_database_is_said_and_can_still_be_read(database: Database) -> None:
    await meet(database, "U1")
    async with database.write_ledger() as ledger:
        await ledger.session.exec(text("PRAGMA query_only = 1"))
    with pytest.raises(StorageTrouble, match="read-only"):
        await meet(database, "U2")
    assert await everybody(database) == 1


@pytest.mark.engines("sqlite")
async def test_a_full_disk_loses_nothing_that_was_confirmed_and_passes(database: Database) -> None:
    await meet(database, "U0")
    async with database.write_ledger() as ledger:
        pages = (await ledger.session.exec(text("PRAGMA page_count"))).one()[0]
        await ledger.session.exec(text(f"PRAGMA max_page_count = {pages + 2}"))
    confirmed, trouble = 1, None
    while trouble is None and confirmed < 500:
        try:
            await meet(database, f"U{confirmed}", "x" * 300)
            confirmed += 1
        except StorageTrouble as full:
            trouble = full
    assert "The disk is full" in str(trouble)
    assert await everybody(database) == confirmed
    async with database.write_ledger() as ledger:
        await ledger.session.exec(text("PRAGMA max_page_count = 1000000"))
    await meet(database, "UZ")
    assert await everybody(database) == confirmed + 1


@pytest.mark.engines("sqlite")
async def test_a_log_that_went_with_the_last_connection_is_no_removed_file(database: Database) -> None:
    """After a write that failed its connection is closed; where no other is open, SQLite takes its log away."""
    async with database.write_ledger() as ledger:
        pages = (await ledger.session.exec(text("PRAGMA page_count"))).one()[0]
        await ledger.session.exec(text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(StorageTrouble, match="The disk is full"):
        await database.takes_writes()
    await database.takes_writes()
    await database.answers()
    await meet(database, "U2")
    assert await everybody(database) == 1


async def test_a_database_that_another_program_holds_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "LOCK_SECONDS", 0.05)
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/rainmaker.db")
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, WORKSPACE, "Testing", "UBOT", T0)
    await meet(database, "U1")
    with other_program(tmp_path / "rainmaker.db") as connection:
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageTrouble, match="Another program holds the database"):
            await meet(database, "U2")
        assert await everybody(database) == 1
        connection.execute("ROLLBACK")
    await meet(database, "U3")
    assert await everybody(database) == 2
    await database.close()


@pytest.mark.engines("sqlite")
async def test_what_is_confirmed_is_in_the_file(database: Database) -> None:
    await meet(database, "U1")
    with other_program(file_of(database)) as connection:
        assert connection.execute("SELECT user_id FROM member").fetchall() == [("U1",)]
    async with database.write_ledger() as ledger:
        assert (await ledger.session.exec(text("PRAGMA synchronous"))).one()[0] == 2
        assert (await ledger.session.exec(text("PRAGMA journal_mode"))).one()[0] == "wal"


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
async def test_the_migrations_make_what_the_models_say(database: Database) -> None:
    async with database.engine.reading.begin() as connection:
        different = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync), SQLModel.metadata)
        )
    assert different == []


@pytest.mark.parametrize("column", [one for one in COLUMNS if kept_as(one) is DateTime], ids=str)
def test_every_instant_is_utc_and_never_naive(column) -> None:
    stored = column.type.process_bind_param(
        datetime(2026, 9, 14, 11, tzinfo=ZoneInfo("Europe/Ljubljana")), None
    )
    assert stored == T0
    assert stored.utcoffset() == timedelta(0)
    assert column.type.process_result_value(T0.replace(tzinfo=None), None) == T0
    with pytest.raises(ValueError, match="timezone"):
        column.type.process_bind_param(T0.replace(tzinfo=None), None)


@pytest.mark.parametrize("column", [one for one in COLUMNS if one.name.endswith("_minor")], ids=str)
def test_every_amount_refuses_a_float(column) -> None:
    assert isinstance(column.type, Minor)
    for wrong in (0.5, 1.0, True, "12"):
        with pytest.raises(ValueError, match="whole number"):
            column.type.process_bind_param(wrong, None)
    assert column.type.process_bind_param(12, None) == 12


@pytest.mark.parametrize("column", [one for one in COLUMNS if one.nullable], ids=str)
def test_a_column_that_may_be_empty_puts_nothing_in_place_of_none(column) -> None:
    assert column.default is None


READING = """
import asyncio, sys
from storage.database import Database
from storage.people.team import every_team

async def read():
    database = await Database.open(sys.argv[1])
    async with database.read(sys.argv[2]) as scope:
        print([team.currency for team in await every_team(scope)])
    await database.close()

asyncio.run(read())
"""


@pytest.mark.processes
@pytest.mark.engines("sqlite")
async def test_rows_are_read_by_a_process_that_never_made_a_session(
    database: Database, database_url: str
) -> None:
    async with database.write(WORKSPACE) as scope:
        await add_team(scope, Team(name="Field", zone="UTC", digest_channel="C1", currency="EUR"))
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", READING, database_url, WORKSPACE],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "['EUR']"
