"""Whoever is stopped while the database works is stopped, and nobody else's unit of work is taken for kept."""

import asyncio

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.people.workspace import find_workspace
from storage.scope import Ledger
from storage.trouble import StorageTrouble
from tests.known import WORKSPACE

# A question that takes long on either engine, so that somebody stops waiting while it is being answered.
LONG = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) SELECT count(*) FROM n"
)


async def asks(ledger: Ledger, begun: asyncio.Event) -> None:
    begun.set()
    await ledger.session.exec(LONG)


async def reads(database: Database, begun: asyncio.Event) -> None:
    async with database.read_ledger() as ledger:
        await asks(ledger, begun)


async def writes(database: Database, begun: asyncio.Event) -> None:
    async with database.write_ledger() as ledger:
        await asks(ledger, begun)


@pytest.mark.parametrize("work", [reads, writes])
async def test_whoever_is_stopped_in_the_middle_of_a_question_is_stopped(database, work):
    begun = asyncio.Event()
    task = asyncio.create_task(work(database, begun))
    await begun.wait()
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.write(WORKSPACE) as scope:
        assert await find_workspace(scope) is not None


@pytest.mark.engines("sqlite")
async def test_units_that_shared_a_commit_with_one_that_was_stopped_are_told_plainly(database):
    begun, waits = asyncio.Event(), asyncio.Event()

    async def first() -> None:
        async with database.write_ledger() as ledger:
            await ledger.session.exec(text("SELECT 1"))
            await waits.wait()

    earlier = asyncio.create_task(first())
    await asyncio.sleep(0.01)
    later = asyncio.create_task(writes(database, begun))
    await asyncio.sleep(0.01)  # it waits for its turn, so that the first leaves its commit to it
    waits.set()
    await begun.wait()
    await asyncio.sleep(0.05)
    assert not earlier.done()
    later.cancel()
    with pytest.raises(asyncio.CancelledError):
        await later
    with pytest.raises(StorageTrouble, match="Nothing of this was kept"):
        await earlier
    async with database.write(WORKSPACE) as scope:
        assert await find_workspace(scope) is not None
