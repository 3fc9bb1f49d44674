"""Pending: requests that were acknowledged before they were done, kept until they are."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta

from handlers.context import Request
from storage import inbox
from storage.database import Database
from storage.people.workspace import working_workspaces


class PendingRequests:
    """Keeps requests in the inbox, beside those that are done."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self.database = database
        self.now = now

    async def keep(self, request: Request) -> None:
        """Store a request as it came."""
        fields = {**asdict(request), "mentioned": sorted(request.mentioned)}
        async with self.database.write(request.workspace_id) as scope:
            await inbox.note_pending(scope, request.key, self.now(), fields)

    async def forget(self, request: Request) -> None:
        """Forget a request that is done."""
        async with self.database.write(request.workspace_id) as scope:
            await inbox.forget_pending(scope, request.key)

    async def kept(self, age: timedelta = timedelta()) -> list[Request]:
        """Return what is kept for at least `age`, the oldest first."""
        before = self.now() - age
        async with self.database.read_ledger() as ledger:
            working = set(await working_workspaces(ledger))
            found = await inbox.pending_requests(ledger, before)
        return [
            Request(**{**fields, "mentioned": frozenset(fields["mentioned"])})
            for workspace_id, fields in found
            if workspace_id in working
        ]
