"""Hand-overs: who was offered what a closed account had, what moved, and moving it back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import inspect
from sqlmodel import JSON, Field, col, select, update

from sales.people.handover import Handover
from sales.people.invitation import InvitationState
from storage.columns import RowClass
from storage.people.member import MemberRow
from storage.pieces import pieces
from storage.scope import Scope

Moved = dict[str, list[Any]]  # keys of rows by table
OWNERS = ("owner_id", "user_id")  # columns of which a table has one at most


class HandoverRow(Handover, table=True):
    __tablename__ = "handover"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id", index=True)
    moved: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


async def find_handover(scope: Scope, handover_id: int) -> HandoverRow | None:
    """Return a hand-over of this workspace, or None."""
    found = await scope.session.get(HandoverRow, handover_id)
    return found if found is not None and found.workspace_id == scope.workspace_id else None


async def offered(scope: Scope, old_id: str, new_id: str) -> HandoverRow | None:
    """Return the open or accepted offer of one account's to another, or None."""
    statement = select(HandoverRow).where(
        HandoverRow.workspace_id == scope.workspace_id,
        HandoverRow.old_id == old_id,
        HandoverRow.new_id == new_id,
        col(HandoverRow.state).in_([InvitationState.OPEN, InvitationState.YES]),
    )
    return (await scope.session.exec(statement.limit(1))).first()


async def closed_accounts(scope: Scope) -> list[MemberRow]:
    """Return whoever is deactivated in Slack, by name."""
    statement = select(MemberRow).where(
        MemberRow.workspace_id == scope.workspace_id, col(MemberRow.active).is_(False)
    )
    return list(await scope.session.exec(statement.order_by(MemberRow.name)))


async def add_handover(
    scope: Scope, handover: Handover, moved: Mapping[str, int] | None = None
) -> HandoverRow:
    """Store an offer, or what was `moved` at once, counted by what it is."""
    values = {**handover.model_dump(), "workspace_id": scope.workspace_id, "moved": dict(moved or {})}
    row = HandoverRow.model_validate(values)
    scope.session.add(row)
    await scope.session.flush()
    return row


async def answer_handover(
    scope: Scope, row: HandoverRow, before: InvitationState, after: InvitationState, now: datetime
) -> bool:
    """Take an offer from one state to another; False if somebody else did so first."""
    done = await scope.session.exec(
        update(HandoverRow)
        .where(col(HandoverRow.id) == row.id, col(HandoverRow.state) == before)
        .values(state=after, answered_at=now)
    )
    await scope.session.refresh(row)
    return bool(done.rowcount)


async def move_rows(scope: Scope, owners: Iterable[tuple[RowClass, str]], old_id: str, new_id: str) -> Moved:
    """Give everything of one person's in these tables to another, and return what moved; `owners` names the columns."""
    moved: Moved = {}
    for kind, owner in owners:
        table: Any = kind
        (key,) = inspect(table).primary_key
        mine = (table.__table__.c.workspace_id == scope.workspace_id, table.__table__.c[owner] == old_id)
        found = list(await scope.session.exec(select(key).where(*mine)))
        if found:
            await scope.session.exec(update(table).where(*mine).values({owner: new_id}))
            moved[place_of(table, owner)] = found
            scope.forget(table)
    return moved


def place_of(table: Any, column: str) -> str:
    """Return under what the keys of moved rows are kept: the table where the column says whose a row is, else both."""
    name = str(table.__tablename__)
    return name if column in OWNERS else f"{name}.{column}"


def count_moved(moved: Mapping[str, Sequence[Any]]) -> int:
    """Return how many rows moved, each once in however many of its columns."""
    return len({(of.partition(".")[0], key) for of, keys in moved.items() for key in keys})


async def move_back(
    scope: Scope,
    owners: Iterable[tuple[RowClass, str]],
    moved: Mapping[str, Sequence[Any]],
    old_id: str,
    new_id: str,
) -> None:
    """Give back what moved and is still the other's."""
    for kind, owner in owners:
        table: Any = kind
        (key,) = inspect(table).primary_key
        for some in pieces(list(moved.get(place_of(table, owner), ()))):
            these = (key.in_(some), table.__table__.c[owner] == new_id)
            await scope.session.exec(update(table).where(*these).values({owner: old_id}))
        scope.forget(table)
