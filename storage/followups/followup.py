"""Follow-ups: what somebody owes, by when, and how it ended."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Field, Index, col, func, select, text, update

from sales.followups.followup import FollowUp, FollowUpState, StoredFollowUp
from storage.engines.statement import NewRow, Rows, Statement, among, given
from storage.people.member import MemberRow
from storage.rows import restate
from storage.scope import Scope


class FollowUpRow(StoredFollowUp, table=True):
    __tablename__ = "followup"
    __table_args__ = (
        Index(
            "ix_followup_open",
            "workspace_id",
            "owner_id",
            "due_on",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_followup_settled", "workspace_id", "settled_at"),
        {"sqlite_autoincrement": True},  # ids are never used twice: old buttons must not reach newer rows
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    created_at: datetime
    opportunity_id: int | None = Field(
        default=None, foreign_key="opportunity.id", ondelete="SET NULL", index=True
    )


NEW = NewRow(FollowUpRow)
OPEN = (
    given(FollowUpRow.workspace_id),
    text("state = 'open'"),  # as the index says it
    col(FollowUpRow.due_on).between(bindparam("first"), bindparam("last")),
)
EARLIEST_FIRST = [
    col(FollowUpRow.due_on),
    col(FollowUpRow.due_at).is_(None),
    col(FollowUpRow.due_at),
    col(FollowUpRow.id),
]
OPEN_BETWEEN = Rows(FollowUpRow, *OPEN, given(FollowUpRow.owner_id), order=EARLIEST_FIRST)
OPEN_AMONG = Rows(
    FollowUpRow,
    *OPEN,
    by=lambda engine: among(engine, col(FollowUpRow.owner_id), "owner_ids"),
    order=EARLIEST_FIRST,
)
DONE_SINCE = Rows(
    FollowUpRow,
    given(FollowUpRow.workspace_id),
    col(FollowUpRow.settled_at) >= bindparam("since"),
    given(FollowUpRow.owner_id),
    text("state = 'done'"),
    order=[col(FollowUpRow.settled_at), col(FollowUpRow.id)],
)


TWIN = Rows(
    FollowUpRow,
    given(FollowUpRow.workspace_id),
    text("state = 'open'"),
    given(FollowUpRow.owner_id),
    given(FollowUpRow.due_on),
    func.lower(col(FollowUpRow.who)) == func.lower(bindparam("who")),
    order=[col(FollowUpRow.id)],
)


NAMED = Statement(
    select(col(FollowUpRow.id))
    .where(given(FollowUpRow.workspace_id), given(FollowUpRow.owner_id), given(FollowUpRow.who))
    .limit(1)
)

HINTED = Statement(
    update(MemberRow)
    .where(given(MemberRow.workspace_id), given(MemberRow.user_id))
    .values(hinted_at=bindparam("hinted_at"))
)


class OpenAhead(NamedTuple):
    """A rep's open commitments due until a day, read ahead with those of others."""

    last: date
    rows: Sequence[FollowUpRow]


async def add_followup(
    scope: Scope, followup: FollowUp, now: datetime, opportunity_id: int | None = None
) -> FollowUpRow:
    """Store a commitment, for a deal where one is meant."""
    stored = {"workspace_id": scope.workspace_id, "created_at": now, "opportunity_id": opportunity_id}
    return await scope.add(NEW, NEW.row({**followup.__dict__, **stored}))


async def let_belong(scope: Scope, row: FollowUpRow, opportunity_id: int | None) -> None:
    """Let a commitment be for a deal, or for none."""
    row.opportunity_id = opportunity_id
    scope.session.add(row)
    await scope.session.flush()


