"""The inbox: a request of Slack's has one effect however often it arrives (delivery.md §8)."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import JSON, Field, SQLModel, col, delete, select, update

from storage.inserts import insert_missing
from storage.scope import Ledger, Scope


class InboxRow(SQLModel, table=True):
    """One request by its key, with the answer it got. Kept for 48 hours."""

    __tablename__ = "inbox"

    key: str = Field(primary_key=True)
    workspace_id: str
    received_at: datetime = Field(index=True)
    response: dict[str, Any] | None = Field(default=None, sa_type=JSON)


KEPT = timedelta(hours=48)


async def take(scope: Scope, key: str, now: datetime) -> bool:
    """Note that a request arrived; False if it had been taken before."""
    values = {"key": key, "workspace_id": scope.workspace_id, "received_at": now}
    return await insert_missing(scope.session, InboxRow, [values]) == 1


async def answered(scope: Scope, key: str) -> dict[str, Any] | None:
    """Return the answer an earlier copy of the request got; None if it had none."""
    row = (await scope.session.exec(select(InboxRow).where(InboxRow.key == key))).first()
    return row.response if row else None


async def keep_answer(scope: Scope, key: str, response: dict[str, Any]) -> None:
    """Store the answer beside the request, in the unit of work that has its effects."""
    await scope.session.exec(update(InboxRow).where(col(InboxRow.key) == key).values(response=response))


async def forget_old(ledger: Ledger, now: datetime) -> None:
    """Drop requests older than 48 hours; Slack repeats nothing for that long."""
    await ledger.session.exec(delete(InboxRow).where(col(InboxRow.received_at) < now - KEPT))
