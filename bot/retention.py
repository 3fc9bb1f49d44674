"""Letting go: what is older than a workspace keeps it is removed in small units of work, a few at each beat."""

from collections.abc import Sequence
from datetime import datetime

from handlers.declaration import Keeping
from sales.people.retention import kept_days
from storage.database import Database
from storage.people.retention import chosen_days
from storage.people.workspace import installed_workspaces

AT_ONCE = 200  # rows in one unit of work: some milliseconds of the database's writer
A_BEAT = 20  # such units for each sort and beat; what is left goes with the next


class LettingGo:
    """Removes what is past its days, of every workspace and sort; what features declare says how."""

    def __init__(self, database: Database, keepings: Sequence[Keeping]) -> None:
        self.database = database
        self.keepings = keepings

    async def some(self, now: datetime) -> bool:
        """Let go of some of what is past its days; return whether there may be more of it.

        Raises:
            StorageTrouble: if the database cannot be used; what went until then is gone.
        """
        async with self.database.read_ledger() as ledger:
            workspaces = [row.id for row in await installed_workspaces(ledger)]
        more = False
        for workspace_id in workspaces:
            async with self.database.read(workspace_id) as scope:
                chosen = await chosen_days(scope)
            days = kept_days([one.rule for one in self.keepings], chosen)
            for one in self.keepings:
                more |= await self.some_of(workspace_id, one, one.rule.before(days[one.rule.key], now))
        return more

    async def some_of(self, workspace_id: str, keeping: Keeping, before: datetime) -> bool:
        for _ in range(A_BEAT):
            async with self.database.write(workspace_id) as scope:
                gone = await keeping.forget(scope, before, AT_ONCE)
            if gone < AT_ONCE:
                return False
        return True
