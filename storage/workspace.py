"""Workspaces: the tenants, and whether their token works."""

from datetime import datetime

from sqlmodel import col, update

from storage.inserting import insert_missing
from storage.scope import Ledger
from storage.tables import WorkspaceRow


async def install(ledger: Ledger, workspace_id: str, name: str, bot_user_id: str, now: datetime) -> None:
    """Note that the app is installed in a workspace and its token works."""
    row = {"id": workspace_id, "name": name, "bot_user_id": bot_user_id, "installed_at": now}
    if not await insert_missing(ledger.session, WorkspaceRow, [row]):
        await ledger.session.exec(
            update(WorkspaceRow)
            .where(col(WorkspaceRow.id) == workspace_id)
            .values(name=name, bot_user_id=bot_user_id, suspended_reason=None)
        )


async def suspend(ledger: Ledger, workspace_id: str, reason: str) -> bool:
    """Hold everything for a workspace whose token does not work; False if it was held already."""
    held = await ledger.session.exec(
        update(WorkspaceRow)
        .where(col(WorkspaceRow.id) == workspace_id, col(WorkspaceRow.suspended_reason).is_(None))
        .values(suspended_reason=reason)
    )
    return bool(held.rowcount)
