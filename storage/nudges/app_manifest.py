"""What a workspace's app offers at Slack, as far as an admin said so."""

from sqlmodel import JSON, Field

from sales.nudges.app_manifest import AppManifest
from storage.rows import state_for_workspace
from storage.scope import Scope


class AppManifestRow(AppManifest, table=True):
    """One per workspace."""

    __tablename__ = "app_manifest"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    known: list[str] = Field(sa_type=JSON)
    awaited: list[str] = Field(sa_type=JSON)


async def app_manifest(scope: Scope) -> AppManifestRow | None:
    """Return what is known of a workspace's app; None where nothing was noted yet."""
    return await scope.session.get(AppManifestRow, scope.workspace_id)


async def note_manifest(scope: Scope, said: AppManifest) -> AppManifestRow:
    """Store what is known of it from now on."""
    return await state_for_workspace(scope, AppManifestRow, AppManifest, said)
