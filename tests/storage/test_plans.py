"""What recurs all day reads an index, however much there is: the plan names it, and the work done says so too.

There are 40,000 schedules and as many messages to come, none of them due, 40,000 messages that were sent, 80,000
follow-ups, 40,000 requests that were done, and as many deals and accounts, which all begin with one word. PostgreSQL
has counted them, as it does by itself; SQLite is asked as it is found, where nobody ever ran ANALYZE, and once more
where somebody did.
"""

import re
import shutil
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest
from pytest_asyncio import fixture
from sqlalchemy import event, make_url

from handlers.registry import REGISTRY
from storage import inbox
from storage.database import Database
from storage.followups.followup import due_through
from storage.nudges.bundle import also_ready
from storage.nudges.ledger.archive import archive_old
from storage.nudges.ledger.claims import any_ready, claim_ready, reap_leases
from storage.nudges.ledger.lookup import at_place
from storage.nudges.policy import read_told_to
from storage.nudges.schedule.due import due_schedules
from storage.nudges.schedule.waiting import anything_waits
from storage.nudges.undelivered import undelivered_page
from storage.people import workspace
from storage.pipeline.known_name import known_names
from storage.pipeline.named_deal import deals_going_by
from storage.scope import Ledger
from tests.engines import POSTGRESQL
from tests.known import T0, WORKSPACE
from tests.undelivered import EVERYTHING

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.large]

MANY = 40_000
REPS = 2_000
LATER = f"{T0 + timedelta(days=1):%Y-%m-%d %H:%M:%S}.000000"
EARLIER = f"{T0 - timedelta(days=1):%Y-%m-%d %H:%M:%S}.000000"
NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {0})",
    "postgresql": "WITH n(i) AS (SELECT generate_series(1, {0}))",
}
DELIVERY = (
    "INSERT INTO delivery (id, occurrence_key, workspace_id, kind, subject, channel_id, user_id, intent, why,"
    " state, priority, not_before, attempts, throttles, misses, fence, slack_ts, created_at)"
)
FILL = {
    f"INSERT INTO schedule (workspace_id, kind, subject_id, zone, local_time, weekdays, spread_seconds,"
    f" next_due_at, next_local_date, enabled, version, tzdata_version) SELECT '{WORKSPACE}', 'end_of_day',"
    f" 'U' || i, 'UTC', '17:00:00.000000', 31, 0, '{LATER}', '2026-09-15', true, 0, '' FROM n": MANY,
    f"{DELIVERY} SELECT 's' || i, 's' || i, '{WORKSPACE}', 'end_of_day', '', 'D' || (i % {REPS}), 'U' || (i % {REPS}),"
    f" '{{}}', '', 'sent', 5, '{EARLIER}', 1, 0, 0, 1, '' || i, '{EARLIER}' FROM n": MANY,
    f"{DELIVERY} SELECT 'p' || i, 'p' || i, '{WORKSPACE}', 'reminder', '', NULL, 'U' || (i % {REPS}),"
    f" '{{}}', '', 'pending', 3, '{LATER}', 0, 0, 0, 0, NULL, '{EARLIER}' FROM n": MANY,
    f"INSERT INTO inbox (key, workspace_id, received_at) SELECT 'command:' || i, '{WORKSPACE}', '{EARLIER}'"
    f" FROM n": MANY,
    f"INSERT INTO followup (workspace_id, owner_id, who, what, worth, owes, due_on, state, drop_reason, moves,"
    f" created_at) SELECT '{WORKSPACE}', 'U' || (i % {REPS}), 'Acme', 'pricing', '', 'me', '2026-09-15',"
    f" CASE WHEN i % 10 = 0 THEN 'open' ELSE 'done' END, '', 0, '{EARLIER}' FROM n": 2 * MANY,
    f"INSERT INTO opportunity (workspace_id, name, name_folded, account, account_folded, owner_name, stage,"
    f" stage_label, value_minor, currency, opened_on, updated_at) SELECT '{WORKSPACE}', 'Acme deal ' || i,"
    f" 'acme deal ' || i, 'Acme ' || i, 'acme ' || i, '', 'open', '', 0, 'USD',"
    f" CASE WHEN i % 2 = 0 THEN date('2026-09-15') ELSE date('2026-09-01') END, '{EARLIER}' FROM n": MANY,
    f"INSERT INTO account (workspace_id, name, name_key, name_folded, sector, location, parent)"
    f" SELECT '{WORKSPACE}', 'Acme ' || i || ' Ltd', 'acme' || i, 'acme ' || i || ' ltd', '', '', '' FROM n": MANY,
}
# What a question may cost: a few pages of a few indexes, or what a walk over some dozens of rows takes. A walk
# over any of the filled tables costs hundreds of times as much.
MOST_PAGES = 60
MOST_INSTRUCTIONS = 5_000

Work = Callable[[Ledger], Awaitable[object]]


