"""The deal stamp: another after every change of a deal, whoever makes it; nothing kept under it is stale or foreign."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text

from handlers.registry import REGISTRY
from sales.goals.goal import Measure, Metric
from sales.pipeline.opportunity import Opportunity, Stage, closed_won
from sales.value import changed
from storage.database import Database
from storage.goals import attainment
from storage.goals.forecast import inputs, snapshot
from storage.people.workspace import install_workspace
from storage.pipeline import cycle
from storage.pipeline.deal_stamp import DealCache, deal_stamp
from storage.pipeline.opportunity import add_opportunity, change_opportunity, find_opportunity
from storage.row_image import Touched, image
from storage.scope import Scope
from storage.undo import remember_undo, undo_last
from tests.engines import POSTGRESQL, SQLITE
from tests.known import T0, WORKSPACE
from tests.record import known_of
from tests.sales_story import by_hand
from tests.storage.imports.taken import acme, entry, take, undo

TODAY = T0.date()
YEAR = Measure("U1", Metric.REVENUE, date(2026, 1, 1), date(2026, 12, 31))
CACHES = (
    cycle.RECORDS,
    inputs.NEWEST,
    inputs.CURRENCIES,
    attainment.GAINS,
    attainment.FIRST_GAINS,
    snapshot.SNAPSHOTS,
)


def deal(name: str = "Acme", won: bool = True, value: int = 100_00, **more) -> Opportunity:
    stage, closed_on = (Stage.WON, TODAY) if won else (Stage.OPEN, None)
    values = {"owner_id": "U1", "opened_on": TODAY - timedelta(30), "value_minor": value, **more}
    return Opportunity(name=name, stage=stage, closed_on=closed_on, **values)


async def told(scope: Scope) -> tuple[object, ...]:
    """What is kept under the stamp, as this unit of work is told it."""
    return (
        await inputs.only_currency(scope),
        await inputs.deals_changed_on(scope, "UTC"),
        await cycle.record_on(scope, TODAY),
        await attainment.gained_by_day(scope, ["U1"], YEAR, TODAY),
        await attainment.first_gain(scope, ["U1"], Metric.OPPORTUNITIES_CREATED, TODAY),
        (await known_of(scope, "USD", TODAY)).book,
    )


async def told_truly(scope: Scope) -> tuple[object, ...]:
    """The same with nothing kept."""
    for one in CACHES:
        one.cache.kept.clear()
        one.cache.weighs = 0
    return await told(scope)


async def read(database: Database, question=told):
    async with database.read(WORKSPACE) as scope:
        return await question(scope)


@pytest.fixture
async def stocked(database: Database) -> Database:
    async with database.write(WORKSPACE) as scope:
        await add_opportunity(scope, deal(), T0)
        await add_opportunity(scope, deal("Blue", won=False), T0)
    return database


@pytest.fixture
async def other(stocked: Database, database_url: str) -> AsyncIterator[Database]:
    """The same database, opened by another process."""
    opened = await Database.open(database_url, declared=REGISTRY.declared)
    yield opened
    await opened.close()


# what renews it


async def test_no_deals_have_no_stamp_and_nothing_is_kept_of_them(database: Database) -> None:
    cache: DealCache[int] = DealCache(10)
    counted = iter(range(10))

    async def count() -> int:
        return next(counted)

    async with database.read(WORKSPACE) as scope:
        assert await deal_stamp(scope) is None
        assert [await cache.once(scope, "", count) for _ in range(2)] == [0, 1]
    assert not cache.cache.kept


async def test_every_way_to_write_gives_another(stocked: Database) -> None:
    seen = [await read(stocked, deal_stamp)]
    async with stocked.write(WORKSPACE) as scope:

        async def noted() -> None:
            seen.append(await deal_stamp(scope))

        row = await add_opportunity(scope, deal(), T0)
        await noted()
        before = image(row)
        await change_opportunity(scope, row, changed(Opportunity, row, name="Another"), by_hand())
        await noted()
        await remember_undo(scope, "U1", T0, "renamed", [Touched(row, before)])
        await undo_last(scope, "U1", T0)
        await noted()
        connection = await scope.session.connection()
        for order in (
            "UPDATE opportunity SET value_minor = value_minor + 1",
            "DELETE FROM opportunity WHERE value_minor < 0 OR id = (SELECT max(id) FROM opportunity)",
            "UPDATE opportunity SET owner_id = NULL",
        ):
            await connection.execute(text(order))
            await noted()
    assert seen[-1] == await read(stocked, deal_stamp)
    assert len(set(seen)) == len(seen) == 7


async def test_what_writes_no_deal_leaves_it(stocked: Database) -> None:
    before = await read(stocked, deal_stamp)
    async with stocked.write(WORKSPACE) as scope:
        await (await scope.session.connection()).execute(text("DELETE FROM opportunity WHERE id < 0"))
        await (await scope.session.connection()).execute(text("UPDATE workspace SET name = 'Renamed'"))
    assert await read(stocked, deal_stamp) == before


async def test_each_workspace_has_its_own_and_a_deal_that_moves_renews_both(stocked: Database) -> None:
    async with stocked.write_ledger() as ledger:
        await install_workspace(ledger, "T2", "Elsewhere", "UBOT", T0)
    here = await read(stocked, deal_stamp)
    async with stocked.write("T2") as scope:
        await add_opportunity(scope, deal(currency="EUR"), T0)
        there = await deal_stamp(scope)
        assert await inputs.only_currency(scope) == "EUR"
    assert await read(stocked, deal_stamp) == here
    assert (await read(stocked))[0] == "USD"
    async with stocked.write("T2") as scope:
        connection = await scope.session.connection()
        await connection.execute(text("UPDATE opportunity SET workspace_id = 'T2' WHERE name = 'Acme'"))
        assert await deal_stamp(scope) != there
    assert await read(stocked, deal_stamp) != here


@pytest.mark.engines(SQLITE)
@pytest.mark.parametrize("word", ["INSERT OR IGNORE", "INSERT OR REPLACE", "INSERT OR FAIL"])
async def test_the_words_about_conflicts_in_somebodys_statement_change_nothing(
    stocked: Database, word: str
) -> None:
    seen = [await read(stocked, deal_stamp)]
    names = "workspace_id, name, owner_name, stage, stage_label, value_minor, currency, updated_at"
    with sqlite3.connect(str(stocked.url.database)) as near:
        for _ in range(2):
            near.execute(
                f"{word} INTO opportunity ({names})"
                f" VALUES ('{WORKSPACE}', 'C', '', 'open', '', 0, 'USD', '2026-09-14 09:00:00.000000')"
            )
            near.commit()
            seen.append(await read(stocked, deal_stamp))
    near.close()
    assert len(set(seen)) == 3


@pytest.mark.engines(POSTGRESQL)
async def test_many_rows_of_one_statement_renew_it_once(stocked: Database) -> None:
    async with stocked.write(WORKSPACE) as scope:
        connection = await scope.session.connection()
        counted = text("SELECT pg_stat_get_xact_tuples_updated('deal_stamp'::regclass)")
        before = (await connection.execute(counted)).scalar_one()
        await connection.execute(
            text(
                "INSERT INTO opportunity (workspace_id, name, owner_name, stage, stage_label, value_minor, currency,"
                f" updated_at) SELECT '{WORKSPACE}', 'D', '', 'open', '', 0, 'USD', now()"
                " FROM generate_series(1, 1000)"
            )
        )
        assert (await connection.execute(counted)).scalar_one() == before + 1


# bad input


async def test_what_another_process_writes_between_two_reads_is_seen(
    stocked: Database, other: Database
) -> None:
    first = await read(stocked)
    async with other.write(WORKSPACE) as scope:
        await add_opportunity(scope, deal("Euro", currency="EUR"), T0 + timedelta(days=2))
    second = await read(stocked)
    assert all(one != before for one, before in zip(second[:3], first[:3], strict=True))
    assert second == await read(other) == await read(stocked, told_truly)


async def test_an_import_between_two_reads_is_seen_and_so_is_its_undo(stocked: Database) -> None:
    first = await read(stocked)
    run_id, _ = await take(
        stocked, acme("won", closed="2026-08-01"), entry("D2", "Two", *3 * [""], "suspect", *3 * [""])
    )
    second = await read(stocked)
    assert second[2].means == {"USD": 100_00.0}
    assert second[2] != first[2]
    assert second == await read(stocked, told_truly)
    await undo(stocked, run_id)
    assert await read(stocked) == first


async def test_a_unit_that_is_undone_leaves_nothing_behind(stocked: Database) -> None:
    first = await read(stocked)
    with suppress(InterruptedError):
        async with stocked.write(WORKSPACE) as scope:
            assert await told(scope) == first
            await add_opportunity(scope, deal("Euro", currency="EUR", value=5_000_00), T0 + timedelta(days=2))
            within = await told(scope)
            assert within[0] is None
            assert within[2:4] != first[2:4]
            raise InterruptedError
    assert await read(stocked) == first
    async with stocked.write(WORKSPACE) as scope:  # and the next unit's own are its own
        row = await add_opportunity(scope, deal("Yen", currency="JPY"), T0)
        assert await told(scope) not in (first, within)
        assert (await told(scope))[2].means == {"USD": 100_00, "JPY": 100_00}
        await change_opportunity(scope, row, closed_won(row, TODAY, 700), by_hand())
        assert (await told(scope))[2].means == {"USD": 100_00, "JPY": 700}
    assert await read(stocked) == await read(stocked, told_truly)


async def test_a_savepoint_that_is_undone_leaves_nothing_behind(stocked: Database) -> None:
    async with stocked.write(WORKSPACE) as scope:
        await add_opportunity(scope, deal(value=300_00), T0)
        before = await told(scope)
        savepoint = await scope.session.begin_nested()
        await add_opportunity(scope, deal(value=900_00, currency="EUR"), T0)
        assert await told(scope) != before
        await savepoint.rollback()
        assert await told(scope) == before == await told_truly(scope)
    assert await read(stocked) == before


async def test_nobody_else_sees_what_a_unit_kept_before_it_is_durable(stocked: Database) -> None:
    first = await read(stocked)
    async with stocked.write(WORKSPACE) as scope:
        await add_opportunity(scope, deal(currency="EUR"), T0)
        within = await told(scope)
        assert await read(stocked) == first
    assert await read(stocked) == within != first


# a database without triggers


async def without(database: Database, order: str) -> None:
    """Run an order on the database past the application."""
    if database.engine.shared:
        plain = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
        connection = await asyncpg.connect(plain)
        await connection.execute(order)
        await connection.close()
    else:
        with sqlite3.connect(str(database.url.database)) as near:
            near.execute(order)
        near.close()


@pytest.mark.parametrize("event", ["insert", "update", "delete"])
async def test_a_trigger_that_is_missing_is_put_back_and_the_stamp_renewed(
    stocked: Database, database_url: str, event: str
) -> None:
    first, of_table = await read(stocked, deal_stamp), " ON opportunity" if stocked.engine.shared else ""
    await without(stocked, f"DROP TRIGGER deal_stamp_{event}{of_table}")
    await without(stocked, "UPDATE opportunity SET currency = 'EUR'")  # nobody may have noticed
    opened = await Database.open(database_url, declared=REGISTRY.declared)
    second = await read(opened, deal_stamp)
    assert second != first
    assert (await read(opened))[0] == "EUR"
    async with opened.write(WORKSPACE) as scope:
        row = await add_opportunity(scope, deal(), T0)
        third = await deal_stamp(scope)
        await change_opportunity(scope, row, changed(Opportunity, row, name="Another"), by_hand())
        fourth = await deal_stamp(scope)
        await scope.session.delete(row)
        await scope.session.flush()
        assert len({second, third, fourth, await deal_stamp(scope)}) == 4
    await opened.close()


@pytest.mark.engines(POSTGRESQL)
async def test_a_trigger_that_was_switched_off_is_made_anew(stocked: Database, database_url: str) -> None:
    first = await read(stocked, deal_stamp)
    await without(stocked, "ALTER TABLE opportunity DISABLE TRIGGER deal_stamp_update")
    opened = await Database.open(database_url, declared=REGISTRY.declared)
    assert await read(opened, deal_stamp) != first
    second = await read(opened, deal_stamp)
    async with opened.write(WORKSPACE) as scope:
        row = await find_opportunity(scope, 1)
        await change_opportunity(scope, row, changed(Opportunity, row, name="Another"), by_hand())
    assert await read(opened, deal_stamp) != second
    await opened.close()


async def test_an_opening_that_finds_all_in_place_renews_nothing(
    stocked: Database, database_url: str
) -> None:
    first = await read(stocked, deal_stamp)
    await (await Database.open(database_url)).close()
    assert await read(stocked, deal_stamp) == first


async def test_one_database_is_never_told_anothers(stocked: Database, tmp_path: Path) -> None:
    """A copy has the same stamps; what is written to it afterwards may be found by it alone."""
    first = await read(stocked)
    async with stocked.read(WORKSPACE) as scope:
        stamp = await deal_stamp(scope)
    copied = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/copy.db", declared=REGISTRY.declared)
    async with copied.write_ledger() as ledger:
        await install_workspace(ledger, WORKSPACE, "Testing", "UBOT", T0)
    async with copied.write(WORKSPACE) as scope:
        await add_opportunity(scope, deal(currency="EUR"), T0)
        await (await scope.session.connection()).execute(
            text("UPDATE deal_stamp SET stamp = :s"), {"s": stamp}
        )
        assert await deal_stamp(scope) == stamp
        assert (await told(scope))[0] == "EUR"
    assert await read(stocked) == first
    await copied.close()
