"""Scopes: one workspace, or the whole ledger, inside one unit of work. No query runs without one."""

from dataclasses import dataclass, field

from sqlmodel.ext.asyncio.session import AsyncSession

from sales.nudges.declared import Declared


@dataclass(frozen=True)
class Scope:
    """One workspace's rows in one unit of work; what a query may see.

    `declared` are the kinds of message and what recurs, as the features of this process declare them.
    """

    session: AsyncSession
    workspace_id: str
    declared: Declared = field(default_factory=Declared)

    @property
    def ledger(self) -> "Ledger":
        """The ledger in the same unit of work."""
        return Ledger(self.session, self.declared)


@dataclass(frozen=True)
class Ledger:
    """All workspaces' schedules and deliveries in one unit of work; for the heartbeat and delivery alone."""

    session: AsyncSession
    declared: Declared = field(default_factory=Declared)

    def workspace(self, workspace_id: str) -> Scope:
        """Return the scope of one workspace in the same unit of work."""
        return Scope(self.session, workspace_id, self.declared)
