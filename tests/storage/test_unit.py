"""A unit asks the driver and the ORM's session on one connection: both see the same, whichever wrote it."""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import bindparam, inspect, or_, text
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import SQLModel, col, select

from sales.followups.activity import Activity, ActivityKind
from sales.people.member import Member
from storage.database import Database
from storage.engines import connections
from storage.engines.statement import Rows, Statement, Together, among
from storage.followups.activity import ActivityRow, add_activity, counts_on, find_activity
from storage.people.member import MemberRow, find_member, meet_member, save_member
from storage.trouble import StorageTrouble
from tests.known import T0, WORKSPACE
from tests.storage.test_upgrade import old as old  # a database that is full of odd values

MONDAY = date(2026, 9, 14)
CALLS = Activity(owner_id="U1", kind=ActivityKind.CALL, count=3, on=MONDAY)
NAMES = Statement(
    lambda engine: (
        select(col(MemberRow.name))
        .where(
            col(MemberRow.workspace_id) == bindparam("workspace_id"),
            among(engine, col(MemberRow.user_id), "user_ids"),
        )
        .order_by(col(MemberRow.name))
    )
)

TABLES = sorted(
    (
        mapper.class_
        for mapper in SQLModel._sa_registry.mappers
        if not mapper.class_.__module__.startswith("tests")
    ),
    key=lambda table: table.__name__,
)


def said(rows: Sequence[SQLModel]) -> list[dict[str, Any]]:
    return [row.model_dump() for row in rows]


@pytest.fixture
async def known(database: Database) -> Database:
    async with database.write(WORKSPACE) as scope:
        for number, name in enumerate(("Ana", "Ben", "Zoë O'Neil; --"), 1):
            await meet_member(scope, Member(user_id=f"U{number}", name=name))
    return database


async def test_every_stored_value_reads_the_same_both_ways(old: str) -> None:
    database = await Database.open(old)
    different, rows = [], 0
    for table in TABLES:
        order = inspect(table).primary_key
        async with database.read_ledger() as ledger:
            by_session = list(await ledger.session.exec(select(table).order_by(*order)))
        async with database.read_ledger() as ledger:
            compiled = await ledger.unit.find(Rows(table, order=order), {})
            assert ledger.unit.made is None
        rows += len(compiled)
        if said(compiled) != said(by_session):
            different.append(table.__name__)
    assert different == []
    assert rows > 500
    async with database.read_ledger() as ledger:  # and of all tables in one question
        one_by_one = [await ledger.unit.find(Rows(table), {}) for table in TABLES]
    async with database.read_ledger() as ledger:
        at_once = await ledger.unit.find_together(Together(*(Rows(table) for table in TABLES)), {})
    await database.close()
    assert [sorted(map(str, said(rows))) for rows in at_once] == [
        sorted(map(str, said(rows))) for rows in one_by_one
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [(["U1", "U2"], ["Ana", "Ben"]), (["U3"], ["Zoë O'Neil; --"]), ([], []), (["'; DROP TABLE member"], [])],
)
async def test_a_list_of_any_length_is_one_value(known, asked, found):
    async with known.read(WORKSPACE) as scope:
        assert [name for (name,) in await scope.ask(NAMES, user_ids=asked)] == found
        many = [f"U{number}" for number in range(5_000)]
        assert len(await scope.ask(NAMES, user_ids=many)) == 3


async def test_a_value_may_stand_in_several_places_with_others_between_them(known):
    called = Statement(
        lambda engine: (
            select(col(MemberRow.name))
            .where(
                or_(
                    among(engine, col(MemberRow.user_id), "said"),
                    col(MemberRow.name) == bindparam("name"),
                    among(engine, col(MemberRow.name), "said"),
                ),
                col(MemberRow.workspace_id) == bindparam("workspace_id"),
            )
            .order_by(col(MemberRow.user_id))
        )
    )
    async with known.read(WORKSPACE) as scope:
        assert await scope.ask(called, said=["U1", "Ben"], name="nobody") == [("Ana",), ("Ben",)]
        assert await scope.ask(called, said=["nobody"], name="Ben") == [("Ben",)]


async def test_a_value_that_is_not_given_is_a_fault_that_names_it(known):
    async with known.read(WORKSPACE) as scope:
        with pytest.raises(LookupError, match="user_ids"):
            await scope.ask(NAMES)


async def test_what_the_session_has_not_written_yet_is_seen(known):
    async with known.write(WORKSPACE) as scope:
        row = (await scope.session.exec(select(MemberRow).where(MemberRow.user_id == "U1"))).one()
        row.name = "Anna"
        assert await scope.ask(NAMES, user_ids=["U1"]) == [("Anna",)]
        assert await find_member(scope, "U1") is row


