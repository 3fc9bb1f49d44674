"""Owners' deals: read again where they changed, and only there; nothing kept of them is stale or foreign."""

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from handlers.registry import REGISTRY
from sales.pipeline.opportunity import Opportunity
from sales.value import changed
from storage.database import Database
from storage.people.workspace import install_workspace
from storage.pipeline.opportunity import add_opportunity, change_opportunity
from storage.pipeline.owner_deals import KEPT, Ordinals, OwnerDeals, deals_of, read_deals
from storage.pipeline.owner_stamp import owner_stamps
from storage.scope import Scope
from tests.engines import POSTGRESQL
from tests.known import T0, WORKSPACE
from tests.sales_story import by_hand

TODAY = T0.date()


def deal(owner: str | None = "U1", **more: Any) -> Opportunity:
    values = {"opened_on": TODAY - timedelta(30), "value_minor": 100_00, "owner_id": owner, **more}
    return Opportunity(name="Acme", **values)


async def stamps(database: Database) -> dict[str, str]:
    async with database.read(WORKSPACE) as scope:
        return await owner_stamps(scope)


async def held(database: Database) -> dict[str, OwnerDeals]:
    async with database.read(WORKSPACE) as scope:
        return dict(await deals_of(scope))


async def truly(database: Database) -> dict[str, OwnerDeals]:
    """The same with nothing kept."""
    KEPT.kept.clear()
    KEPT.weighs = 0
    return await held(database)


async def past_us(scope: Scope, order: str) -> None:
    await (await scope.session.connection()).execute(text(order))


@pytest.fixture
async def stocked(database: Database) -> Database:
    async with database.write(WORKSPACE) as scope:
        for owner in ("U1", "U2", None):
            await add_opportunity(scope, deal(owner, owner_name="" if owner else "Ana Bell"), T0)
    return database


@pytest.fixture
async def other(stocked: Database, database_url: str) -> AsyncIterator[Database]:
    """The same database, opened by another process."""
    opened = await Database.open(database_url, declared=REGISTRY.declared)
    yield opened
    await opened.close()


# the stamps


async def test_a_change_renews_the_owners_stamp_and_nobody_elses(stocked: Database) -> None:
    before = await stamps(stocked)
    assert set(before) == {"U1", "U2", "Ana Bell"}
    async with stocked.write(WORKSPACE) as scope:
        await past_us(scope, "UPDATE opportunity SET value_minor = 7 WHERE owner_id = 'U1'")
    after = await stamps(stocked)
    assert after["U1"] != before["U1"]
    assert {**after, "U1": ""} == {**before, "U1": ""}


@pytest.mark.parametrize(
    ("order", "whose"),
    [
        ("UPDATE opportunity SET owner_id = 'U2' WHERE owner_id = 'U1'", {"U1", "U2"}),
        ("UPDATE opportunity SET owner_id = 'U9' WHERE owner_id IS NULL", {"Ana Bell", "U9"}),
        ("UPDATE opportunity SET owner_id = NULL WHERE owner_id = 'U2'", {"U2", ""}),
        ("UPDATE opportunity SET owner_name = 'Ben' WHERE owner_id IS NULL", {"Ana Bell", "Ben"}),
        ("UPDATE opportunity SET owner_name = 'Ben' WHERE owner_id = 'U1'", {"U1"}),
        ("DELETE FROM opportunity WHERE owner_id = 'U2'", {"U2"}),
    ],
)
async def test_a_deal_that_goes_from_one_to_another_renews_both(
    stocked: Database, order: str, whose: set[str]
) -> None:
    before = await stamps(stocked)
    await held(stocked)
    async with stocked.write(WORKSPACE) as scope:
        await past_us(scope, order)
    after = await stamps(stocked)
    assert {owner for owner, stamp in after.items() if before.get(owner) != stamp} == whose
    assert await held(stocked) == await truly(stocked)


async def test_a_deal_that_leaves_the_workspace_renews_its_owners_here_and_there(stocked: Database) -> None:
    async with stocked.write_ledger() as ledger:
        await install_workspace(ledger, "T2", "Elsewhere", "UBOT", T0)
    before = await stamps(stocked)
    async with stocked.write("T2") as scope:
        await past_us(scope, "UPDATE opportunity SET workspace_id = 'T2' WHERE owner_id = 'U1'")
        assert set(await owner_stamps(scope)) == {"U1"}
    after = await stamps(stocked)
    assert {owner for owner, stamp in after.items() if before[owner] != stamp} == {"U1"}
    assert len((await held(stocked))["U1"].columns) == 0


# what is read again


async def test_only_whose_deals_changed_is_read_again(stocked: Database) -> None:
    before = await held(stocked)
    async with stocked.write(WORKSPACE) as scope:
        await add_opportunity(scope, deal("U2", currency="EUR"), T0)
    after = await held(stocked)
    assert {owner for owner, one in after.items() if one is not before[owner]} == {"U2"}
    assert after["U2"].currencies == {"USD", "EUR"}
    assert len(after["U2"].columns) == 2