@dataclass
class Cost:
    """What a piece of work asked for: its plans, and the pages (PostgreSQL) or instructions (SQLite) it took."""

    plan: str = ""
    took: int = 0


@fixture(scope="module", loop_scope="module")
async def database_url(request: pytest.FixtureRequest, tmp_path_factory) -> AsyncIterator[str]:
    """The address of one database for all the tests here, on the engine they run on: filling it takes a while."""
    if request.param == POSTGRESQL:
        async with request.getfixturevalue("postgres").copy() as url:
            yield url
    else:
        yield f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('plans')}/rainmaker.db"


@fixture(scope="module", loop_scope="module")
async def full(database_url: str) -> AsyncIterator[Database]:
    """The database with everything in it; past the application's own connections, which hurry."""
    database = await Database.open(database_url, declared=REGISTRY.declared)
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, WORKSPACE, "Testing", "UBOT", T0)
    url = make_url(database_url)
    orders = [f"{NUMBERS[url.get_backend_name()].format(many)} {order}" for order, many in FILL.items()]
    if url.get_backend_name() == POSTGRESQL:
        plain = await asyncpg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))
        # Looking up every row's workspace again would take most of the time.
        for order in ("SET session_replication_role = replica", *orders, "VACUUM ANALYZE"):
            await plain.execute(order)
        await plain.close()
    else:
        for order in orders:
            on_file(url.database, order)
        on_file(url.database, "PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(str(url.database), counted_copy(database))
        on_file(counted_copy(database), "ANALYZE")
    yield database
    await database.close()


def on_file(path: object, order: str) -> None:
    with sqlite3.connect(str(path)) as file:
        file.execute(order)
    file.close()


def counted_copy(database: Database) -> Path:
    """The SQLite file on which somebody ran ANALYZE."""
    return Path(str(database.url.database)).with_suffix(".counted")


@asynccontextmanager
async def undone(database: Database) -> AsyncIterator[Ledger]:
    """A unit of work of which nothing is kept."""
    with suppress(InterruptedError):
        async with database.write_ledger() as ledger:
            yield ledger
            raise InterruptedError


@contextmanager
def statements(database: Database):
    """Collect every statement that is asked for, with its parameters."""
    asked: list[tuple[str, tuple[object, ...]]] = []

    def note(connection, cursor, statement, parameters, context, executemany) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE", "WITH")) and "advisory" not in statement:
            asked.append((statement, parameters))

    event.listen(database.engine.writing.sync_engine, "before_cursor_execute", note)
    yield asked
    event.remove(database.engine.writing.sync_engine, "before_cursor_execute", note)


async def cost(database: Database, work: Work) -> Cost:
    """Return what every statement of some work costs, and how the engine means to do it."""
    async with undone(database) as ledger:
        with statements(database) as asked:
            await work(ledger)
    assert asked, "no statement was seen"
    measure = cost_on_postgresql if database.engine.shared else cost_on_sqlite
    total = Cost()
    for statement, parameters in asked:
        one = await measure(database, statement, parameters)
        total = Cost(f"{total.plan}\n{one.plan}", total.took + one.took)
    return total


async def cost_on_postgresql(database: Database, statement: str, parameters: tuple[object, ...]) -> Cost:
    """Ask PostgreSQL; the plan it keeps for any parameters, which it goes over to, has to be as good."""
    async with undone(database) as ledger:
        connection = await ledger.session.connection()
        kept = await connection.exec_driver_sql(f"EXPLAIN (GENERIC_PLAN) {statement}", parameters)
        lines = [str(row[0]) for row in kept]
        found = await connection.exec_driver_sql(f"EXPLAIN (ANALYZE, BUFFERS) {statement}", parameters)
        done = [str(row[0]) for row in found]
    pages = next((line for line in done if "Buffers:" in line), "")  # no line where no page was touched
    return Cost("\n".join([*lines, *done]), sum(map(int, re.findall(r"(?:hit|read)=(\d+)", pages))))


async def cost_on_sqlite(database: Database, statement: str, parameters: tuple[object, ...]) -> Cost:
    """Ask SQLite both ways, and count the instructions of its virtual machine."""
    both = [
        instructions(path, statement, parameters)
        for path in (str(database.url.database), counted_copy(database))
    ]
    return Cost("\n".join(one.plan for one in both), max(one.took for one in both))


def instructions(path: object, statement: str, parameters: tuple[object, ...]) -> Cost:
    """Return what a statement costs on one file, and leave the file as it is."""
    counted = 0

    def count() -> None:
        nonlocal counted
        counted += 100

    file = sqlite3.connect(str(path), isolation_level=None)
    file.execute("BEGIN")
    plan = "\n".join(str(row[3]) for row in file.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))
    file.set_progress_handler(count, 100)
    file.execute(statement, parameters).fetchall()
    file.set_progress_handler(None, 0)
    file.execute("ROLLBACK")
    file.close()
    return Cost(plan, counted)


