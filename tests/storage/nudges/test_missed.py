"""Occurrences that are not going to be sent: each once, with its event, and what covers it."""

from datetime import timedelta

from sqlmodel import func, select

from sales.nudges.ledger import DeliveryState, Nudge
from storage.database import Database
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.lookup import delivery_by_key
from storage.nudges.ledger.missed import AT_ONCE, Missed, record_missed
from storage.nudges.ledger.rows import DeliveryEventRow, DeliveryRow
from tests.known import T0, WORKSPACE


def missed(
    number: int, state: DeliveryState = DeliveryState.SKIPPED, covered_by: str | None = None
) -> Missed:
    nudge = Nudge(key=f"prompt:{number}", kind="prompt", intent={}, why="", not_before=T0, user_id="U1")
    return Missed(WORKSPACE, nudge, state, "late", covered_by)


async def test_each_is_written_once_with_its_event(database: Database) -> None:
    many = [missed(number) for number in range(AT_ONCE + 20)]
    async with database.write_ledger() as ledger:
        assert await record_missed(ledger, [], T0) == 0
        assert await record_missed(ledger, many, T0) == AT_ONCE + 20
    async with database.write_ledger() as ledger:
        assert await record_missed(ledger, [*many[:3], missed(9999)], T0 + timedelta(days=1)) == 1
    async with database.read_ledger() as ledger:
        for table in (DeliveryRow, DeliveryEventRow):
            count = (await ledger.session.exec(select(func.count()).select_from(table))).one()
            assert count == AT_ONCE + 21
        event = (await ledger.session.exec(select(DeliveryEventRow).limit(1))).one()
    assert (event.from_state, event.to_state, event.note) == ("pending", "skipped", "late")


async def test_what_covers_them_is_said(database: Database) -> None:
    async with database.write_ledger() as ledger:
        await record_missed(ledger, [missed(1, DeliveryState.SUPERSEDED, "prompt:2")], T0)
    async with database.read(WORKSPACE) as scope:
        row = await delivery_by_key(scope, "prompt:1")
    assert row is not None
    assert (row.state, row.superseded_by, row.last_error) == (DeliveryState.SUPERSEDED, "prompt:2", "late")


async def test_what_is_in_the_ledger_already_is_not_touched(database: Database) -> None:
    async with database.write(WORKSPACE) as scope:
        await enqueue(scope, missed(1).nudge, T0)
    async with database.write_ledger() as ledger:
        assert await record_missed(ledger, [missed(1)], T0) == 0
    async with database.read(WORKSPACE) as scope:
        row = await delivery_by_key(scope, "prompt:1")
    assert row is not None
    assert row.state is DeliveryState.PENDING
