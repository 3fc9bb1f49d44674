"""The archive: what ended a season ago leaves the ledger, and never comes back."""

from datetime import timedelta

from sqlmodel import select

from sales.nudges.ledger import DeliveryState, Nudge
from storage.database import Database
from storage.nudges.ledger.archive import KEPT, archive_old
from storage.nudges.ledger.intake import enqueue, enqueue_all
from storage.nudges.ledger.lookup import delivery_by_key
from storage.nudges.ledger.rows import DeliveryArchiveRow, DeliveryEventRow, DeliveryRow
from storage.nudges.ledger.steps import move_delivery
from tests.known import T0, WORKSPACE

SEASON_LATER = T0 + KEPT + timedelta(seconds=1)


def nudge(key: str) -> Nudge:
    return Nudge(key=key, kind="test", intent={"n": key}, why="Because.", not_before=T0, user_id="U1")


async def ended(database: Database, *keys: str) -> None:
    async with database.write(WORKSPACE) as scope:
        for key in keys:
            await enqueue(scope, nudge(key), T0)
            row, ledger = await delivery_by_key(scope, key), scope.ledger
            await move_delivery(ledger, row, DeliveryState.SKIPPED, T0, note="late", last_error="late")


async def archive(database: Database, now, limit: int = 500) -> int:
    async with database.write_ledger() as ledger:
        return await archive_old(ledger, now, limit)


async def test_only_what_ended_long_ago_moves_and_nothing_of_it_is_lost(database: Database) -> None:
    await ended(database, "old")
    async with database.write(WORKSPACE) as scope:
        await enqueue(scope, nudge("open"), T0)
        before = (await delivery_by_key(scope, "old")).model_dump()
    assert await archive(database, T0 + KEPT) == 0
    assert await archive(database, SEASON_LATER) == 1
    async with database.read(WORKSPACE) as scope:
        kept = (await scope.session.exec(select(DeliveryArchiveRow))).one()
        assert kept.model_dump() == before
        assert (await scope.session.exec(select(DeliveryEventRow))).all() == []
        assert [row.occurrence_key for row in await scope.session.exec(select(DeliveryRow))] == ["open"]


async def test_an_occurrence_in_the_archive_is_not_asked_for_again(database: Database) -> None:
    await ended(database, "old")
    await archive(database, SEASON_LATER)
    async with database.write(WORKSPACE) as scope:
        assert not await enqueue(scope, nudge("old"), SEASON_LATER)
    async with database.write_ledger() as ledger:
        both = [(WORKSPACE, nudge("old")), (WORKSPACE, nudge("new"))]
        await enqueue_all(ledger, both, SEASON_LATER)
    async with database.read(WORKSPACE) as scope:
        assert [row.occurrence_key for row in await scope.session.exec(select(DeliveryRow))] == ["new"]


async def test_it_moves_a_few_at_a_time(database: Database) -> None:
    await ended(database, *(f"old:{number}" for number in range(5)))
    assert [await archive(database, SEASON_LATER, limit=2) for _ in range(4)] == [2, 2, 1, 0]