async def test_a_row_read_before_there_was_a_session_is_the_session_s(known):
    async with known.write(WORKSPACE) as scope:
        row = await find_member(scope, "U1")
        again = (await scope.session.exec(select(MemberRow).where(MemberRow.user_id == "U1"))).one()
        assert again is row
        await save_member(scope, "U1", name="Anna")
        assert (await find_member(scope, "U1")).name == row.name == "Anna"


@pytest.mark.parametrize("with_session", [False, True])
async def test_a_row_that_is_changed_is_written_at_the_end(known, with_session):
    async with known.write(WORKSPACE) as scope:
        row = await find_member(scope, "U1")
        row.heard_at = T0
        if with_session:
            await scope.session.exec(select(ActivityRow))
    async with known.read(WORKSPACE) as scope:
        assert (await find_member(scope, "U1")).heard_at == T0


async def test_a_row_added_on_the_driver_can_be_changed_and_removed_by_the_session(known):
    async with known.write(WORKSPACE) as scope:
        row = await add_activity(scope, CALLS, T0)
        assert await find_activity(scope, row.id) is row
        row.count = 5
        assert await counts_on(scope, "U1", MONDAY) == {ActivityKind.CALL: 5}
    async with known.write(WORKSPACE) as scope:
        stored = await find_activity(scope, row.id)
        assert stored.model_dump() == row.model_dump()
        await scope.session.delete(stored)
        assert await counts_on(scope, "U1", MONDAY) == {}


async def test_what_a_savepoint_undid_is_read_again(known):
    async with known.write(WORKSPACE) as scope:
        row = await find_member(scope, "U1")
        savepoint = await scope.session.begin_nested()
        row.name = "Anna"
        added = await add_activity(scope, CALLS, T0)
        assert (await find_member(scope, "U1")).name == "Anna"
        await savepoint.rollback()
        assert (await find_member(scope, "U1")).name == "Ana"
        assert await counts_on(scope, "U1", MONDAY) == {}
        assert await find_activity(scope, added.id) is None
    async with known.read(WORKSPACE) as scope:
        assert (await find_member(scope, "U1")).name == "Ana"


async def test_a_unit_that_fails_keeps_nothing_however_it_wrote(known):
    async def fail(scope) -> None:
        await add_activity(scope, CALLS, T0)
        (await find_member(scope, "U1")).name = "Anna"
        await scope.session.exec(select(ActivityRow))
        raise LookupError

    with pytest.raises(LookupError):
        async with known.write(WORKSPACE) as scope:
            await fail(scope)
    async with known.read(WORKSPACE) as scope:
        assert (await find_member(scope, "U1")).name == "Ana"
        assert await counts_on(scope, "U1", MONDAY) == {}


async def test_a_read_sees_one_instant_and_its_rows_outlive_it(known):
    async with known.read(WORKSPACE) as scope:
        row = await find_member(scope, "U1")
    assert row.name == "Ana"
    async with known.read(WORKSPACE) as scope:
        row = (await scope.session.exec(select(MemberRow).where(MemberRow.user_id == "U2"))).one()
    assert row.name == "Ben"


async def test_more_readers_than_connections_wait_for_their_turn(known):
    async def read() -> str:
        async with known.read(WORKSPACE) as scope:
            await asyncio.sleep(0)
            return (await find_member(scope, "U2")).name

    assert await asyncio.gather(*(read() for _ in range(40))) == ["Ben"] * 40


async def test_a_reader_that_never_gets_a_turn_is_told_so(known, monkeypatch):
    monkeypatch.setattr(connections, "LOCK_SECONDS", 0.5)
    readers = known.engine.readers
    async with readers.lease(), readers.lease(), readers.lease(), readers.lease():
        with pytest.raises(PoolTimeout):
            async with readers.lease():
                pass
        with pytest.raises(StorageTrouble, match="busy"):
            async with known.read(WORKSPACE):
                pass


@pytest.mark.engines("postgresql")
async def test_a_connection_that_the_server_ended_is_replaced(known):
    async with known.write_ledger() as ledger:
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        await ledger.session.exec(text(f"{ended} AND application_name = 'rainmaker'"))
    await asyncio.sleep(0.05)  # the server's word that it ended them is on its way
    async with known.write(WORKSPACE) as scope:
        assert (await find_member(scope, "U1")).name == "Ana"
    async with known.read(WORKSPACE) as scope:
        assert (await find_member(scope, "U1")).name == "Ana"


async def test_two_units_of_a_workspace_take_turns(known):
    async def count() -> None:
        async with known.write(WORKSPACE) as scope:
            row = await find_member(scope, "U1")
            before = row.heard_at or T0
            await asyncio.sleep(0)
            row.heard_at = before + timedelta(minutes=1)

    await asyncio.gather(*(count() for _ in range(20)))
    async with known.read(WORKSPACE) as scope:
        assert (await find_member(scope, "U1")).heard_at == T0 + timedelta(minutes=20)