async def test_pieces_are_put_together(stocked: Database) -> None:
    async with stocked.write(WORKSPACE) as scope:
        for days in range(9):
            await add_opportunity(scope, deal("U3", opened_on=TODAY - timedelta(days)), T0)
        owners = [*(await owner_stamps(scope)), "nobody"]
        whole = await read_deals(scope, owners)
        for at_once in (2, 3, 9):
            assert await read_deals(scope, owners, at_once) == whole
    assert [len(whole[owner].columns) for owner in ("U1", "U3", "nobody")] == [1, 9, 0]


async def test_what_another_process_writes_between_two_reads_is_seen(
    stocked: Database, other: Database
) -> None:
    first = await held(stocked)
    async with other.write(WORKSPACE) as scope:
        await past_us(scope, "UPDATE opportunity SET owner_id = 'U2' WHERE owner_id = 'U1'")
    second = await held(stocked)
    assert second["U1"] != first["U1"]
    assert second == await held(other) == await truly(stocked)


async def test_a_unit_that_is_undone_after_reading_leaves_nothing_behind(stocked: Database) -> None:
    first = await held(stocked)
    with suppress(InterruptedError):
        async with stocked.write(WORKSPACE) as scope:
            await add_opportunity(scope, deal("U1", value_minor=900_00), T0)
            assert len((await deals_of(scope))["U1"].columns) == 2
            assert await held(stocked) == first  # nor does anybody see it before
            raise InterruptedError
    assert await held(stocked) == first == await truly(stocked)


async def test_a_savepoint_that_is_undone_leaves_nothing_behind(stocked: Database) -> None:
    async with stocked.write(WORKSPACE) as scope:
        row = await add_opportunity(scope, deal("U1"), T0)
        first = await deals_of(scope)
        savepoint = await scope.session.begin_nested()
        await change_opportunity(scope, row, changed(Opportunity, row, owner_id="U2"), by_hand())
        assert await deals_of(scope) != first
        await savepoint.rollback()
        assert await deals_of(scope) == first
    assert await held(stocked) == first == await truly(stocked)


@dataclass(frozen=True)
class InterruptedScope(Scope):
    """A read between whose statements another process writes, once."""

    other: Database | None = None
    asked: list[Any] | None = None

    async def ask(self, statement: Any, **values: Any) -> list[Any]:
        found = await super().ask(statement, **values)
        assert self.asked is not None
        assert self.other is not None
        self.asked.append(statement)
        if len(self.asked) == 3:  # stamps, counts, and the first piece
            async with self.other.write(WORKSPACE) as scope:
                await past_us(scope, "UPDATE opportunity SET value_minor = 1")
        return found


@pytest.mark.engines(POSTGRESQL)
async def test_what_changed_while_it_was_read_is_not_kept(stocked: Database, other: Database) -> None:
    KEPT.kept.clear()
    KEPT.weighs = 0
    async with stocked.read(WORKSPACE) as scope:
        same = {one.name: getattr(scope, one.name) for one in fields(Scope)}
        await deals_of(InterruptedScope(**same, other=other, asked=[]))
    assert not KEPT.kept
    assert set((await held(stocked))["U1"].columns.values) == {1.0}


# an old database


@pytest.mark.parametrize("event", ["insert", "update", "delete"])
async def test_a_trigger_that_is_missing_is_put_back_and_every_owners_stamp_renewed(
    stocked: Database, database_url: str, event: str
) -> None:
    before = await stamps(stocked)
    await held(stocked)
    async with stocked.write(WORKSPACE) as scope:
        await past_us(
            scope, f"DROP TRIGGER deal_stamp_{event}{' ON opportunity' if stocked.engine.shared else ''}"
        )
        await past_us(scope, "DELETE FROM opportunity WHERE owner_id = 'U2'")  # nobody may have noticed
        await past_us(scope, "UPDATE opportunity SET owner_id = 'U3' WHERE owner_id = 'U1'")
        await past_us(scope, "DELETE FROM owner_stamp WHERE owner = 'U3'")
    opened = await Database.open(database_url, declared=REGISTRY.declared)
    after = await stamps(opened)
    assert set(after) == {"U1", "U2", "U3", "Ana Bell"}
    assert not set(after.values()) & set(before.values())
    assert [len(one.columns) for one in (await held(opened)).values()] == [1, 0, 0, 1]
    await opened.close()


def test_dates_are_said_in_the_same_way_by_both_engines() -> None:
    said = Ordinals({None: 0})
    assert said["2026-09-14"] == said[date(2026, 9, 14)] == TODAY.toordinal()
    assert said[None] == 0
