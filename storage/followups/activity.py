"""Activities: what a rep did on a day, and in a span of days."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, text
from sqlmodel import Field, Index, case, col, func, select, update

from sales.followups.activity import Activity, ActivityKind
from sales.followups.next_step import CONVERSATIONS, NextStep
from storage.engines.statement import NewRow, Statement, among, given
from storage.scope import Scope

WORDED = text("outcome <> ''")  # an activity with words of what came of it


class ActivityRow(Activity, table=True):
    __tablename__ = "activity"
    __table_args__ = (
        Index("ix_activity_owner", "workspace_id", "owner_id", "on"),
        Index("ix_activity_words", "workspace_id", "on", sqlite_where=WORDED, postgresql_where=WORDED),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    next_step: NextStep = NextStep.UNSAID
    created_at: datetime
    opportunity_id: int | None = Field(
        default=None, foreign_key="opportunity.id", ondelete="SET NULL", index=True
    )


NEW = NewRow(ActivityRow)
COUNTS = Statement(
    select(col(ActivityRow.kind), func.sum(col(ActivityRow.count)))
    .where(
        given(ActivityRow.workspace_id),
        given(ActivityRow.owner_id),
        col(ActivityRow.on).between(bindparam("first"), bindparam("last")),
    )
    .group_by(col(ActivityRow.kind))
    .order_by(col(ActivityRow.kind))
)
COUNTS_AMONG = Statement(
    lambda engine: (
        select(col(ActivityRow.owner_id), col(ActivityRow.kind), func.sum(col(ActivityRow.count)))
        .where(
            given(ActivityRow.workspace_id),
            among(engine, col(ActivityRow.owner_id), "owner_ids"),
            col(ActivityRow.on).between(bindparam("first"), bindparam("last")),
        )
        .group_by(col(ActivityRow.owner_id), col(ActivityRow.kind))
        .order_by(col(ActivityRow.kind))
    )
)


class CountsAhead(NamedTuple):
    """What a rep did on a day, read ahead with what others did."""

    counts: Mapping[ActivityKind, int]


async def add_activity(
    scope: Scope,
    activity: Activity,
    now: datetime,
    next_step: NextStep = NextStep.UNSAID,
    opportunity_id: int | None = None,
) -> ActivityRow:
    """Store something done, for a deal where one is meant."""
    stored = {
        "workspace_id": scope.workspace_id,
        "next_step": next_step,
        "created_at": now,
        "opportunity_id": opportunity_id,
    }
    return await scope.add(NEW, NEW.row({**activity.__dict__, **stored}))


async def find_activity(scope: Scope, activity_id: int) -> ActivityRow | None:
    """Return one activity of this workspace, or None."""
    row = await scope.session.get(ActivityRow, activity_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def keep_activity(scope: Scope, row: ActivityRow) -> None:
    """Store what was changed on an activity."""
    scope.session.add(row)
    await scope.session.flush()


async def counts_on(scope: Scope, owner_id: str, day: date) -> dict[ActivityKind, int]:
    """Return how much of each kind a rep did on a local date; kinds not done are missing."""
    ahead = scope.known(CountsAhead, (owner_id, day))
    return await counts_between(scope, owner_id, day, day) if ahead is None else dict(ahead.counts)


async def counts_ahead(scope: Scope, owner_ids: Sequence[str], day: date) -> None:
    """Read ahead what these reps did on a day; for a read, as nothing says that more was done."""
    counts = await counts_of(scope, owner_ids, day, day)
    for owner_id in owner_ids:
        scope.keep(CountsAhead, (owner_id, day), CountsAhead(counts.get(owner_id, {})))


async def counts_between(scope: Scope, owner_id: str, first: date, last: date) -> dict[ActivityKind, int]:
    """Return how much of each kind a rep did between two days, both included; kinds not done are missing."""
    found = await scope.ask(COUNTS, owner_id=owner_id, first=first, last=last)
    return {ActivityKind(kind): int(count) for kind, count in found}


async def counts_of(
    scope: Scope, owner_ids: Sequence[str], first: date, last: date
) -> dict[str, dict[ActivityKind, int]]:
    """Return how much of each kind each of these reps did between two days, both included."""
    counts: dict[str, dict[ActivityKind, int]] = {}
    found = await scope.ask(COUNTS_AMONG, owner_ids=list(owner_ids), first=first, last=last)
    for owner_id, kind, count in found:
        counts.setdefault(owner_id, {})[ActivityKind(kind)] = int(count)
    return counts


async def logged_between(scope: Scope, owner_ids: Collection[str], first: date, last: date) -> dict[str, int]:
    """Return how much each of these people did between two days, of whatever kind; who did nothing is missing."""
    counts = await counts_of(scope, list(owner_ids), first, last)
    return {owner_id: sum(kinds.values()) for owner_id, kinds in counts.items()}


async def next_steps_between(
    scope: Scope, owner_ids: Collection[str], first: date, last: date
) -> dict[str, tuple[int, int]]:
    """Return how many conversations of each of these people left an agreed next step, and how many there were.

    Conversations are those with somebody named; bare counts say nothing of what was agreed.
    """
    agreed = func.sum(case((col(ActivityRow.next_step) == NextStep.AGREED, 1), else_=0))
    columns: list[Any] = [ActivityRow.owner_id, agreed, func.count()]
    statement = (
        select(*columns)
        .where(
            ActivityRow.workspace_id == scope.workspace_id,
            col(ActivityRow.owner_id).in_(owner_ids),
            col(ActivityRow.kind).in_(CONVERSATIONS),
            col(ActivityRow.account).is_not(None),
            col(ActivityRow.on).between(first, last),
        )
        .group_by(col(ActivityRow.owner_id))
    )
    return {owner_id: (int(done), held) for owner_id, done, held in await scope.session.exec(statement)}


async def talks_about(scope: Scope, deal_id: int, most: int) -> list[ActivityRow]:
    """Return the newest conversations that were logged for a deal, whoever held them."""
    statement = (
        select(ActivityRow)
        .where(
            ActivityRow.workspace_id == scope.workspace_id,
            ActivityRow.opportunity_id == deal_id,
            col(ActivityRow.kind).in_(CONVERSATIONS),
        )
        .order_by(col(ActivityRow.id).desc())
        .limit(most)
    )
    return list(await scope.session.exec(statement))


async def forget_words(scope: Scope, before: datetime, most: int) -> int:
    """Forget the words of some activities from before an instant; that they were done stays. Return how many."""
    old = (
        select(ActivityRow.id)
        .where(ActivityRow.workspace_id == scope.workspace_id, WORDED, col(ActivityRow.on) < before.date())
        .order_by(col(ActivityRow.on))
        .limit(most)
    )
    done = await scope.session.exec(
        update(ActivityRow)
        .where(col(ActivityRow.id).in_(old))
        .values(outcome="")
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)
