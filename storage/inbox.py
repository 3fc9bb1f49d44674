"""The inbox: a request of Slack's has one effect however often it arrives (delivery.md §8)."""

import secrets
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Index, bindparam, insert, text
from sqlmodel import JSON, Field, SQLModel, col, delete, select

from storage.engines.statement import Statement, given
from storage.inserts import INSERTS, insert_missing
from storage.scope import Ledger, Scope

PENDING = "pending:"  # before the key of a request that is acknowledged and not done yet
IS_PENDING = text(
    f"key LIKE '{PENDING}%'"
)  # in these words, so that both engines see that the index is of those


class InboxRow(SQLModel, table=True):
    """One request by its key, with the answer it got. Kept for two days unless a workspace decides otherwise."""

    __tablename__ = "inbox"
    __table_args__ = (
        Index("ix_inbox_pending", "received_at", sqlite_where=IS_PENDING, postgresql_where=IS_PENDING),
    )

    key: str = Field(primary_key=True)
    workspace_id: str
    received_at: datetime = Field(index=True)
    response: dict[str, Any] | None = Field(default=None, sa_type=JSON)


REQUEST = InboxRow.__table__  # type: ignore[attr-defined]
COLUMNS = tuple(InboxRow.model_fields)
TAKE = Statement(
    lambda engine: (
        INSERTS[engine](REQUEST)
        .values({name: bindparam(name) for name in ("key", "workspace_id", "received_at")})
        .on_conflict_do_nothing()
        .returning(REQUEST.c.key)
    )
)
EARLIER = Statement(select(REQUEST.c.response).where(given(REQUEST.c.key)))
NOTE = Statement(insert(REQUEST).values({name: bindparam(name) for name in InboxRow.model_fields}))


class Earlier(NamedTuple):
    """A copy of a request that arrived before, and the answer it got, if it got one."""

    answer: dict[str, Any] | None


TRIAL = Statement(lambda engine: INSERTS[engine](REQUEST).values({name: bindparam(name) for name in COLUMNS}))
UNDO_TRIAL = Statement(delete(REQUEST).where(given(REQUEST.c.key)))
ROOM = "room"  # a savepoint
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # no mark of the clock's, and the first to be tidied away
SMALL, LARGE = 1_024, 262_144  # characters of a trial


async def take(scope: Scope, key: str, now: datetime) -> bool:
    """Note something that has its effect once; False if it had been taken before."""
    return bool(await scope.ask(TAKE, key=key, received_at=now))


async def earlier(scope: Scope, key: str) -> Earlier | None:
    """Return the copy of a request that arrived before; None if this is the first.

    What this says holds for the whole unit of work, as those of a workspace come one after the other.
    """
    found = await scope.ask(EARLIER, key=key)
    return Earlier(found[0][0]) if found else None


async def note(scope: Scope, key: str, now: datetime, answer: dict[str, Any] | None) -> None:
    """Store that a request arrived and how it was answered, in the unit of work that has its effects.

    Raises:
        IntegrityError: if a copy of it was noted since, in the driver's own words; then the unit has no effects.
    """
    await scope.ask(NOTE, key=key, received_at=now, response=answer)


async def note_pending(scope: Scope, key: str, now: datetime, request: dict[str, Any]) -> None:
    """Store a request that is acknowledged before it is done, to be taken up should this process end first."""
    row = {
        "key": f"{PENDING}{key}",
        "workspace_id": scope.workspace_id,
        "received_at": now,
        "response": request,
    }
    await insert_missing(scope.session, InboxRow, [row])


async def pending_requests(ledger: Ledger, before: datetime) -> list[tuple[str, dict[str, Any]]]:
    """Return the requests that were acknowledged until an instant, before they were done; the oldest first.

    Beside each stands its workspace.
    """
    statement = select(InboxRow).where(IS_PENDING, col(InboxRow.received_at) <= before)
    rows = await ledger.session.exec(statement.order_by(col(InboxRow.received_at), col(InboxRow.key)))
    return [(row.workspace_id, row.response) for row in rows if row.response is not None]


async def forget_pending(scope: Scope, key: str) -> None:
    """Forget that a request was pending: it is done."""
    await scope.session.exec(delete(InboxRow).where(col(InboxRow.key) == f"{PENDING}{key}"))


async def forget_pending_of(scope: Scope, user_id: str) -> int:
    """Forget what a person asked for that was acknowledged and not done yet; return how many requests."""
    statement = select(InboxRow).where(IS_PENDING, col(InboxRow.workspace_id) == scope.workspace_id)
    rows = [
        row for row in await scope.session.exec(statement) if (row.response or {}).get("user_id") == user_id
    ]
    for row in rows:
        await scope.session.delete(row)
    return len(rows)


async def forget_requests(scope: Scope, before: datetime, most: int) -> int:
    """Forget some requests from before an instant; Slack repeats nothing for two days."""
    old = (
        select(InboxRow.key)
        .where(col(InboxRow.workspace_id) == scope.workspace_id, col(InboxRow.received_at) < before)
        .order_by(col(InboxRow.received_at))
        .limit(most)
    )
    done = await scope.session.exec(delete(InboxRow).where(col(InboxRow.key).in_(old)))
    return int(done.rowcount)


async def forget_trials(ledger: Ledger) -> None:
    """Drop requests that nobody made and that were not taken back."""
    await ledger.session.exec(delete(InboxRow).where(col(InboxRow.received_at) == LONG_AGO))


def trial_key() -> str:
    """Return the key of a request that nobody makes."""
    return f"trial:{secrets.token_hex(8)}"


async def try_out(ledger: Ledger, key: str, *, largely: bool = False) -> None:
    """Write a request that nobody made; `largely` much of it."""
    trial = {"trial": "." * (LARGE if largely else SMALL)}
    await ledger.unit.ask(TRIAL, {"key": key, "workspace_id": "", "received_at": LONG_AGO, "response": trial})


async def find_room(ledger: Ledger) -> None:
    """Find out whether the file may grow, and let it be; a little always fits into what was left over in it."""
    await ledger.unit.driver.say(f"SAVEPOINT {ROOM}")
    await try_out(ledger, trial_key(), largely=True)
    await ledger.unit.driver.say(f"ROLLBACK TO {ROOM}")
    await ledger.unit.driver.say(f"RELEASE {ROOM}")


async def take_back(ledger: Ledger, key: str) -> None:
    """Forget a request that nobody made."""
    await ledger.unit.ask(UNDO_TRIAL, {"key": key})
