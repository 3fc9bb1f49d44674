"""Scopes: one workspace, or the whole ledger, inside one unit of work. No query runs without one."""

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession


@dataclass(frozen=True)
class Scope:
    """One workspace's rows in one unit of work; what a query may see."""

    session: AsyncSession
    workspace_id: str


@dataclass(frozen=True)
class Ledger:
    """All workspaces' schedules and deliveries in one unit of work; for the heartbeat and delivery alone."""

    session: AsyncSession

    def workspace(self, workspace_id: str) -> Scope:
        """Return the scope of one workspace in the same unit of work."""
        return Scope(self.session, workspace_id)
