"""The inbox: a request of Slack's has one effect however often it arrives (delivery.md §8)."""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import bindparam
from sqlmodel import JSON, Field, SQLModel, col, delete, select, update

from storage.engines.statement import Statement, given
from storage.inserts import INSERTS
from storage.scope import Ledger, Scope


class InboxRow(SQLModel, table=True):
    """One request by its key, with the answer it got. Kept for 48 hours."""

    __tablename__ = "inbox"

    key: str = Field(primary_key=True)
    workspace_id: str
    received_at: datetime = Field(index=True)
    response: dict[str, Any] | None = Field(default=None, sa_type=JSON)


KEPT = timedelta(hours=48)
REQUEST = InboxRow.__table__  # type: ignore[attr-defined]
TAKE = Statement(
    lambda engine: (
        INSERTS[engine](REQUEST)
        .values({name: bindparam(name) for name in ("key", "workspace_id", "received_at")})
        .on_conflict_do_nothing()
        .returning(REQUEST.c.key)
    )
)
ANSWERED = Statement(select(REQUEST.c.response).where(given(REQUEST.c.key)))
ANSWER = Statement(update(REQUEST).where(given(REQUEST.c.key)).values(response=bindparam("response")))


async def take(scope: Scope, key: str, now: datetime) -> bool:
    """Note that a request arrived; False if it had been taken before."""
    return bool(await scope.ask(TAKE, key=key, received_at=now))


async def answered(scope: Scope, key: str) -> dict[str, Any] | None:
    """Return the answer an earlier copy of the request got; None if it had none."""
    ((response,),) = await scope.ask(ANSWERED, key=key) or [(None,)]
    return cast("dict[str, Any] | None", response)


async def keep_answer(scope: Scope, key: str, response: dict[str, Any]) -> None:
    """Store the answer beside the request, in the unit of work that has its effects."""
    await scope.ask(ANSWER, key=key, response=response)


async def forget_old(ledger: Ledger, now: datetime) -> None:
    """Drop requests older than 48 hours; Slack repeats nothing for that long."""
    await ledger.session.exec(delete(InboxRow).where(col(InboxRow.received_at) < now - KEPT))