async def held_to(database: Database, work: Work, *indexes: str, words: int = 1) -> None:
    """Hold work to its indexes: the plan names each of them, walks none of the filled tables, and is cheap.

    What looks for the words of a text may cost as much for each of them.
    """
    found = await cost(database, work)
    for index in indexes:
        assert index in found.plan
    for table in ("schedule", "delivery", "inbox", "followup", "opportunity", "account"):
        assert not re.search(rf"Seq Scan on {table}\b|SCAN {table}$", found.plan, re.MULTILINE), found.plan
    most = MOST_PAGES if database.engine.shared else MOST_INSTRUCTIONS
    assert found.took <= most * words, found.plan


async def test_the_measure_sees_a_walk_over_a_table(full: Database) -> None:
    async def walk(ledger: Ledger) -> None:
        connection = await ledger.session.connection()
        await connection.exec_driver_sql("SELECT count(*) FROM followup WHERE what = 'nothing'")

    with pytest.raises(AssertionError, match=r"(?i)scan.* followup"):
        await held_to(full, walk)
    found = await cost(full, walk)
    assert found.took > 10 * (MOST_PAGES if full.engine.shared else MOST_INSTRUCTIONS)


async def test_the_tick(full: Database) -> None:
    await held_to(full, lambda ledger: due_schedules(ledger, T0, 100), "ix_schedule_due")


async def test_the_idle_beat(full: Database) -> None:
    await held_to(full, lambda ledger: anything_waits(ledger, T0), "ix_schedule_due", "ix_delivery_lease")


async def test_the_look(full: Database) -> None:
    await held_to(full, lambda ledger: any_ready(ledger, T0), "ix_delivery_ready")


async def test_the_claim(full: Database) -> None:
    await held_to(full, lambda ledger: claim_ready(ledger, "w", T0), "ix_delivery_ready")


async def test_taking_back_leases(full: Database) -> None:
    await held_to(full, lambda ledger: reap_leases(ledger, T0), "ix_delivery_lease")


async def test_forgetting_old_requests(full: Database) -> None:
    await held_to(full, lambda ledger: inbox.forget_requests(ledger.workspace(WORKSPACE), T0, 5), "inbox")


async def test_what_is_acknowledged_and_not_done(full: Database) -> None:
    await held_to(full, lambda ledger: inbox.pending_requests(ledger, T0), "ix_inbox_pending")


async def test_archiving(full: Database) -> None:
    await held_to(full, lambda ledger: archive_old(ledger, T0), "ix_delivery_done")


async def test_what_else_is_ready_for_a_person(full: Database) -> None:
    await held_to(full, lambda ledger: also_ready(ledger, [(WORKSPACE, "U1")], T0), "ix_delivery_waiting")


async def test_what_people_were_told_lately(full: Database) -> None:
    await held_to(
        full, lambda ledger: read_told_to(ledger.workspace(WORKSPACE), ["U1", "U2"]), "ix_delivery_told"
    )


async def test_the_message_at_a_place(full: Database) -> None:
    await held_to(full, lambda ledger: at_place(ledger.workspace(WORKSPACE), "D1", "1"), "ix_delivery_place")


async def test_what_was_given_up(full: Database) -> None:
    await held_to(
        full,
        lambda ledger: undelivered_page(ledger.workspace(WORKSPACE), EVERYTHING, 0, 20),
        "ix_delivery_dead",
    )


async def test_a_reps_commitments_due_today(full: Database) -> None:
    await held_to(
        full,
        lambda ledger: due_through(ledger.workspace(WORKSPACE), "U1", T0.date()),
        "ix_followup_open",
    )


NAMES = ("ix_opportunity_name", "ix_opportunity_account", "ix_account_name")


async def test_a_name_in_a_text(full: Database) -> None:
    async def named(ledger: Ledger) -> None:
        found = await known_names(ledger.workspace(WORKSPACE), "acme 37777 ltd", T0.date(), None)
        assert found == ["Acme 37777", "Acme 37777 Ltd"]

    await held_to(full, named, *NAMES, words=3)


async def test_deals_of_a_rep_by_a_name(full: Database) -> None:
    await held_to(
        full,
        lambda ledger: deals_going_by(ledger.workspace(WORKSPACE), "U1", "acme"),
        "ix_opportunity_owner",
    )


async def test_a_text_that_names_nobody(full: Database) -> None:
    await held_to(
        full,
        lambda ledger: known_names(ledger.workspace(WORKSPACE), "acme people", T0.date(), None),
        *NAMES,
    )


async def test_a_name_of_deals_that_were_opened_later(full: Database) -> None:
    async def named(ledger: Ledger) -> None:
        assert await known_names(ledger.workspace(WORKSPACE), "acme deal 77778", T0.date(), None) == []

    await held_to(full, named, *NAMES, words=3)
