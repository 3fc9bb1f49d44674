"""Owners of deals that came by name: given to the members who go by it."""

from storage.database import Database
from storage.pieces import pieces
from storage.pipeline.opportunity import LINKED, give, nameless_deals, owners_by_name


async def link_all_owners(database: Database, workspace_id: str) -> int:
    """Give deals to the members who go by their owners' names now, some in each unit of work; return how many."""
    linked = 0
    async with database.read(workspace_id) as scope:
        owners = await owners_by_name(scope)
    while True:
        async with database.read(workspace_id) as scope:
            found = await nameless_deals(scope, owners)
        if not found:
            return linked
        for some in pieces(found, LINKED):
            async with database.write(workspace_id) as scope:
                linked += await give(scope, some)
