"""The webhook's secret: what a workspace's senders sign with."""

from datetime import datetime

from sqlmodel import Field

from sales.prospects.webhook import WebhookSecret
from storage.rows import state_for_workspace
from storage.scope import Scope


class WebhookSecretRow(WebhookSecret, table=True):
    """One per workspace. It goes into no export and no log."""

    __tablename__ = "webhook_secret"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    previous_until: datetime | None = None


async def webhook_secret(scope: Scope) -> WebhookSecretRow | None:
    """Return what a workspace's senders sign with; None while none may send."""
    return await scope.session.get(WebhookSecretRow, scope.workspace_id)


async def keep_secret(scope: Scope, said: WebhookSecret) -> WebhookSecretRow:
    """Store what they sign with from now on."""
    return await state_for_workspace(scope, WebhookSecretRow, WebhookSecret, said)


async def remove_secret(scope: Scope) -> bool:
    """Let nobody send any more; False if nobody could."""
    row = await webhook_secret(scope)
    if row is None:
        return False
    await scope.session.delete(row)
    await scope.session.flush()
    return True
