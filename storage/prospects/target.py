"""Target accounts: whom somebody pursues, and what was done and opened with each."""

from datetime import date
from typing import Any

from sqlmodel import Field, Index, col, or_, select

from sales.followups.answered import WasAnswered, answered_by
from sales.language.names.match import name_key
from sales.pipeline.opportunity import CLOSED, Stage
from sales.prospects.target import (
    LOOK_BACK,
    OpenedDeal,
    PursuitBoard,
    StoredTarget,
    TargetAccount,
    TargetTouch,
    pursued,
)
from storage.followups.activity import ActivityRow
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope


class TargetRow(StoredTarget, table=True):
    __tablename__ = "target_account"
    __table_args__ = (
        Index("ix_target_account_owner", "workspace_id", "owner_id"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")


async def targets_of(scope: Scope, owner_id: str) -> list[TargetRow]:
    """Return whom somebody pursues, in the order they were named."""
    statement = select(TargetRow).where(
        TargetRow.workspace_id == scope.workspace_id, TargetRow.owner_id == owner_id
    )
    return list(await scope.session.exec(statement.order_by(col(TargetRow.id))))


async def target_called(scope: Scope, owner_id: str, name: str) -> TargetRow | None:
    """Return somebody's target of a name, letter case and accents aside; None where there is none."""
    found = await targets_of(scope, owner_id)
    return next((one for one in found if name_key(one.name) == name_key(name)), None)


async def find_target(scope: Scope, target_id: int) -> TargetRow | None:
    """Return one target of this workspace, or None."""
    row = await scope.session.get(TargetRow, target_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def add_target(scope: Scope, target: TargetAccount) -> TargetRow:
    """Store whom somebody wants as a customer."""
    row = TargetRow.model_validate({**target.model_dump(), "workspace_id": scope.workspace_id})
    scope.session.add(row)
    await scope.session.flush()
    return row


async def remove_target(scope: Scope, row: TargetRow) -> None:
    """Take an account off the list; what was done with it stays on record."""
    await scope.session.delete(row)
    await scope.session.flush()


async def give_target(scope: Scope, row: TargetRow, owner_id: str) -> None:
    """Let somebody else pursue an account."""
    row.owner_id = owner_id
    scope.session.add(row)
    await scope.session.flush()


async def pursuit_board(scope: Scope, owner_id: str, today: date) -> PursuitBoard:
    """Return how far each of somebody's targets came by a day."""
    targets = await targets_of(scope, owner_id)
    if not targets:
        return PursuitBoard(())
    since = min(one.added_on for one in targets) - LOOK_BACK
    return pursued(
        targets,
        await touches_since(scope, owner_id, since, today),
        await deals_since(scope, owner_id, since, today),
        today,
    )


async def touches_since(scope: Scope, owner_id: str, since: date, today: date) -> list[TargetTouch]:
    """Return what somebody did with accounts that were named."""
    row = ActivityRow
    columns: list[Any] = [row.account, row.kind, row.on, row.count, row.outcome]
    statement = select(*columns).where(
        row.workspace_id == scope.workspace_id,
        row.owner_id == owner_id,
        col(row.account).is_not(None),
        col(row.on).between(since, today),
    )
    found = await scope.session.exec(statement)
    return [
        TargetTouch(account, kind, on, count, answered_by(kind, outcome) is not WasAnswered.NO)
        for account, kind, on, count, outcome in found
        if account
    ]


async def deals_since(scope: Scope, owner_id: str, since: date, today: date) -> list[OpenedDeal]:
    """Return somebody's deals that are live, and those that were opened since a day."""
    row = OpportunityRow
    closed = [*CLOSED]
    statement = select(col(row.name), col(row.account), col(row.stage), col(row.opened_on)).where(
        row.workspace_id == scope.workspace_id,
        row.owner_id == owner_id,
        or_(col(row.stage).not_in(closed), col(row.opened_on).between(since, today)),
    )
    found = await scope.session.exec(statement)
    return [
        OpenedDeal([one for one in (name, account) if one], opened_on, Stage(stage) not in CLOSED)
        for name, account, stage, opened_on in found
    ]