async def find_followup(scope: Scope, followup_id: int) -> FollowUpRow | None:
    """Return one commitment of this workspace, or None."""
    row = await scope.session.get(FollowUpRow, followup_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def due_through(scope: Scope, owner_id: str, day: date) -> list[FollowUpRow]:
    """Return a rep's open commitments due on a day or overdue by then, the longest due first."""
    return await open_between(scope, owner_id, date.min, day)


async def open_between(scope: Scope, owner_id: str, first: date, last: date) -> list[FollowUpRow]:
    """Return a rep's open commitments due between two days, both included, the earliest first."""
    ahead = scope.known(OpenAhead, owner_id)
    if ahead is not None and last <= ahead.last:
        return [row for row in ahead.rows if first <= row.due_on <= last]
    return await scope.find(OPEN_BETWEEN, owner_id=owner_id, first=first, last=last)


async def done_since(scope: Scope, owner_id: str, since: datetime) -> list[FollowUpRow]:
    """Return what a rep has done since an instant, in that order."""
    return await scope.find(DONE_SINCE, owner_id=owner_id, since=since)


async def open_of(scope: Scope, owner_id: str) -> list[FollowUpRow]:
    """Return everything a rep has open, the earliest first."""
    return await open_between(scope, owner_id, date.min, date.max)


async def open_ahead(scope: Scope, owner_ids: Collection[str], last: date) -> None:
    """Read ahead what these reps have open and due until a day; for a read, as nothing says that one was changed."""
    theirs: dict[str, list[FollowUpRow]] = defaultdict(list)
    for row in await scope.find(OPEN_AMONG, owner_ids=list(owner_ids), first=date.min, last=last):
        theirs[row.owner_id].append(row)
    for owner_id in owner_ids:
        scope.keep(OpenAhead, owner_id, OpenAhead(last, theirs[owner_id]))


async def note_hint(scope: Scope, member: MemberRow, now: datetime) -> None:
    """Note that somebody was asked what is in it for a customer."""
    await scope.ask(HINTED, user_id=member.user_id, hinted_at=now)
    set_committed_value(member, "hinted_at", now)


async def has_named(scope: Scope, owner_id: str, who: str) -> bool:
    """Say whether somebody ever had a commitment with this name, spelled so."""
    return bool(await scope.ask(NAMED, owner_id=owner_id, who=who))


async def followups_among(scope: Scope, followup_ids: Sequence[int]) -> list[FollowUpRow]:
    """Return these commitments, whatever became of them, in the order of their ids."""
    statement = select(FollowUpRow).where(
        FollowUpRow.workspace_id == scope.workspace_id, col(FollowUpRow.id).in_(followup_ids)
    )
    return list(await scope.session.exec(statement.order_by(col(FollowUpRow.id))))


async def kept_between(
    scope: Scope, owner_ids: Sequence[str], first: date, last: date
) -> dict[str, tuple[int, int]]:
    """Return, for each owner, how many of their own commitments due in a span are done, and how many there were.

    Dropped ones count as neither: dropping with a reason is honest.
    """
    statement = (
        select(FollowUpRow.owner_id, FollowUpRow.state, func.count(col(FollowUpRow.id)))
        .where(
            FollowUpRow.workspace_id == scope.workspace_id,
            col(FollowUpRow.owner_id).in_(owner_ids),
            FollowUpRow.owes == "me",
            FollowUpRow.state != FollowUpState.DROPPED,
            FollowUpRow.due_on >= first,
            FollowUpRow.due_on <= last,
        )
        .group_by(col(FollowUpRow.owner_id), col(FollowUpRow.state))
    )
    kept: dict[str, tuple[int, int]] = {}
    for owner_id, state, count in await scope.session.exec(statement):
        done, total = kept.get(owner_id, (0, 0))
        kept[owner_id] = (done + (count if state is FollowUpState.DONE else 0), total + count)
    return kept


async def promises_since(scope: Scope, owner_id: str, since: datetime) -> list[FollowUpRow]:
    """Return what somebody has kept since an instant, and what they have open; their own record is made of it."""
    return [*await done_since(scope, owner_id, since), *await open_of(scope, owner_id)]


async def overdue_of(scope: Scope, owner_ids: Collection[str], today: date) -> dict[str, int]:
    """Return how many of their own commitments each of these people has open whose day is over; none are missing."""
    statement = (
        select(FollowUpRow.owner_id, func.count(col(FollowUpRow.id)))
        .where(
            FollowUpRow.workspace_id == scope.workspace_id,
            col(FollowUpRow.owner_id).in_(owner_ids),
            FollowUpRow.owes == "me",
            FollowUpRow.state == FollowUpState.OPEN,
            FollowUpRow.due_on < today,
        )
        .group_by(col(FollowUpRow.owner_id))
    )
    return dict(list(await scope.session.exec(statement)))


async def change_followup(scope: Scope, row: FollowUpRow, said: FollowUp) -> None:
    """Store what a commitment says now."""
    await restate(scope, row, FollowUp, said)


async def give_followup(scope: Scope, row: FollowUpRow, owner_id: str) -> None:
    """Let somebody else owe a commitment."""
    row.owner_id = owner_id
    scope.session.add(row)
    await scope.session.flush()


async def remove_followup(scope: Scope, row: FollowUpRow) -> None:
    """Remove a commitment, as if it had never been."""
    await scope.session.delete(row)
    await scope.session.flush()
