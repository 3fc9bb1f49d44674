"""Connections: short statements run where they are asked for, long ones hold nobody up."""

import asyncio
import threading

import pytest
from sqlmodel import text

from storage.database import Database
from tests.known import WORKSPACE

COUNT = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT max(i) FROM n"
)


async def test_a_long_read_is_taken_to_the_thread_and_gives_the_same_rows(database: Database) -> None:
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    beside = asyncio.create_task(others())
    async with database.read(WORKSPACE) as scope:
        await scope.session.exec(text("SELECT 1"))
        before = turns
        found = (await scope.session.exec(text(COUNT))).one()
    beside.cancel()
    assert found[0] == 300_000
    assert turns > before + 2


async def test_many_short_statements_let_others_have_their_turn(database: Database) -> None:
    done = asyncio.Event()

    async def other() -> None:
        done.set()

    beside = asyncio.create_task(other())
    async with database.write(WORKSPACE) as scope:
        for _ in range(5_000):
            await scope.session.exec(text("SELECT 1"))
            if done.is_set():
                break
        else:
            raise AssertionError("nobody else had a turn")
    await beside


async def test_a_broken_off_read_leaves_the_unit_of_work_whole(database: Database) -> None:
    async with database.write(WORKSPACE) as scope:
        await scope.session.exec(text("UPDATE workspace SET name = 'Kept'"))
        await scope.session.exec(text(COUNT))
    async with database.read(WORKSPACE) as scope:
        assert (await scope.session.exec(text("SELECT name FROM workspace"))).one()[0] == "Kept"


@pytest.mark.engines("sqlite")
async def test_closing_ends_the_threads(database: Database) -> None:
    async with database.read(WORKSPACE) as scope:
        await scope.session.exec(text("SELECT 1"))
    before = threading.active_count()
    await database.close()
    assert threading.active_count() < before
