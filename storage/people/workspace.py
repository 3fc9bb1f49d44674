"""Workspaces: the tenants, and whether their token works."""

from datetime import datetime

from sqlmodel import Field, SQLModel, col, select, update

from storage.engines.statement import Statement, given
from storage.inserts import insert_missing
from storage.scope import Ledger, Scope


class WorkspaceRow(SQLModel, table=True):
    """A Slack workspace that installed the app. Suspended while its token does not work."""

    __tablename__ = "workspace"

    id: str = Field(primary_key=True)
    name: str = ""
    bot_user_id: str = ""
    suspended_reason: str | None = None
    installed_at: datetime


async def installed_workspaces(ledger: Ledger) -> list[WorkspaceRow]:
    """Return the workspaces that installed the app, the oldest first."""
    return list(await ledger.session.exec(select(WorkspaceRow).order_by(col(WorkspaceRow.installed_at))))


async def find_workspace(scope: Scope) -> WorkspaceRow | None:
    """Return what is known of the workspace itself."""
    return await scope.session.get(WorkspaceRow, scope.workspace_id)


async def install_workspace(
    ledger: Ledger, workspace_id: str, name: str, bot_user_id: str, now: datetime
) -> None:
    """Note that the app is installed in a workspace and its token works."""
    row = {"id": workspace_id, "name": name, "bot_user_id": bot_user_id, "installed_at": now}
    if not await insert_missing(ledger.session, WorkspaceRow, [row]):
        await ledger.session.exec(
            update(WorkspaceRow)
            .where(col(WorkspaceRow.id) == workspace_id)
            .values(name=name, bot_user_id=bot_user_id, suspended_reason=None)
        )


async def suspend_workspace(ledger: Ledger, workspace_id: str, reason: str) -> bool:
    """Hold everything for a workspace whose token does not work; False if it was held already."""
    held = await ledger.session.exec(
        update(WorkspaceRow)
        .where(col(WorkspaceRow.id) == workspace_id, col(WorkspaceRow.suspended_reason).is_(None))
        .values(suspended_reason=reason)
    )
    return bool(held.rowcount)


async def resume_workspace(ledger: Ledger, workspace_id: str) -> bool:
    """Let everything go on for a workspace whose token works again; False if nothing was held."""
    resumed = await ledger.session.exec(
        update(WorkspaceRow)
        .where(col(WorkspaceRow.id) == workspace_id, col(WorkspaceRow.suspended_reason).is_not(None))
        .values(suspended_reason=None)
    )
    return bool(resumed.rowcount)


WORKING = Statement(select(col(WorkspaceRow.id)).where(col(WorkspaceRow.suspended_reason).is_(None)))


async def working_workspaces(ledger: Ledger) -> list[str]:
    """Return the workspaces whose token works."""
    return [workspace_id for (workspace_id,) in await ledger.ask(WORKING)]


HELD = Statement(
    select(col(WorkspaceRow.id)).where(
        given(WorkspaceRow.id), col(WorkspaceRow.suspended_reason).is_not(None)
    )
)


async def is_held(ledger: Ledger, workspace_id: str) -> bool:
    """Say whether everything is held for a workspace."""
    return bool(await ledger.ask(HELD, id=workspace_id))
